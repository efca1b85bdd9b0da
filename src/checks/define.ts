/** What a check is, and short ways to say each standing. A check is pure and synchronous: no disk, no clock, no promise. */
import type { Question } from '../evidence/asked-files/question.ts';
import type { Evidence } from '../generated/evidence.ts';
import type { Claims, Manifest } from '../manifest/manifest.ts';
import type { Assessment, Place, Problem, Service, Standing, Unread } from '../model.ts';
import type { Params, Values } from './params.ts';
import type { Scope } from './workload-scope.ts';

/** A kind of evidence a check may ask for. */
export type Kind = keyof Evidence;

/** All that a check may know. */
export interface Subject<K extends Kind, P extends Params, D extends Kind = never> {
  readonly service: Service;
  readonly manifest: Manifest;
  /** The manifest's claims; empty when there is no valid manifest. */
  readonly claims: Claims;
  /** Only the kinds the check declared: those of `needs`, and those of `onDemand` where it asked for them. */
  readonly evidence: Pick<Evidence, K> & Partial<Pick<Evidence, D>>;
  readonly params: Values<P>;
  /** ISO date (YYYY-MM-DD) on which ages are counted. */
  readonly asOf: string;
  /** Which workloads are asked for: the service's own in production, or every one found. */
  readonly scope: Scope;
  /** Place of a claim by JSON pointer, or of its nearest ancestor that exists. */
  at(pointer: string): Place;
}

/** Kinds that are gathered after the others, and only where a check asks for them: git's history takes a process. */
interface OnDemand<K extends Kind, P extends Params, D extends Kind> {
  readonly kinds: readonly D[];
  /** Whether `assess` will look at them, or at which of them, told from the kinds in `needs`. Pure. */
  when(subject: Subject<K, P>): boolean | readonly D[];
}

/** Parameters that their schemas let pass and the check cannot use: a pattern that is none, an expression with a fault. */
export interface ParamFault {
  readonly param: string;
  readonly message: string;
  readonly fix: string;
  /** Where in the parameter's own text; both count from 1. */
  readonly within?: { readonly line: number; readonly column: number };
}

/** A mechanism that assesses one statement. */
export interface Check<K extends Kind = Kind, P extends Params = Params, D extends Kind = Kind> {
  /** How it is checked, in one or two sentences, for `explain` and the rule's page. */
  readonly summary: string;
  readonly needs: readonly K[];
  /** Further kinds, which cost more than a look at files. */
  readonly onDemand?: OnDemand<K, P, D>;
  readonly params: P;
  /** Set where nothing in a repository can show the statement, so that a claim is the best answer there is and does not count as one without proof. */
  readonly claimOnly?: true;
  /** Set where the statement is about what the manifest claims: without a valid manifest, "missing" says nothing beyond its absence, which is a finding of its own. */
  readonly ofClaims?: true;
  /** Set where the statement is about what this repository's own files say: what they hand elsewhere cannot fill in what they leave out. */
  readonly ofOwnFiles?: true;
  /** What is wrong with parameters beyond their schemas, told when a checklist is loaded. Pure. */
  faults?(params: Values<P>): readonly ParamFault[];
  /** What is asked of the repository's files, told from the parameters alone; the answers are in the kind `asked-files`. Pure. */
  asks?(params: Values<P>): readonly Question[];
  /** What could not be read of the evidence, where not all of it bears on this rule. Pure. */
  unread?(subject: Subject<K, P, D>): readonly Unread[];
  assess(subject: Subject<K, P, D>): Assessment;
}

/** Declares a check; only narrows the types. */
export function defineCheck<const K extends Kind, const P extends Params, const D extends Kind = never>(
  check: Check<K, P, D>,
): Check<K, P, D> {
  return check;
}

/** What may accompany a standing. */
export interface Grounds {
  readonly claim?: Place | undefined;
  readonly evidence?: readonly Place[];
  readonly problems?: readonly Problem[];
}

/** Any standing, where a check computes which. */
export function assessed(standing: Standing, because: string, grounds: Grounds = {}): Assessment {
  const { claim, evidence = [], problems = [] } = grounds;
  return { standing, because, ...(claim && { claim }), evidence, problems };
}

/** The repository shows it; cite where. */
export function verified(because: string, evidence: readonly Place[], grounds: Grounds = {}): Assessment {
  return assessed('verified', because, { ...grounds, evidence });
}

/** The manifest says so; nothing here confirms or denies it. */
export function declared(because: string, claim: Place, grounds: Grounds = {}): Assessment {
  return assessed('declared', because, { ...grounds, claim });
}

/** The repository disproves it. */
export function contradicted(because: string, problems: readonly Problem[], grounds: Grounds = {}): Assessment {
  return assessed('contradicted', because, { ...grounds, problems });
}

/** It was true; its date has run out. */
export function stale(because: string, problems: readonly Problem[], grounds: Grounds = {}): Assessment {
  return assessed('stale', because, { ...grounds, problems });
}

/** Neither claim nor evidence. */
export function missing(because: string, problems: readonly Problem[] = [], grounds: Grounds = {}): Assessment {
  return assessed('missing', because, { ...grounds, problems });
}

/** Something was there and could not be read. */
export function unknown(because: string, grounds: Grounds = {}): Assessment {
  return assessed('unknown', because, grounds);
}

/** The statement does not concern this service; say why. */
export function notApplicable(because: string, grounds: Grounds = {}): Assessment {
  return assessed('not-applicable', because, grounds);
}
