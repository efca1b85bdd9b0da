/** What an audit's page carries for its script: compact, because there may be thousands of services. Types only. */
import type { Ruling, Severity, Standing } from '../../model.ts';

/** All but the services and what their findings say. Every text is ready to be shown. */
export interface PageData {
  /** ISO date. */
  readonly asOf: string;
  readonly areas: readonly string[];
  readonly owners: readonly string[];
  readonly stages: readonly string[];
  readonly rules: readonly PageRule[];
  /** `answers[n]` is what the letter `letters[n]` stands for; a blank stands for a rule that was not judged. */
  readonly letters: string;
  readonly answers: readonly (readonly [Severity, Standing, Ruling])[];
  readonly edges: readonly PageEdge[];
  /** How many services one pack of findings holds. */
  readonly perPack: number;
  readonly words: PageWords;
}

/** The words and signs for closed sets, as every report says them. */
export interface PageWords {
  readonly rulings: Readonly<Record<Ruling, readonly [sign: string, word: string]>>;
  readonly severities: Readonly<Record<Severity, string>>;
  readonly standings: Readonly<Record<Standing, string>>;
  /** By `PageService`'s verdict: the worst first, nothing judged last. */
  readonly verdicts: readonly (readonly [ruling: Ruling, sign: string, word: string])[];
}

/** One rule with its texts; rules of the same id that say different things are several. */
export type PageRule = readonly [
  id: string,
  area: number,
  statement: string,
  why: string,
  fix: string,
  refs: readonly string[],
];

/** One service. */
export type PageService = readonly [
  repo: string,
  dir: string,
  name: string,
  /** Index of `owners`; -1 where nobody declared one. */
  owner: number,
  tier: number,
  /** Index of `stages`. */
  stage: number,
  /** Index of `words.verdicts`. */
  verdict: number,
  met: number,
  applicable: number,
  verified: number,
  /** A letter for each rule, in the order of `rules`; what is beyond its end was not judged. */
  letters: string,
  /** Percent met in earlier runs, oldest first. */
  trend: readonly number[],
  commit: string,
];

/** One service that depends on another: indices of services; -1 where no audited service has that name. */
export type PageEdge = readonly [from: number, to: number, name: string, criticality: string, rules: readonly string[]];

/** What an unmet finding says. Places are as people click them. */
export interface PageFinding {
  /** Index of `rules`. */
  readonly rule: number;
  readonly because: string;
  readonly problems: readonly PageProblem[];
  /** How many problems are left out. */
  readonly more: number;
  readonly claim?: string;
  readonly evidence: readonly string[];
  /** How many places of evidence are left out; absent where none is. */
  readonly moreEvidence?: number;
  readonly waiver?: PageWaiver;
  /** ISO date from which it blocks. */
  readonly countsFrom?: string;
}

/** One thing that is wrong. */
export interface PageProblem {
  readonly message: string;
  readonly at?: string;
  readonly fix?: string;
  readonly waived: boolean;
}

/** Who accepted what is unmet, and until when. */
export interface PageWaiver {
  readonly clock: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly approvedBy?: string;
  readonly ticket?: string;
  readonly scope?: string;
}

/** Findings of the services of a pack, in their order. */
export type Pack = readonly (readonly PageFinding[])[];
