/** What an audit comes to once its rows are there: what stands across them, how campaigns stand, and the exit code. */
import type { Across, Inventory } from '../audit/run-folder.ts';
import { addDays } from '../dates.ts';
import { assessEstate } from '../estate/estate.ts';
import type { Audit, AuditHeader, AuditRow, EstateReport, Missing } from '../model-audit.ts';
import type { Kept } from '../model-trend.ts';
import { keptOf } from '../store/line.ts';
import { answeredAudit, answeredRun } from '../trends/answers.ts';
import { progressOf } from '../trends/campaigns.ts';
import { movedBetween } from '../trends/trend.ts';
import { heldAgainst, WEEK } from '../trends/window.ts';
import { type FailOn, ruleOn } from '../verdict/policy.ts';

/** The rows of an audit, and what is known besides. */
export interface Rows {
  rows(): Iterable<AuditRow>;
  readonly missing?: Missing;
  /** Set where they are those of one shard: what stands across services is asked of all of them together. */
  readonly isPart?: boolean;
  /** Earlier audits, oldest first. */
  readonly earlier?: readonly Kept[];
}

/** The whole audit of some rows. */
export function wholeAudit(
  header: AuditHeader,
  { only, rules, focus }: Across,
  { rows, missing, isPart = false, earlier = [] }: Rows,
): Audit {
  const absent = missing?.repositories ?? [];
  const before = heldAgainst(earlier, addDays(header.asOf, -WEEK));
  return {
    ...header,
    rows,
    estate: isPart
      ? { findings: [], edges: [] }
      : assessEstate(rows(), { asOf: header.asOf, only, absent, ...(rules && { rules }) }),
    ...(focus && { campaigns: progressOf(focus, answeredAudit(header, rows), earlier.map(answeredRun)) }),
    ...(before && { moved: movedBetween(before, keptOf(header, rows())) }),
    ...(missing && { missing }),
  };
}

/** The lowest severity that a run blocks on; absent where `--fail-on` was not asked for. */
export function barOf({ gates, flags: { failOn } }: Pick<Inventory, 'gates' | 'flags'>): FailOn | undefined {
  const bars: readonly FailOn[] = ['critical', 'major', 'standard', 'none'];
  return gates ? (bars.find((it) => it === failOn) ?? 'major') : undefined;
}

/** What the verdicts of services do not show: that rules across them block, or were not asked. */
export function acrossNotes({ estate }: Pick<Audit, 'estate'>, bar: FailOn | undefined, isPart: boolean): string {
  const blocking = blockingAcross(estate, bar);
  return [
    isPart ? 'note: what stands across services is judged by `gonogo merge`, over all shards\n' : '',
    blocking.length > 0 ? `note: --fail-on ${bar} blocks across services: ${blocking.join(', ')}\n` : '',
  ].join('');
}

/** Rules across services that block, by the table that a service is judged by. */
function blockingAcross({ findings }: EstateReport, bar: FailOn | undefined): readonly string[] {
  if (bar === undefined) return [];
  const blocks = ({ severity, standing }: EstateReport['findings'][number]): boolean =>
    severity !== 'off' && ruleOn(severity, standing, 'optional', bar) === 'fail';
  return findings.filter(blocks).map(({ rule }) => rule);
}

/** 2 where a repository was not judged or is missing, which outweighs what is not ready; 1 where that is asked for and a service is NO-GO or a rule across them blocks, else 0. */
export function exitCodeOf(
  { rows, missing, estate }: Pick<Audit, 'rows' | 'missing' | 'estate'>,
  bar: FailOn | undefined,
): number {
  if (missing) return 2;
  let code = blockingAcross(estate, bar).length > 0 ? 1 : 0;
  for (const { outcome, verdict } of rows()) {
    if (outcome !== 'judged') return 2;
    if (bar !== undefined && verdict === 'NO-GO') code = 1;
  }
  return code;
}
