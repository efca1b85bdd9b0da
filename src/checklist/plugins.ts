/** Loads an organisation's own checks: JavaScript that its operator names. Refuses whatever lies in, or is named by, the judged repository. */
import { pathToFileURL } from 'node:url';
import type { Check } from '../checks/define.ts';
import { CHECKS } from '../generated/checks.ts';
import { InputError } from '../input-error.ts';
import { isWithin } from '../repo/read-file.ts';
import { digestOf } from './digest.ts';
import { checkFrom } from './plugin-check.ts';
import { type Layer, lineOf } from './policy-layer.ts';
import { fileNamed } from './policy-reference.ts';

/** Checks beside the built-in ones, by id. */
export type OwnChecks = ReadonlyMap<string, Check>;

/** How plug-ins are loaded, and from where they never are. */
export interface PluginDoor {
  /** Real path of the folder that is judged; absent where it is not known, and then nothing is loaded. */
  readonly judged?: string;
  /** Imports a module by its `file:` address. */
  load(address: string): Promise<unknown>;
}

/** The checks of some plug-ins. */
export interface LoadedPlugins {
  readonly checks: OwnChecks;
  /** Of each module's text. What it imports is not in it. */
  readonly digests: readonly string[];
}

/** Loads what the layers of one policy name. */
export async function loadPlugins(layers: readonly Layer[], door: PluginDoor): Promise<LoadedPlugins> {
  const checks = new Map<string, Check>();
  const digests: string[] = [];
  const seen = new Set<string>();
  for (const layer of layers)
    for (const [index, word] of (layer.policy.plugins ?? []).entries()) {
      const at = lineOf(layer, `/plugins/${index}`);
      const path = fileNamed(word, layer, `/plugins/${index}`);
      const file = trustedFile(layer, path, layers, door, at);
      if (seen.has(file)) continue;
      seen.add(file);
      const name = layer.shelf.label(path);
      for (const [id, check] of await checksIn(file, name, at, door)) {
        if (checks.has(id) || id in CHECKS)
          throw new InputError(`the check "${id}" of ${name} is there already`, at, 'give it another id');
        checks.set(id, check);
      }
      const read = layer.shelf.read(path);
      digests.push(digestOf(read.ok ? read.text : ''));
    }
  return { checks, digests };
}

/** The real path of a module that may be run: any layer may be the one that leads to it. */
function trustedFile(layer: Layer, path: string, layers: readonly Layer[], door: PluginDoor, at: string): string {
  const { disk } = layer.shelf;
  const name = layer.shelf.label(path);
  if (!disk)
    throw new InputError(
      `the plug-in "${name}" is not a file on disk, and nothing else is run`,
      at,
      'keep it in a folder or in an installed package',
    );
  const { judged } = door;
  const file = disk.fileAt(path);
  const ways = [...layers.flatMap(({ shelf }) => [shelf.disk?.via, shelf.disk?.folder]), file].flatMap(
    (it) => it ?? [],
  );
  if (judged === undefined || ways.some((way) => isWithin(way, judged)))
    throw new InputError(
      `the plug-in "${name}" is not run, because it or a policy that leads to it lies in the repository that is judged`,
      at,
      'keep the policy and its plug-ins outside of it, e.g. in a repository of the platform team; `rules` and `explain` take the folder you are in for judged, so run them from another',
    );
  if (file === undefined || !/\.[cm]?js$/.test(file))
    throw new InputError(`there is no JavaScript module "${name}"`, at, 'name a file that ends in .mjs, .cjs or .js');
  return file;
}

async function checksIn(
  file: string,
  name: string,
  at: string,
  door: PluginDoor,
): Promise<readonly (readonly [string, Check])[]> {
  let module: unknown;
  try {
    module = await door.load(pathToFileURL(file).href);
  } catch (error) {
    throw new InputError(`the plug-in "${name}" cannot be loaded: ${firstLine(error)}`, at, 'repair the module');
  }
  const exported = checksOf(module) ?? checksOf((module as { readonly default?: unknown } | null)?.default);
  if (exported === undefined)
    throw new InputError(
      `the plug-in "${name}" exports no \`checks\``,
      at,
      "write e.g. export const checks = { 'acme/x': { summary, needs, params, assess } }",
    );
  return Object.entries(exported).map(([id, value]) => [id, checkFrom(id, value, { name, at })] as const);
}

/** `checks` of a module; one that is CommonJS may have it under `default`. */
function checksOf(module: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof module !== 'object' || module === null || !('checks' in module)) return undefined;
  const { checks } = module;
  return typeof checks === 'object' && checks !== null ? (checks as Readonly<Record<string, unknown>>) : undefined;
}

/** The beginning of what was thrown, which may be anything. */
function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '').slice(0, 300);
}
