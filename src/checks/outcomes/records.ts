/** How checks of outcomes look at the records that a claim cites, and what they call them. Pure. */

import type { CustomerPart } from '../../evidence/customer-records/parts.ts';
import type { CustomerRecord } from '../../evidence/customer-records.ts';
import type { Reference } from '../../evidence/references.ts';

/** The records that references at or below a pointer of the manifest lead to. */
export function recordsUnder(records: readonly CustomerRecord[], pointer: string): readonly CustomerRecord[] {
  return records.filter((it) => it.pointer === pointer || it.pointer?.startsWith(`${pointer}/`));
}

/** The day of a record. A month or a quarter that is not over has been summed up so far. */
export function dayOfRecord({ dated }: Pick<CustomerRecord, 'dated'>, asOf: string): string | undefined {
  if (!dated?.period || dated.on <= asOf) return dated?.on;
  return asOf.slice(0, 7) >= dated.on.slice(0, 7) ? asOf : dated.on;
}

/** Whether a record has a part. */
export function hasPart({ parts }: Pick<CustomerRecord, 'parts'>, part: CustomerPart): boolean {
  return parts.some((it) => it.part === part);
}

const NOWHERE: readonly Reference['outcome'][] = ['no-file', 'no-match', 'no-section', 'outside', 'claim'];
const ELSEWHERE: readonly Reference['outcome'][] = ['url', 'root-not-at-hand'];

/** Whether a reference of this repository leads nowhere. */
export function leadsNowhere({ outcome }: Reference): boolean {
  return NOWHERE.includes(outcome);
}

/** Whether what it leads to is not opened: an address, or a repository that is not at hand. */
export function isElsewhere({ outcome }: Reference): boolean {
  return ELSEWHERE.includes(outcome);
}
