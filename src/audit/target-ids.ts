/** What each target is called: unique in an audit, whatever order they come in, and the same wherever the copies lie. Pure. */
import { distinct, grouped } from '../grouped.ts';
import { InputError } from '../input-error.ts';
import type { Target } from '../model-audit.ts';

/** A target by the name that it has where nobody else has it. */
export interface Candidate extends Omit<Target, 'id'> {
  readonly name: string;
  /** Names of the folders around what the name names, the nearest last; none for an address. */
  readonly around: readonly string[];
}

/** Each once, sorted by id. Where two would have one name, the folders around them tell them apart. */
export function identified(candidates: readonly Candidate[]): readonly Target[] {
  const each = onlyOnce(candidates);
  const reach = new Map(each.map((it) => [it, 0]));
  for (;;) {
    const byId = grouped(each, (it) => idOf(it, reach.get(it) ?? 0));
    const clashing = [...byId.values()].filter((them) => them.length > 1).flat();
    if (clashing.length === 0)
      return [...byId].flatMap(([id, them]) => them.map((it) => targetOf(id, it))).sort((a, b) => inOrder(a.id, b.id));
    for (const it of clashing) {
      const further = (reach.get(it) ?? 0) + 1;
      if (further > it.around.length) throw sameName(it.name);
      reach.set(it, further);
    }
  }
}

/** A repository named twice is judged once; of an address written in two ways the first in order stays. */
function onlyOnce(candidates: readonly Candidate[]): readonly Candidate[] {
  const sorted = candidates.toSorted((a, b) => inOrder(a.name, b.name) || inOrder(a.location, b.location));
  return distinct(sorted, ({ kind, name, location, dir, ref }) =>
    JSON.stringify([kind, kind === 'git' ? name : location, dir, ref]),
  );
}

function idOf({ name, around, dir, ref }: Candidate, reach: number): string {
  const whole = [...around.slice(around.length - reach), name].join('/');
  return `${whole}${dir === undefined ? '' : `//${dir}`}${ref === undefined ? '' : `@${ref}`}`;
}

function targetOf(id: string, { name: _, around: __, ...target }: Candidate): Target {
  return { id, ...target };
}

function sameName(name: string): InputError {
  return new InputError(
    `two repositories would both be called "${name}"`,
    name,
    'audit the folder that holds both, or rename one of them',
  );
}

/** By code units. */
function inOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
