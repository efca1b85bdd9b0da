/** Paths into plain data as people write them: `spec.replicas`, `/spec/replicas`, `services.*.restart`. Pure. */
import { below, member, steps } from '../../manifest/pointer.ts';

/** What a path leads to. */
export interface Reached {
  readonly path: readonly (string | number)[];
  readonly pointer: string;
  readonly value: unknown;
}

/** Values that one path may lead to. */
export const MOST = 1000;

/** The steps of a path: of a JSON pointer where it begins with `/`, else between dots. `*` stands for every item or member. */
export function stepsOf(path: string): readonly string[] {
  return path.startsWith('/') ? steps(path) : path.split('.');
}

/** Where a path leads in one document. */
export interface Reach {
  /** Whether there was more than is looked at: then nothing can be said of all. */
  readonly isCut: boolean;
  /** In order; none where a step leads nowhere. */
  readonly found: readonly Reached[];
  /** What `*` stood for and has no such member: of these the path tells nothing, and yet it asks of every one. */
  readonly lacking: readonly Reached[];
}

/** Follows the steps of a path. */
export function reach(root: unknown, path: readonly string[]): Reach {
  let found: readonly Reached[] = [{ path: [], pointer: '', value: root }];
  let isCut = false;
  const lacking: Reached[] = [];
  for (const [index, step] of path.entries()) {
    const ofEvery = path.slice(0, index).includes('*');
    const following: Reached[] = [];
    for (const from of found) {
      const to = next(from, step, MOST + 1 - following.length);
      if (ofEvery && to.length === 0) lacking.push(from);
      following.push(...to);
      if (following.length > MOST) break;
    }
    isCut ||= following.length > MOST;
    found = following.slice(0, MOST);
  }
  return { found, lacking: lacking.slice(0, MOST), isCut };
}

/** Where one step leads, to `most` places at the most. */
function next({ path, pointer, value }: Reached, step: string, most: number): readonly Reached[] {
  const to = (key: string | number, it: unknown): Reached => ({
    path: [...path, key],
    pointer: below(pointer, key),
    value: it,
  });
  if (Array.isArray(value)) {
    if (step === '*') return value.slice(0, most).map((it, index) => to(index, it));
    return /^\d{1,9}$/.test(step) && Number(step) < value.length ? [to(Number(step), value[Number(step)])] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (step === '*')
    return Object.entries(value)
      .slice(0, most)
      .map(([key, it]) => to(key, it));
  return Object.hasOwn(value, step) ? [to(step, member(value, step))] : [];
}
