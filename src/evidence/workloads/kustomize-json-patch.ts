/** JSON patches (RFC 6902) of the simple kinds: add, replace and remove at paths that are there. Pure. */
import { found, isItems, isMembers, items, type Placed, withAt, wordAt } from './placed-value.ts';

/** The object with a patch's operations applied, and what could not be. */
export interface Patched {
  readonly value: Placed;
  /** The operations that are not followed, shortened; empty: all were. */
  readonly left: readonly string[];
}

/** Applies a list of operations. */
export function jsonPatch(base: Placed, operations: readonly Placed[]): Patched {
  const left: string[] = [];
  let value = base;
  for (const operation of operations) {
    const pointer = wordAt(operation, ['path']) ?? '';
    const next = applied(value, wordAt(operation, ['op']) ?? '', pointer, found(operation, ['value']));
    if (next) value = next;
    else left.push(`${wordAt(operation, ['op']) ?? 'operation'} ${pointer}`.slice(0, 100));
  }
  return { value, left };
}

function applied(base: Placed, op: string, pointer: string, value: Placed | undefined): Placed | undefined {
  if (!pointer.startsWith('/')) return undefined;
  const steps = pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const path = pathOf(base, steps.slice(0, -1));
  const last = steps.at(-1) ?? '';
  const parent = path && found(base, path);
  if (!path || !parent || !['add', 'replace', 'remove'].includes(op) || (op !== 'remove' && !value)) return undefined;
  const changed = changedIn(parent, op, last, value);
  return changed && withAt(base, path, changed);
}

/** The steps with indexes of lists as numbers; undefined where something on the way is missing. */
function pathOf(base: Placed, steps: readonly string[]): readonly (string | number)[] | undefined {
  const path: (string | number)[] = [];
  for (const step of steps) {
    const here = found(base, path);
    path.push(here && isItems(here.value) ? Number(step) : step);
    if (!found(base, path)) return undefined;
  }
  return path;
}

function changedIn(parent: Placed, op: string, last: string, value: Placed | undefined): Placed | undefined {
  if (isItems(parent.value)) return changedList(parent, op, last, value);
  if (!isMembers(parent.value) || (op !== 'add' && !parent.value.has(last))) return undefined;
  const result = new Map(parent.value);
  if (value && op !== 'remove') result.set(last, { ...value, via: 'overlay' });
  else result.delete(last);
  return { ...parent, value: result };
}

function changedList(parent: Placed, op: string, last: string, value: Placed | undefined): Placed | undefined {
  const list = items(parent);
  const index = last === '-' ? list.length : Number(last);
  const most = op === 'add' ? list.length : list.length - 1;
  if (!Number.isInteger(index) || index < 0 || index > most) return undefined;
  const result = [...list];
  if (op === 'add' && value) result.splice(index, 0, value);
  else if (op === 'replace' && value) result[index] = value;
  else result.splice(index, 1);
  return { ...parent, value: result };
}
