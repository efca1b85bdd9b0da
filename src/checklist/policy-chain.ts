/** A policy with all that it extends, in the order in which they apply. Bounded in depth and number; a circle is named. */
import { InputError } from '../input-error.ts';
import { type Layer, lineOf, type PolicyAt, parseLayer } from './policy-layer.ts';
import { extended } from './policy-reference.ts';

/** Policies that extend one another in a row, at the most. */
const DEEPEST = 8;
/** Policies in all. */
const MOST = 64;

/** The layers of a policy, weakest first and its own last; each file counts once, where it is first needed. */
export async function layersOf(at: PolicyAt, text: string, version: string): Promise<readonly Layer[]> {
  const layers = new Map<string, Layer>();
  async function add(layer: Layer, above: readonly Layer[]): Promise<void> {
    const way = [...above, layer];
    for (const [index, word] of (layer.policy.extends ?? []).entries()) {
      const pointer = `/extends/${index}`;
      const found = await extended(word, layer, pointer);
      if (layers.has(keyOf(found))) continue;
      const next = readLayer(found, layer, pointer, version, way);
      await add(next, way);
    }
    layers.set(keyOf(layer), layer);
    if (layers.size > MOST)
      throw new InputError(`more than ${MOST} policies extend one another`, layer.name, 'put some of them together');
  }
  await add(parseLayer(at, text, version), []);
  return [...layers.values()];
}

function readLayer(at: PolicyAt, by: Layer, pointer: string, version: string, way: readonly Layer[]): Layer {
  const name = at.shelf.label(at.path);
  const place = lineOf(by, pointer);
  const start = way.findIndex((it) => keyOf(it) === keyOf(at));
  if (start >= 0)
    throw new InputError(
      `policies extend one another in a circle: ${[...way.slice(start).map((it) => it.name), name].join(' → ')}`,
      place,
      'remove one of these `extends`',
    );
  if (way.length > DEEPEST)
    throw new InputError(
      `policies extend one another more than ${DEEPEST} deep: ${way.map((it) => it.name).join(' → ')}`,
      place,
      'extend some of them directly',
    );
  const read = at.shelf.read(at.path);
  if (!read.ok)
    throw new InputError(`the policy "${name}" cannot be read: ${read.detail}`, place, 'check what `extends` names');
  return parseLayer(at, read.text, version);
}

function keyOf({ shelf, path }: PolicyAt): string {
  return `${shelf.id}\0${path}`;
}
