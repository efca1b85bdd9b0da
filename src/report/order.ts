/** The order in which findings are worth reading, and the next few things to do. Pure; sorts what the verdict decided and decides nothing. */

import { distinct } from '../grouped.ts';
import type { Finding, Place, ReportedProblem, Ruling, Severity, Standing, Verdict } from '../model.ts';

const SEVERITY_ORDER: Readonly<Record<Severity, number>> = { critical: 0, major: 1, standard: 2, off: 3 };

/** What stops the release comes before what somebody accepted, and that before what only warns. */
const RULING_ORDER: Readonly<Record<Ruling, number>> = { fail: 0, waived: 1, warn: 2, trust: 3, pass: 4, skip: 5 };

/** A wrong line or a dead link is corrected in minutes, a date by repeating an exercise, a missing document has to be written. */
const EFFORT: Readonly<Record<Standing, number>> = {
  contradicted: 0,
  declared: 1,
  unknown: 2,
  stale: 3,
  missing: 4,
  verified: 5,
  'not-applicable': 6,
};

const VERDICT_ORDER: Readonly<Record<Verdict, number>> = { 'NO-GO': 0, 'CONDITIONAL GO': 1, GO: 2 };

/** Most severe first, then by id. */
export function bySeverity(a: Pick<Finding, 'severity' | 'rule'>, b: Pick<Finding, 'severity' | 'rule'>): number {
  return compareSeverity(a.severity, b.severity) || compareText(a.rule, b.rule);
}

/** The more severe first. */
export function compareSeverity(a: Severity, b: Severity): number {
  return SEVERITY_ORDER[a] - SEVERITY_ORDER[b];
}

/** What blocks before what was accepted, and that before what only warns; the most severe first, then by id. */
export function byRuling(a: Finding, b: Finding): number {
  return RULING_ORDER[a.ruling] - RULING_ORDER[b.ruling] || bySeverity(a, b);
}

/** Worst verdict first. */
export function byVerdict(a: Verdict, b: Verdict): number {
  return VERDICT_ORDER[a] - VERDICT_ORDER[b];
}

/** Problems that no waiver covers come first. */
export function openFirst(problems: readonly ReportedProblem[]): readonly ReportedProblem[] {
  return [...problems.filter(({ waived }) => !waived), ...problems.filter(({ waived }) => waived)];
}

/** By code units, so that the order is the same on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** One thing to do. */
export interface Step {
  readonly finding: Finding;
  readonly fix: string;
  /** What is wrong, where that is in no file. */
  readonly problem?: string;
  /** Where to begin. */
  readonly at?: Place;
}

/** The next things to do: what blocks before what warns, the most severe first, the cheapest first where equal. */
export function nextSteps(findings: readonly Finding[], count = 3): readonly Step[] {
  const open = findings.filter(({ ruling }) => RULING_ORDER[ruling] <= RULING_ORDER.warn);
  const steps = open
    .toSorted((a, b) => byUrgency(a, b) || openProblems(a) - openProblems(b) || compareText(a.rule, b.rule))
    .map(stepFor);
  // A problem without a place is the run's rather than a file's: however many rules have it, it is one thing to do.
  return distinct(steps, ({ finding, problem }) => problem ?? finding.rule).slice(0, count);
}

/** What decides how urgent a finding is. */
type Urgent = Pick<Finding, 'ruling' | 'severity' | 'standing'>;

/** What blocks first, then the most severe, then what is done soonest. */
export function byUrgency(a: Urgent, b: Urgent): number {
  return (
    RULING_ORDER[a.ruling] - RULING_ORDER[b.ruling] ||
    compareSeverity(a.severity, b.severity) ||
    EFFORT[a.standing] - EFFORT[b.standing]
  );
}

function openProblems(finding: Finding): number {
  return finding.problems.filter((problem) => !problem.waived).length;
}

/** The first problem's own fix and place, one that no waiver covers if there is one; the rule's fix and the claim where there is none. */
export function stepFor(finding: Finding): Step {
  const open = finding.problems.filter((problem) => !problem.waived);
  const candidates = open.length > 0 ? open : finding.problems;
  const problem = candidates.find(({ at }) => at !== undefined) ?? candidates[0];
  const at = problem?.at ?? finding.claim;
  return {
    finding,
    fix: problem?.fix ?? finding.fix,
    ...(problem && at === undefined && { problem: problem.message }),
    ...(at && { at }),
  };
}
