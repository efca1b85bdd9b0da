/** The standing of a statement on every judged workload: disproved by a literal counter-example, unknown where one is hidden, else verified. Pure. */
import type { Workload } from '../evidence/workloads/workload.ts';
import type { Assessment, Place, Problem, Standing } from '../model.ts';
import { assessed, notApplicable, unknown, verified } from './define.ts';
import { distinct } from './places.ts';
import { counted, shortened } from './words.ts';
import type { WorkloadScope } from './workload-scope.ts';

/** What a check says of one workload. */
export type Answer =
  | { readonly is: 'yes'; readonly shown: readonly Place[] }
  /** `written`: it is said in so many words, so that what is not here cannot change it. */
  | { readonly is: 'no'; readonly problems: readonly Problem[]; readonly written?: boolean }
  /** What decides cannot be read. `lacks`: what is asked for is not there, only whether that matters is open. */
  | { readonly is: 'unclear'; readonly because: string; readonly at: Place; readonly lacks?: true }
  /** The statement does not concern it; few words, e.g. "no port". */
  | { readonly is: 'exempt'; readonly because: string };

/** How a check speaks. */
export interface Wording {
  /** "has a readiness probe". */
  readonly has: readonly [singular: string, plural: string];
  /** What stands where a workload lacks it; contradicted when not given. */
  readonly lacking?: Standing;
  /** One is enough: the others are named and disprove nothing. */
  readonly oneIsEnough?: boolean;
}

/** Places cited at most. */
const MOST_CITED = 5;

/** Asks of every workload and sums up, with the scope in the sentence. */
export function everyWorkload(scope: WorkloadScope, wording: Wording, ask: (workload: Workload) => Answer): Assessment {
  if (scope.judged.length === 0) return withoutWorkloads(scope);
  const first = scope.judged.map((workload) => ({ workload, answer: settled(workload, ask(workload)) }));
  const answers = first.map((it) => ({ ...it, answer: unlessTwin(it, first) }));
  const of = <K extends Answer['is']>(is: K) =>
    answers.flatMap(({ workload, answer }) =>
      answer.is === is ? [{ workload, answer: answer as Extract<Answer, { is: K }> }] : [],
    );
  const [yes, no, unclear, exempt] = [of('yes'), of('no'), of('unclear'), of('exempt')];
  const tail = sentenceTail(scope, exempt);
  if (yes.length + no.length + unclear.length === 0) return notApplicable(noneAsked(scope, exempt));
  const asked = [...yes, ...no, ...unclear].map(({ workload }) => workload);
  const verb = yes.length === 1 || asked.length === 1 ? wording.has[0] : wording.has[1];
  const because = `${yes.length} of ${nounFor(asked.length, asked)}${where(scope)} ${verb}`;
  const evidence = distinct(yes.flatMap(({ answer }) => answer.shown)).slice(0, MOST_CITED);
  const problems = no.flatMap(({ answer }) => answer.problems);
  const tolerated = wording.oneIsEnough === true && yes.length > 0;
  // Where one is enough, one that cannot be read may be it.
  const mayHaveOne = wording.oneIsEnough === true && unclear.some(({ answer }) => !answer.lacks);
  if (problems.length > 0 && !tolerated && !mayHaveOne)
    return assessed(wording.lacking ?? 'contradicted', `${because}${tail}`, { evidence, problems });
  const [hidden] = unclear;
  if (hidden && !tolerated) {
    const told = `${nameOf(hidden.workload)}: ${hidden.answer.because}`;
    const more = unclear.length > 1 ? `${unclear.length} are unclear, first ${told}` : told;
    const places = [...evidence, ...distinct(unclear.map(({ answer }) => answer.at))].slice(0, MOST_CITED * 2);
    return unknown(`${because}; ${more}${tail}`, { evidence: places });
  }
  const [unread] = scope.unread;
  if (unread && !tolerated) {
    const files = counted(scope.unread.length, 'file');
    return unknown(`${because}; but ${files} could not be read, first ${unread.at.path}: ${unread.detail}${tail}`, {
      evidence: [...evidence, unread.at],
    });
  }
  return verified(`${because}${tail}`, evidence, { problems });
}

