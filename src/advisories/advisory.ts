/** What is known about flaws of packages, and where it is looked up. Types only. */
import type { Ecosystem } from '../versions/order.ts';

/** What else an advisory says besides "vulnerable". `unmaintained`, `unsound` and `notice` are no vulnerabilities. */
export type AdvisoryFlag =
  | 'malicious'
  | 'unmaintained'
  | 'unsound'
  | 'notice'
  /** The ecosystem's own reviewers have not looked at it. */
  | 'unreviewed'
  /** Known to be exploited, by CISA's catalogue. */
  | 'exploited';

/** 0 not known, 1 low, 2 medium, 3 high, 4 critical. */
export type AdvisorySeverity = 0 | 1 | 2 | 3 | 4;

/** Everything known about one flaw of one package: all records that are aliases of each other, merged. */
export interface Advisory {
  /** The GHSA id where there is one, else the ecosystem's own, else the CVE. */
  readonly id: string;
  readonly aliases: readonly string[];
  /** The greatest of the merged records. */
  readonly severity: AdvisorySeverity;
  /** Where the severity is from, e.g. `CVSS 4.0`, `GHSA`; empty where it is not known. */
  readonly severityFrom: string;
  /** ISO day, the earliest of the merged records; absent where no record carries one. */
  readonly published?: string;
  /** Affected ranges in the ecosystem's order, each like `<1.2.3`, `>=2.0.0 <2.1.4`, `<=3.1.0` or `*`. `<` is a fix, `<=` a last affected version, `until` where a record stops speaking; `semver ` before one counts it in SemVer's order instead. */
  readonly ranges: readonly string[];
  /** Affected versions that lie in none of the ranges. */
  readonly versions: readonly string[];
  /** Ranges that a record gives without vouching for them. */
  readonly uncertain: readonly string[];
  /** Ranges in a numbering of the project's own, for a person to look at: they are the reason why others are uncertain. */
  readonly custom?: readonly string[];
  readonly flags: readonly AdvisoryFlag[];
  /** ISO day on which it was listed as exploited. */
  readonly exploitedSince?: string;
  readonly title?: string;
}

/** How old and how whole the data on one ecosystem is. */
export interface DataState {
  readonly ecosystem: string;
  /** ISO instant up to which it is complete. */
  readonly asOf: string;
  readonly records: number;
  /** Where it is, or whom it is from, for a person. */
  readonly from: string;
  /** It holds some of the ecosystem's advisories: what it has counts, and what it has not proves nothing. */
  readonly partial?: true;
}

/** A package as it is asked for. */
export interface PackageQuery {
  readonly name: string;
  readonly version?: string;
  /** The lockfile shows that it comes from the public registry, and nobody calls the name private: only then it may be sent anywhere. */
  readonly public?: true;
}

/** Where advisories are looked up: a database on disk, a server, or both. */
export interface AdvisorySource {
  /** What there is data on, exact once it was looked up; what is not in it is not known, never "no advisories". */
  readonly states: readonly DataState[];
  /** Sentences about data that is there and could not be used. */
  readonly troubles: readonly string[];
  /** Advisories by package name, for those that have any; undefined where there is no data on the ecosystem. Rejects with a sentence for a person where a server does not answer. */
  lookup(
    ecosystem: Ecosystem,
    packages: readonly PackageQuery[],
  ): Promise<ReadonlyMap<string, readonly Advisory[]> | undefined>;
  /** Names that were looked up and not answered for: not known, never "no advisories". They are not to be sent anywhere, or their data could not be read. */
  unanswered?(ecosystem: Ecosystem): ReadonlySet<string>;
}
