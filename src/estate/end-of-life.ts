/** When maintenance of what a service runs on ends, from the same evidence as the rules on it. Pure. */
import { allThatRuns } from '../checks/patch-levels/all-that-runs.ts';
import type { Judged } from '../checks/patch-levels/maintained.ts';
import type { Evidence } from '../generated/evidence.ts';
import { distinct } from '../grouped.ts';
import type { EndOfLife, ServiceFacts } from '../model-facts.ts';

/** Each release once, the first to end first; nothing where a kind of evidence was not gathered, because then nothing is known. */
export function endsOf(
  { images, runtimes, frameworks }: Partial<Evidence>,
  asOf: string,
): Pick<ServiceFacts, 'endOfLife'> {
  if (!images || !runtimes || !frameworks) return {};
  const ends = allThatRuns({ images, runtimes, frameworks }, asOf).flatMap(endOf);
  const sorted = distinct(ends, ({ name }) => name).toSorted((a, b) =>
    `${a.on} ${a.name}` < `${b.on} ${b.name}` ? -1 : 1,
  );
  return sorted.length > 0 ? { endOfLife: sorted } : {};
}

/** A cycle whose end nobody has named, or that the table does not know, has no day. */
function endOf({ lifecycle }: Judged): readonly EndOfLife[] {
  if (lifecycle.state === 'unknown') return [];
  const { title, end, extended, extendedEnd } = lifecycle;
  const on = extended === 'free' && extendedEnd !== undefined ? extendedEnd : end;
  return on === undefined ? [] : [{ name: title, on }];
}
