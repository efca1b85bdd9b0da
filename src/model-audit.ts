/** The nouns of an audit: many repositories, what became of each, and what stands across them. Types only. */
import type {
  Finding,
  Line,
  Place,
  Report,
  Score,
  Service,
  ServiceReport,
  Severity,
  Standing,
  Verdict,
} from './model.ts';

/** A repository to judge, as the operator named it. Holds nothing secret: credentials are never part of an address here. */
export interface Target {
  /** What it is called in every row, shard and trend: unique in an audit, the same wherever its copy lies, e.g. `acme/payments`. */
  readonly id: string;
  /** `folder`: a work tree or a bare repository on this machine. `git`: fetched into a bare clone first. */
  readonly kind: 'folder' | 'git';
  /** Path of the folder, or the address to clone from. */
  readonly location: string;
  /** Folder in the repository at which services are looked for; absent for its root. */
  readonly dir?: string;
  /** Branch, tag or commit to judge; absent for what is there (a work tree as it is, else HEAD). */
  readonly ref?: string;
  readonly archived?: boolean;
  readonly fork?: boolean;
  /** What its row has to say of how it was got. */
  readonly notes?: readonly string[];
}

/** What every finding of a rule says alike: kept once an audit. */
export type RuleText = Pick<Finding, 'area' | 'statement' | 'why' | 'fix' | 'refs'>;

/** A finding without the texts of its rule; with all of them where they are not those that the audit knows. */
export type PackedFinding = Omit<Finding, keyof RuleText> & Partial<RuleText>;

/** The judgement of one service of an audit, with what the rules across services need of it. */
export interface AuditedService extends Omit<ServiceReport, 'findings'> {
  readonly findings: readonly PackedFinding[];
  readonly facts: ServiceFacts;
}

/** What became of a repository. Only `judged` has services. */
export type Outcome =
  | 'judged'
  /** It could not be fetched or opened. */
  | 'unreachable'
  /** There is no commit, or no file. */
  | 'empty'
  /** What it brings along cannot be judged by, e.g. a broken policy of its own. */
  | 'refused'
  /** The deadline passed. */
  | 'timeout'
  /** It took more memory than one repository may. */
  | 'exhausted'
  /** gonogo itself failed. */
  | 'failed';

/** One repository of an audit: a line of the journal. Says nothing of when or how quickly it was made, so that the same content is the same line. */
export interface AuditRow {
  /** `Target.id`. */
  readonly repo: string;
  readonly outcome: Outcome;
  /** Why it was not judged, in one sentence; absent where it was. */
  readonly because?: string;
  readonly commit?: string;
  readonly dirty?: boolean;
  /** As `Report.repo.dir`. */
  readonly dir?: string;
  readonly archived?: boolean;
  readonly fork?: boolean;
  /** The worst of its services'; absent where nothing was judged. */
  readonly verdict?: Verdict;
  /** Checklists that the repository brought along, besides the audit's. */
  readonly checklists?: Report['checklists'];
  /** The repository's own policy, where no policy of the audit's was in its way. */
  readonly policy?: Report['policy'];
  readonly services: readonly AuditedService[];
  /** The lines that unmet findings point at; only where a format that is written for each repository asks for them. */
  readonly lines?: readonly Line[];
  readonly notes: readonly string[];
}

/** By what an audit judged: equal headers may be merged and compared. */
export interface AuditHeader {
  readonly schemaVersion: 1;
  readonly tool: Report['tool'];
  /** ISO date on which ages and expiries were counted. */
  readonly asOf: string;
  readonly checklists: Report['checklists'];
  readonly policy?: Report['policy'];
  /** Digest of all that decides how a repository is judged: version, checklists, policy, flags, data on advisories. */
  readonly yardstick: string;
  /** What the rules say, by id. */
  readonly rules: Readonly<Record<string, RuleText>>;
}

