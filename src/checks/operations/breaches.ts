/** Weeks whose numbers missed a target, and whether something was recorded about them. Pure. */
import type { StatsRow } from '../../evidence/ops-stats.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Place, Problem } from '../../model.ts';
import { actionFor, type Recorded } from './recorded-actions.ts';
import { measureName, misses, shown, targetsOf } from './targets.ts';

/** Missed targets without a record, and the records of those that have one. */
export interface Breaches {
  readonly breaches: readonly Problem[];
  readonly answers: readonly Place[];
}

/** Holds every row against the manifest's targets. */
export function breachesOf(
  rows: readonly StatsRow[],
  claims: Claims,
  within: number,
  recorded: Recorded,
  at: (pointer: string) => Place,
): Breaches {
  const missed = targetsOf(claims).flatMap((target) =>
    rows.flatMap((row) => {
      const value = row.values[target.measure];
      return value !== undefined && misses(target, value)
        ? [{ target, row, value, action: actionFor(row, within, recorded) }]
        : [];
    }),
  );
  return {
    breaches: missed
      .filter(({ action }) => !action)
      .map(({ target: { measure, value: wanted, sense, pointer }, row, value }) => ({
        message: `${measureName(measure)} was ${shown(measure, value, wanted)} in the week of ${row.date}, where ${sense} ${shown(measure, wanted, value)} is promised at ${at(pointer).path}:${at(pointer).line}; no action is recorded`,
        at: row.at,
        fix: 'Write down in the row what was done about it, or keep a review or a debt of that time.',
        subject: `${measure} ${row.date}`,
      })),
    answers: missed.flatMap(({ action }) => action ?? []),
  };
}
