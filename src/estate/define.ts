/** What a rule across services is, and short ways to say each standing. Pure and synchronous, like a check of one service. */
import type { Params, Values } from '../checks/params.ts';
import type { Standing } from '../model.ts';
import type { EstatePlace } from '../model-audit.ts';
import type { Edge, Graph, Node } from './graph.ts';

/** All that a rule may know. */
interface EstateSubject<P extends Params> {
  readonly graph: Graph;
  readonly params: Values<P>;
  /** ISO date on which ages are counted. */
  readonly asOf: string;
  /** Whether a service takes itself out of this rule. Asked where a problem would be its own; who is asked is named in the finding. */
  excused(node: Node): boolean;
}

/** One thing that is wrong between services. */
export interface Trouble {
  readonly message: string;
  /** The services it concerns, the one that can mend it first. */
  readonly services: readonly Node[];
  readonly places: readonly EstatePlace[];
  readonly fix?: string;
  /** Names in the order of the way through the graph. */
  readonly path?: readonly string[];
  /** Edges of the graph that are wrong. */
  readonly edges?: readonly Edge[];
  /** What it is about besides its services: keeps its fingerprint stable when lines move. */
  readonly about: string;
}

/** An opinion on one statement about the estate. */
export interface EstateAssessment {
  readonly standing: Standing;
  readonly because: string;
  readonly problems: readonly Trouble[];
}

/** A mechanism that assesses one statement about the estate. */
export interface EstateCheck<P extends Params = Params> {
  /** How it is checked, in one or two sentences. */
  readonly summary: string;
  readonly params: P;
  /** Set where it compares what manifests claim: one that could not be read is named. What the answer about others hangs on, the rule says itself. */
  readonly ofClaims?: true;
  assess(subject: EstateSubject<P>): EstateAssessment;
}

/** Declares a rule across services; only narrows the types. */
export function defineEstateCheck<const P extends Params>(check: EstateCheck<P>): EstateCheck<P> {
  return check;
}

/** Why it cannot be told where some dependencies lead: a clause for each repository that was not judged, each name of several services, and each store that is called like a service. */
export function lostAmong(edges: readonly Edge[]): readonly string[] {
  const clauses = edges.flatMap(({ from, dependency: { name, kind }, meaning }) => {
    if (meaning.is === 'store')
      return [
        kind === 'queue'
          ? `${from.name} does not say by \`async\` whether it waits for ${name}, or for a queue of that name`
          : `${from.name} needs a ${kind} ${name}, which is the name of a service as well`,
      ];
    if (meaning.is === 'unjudged') return [`${from.name} needs ${meaning.repo}, which was not judged`];
    if (meaning.is === 'ambiguous')
      return [`${from.name} needs ${name}, which is the name of ${meaning.nodes.length} services`];
    return [];
  });
  return [...new Set(clauses)];
}

/** What a comparison came to, before it is one standing. */
export interface Tally {
  /** What is disproved, and what is not there. */
  readonly wrong?: readonly Trouble[];
  readonly missing?: readonly Trouble[];
  /** Why some of it cannot be told, a clause each. */
  readonly untold?: readonly string[];
  /** What to say where nothing is wrong, missing or untold. */
  readonly otherwise: Extract<Standing, 'verified' | 'declared' | 'not-applicable'>;
  readonly because: string;
}

/** The worst of it is the standing: what is disproved, then what is missing, then what cannot be told. */
export function weighed({ wrong = [], missing = [], untold = [], otherwise, because }: Tally): EstateAssessment {
  const problems = [...wrong, ...missing];
  const doubt =
    untold.length > 0
      ? `; not told: ${untold.slice(0, 3).join('; ')}${untold.length > 3 ? `; and ${untold.length - 3} more` : ''}`
      : '';
  const bad = wrong.length > 0 ? 'contradicted' : missing.length > 0 ? 'missing' : undefined;
  return { standing: bad ?? (doubt === '' ? otherwise : 'unknown'), because: `${because}${doubt}`, problems };
}