/** A whole audit, as formats see it. */
export interface Audit extends AuditHeader {
  /** Every repository once, sorted by id (by code units); read anew each time, because all of them may not fit into memory. */
  rows(): Iterable<AuditRow>;
  /** What stands across services. */
  readonly estate: EstateReport;
  /** Earlier runs of each service, oldest first, by `ServiceKey`; absent where no store was named. */
  readonly trends?: Readonly<Record<ServiceKey, readonly TrendPoint[]>>;
  /** How the policy's campaigns stand; absent where it has none. */
  readonly campaigns?: readonly CampaignProgress[];
  /** What is not among the rows although it belongs to the audit; absent where nothing is. Every format says it. */
  readonly missing?: Missing;
}

/** Parts of an audit that nobody brought. */
export interface Missing {
  /** As they are named, e.g. `2/4`, in their order; `1/1` is a run that was not finished. */
  readonly shards: readonly string[];
  /** Ids of the repositories that have no row, sorted. */
  readonly repositories: readonly string[];
}

/** A service of an audit: the repository's id, and `//` and its folder where that is not the root. */
export type ServiceKey = string;

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

/** What stands across the services of an audit. */
export interface EstateReport {
  /** Exactly one per estate rule, in the checklist's order. */
  readonly findings: readonly EstateFinding[];
  /** Who depends on whom. */
  readonly edges: readonly EstateEdge[];
}

/** The answer to one estate rule; its problems are many. */
export interface EstateFinding extends RuleText {
  readonly rule: string;
  readonly severity: Severity;
  readonly standing: Standing;
  readonly because: string;
  readonly problems: readonly EstateProblem[];
  /** How many further problems are left out here, because a list of thousands helps nobody; absent where none is. */
  readonly more?: number;
  /** Services that the rule would concern and that take themselves out of it; absent where none does. */
  readonly excused?: readonly EstateExcuse[];
}

/** A service that takes itself out of an estate rule, and why. */
export interface EstateExcuse {
  readonly service: ServiceKey;
  readonly reason: string;
  readonly at: EstatePlace;
  /** ISO date; absent where it is for good. */
  readonly until?: string;
}

/** One thing that is wrong between services. */
export interface EstateProblem {
  readonly message: string;
  /** The way through the graph that shows it: names of services, in order; empty where it is about no edge. */
  readonly path: readonly string[];
  /** The services it concerns. */
  readonly services: readonly ServiceKey[];
  /** Where it is written, each in its repository. */
  readonly places: readonly EstatePlace[];
  readonly fix?: string;
  /** Twelve hexadecimal digits that survive moved lines. */
  readonly fingerprint: string;
}

/** A place in one of the audited repositories. */
export interface EstatePlace extends Place {
  readonly repo: string;
}

/** One service that depends on another. */
export interface EstateEdge {
  readonly from: ServiceKey;
  /** Absent where no audited service has that name, or several have. */
  readonly to?: ServiceKey;
  /** As the manifest calls it. */
  readonly name: string;
  readonly criticality?: 'hard' | 'soft';
  /** Estate rules with a problem on this edge, sorted. */
  readonly rules: readonly string[];
}

/** One service in one earlier run. */
export interface TrendPoint {
  /** ISO date. */
  readonly asOf: string;
  readonly verdict: Verdict;
  readonly score: Score;
}

/** How one campaign (`focus` of the policy) stands. */
export interface CampaignProgress {
  readonly id: string;
  readonly title: string;
  readonly owner?: string;
  /** ISO date. */
  readonly deadline: string;
  readonly rules: readonly string[];
  /** Findings of these rules on the services in scope: how many apply, and how many are met. */
  readonly applicable: number;
  readonly met: number;
  /** Services in scope, and those that meet every one of its rules. */
  readonly services: number;
  readonly done: number;
  /** The same in earlier runs, oldest first. */
  readonly history: readonly { readonly asOf: string; readonly applicable: number; readonly met: number }[];
  /** ISO date on which the line through the history reaches the end; absent where none can be drawn. */
  readonly forecast?: string;
  /** Why there is no forecast, or what it rests on. */
  readonly because: string;
  /** Services that do not meet them all yet, the furthest behind first. */
  readonly lagging: readonly {
    readonly service: ServiceKey;
    readonly owner?: string;
    readonly rules: readonly string[];
  }[];
}

/** Whose a line of a trend is. */
export type Identity = Pick<Service, 'name' | 'dir' | 'tier' | 'stage' | 'profile' | 'owner'>;
