/** The nouns of what one service shows and claims that matters to others: what the rules across services look at. Types only. */
import type { Place } from './model.ts';

/** What one service shows and claims that matters to others: plain data, bounded. What is absent was not said, unless `unknown` names it. */
export interface ServiceFacts {
  /** What it depends on, as its manifest declares it. */
  readonly dependencies: readonly DependencyFact[];
  /** Where the manifest lists dependencies; absent where it has no such list, which is not an empty one. */
  readonly dependenciesAt?: Place;
  /** Who depends on it, as its manifest declares it. */
  readonly consumers: readonly ConsumerFact[];
  /** Where the manifest lists consumers; absent where it has no such list, which is not an empty one. */
  readonly consumersAt?: Place;
  /** Only what a `valid` manifest says is among these facts. */
  readonly manifest?: 'valid' | 'invalid' | 'absent';
  /** By which names others may call it: the declared one first, then those of the catalogue entries that describe it. */
  readonly names?: readonly NamedFact[];
  /** Where its tier is declared, and whether a reason is given. */
  readonly tier?: { readonly at: Place; readonly reasoned: boolean };
  /** How long its callers wait for it, as it says. */
  readonly timeout?: { readonly request: string; readonly at: Place };
  /** The highest availability that it promises, in percent, by whatever name it is promised. */
  readonly availability?: { readonly name: string; readonly percent: number; readonly at: Place };
  /** What it promises its callers. */
  readonly promise?: BudgetFact;
  readonly journeys?: readonly JourneyFact[];
  readonly failureModes?: readonly FailureModeFact[];
  /** People who lead an area of its operation. */
  readonly leads?: readonly LeadFact[];
  /** What it is built from directly, in exact versions. */
  readonly libraries?: readonly LibrariesFact[];
  /** What in a repository without a manifest shows that it is deployed. */
  readonly deployed?: readonly { readonly what: string; readonly at: Place }[];
  /** Rules across services that it takes itself out of. */
  readonly excuses?: readonly ExcuseFact[];
  /** What could not be told, and why: `availability`, `libraries`, `deployed`, or `all` where its manifest is invalid. */
  readonly unknown?: readonly { readonly what: UntoldFact; readonly because: string }[];
  /** What it runs on, as far as anybody has named the day its maintenance ends; absent where no rule asked. */
  readonly endOfLife?: readonly EndOfLife[];
}

/** A release that something runs on or is built with, and when nobody maintains it for free any more. */
export interface EndOfLife {
  /** Product and cycle, e.g. `Node.js 20`. */
  readonly name: string;
  /** ISO date of the last support, that of free long-term support where there is one. */
  readonly on: string;
}

/** A part of the facts that could not be told. */
type UntoldFact = 'all' | 'availability' | 'libraries' | 'deployed';

/** A name in a repository's file. */
export interface NamedFact {
  readonly name: string;
  readonly at: Place;
}

/** A declared consumer. */
export interface ConsumerFact extends NamedFact {
  /** Repository of its manifest, where that is named: `org/name`. */
  readonly repo?: string;
}

/** A declared dependency; durations as they are written, e.g. `900ms`. */
export interface DependencyFact extends NamedFact {
  readonly kind?: 'http' | 'grpc' | 'db' | 'queue' | 'cache' | 'saas' | 'file' | 'other';
  readonly criticality?: 'hard' | 'soft';
  readonly async?: boolean;
  /** The team or vendor behind it. */
  readonly owner?: string;
  readonly timeout?: { readonly connect?: string; readonly request?: string };
  readonly retry?: { readonly max?: number };
  /** What the service believes that it promises. */
  readonly slo?: BudgetFact;
  /** Whether it is written what happens while it is away. */
  readonly fallback?: boolean;
}

/** Percent, and durations as they are written. */
export interface BudgetFact {
  readonly availability?: number;
  readonly latency_p95?: string;
  readonly latency_p99?: string;
}

/** A journey through several components. */
export interface JourneyFact {
  readonly id: string;
  readonly at: Place;
  readonly slo?: BudgetFact;
  readonly steps: readonly (ComponentFact | { readonly parallel: readonly ComponentFact[] })[];
}

/** One component passed on the way. */
export interface ComponentFact {
  readonly component: string;
  readonly budget?: BudgetFact;
  readonly soft?: boolean;
  readonly fallback?: string;
}

/** How a service says that it can fail. */
export interface FailureModeFact {
  readonly id: string;
  /** Twelve hexadecimal digits of the text, its own service's name and all numbers and punctuation aside. */
  readonly digest: string;
  /** How many words the text has. */
  readonly words: number;
  /** How it begins. */
  readonly begins: string;
  readonly at: Place;
}

/** Who leads an area of a service's operation. */
export interface LeadFact {
  readonly area: string;
  readonly person: string;
  readonly at: Place;
}

/** Direct dependencies that one lockfile fixes: names with versions and lines. */
export interface LibrariesFact {
  readonly ecosystem: string;
  readonly path: string;
  readonly packages: readonly (readonly [name: string, version: string, line: number])[];
}

/** A rule that a service takes itself out of: by `na` in its manifest, or by a valid waiver. */
export interface ExcuseFact {
  /** As written: the rule's id or an alias. */
  readonly rule: string;
  readonly reason: string;
  readonly at: Place;
  /** Of a waiver: the last day, and the one problem that it is about, by its fingerprint. */
  readonly until?: string;
  readonly only?: string;
}
