/** The situations in which a pipeline may start, for systems whose jobs say when they run by rules, filters or conditions of their own. */
import type { Place } from '../../model.ts';
import { pieceFits } from '../glob.ts';
import { and, type Truth } from './infix.ts';
import type { Trigger } from './pipeline.ts';
import { patternFits } from './short-pattern.ts';

/** One situation. */
export interface Situation {
  /** `change` and `branch` are those of the conditions; the others name an event and, of pushes, the branch. */
  readonly key: string;
  readonly event: 'change' | 'push' | 'tag' | 'schedule' | 'manual';
  /** The branch that moves, that is proposed, or on which it is started. */
  readonly branch: string;
  /** The branch into which changes are merged. */
  readonly mainline: string;
}

/** Whether something runs, by the key of the situation; situations that are not there: yes. */
export type Runs = Readonly<Record<string, Truth>>;

const ANY_BRANCH = 'some-change';
/** The tag that is put on a release. */
export const TAG = 'v1.2.3';
const LONG_LIVED =
  /(?<![\w-])(?:main|master|trunk|develop|development|dev|integration|test|qa|uat|acceptance|staging|stage|preprod|pre-prod|production|prod|live|release)(?![\w-])/g;
const MAINLINES = ['main', 'master', 'trunk', 'develop'];

/** The situations that matter to a file: a proposal, any branch, the long-lived branches it mentions and those named, a tag, a schedule, a person. */
export function situationsOf(text: string, others: readonly string[] = []): readonly Situation[] {
  const mentioned = new Set([
    ...(text.slice(0, 200_000).match(LONG_LIVED) ?? []),
    ...others.filter((it) => it.length < 60).slice(0, 20),
  ]);
  const mainline = MAINLINES.find((it) => mentioned.has(it)) ?? 'main';
  const push = [...new Set([mainline, ...mentioned])].map((branch) => ({
    key: `push ${branch}`,
    event: 'push' as const,
    branch,
    mainline,
  }));
  return [
    { key: 'change', event: 'change', branch: ANY_BRANCH, mainline },
    { key: 'branch', event: 'push', branch: ANY_BRANCH, mainline },
    ...push,
    { key: 'tag', event: 'tag', branch: '', mainline },
    { key: 'schedule', event: 'schedule', branch: mainline, mainline },
    { key: 'manual', event: 'manual', branch: mainline, mainline },
  ];
}

/** What a decision comes to in each situation. */
export function runsIn(situations: readonly Situation[], decide: (situation: Situation) => Truth): Runs {
  return Object.fromEntries(situations.map((it) => [it.key, decide(it)]));
}

/** Where both say that it runs. */
export function bothRun(left: Runs, right: Runs): Runs {
  return Object.fromEntries(
    [...new Set([...Object.keys(left), ...Object.keys(right)])].map((key) => [key, and(at(left, key), at(right, key))]),
  );
}

function at(runs: Runs, key: string): Truth {
  return key in runs ? runs[key] : true;
}

/** Whether the one runs wherever the other does for sure, or may, where it never does for sure. */
export function accompanies(one: Runs, other: Runs): boolean {
  const certain = Object.keys(other).filter((key) => other[key] === true);
  const wanted = certain.length > 0 ? certain : Object.keys(other).filter((key) => other[key] !== false);
  return wanted.every((key) => at(one, key) !== false);
}

/** The condition that says so, e.g. occasion == 'push main' || occasion == 'tag'; undefined where it always runs. */
export function conditionOf(runs: Runs): string | undefined {
  const keys = Object.keys(runs);
  const kept = keys.filter((key) => runs[key] !== false);
  if (kept.length === keys.length) return undefined;
  return kept.length === 0 ? 'false' : kept.map((key) => `occasion == '${key}'`).join(' || ');
}

/** Whether it runs in no situation at all. */
export function neverRuns(runs: Runs): boolean {
  const truths = Object.values(runs);
  return truths.length > 0 && truths.every((it) => it === false);
}

/** The triggers of a pipeline that runs so. Named branches only where not every branch starts it. */
export function triggersOf(situations: readonly Situation[], runs: Runs, at: Place): readonly Trigger[] {
  const on = situations.filter(({ key }) => runs[key] !== false);
  const every = on.some(({ key }) => key === 'branch');
  const branches = on.filter(({ event }) => event === 'push').map(({ branch }) => branch);
  const plain = [...new Set(on.map(({ event }) => event))];
  return plain.map(
    (event): Trigger => ({ on: event, branches: event === 'push' && !every ? branches : [], paths: [], at }),
  );
}

/** Whether a list of branch names and patterns takes a branch in: names, `*` within names, `/patterns/`. */
export function takes(patterns: readonly string[], branch: string): Truth {
  let result: Truth = false;
  for (const pattern of patterns.slice(0, 100)) {
    const one = fits(pattern, branch);
    if (one === true) return true;
    if (one === undefined) result = undefined;
  }
  return result;
}

function fits(pattern: string, branch: string): Truth {
  const [, body, flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(pattern) ?? [];
  if (body !== undefined) return patternFits(body, flags, branch);
  if (/[${}]/.test(pattern) || pattern.length > 200) return undefined;
  return pieceFits(pattern.replace(/^refs\/heads\//, ''), branch);
}