/** A lack is only told of what is there for certain, whole, and the team's own. */
function settled(workload: Workload, answer: Answer): Answer {
  if (answer.is !== 'no') return answer;
  const [problem] = answer.problems;
  const at = problem?.at ?? workload.at;
  const lacking = (because: string): Answer => ({ is: 'unclear', because: `it lacks it, ${because}`, at, lacks: true });
  if (workload.partial !== undefined && !answer.written) return { is: 'unclear', because: workload.partial, at };
  if (workload.when !== undefined) return lacking(`and is there only where ${workload.when}`);
  if (workload.product !== undefined)
    return lacking(`but what it runs is ${workload.product} and not the service's own code`);
  return answer;
}

interface Answered {
  readonly workload: Workload;
  readonly answer: Answer;
}

/** Where two folders describe one workload, e.g. a chart and the manifests from before it, nobody knows which of the two is applied. */
function unlessTwin({ workload, answer }: Answered, all: readonly Answered[]): Answer {
  if (answer.is !== 'no') return answer;
  const twin = all.find((it) => it.answer.is === 'yes' && isTwin(it.workload, workload));
  if (!twin) return answer;
  const because = `it lacks it in ${workload.at.path} and not in ${twin.workload.at.path}; which of the two is applied is not known here`;
  return { is: 'unclear', because, at: answer.problems[0]?.at ?? workload.at, lacks: true };
}

function isTwin(a: Workload, b: Workload): boolean {
  const of = ({ kind, name, namespace = '', environment = '' }: Workload): string =>
    [kind, name, namespace, environment].join(' ');
  return of(a) === of(b) && folderOf(a) !== folderOf(b);
}

function folderOf({ at }: Workload): string {
  return at.path.slice(0, Math.max(at.path.lastIndexOf('/'), 0));
}

/** What to say where no workload is judged. */
export function withoutWorkloads(scope: WorkloadScope): Assessment {
  const { aside, unread, delegated, lowerOnly, asideAt } = scope;
  const [hidden] = unread;
  if (hidden)
    return unknown(`no workload could be read: ${hidden.at.path}: ${hidden.detail}`, {
      evidence: unread.map(({ at }) => at).slice(0, MOST_CITED),
    });
  const [handed] = delegated;
  if (handed)
    return unknown(
      `no workload of production is here: ${handed.at.path} hands this to ${handed.to}, which is not at hand`,
      { evidence: delegated.map(({ at }) => at).slice(0, MOST_CITED) },
    );
  if (lowerOnly !== undefined)
    return unknown(`the workloads here are for ${lowerOnly}; production's are not here`, {
      evidence: asideAt ? [asideAt] : [],
    });
  if (aside.length > 0) return notApplicable(`no workload of the service is here${asideWords(aside)}`);
  return notApplicable('no Kubernetes workload of the service is here');
}

function where({ where: place }: WorkloadScope): string {
  return place === '' ? '' : ` ${place}`;
}

/** "2 Deployments (deploy) are not asked: no liveness probe". */
function noneAsked(scope: WorkloadScope, exempt: readonly Exempt[]): string {
  const { judged, aside } = scope;
  const are = judged.length === 1 ? 'is' : 'are';
  return `${nounFor(judged.length, judged)}${where(scope)} ${are} not asked: ${reasonsOf(exempt)}${asideWords(aside)}`;
}

interface Exempt {
  readonly answer: { readonly because: string };
}

function reasonsOf(exempt: readonly Exempt[]): string {
  return shortened([...new Set(exempt.map(({ answer }) => answer.because))], 3);
}

function sentenceTail(scope: WorkloadScope, exempt: readonly Exempt[]): string {
  const spared = exempt.length > 0 ? `; ${counted(exempt.length, 'other')} not asked: ${reasonsOf(exempt)}` : '';
  return `${spared}${asideWords(scope.aside)}`;
}

/** "; 3 set aside (2 a test, a job)". */
function asideWords(aside: WorkloadScope['aside']): string {
  if (aside.length === 0) return '';
  const total = aside.reduce((sum, { count }) => sum + count, 0);
  const reasons = aside.map(({ because, count }) =>
    count === 1 || aside.length === 1 ? because : `${count} ${because}`,
  );
  return `; ${total} set aside (${reasons.length > 4 ? shortened(reasons, 4) : reasons.join(', ')})`;
}

/** "4 Deployments", or "4 workloads" where kinds differ. */
function nounFor(count: number, workloads: readonly Workload[]): string {
  const [kind, ...others] = new Set(workloads.map((workload) => workload.kind));
  return counted(count, kind !== undefined && others.length === 0 && /^[A-Z]\w+$/.test(kind) ? kind : 'workload');
}

/** How a workload is called in a sentence. */
export function nameOf({ kind, name }: Pick<Workload, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}
