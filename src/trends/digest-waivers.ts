/** Waivers that somebody has to decide about: those that end soon, and those that were made longer again and again. Pure. */
import { daysBetween } from '../dates.ts';
import type { ServiceKey } from '../model-audit.ts';
import type { Kept, ServiceLine, StoredWaiver } from '../model-trend.ts';
import { inOrder } from './order.ts';
import { keyOfLine } from './shares.ts';

/** Renewals from which on a waiver is no exception any more. */
export const MANY_RENEWALS = 2;

/** One waiver that is news. */
export interface WaiverNews {
  readonly service: ServiceKey;
  readonly rule: string;
  /** Who accepted it. */
  readonly owner: string;
  /** ISO date. */
  readonly expires: string;
  /** Until it ends. */
  readonly days: number;
  /** How often its end was moved to a later day, as far as the store goes back. */
  readonly renewals: number;
}

/** Those that end within so many days or were renewed twice, the first to end first. */
export function endingSoon(now: Kept, earlier: readonly Kept[], within: number): readonly WaiverNews[] {
  const before = endsBefore(earlier);
  const { asOf } = now.run;
  return now.lines
    .flatMap((line) => (line.waivers ?? []).map((waiver) => newsOf(line, waiver, asOf, before)))
    .filter(({ days, renewals }) => days <= within || renewals >= MANY_RENEWALS)
    .sort((a, b) => inOrder(a.expires, b.expires) || inOrder(a.service, b.service) || inOrder(a.rule, b.rule));
}

/** The ends that each waiver had, in the order of the runs. */
function endsBefore(earlier: readonly Kept[]): ReadonlyMap<string, readonly string[]> {
  const ends = new Map<string, string[]>();
  for (const { lines } of earlier)
    for (const line of lines)
      for (const waiver of line.waivers ?? []) {
        const name = nameOf(line, waiver);
        const its = ends.get(name) ?? [];
        its.push(waiver.expires);
        ends.set(name, its);
      }
  return ends;
}

function nameOf(line: ServiceLine, { rule, scope = '' }: StoredWaiver): string {
  return JSON.stringify([keyOfLine(line), rule, scope]);
}

function newsOf(
  line: ServiceLine,
  waiver: StoredWaiver,
  asOf: string,
  before: ReadonlyMap<string, readonly string[]>,
): WaiverNews {
  const { rule, owner, expires } = waiver;
  const ends = [...(before.get(nameOf(line, waiver)) ?? []), expires];
  const renewals = ends.filter((end, index) => index > 0 && end > (ends[index - 1] ?? end)).length;
  return { service: keyOfLine(line), rule, owner, expires, days: daysBetween(asOf, expires), renewals };
}
