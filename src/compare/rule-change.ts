/** What became of one rule: whether its answer is worse, and whether that blocks. The order of answers is a table. Pure. */
import type { Finding, RuleChange, Ruling, Standing } from '../model.ts';
import { type Files, matchProblems, type ProblemChange } from './problems.ts';

/** The answers from the best to the worst. What does not concern a service, or rests on its word, is no worse than what is shown. */
const RANK: Readonly<Record<Ruling, number>> = { pass: 0, trust: 0, skip: 0, warn: 1, waived: 2, fail: 3 };

/** What is known less well, where the ruling is no worse; what does not apply is neither. */
const DOUBT: Readonly<Record<Exclude<Standing, 'not-applicable'>, number>> = {
  verified: 0,
  declared: 1,
  contradicted: 1,
  stale: 1,
  missing: 1,
  unknown: 2,
};

/** A finding with the folder of its service. */
export interface Answer {
  readonly finding: Finding;
  readonly dir: string;
}

/** A rule that was judged then and now; undefined where nothing is different. */
export function ruleChange(before: Answer, after: Answer, files: Files): RuleChange | undefined {
  const [then, now] = [before.finding, after.finding];
  const change = matchProblems(
    { problems: then.problems, dir: before.dir },
    { problems: now.problems, dir: after.dir },
    files,
  );
  const step = RANK[now.ruling] - RANK[then.ruling] || doubtStep(then, now);
  const worse = step > 0 || (isUnmet(now) && change.appeared.length > 0);
  const better = step < 0 || (isUnmet(then) && change.gone.length > 0);
  if (!worse && !better && then.standing === now.standing && then.ruling === now.ruling) return undefined;
  return {
    ...about(now),
    before: answerOf(then),
    after: answerOf(now),
    direction: better && !worse && !isShown(then, now, change) ? 'eased' : directionOf(worse, better),
    blocks: worse && now.ruling === 'fail' && (then.ruling !== 'fail' || countsAnew(change)),
    ...change,
  };
}

/** A rule that is judged now and was not then; `fair` where that is the change's own doing. Undefined where it is met. */
export function newlyJudged({ finding }: Answer, fair: boolean): RuleChange | undefined {
  if (!isUnmet(finding)) return undefined;
  return {
    ...about(finding),
    after: answerOf(finding),
    direction: fair ? 'worse' : 'neither',
    blocks: fair && finding.ruling === 'fail',
    appeared: finding.problems,
    gone: [],
  };
}

/** A rule that was not met and is judged no more: nobody knows whether it would be met now. */
export function noLongerJudged({ finding }: Answer): RuleChange | undefined {
  if (!isUnmet(finding)) return undefined;
  return {
    ...about(finding),
    before: answerOf(finding),
    direction: 'neither',
    blocks: false,
    appeared: [],
    gone: [],
  };
}

/** Whether a finding leaves something to do, accepted or not. */
export function isUnmet({ ruling }: Pick<Finding, 'ruling'>): boolean {
  return RANK[ruling] > 0;
}

/** One word for both ways. */
export function directionOf(worse: boolean, better: boolean): RuleChange['direction'] {
  if (worse && better) return 'mixed';
  return worse ? 'worse' : better ? 'better' : 'neither';
}

/** Whether a better answer is one about the service, and no lower tier, no waiver, no later day, nothing set aside, nothing unread. */
function isShown(then: Finding, now: Finding, { gone }: ProblemChange): boolean {
  if (now.standing === 'unknown' || now.standing === 'not-applicable') return false;
  if (then.standing === now.standing && then.ruling !== now.ruling && gone.every(({ waived }) => waived)) return false;
  // It failed in parts and fails as a whole.
  return !isUnmet(now) || now.problems.length > 0 || then.problems.length === 0;
}

function countsAnew({ appeared }: ProblemChange): boolean {
  return appeared.some(({ waived }) => !waived);
}

function doubtStep(then: Finding, now: Finding): number {
  if (then.standing === 'not-applicable' || now.standing === 'not-applicable') return 0;
  return DOUBT[now.standing] - DOUBT[then.standing];
}

function about({ rule, statement, severity }: Finding): Pick<RuleChange, 'rule' | 'statement' | 'severity'> {
  return { rule, statement, severity };
}

function answerOf({ standing, ruling }: Finding): Pick<Finding, 'standing' | 'ruling'> {
  return { standing, ruling };
}
