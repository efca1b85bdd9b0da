/** Whether something was written down about a number that missed its target: in the row, in a review of an incident, or as a debt. Pure. */
import { addDays } from '../../dates.ts';
import type { StatsRow } from '../../evidence/ops-stats.ts';
import type { RecordEntry } from '../../evidence/records.ts';
import type { DebtItem } from '../../evidence/tech-debt.ts';
import type { Place } from '../../model.ts';
import { says } from '../placeholders.ts';

/** Where actions may be recorded. */
export interface Recorded {
  readonly rows: readonly StatsRow[];
  readonly records: readonly RecordEntry[];
  readonly debts: readonly DebtItem[];
}

/** Three letters are no action. */
const SHORTEST = 6;

/** The first record of an action that was dated from one day to another. */
export function actionBetween(from: string, to: string, { rows, records, debts }: Recorded): Place | undefined {
  const isWithin = (date: string | undefined): boolean => date !== undefined && date >= from && date <= to;
  const row = rows.find(({ date, action }) => isWithin(date) && says(action) && action.trim().length >= SHORTEST);
  const review = records.find(
    ({ kind, date, parts }) => kind === 'postmortem' && isWithin(date) && parts.some(({ part }) => part === 'actions'),
  );
  return row?.at ?? review?.at ?? debts.find(({ since }) => isWithin(since))?.at;
}

/** The same for the week of a row and the days after it in which it is still an answer to that week. */
export function actionFor({ date }: StatsRow, within: number, recorded: Recorded): Place | undefined {
  return actionBetween(date, addDays(date, within), recorded);
}
