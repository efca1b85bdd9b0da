/** The nouns of what a service is built from. Types only; everybody imports them from model.ts. */
import type { Place } from './model.ts';

/** How bad a vulnerability is said to be; `unknown` where no record says. */
export type Weight = 'critical' | 'high' | 'medium' | 'low' | 'unknown';

/** What is known to be wrong with one locked version, as a table shows it: the worst first, the rest counted. */
export interface PackageFlaw {
  readonly id: string;
  readonly weight: Weight;
  /** `overdue` and `due` count days from a deadline; `open` has none. */
  readonly state: 'malicious' | 'overdue' | 'due' | 'open' | 'no-fix' | 'uncertain' | 'excepted';
  /** Days past the deadline, or left until it. */
  readonly days?: number;
  /** Further flaws of the same version. */
  readonly more: number;
}

/** A locked package about which there is something to say. */
export interface PackageRow {
  readonly ecosystem: string;
  readonly name: string;
  readonly locked: string;
  readonly scope: 'production' | 'development' | 'optional' | 'unknown';
  readonly direct: boolean | null;
  readonly flaw?: PackageFlaw;
  /** Newest release of the locked patch line, and of all. */
  readonly patch?: string;
  readonly latest?: string;
  /** How far behind, in words, e.g. `patch, 612 days`. */
  readonly behind?: string;
  /** The least version without any known flaw. */
  readonly fix?: string;
  /** One sentence: the least change that helps. */
  readonly how?: string;
  readonly at?: Place;
}

/** What a service is built from, in numbers that always say how much was checked. */
export interface PackagesReport {
  readonly lockfiles: number;
  /** Distinct versions of packages that are locked, the organisation's own aside. */
  readonly packages: number;
  readonly direct: number;
  /** Of those, how many were held against advisories. */
  readonly checked: number;
  /** What the advisories are as of, by ecosystem; absent where there is no data. */
  readonly data: readonly { readonly ecosystem: string; readonly packages: number; readonly asOf?: string }[];
  /** Vulnerabilities of production packages that no exception covers, and those past their deadline, by severity. */
  readonly open: Readonly<Record<Weight, number>>;
  readonly overdue: Readonly<Record<Weight, number>>;
  readonly exploited: number;
  readonly malicious: number;
  /** In packages for development alone, and covered by an exception. */
  readonly development: number;
  readonly excepted: number;
  /** How far direct production packages are behind; absent where no releases are known. */
  readonly lag?: PackagesLag;
  /** The worst first. */
  readonly rows: readonly PackageRow[];
}

/** How far behind the direct production packages are. */
export interface PackagesLag {
  /** Packages whose releases are known. */
  readonly known: number;
  /** Days for which a newer patch of the locked line has been out: the most, and the 90th percentile. */
  readonly patchDays: number;
  readonly patchDays90: number;
  /** The most major versions that one is behind. */
  readonly majors: number;
  /** Years between the locked and the newest release, over all of them. */
  readonly libyears: number;
}

/** One locked package as a bill of materials lists it. */
export interface Component {
  readonly ecosystem: string;
  readonly name: string;
  readonly version?: string;
  readonly scope: 'production' | 'development' | 'optional' | 'unknown';
  readonly direct: boolean | null;
  readonly source: 'registry' | 'git' | 'path' | 'url' | 'unknown';
  readonly commit?: string;
  readonly licence?: string;
  /** Names of the packages that ask for it. */
  readonly requiredBy: readonly string[];
  readonly at: Place;
}
