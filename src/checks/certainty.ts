/** Which vulnerabilities are surely in what is built. Pure; a rule counts the others, and calls none of them a breach. */
import type { Match } from '../evidence/advisories/match.ts';
import type { Facts } from '../evidence/pipelines.ts';
import type { Gathered } from '../model.ts';
import { doing, isRun, pipelinesFor } from './pipeline-scope.ts';
import { counted } from './words.ts';

/** What is asked about. */
interface Subject {
  readonly manifest: { readonly dir: string };
  readonly evidence: { readonly pipelines: Gathered<Facts> };
}

/** Matches by how sure they are. */
export interface Sorted<T> {
  readonly sure: readonly T[];
  /** Nobody vouches for the range, or nobody can tell whether the module is used. */
  readonly doubtful: readonly T[];
  /** In Go modules whose use the pipeline's govulncheck finds out: it fails where one is reached. */
  readonly answered: readonly T[];
}

/**
 * Go's list of modules names each that any other one needs, also where no package of it is built in, which is why Go's own tool looks at
 * what is called. So a flaw of a module that is needed only through others proves nothing; of one that is imported it does.
 */
export function byCertainty<T extends { readonly match: Match }>(all: readonly T[], subject: Subject): Sorted<T> {
  const isAnswered = looksForCalls(subject);
  const indirect = all.filter(({ match }) => isPerhapsUnused(match));
  const others = all.filter(({ match }) => !isPerhapsUnused(match));
  return {
    sure: others.filter(({ match }) => match.verdict === 'affected'),
    doubtful: [...others.filter(({ match }) => match.verdict === 'uncertain'), ...(isAnswered ? [] : indirect)],
    answered: isAnswered ? indirect : [],
  };
}

function isPerhapsUnused({ concerned: { ecosystem, direct } }: Match): boolean {
  return ecosystem === 'Go' && direct === false;
}

/** Whether a pipeline runs govulncheck by itself, and stops where it finds something. */
function looksForCalls(subject: Subject): boolean {
  return doing(pipelinesFor(subject), ['dependency-scan']).some(
    (it) =>
      isRun(it) &&
      it.purpose.weakened === undefined &&
      /govulncheck/.test(`${it.purpose.tool ?? ''} ${it.purpose.shown}`) &&
      it.pipeline.triggers.some(({ on }) => on !== 'manual' && on !== 'called'),
  );
}

/** One clause for each that may concern, and one for all in modules that may be unused; `state` is e.g. `past the deadline`. */
export function doubtsOf(doubtful: readonly { readonly match: Match }[], state: string): readonly string[] {
  const matches = doubtful.map(({ match }) => match);
  const unused = matches.filter(isPerhapsUnused);
  const [first] = unused;
  const said = matches
    .filter((match) => !isPerhapsUnused(match))
    .map(({ concerned, advisory, why }) => `${advisory.id} may concern ${concerned.name} ${concerned.version}: ${why}`);
  if (!first) return said;
  const { concerned, advisory } = first;
  const many = counted(unused.length, `vulnerability ${state} is`, `vulnerabilities ${state} are`);
  return [
    ...said,
    `${many} in Go modules that are needed only through others, first ${advisory.id} in ${concerned.name} ${concerned.version}, and no pipeline asks govulncheck whether any of that is used`,
  ];
}

/** "3 uncertain", "4 in Go modules that govulncheck looks through": what stands in brackets beside what was found. */
export function besides({ doubtful, answered }: Sorted<unknown>): readonly string[] {
  return [
    ...(doubtful.length > 0 ? [`${doubtful.length} uncertain`] : []),
    ...(answered.length > 0 ? [`${answered.length} in Go modules that govulncheck looks through`] : []),
  ];
}
