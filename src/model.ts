/** The nouns of gonogo. Types only; imports nothing but further nouns, so that every layer may speak of them. */
import type { Change } from './model-change.ts';
import type { Component, PackagesReport } from './model-packages.ts';

export type { Against, Change, RuleChange, ServiceChange } from './model-change.ts';
export type { Component, PackageFlaw, PackageRow, PackagesLag, PackagesReport, Weight } from './model-packages.ts';

/** How much depends on the service: 1 customer-critical, 2 important, 3 standard internal, 4 experimental. */
export type Tier = 1 | 2 | 3 | 4;

/** Where the service is in its life. A rule is due from a stage on. */
export type Stage = 'design' | 'build' | 'beta' | 'live' | 'sunset';

/** The team's deliberate trade-off; it changes severities, proof and thresholds, never the verdict's table. */
export type Profile = 'stability' | 'balanced' | 'flexibility';

/** How bad it is when a rule is not met. `off`: the rule does not apply to that tier. */
export type Severity = 'critical' | 'major' | 'standard' | 'off';

/** Whether a claim alone satisfies a rule (`optional`) or the repository has to show it (`required`). */
export type Proof = 'optional' | 'required';

/** What stands about one statement. A check says this and never pass or fail. */
export type Standing = 'verified' | 'declared' | 'contradicted' | 'stale' | 'missing' | 'unknown' | 'not-applicable';

/** What the verdict made of one finding. */
export type Ruling = 'pass' | 'trust' | 'warn' | 'fail' | 'waived' | 'skip';

/** The answer to the one question. */
export type Verdict = 'GO' | 'CONDITIONAL GO' | 'NO-GO';

/** Where a person clicks. Lines and columns start at 1. */
export interface Place {
  /** Path from the repository's root, `/` between the parts. */
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
  /** Name of the further evidence root the path is in; absent for the judged repository. */
  readonly root?: string;
}

/** Why a piece of evidence could not be read. */
export type UnreadReason =
  | 'invalid-syntax'
  | 'template'
  | 'too-large'
  | 'binary'
  | 'encoding'
  | 'encrypted'
  | 'unreadable'
  | 'submodule'
  | 'large-file-pointer'
  | 'link'
  | 'language'
  | 'shallow'
  | 'no-history'
  | 'limit';

/** Something that was there and could not be read: it makes "missing" into "unknown". */
export interface Unread {
  readonly at: Place;
  readonly reason: UnreadReason;
  /** One plain clause for a person, e.g. "jsonnet is not rendered". */
  readonly detail: string;
}

/** Something the repository hands to another place: a shared chart, a central repository, a remote workflow. */
export interface Delegated {
  readonly at: Place;
  readonly to: string;
}

/** What one collector saw: facts without adjectives, what it looked at, and what it could not read. */
export interface Gathered<T> {
  readonly facts: T;
  readonly looked: { readonly files: number; readonly note: string };
  readonly unread: readonly Unread[];
  readonly delegated: readonly Delegated[];
}

/** One thing that is wrong, with its place where a file carries it. */
export interface Problem {
  readonly message: string;
  readonly at?: Place;
  readonly fix?: string;
  /** What the problem is about, e.g. an alert's name: keeps its fingerprint stable when lines move. */
  readonly subject?: string;
}

/** An opinion on one statement. */
export interface Assessment {
  readonly standing: Standing;
  /** One sentence that says what made the check decide. */
  readonly because: string;
  /** Where the manifest claims it. */
  readonly claim?: Place;
  /** What in the repository shows it. */
  readonly evidence: readonly Place[];
  readonly problems: readonly Problem[];
}

/** One line of a checklist, resolved for one service: tier, profile and policy are already applied. */
export interface Rule {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly area: string;
  /** A positive sentence, so that "verified" and "missing" both read naturally. */
  readonly statement: string;
  readonly severity: Severity;
  readonly proof: Proof;
  readonly due: Stage;
  /** Id of the check that assesses it. */
  readonly check: string;
  /** The check's parameters with defaults and the tier's thresholds filled in. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly why: string;
  readonly fix: string;
  readonly refs: readonly string[];
  /** ISO date from which a failure counts; before it the rule is announced only. */
  readonly effectiveFrom?: string;
  /** Whether a waiver may cover it at all. */
  readonly waivable: boolean;
}

/** An exception as somebody wrote it down; what is absent makes it invalid, not unreadable. */
export interface WaiverClaim {
  readonly rule: string;
  /** Limits the waiver to problems at this path or with this fingerprint. */
  readonly scope?: string;
  readonly reason?: string;
  readonly owner?: string;
  readonly approvedBy?: string;
  readonly ticket?: string;
  /** ISO date the exception was agreed on. */
  readonly from?: string;
  /** ISO date; the waiver covers up to and including that day. */
  readonly expires?: string;
  readonly at: Place;
}

/** An agreed, dated exception: a claim that was found valid. */
export interface Waiver extends WaiverClaim {
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
}

/** A problem as the report shows it. */
export interface ReportedProblem extends Problem {
  /** Twelve hexadecimal digits that survive moved lines. */
  readonly fingerprint: string;
  readonly waived: boolean;
}

/** Exactly one per rule and service; its problems may be many. */
export interface Finding {
  readonly rule: string;
  readonly area: string;
  readonly statement: string;
  readonly severity: Severity;
  readonly standing: Standing;
  readonly ruling: Ruling;
  readonly because: string;
  readonly why: string;
  readonly fix: string;
  /** Where the rule is from, as its checklist cites it; absent where it cites nothing. */
  readonly refs?: readonly string[];
  readonly claim?: Place;
  readonly evidence: readonly Place[];
  readonly problems: readonly ReportedProblem[];
  readonly waiver?: Waiver;
  /** ISO date from which it blocks; absent unless the rule is only announced and would block already. */
  readonly countsFrom?: string;
  readonly fingerprint: string;
}

/** Who is judged, and by which yardstick. */
export interface Service {
  readonly name: string;
  /** Folder of the service from the repository's root; empty for the root itself. */
  readonly dir: string;
  readonly tier: Tier;
  readonly stage: Stage;
  readonly profile: Profile;
  readonly owner?: string;
  /** Which of tier, stage, profile and name nobody declared, so that a default was taken. */
  readonly assumed: readonly string[];
}

/** The secondary number, always with its arithmetic. */
export interface Score {
  readonly applicable: number;
  readonly met: number;
  readonly verified: number;
  readonly declared: number;
}

/** What one kind of evidence looked at, for the report's last lines. */
export interface Looked {
  readonly kind: string;
  readonly files: number;
  readonly note: string;
  readonly unread: readonly Unread[];
  readonly delegated: readonly Delegated[];
}

/** One request that `--live` sent to a running system. */
export interface LiveRequest {
  readonly what: 'ready' | 'alive' | 'prometheus' | 'alertmanager' | 'pagerduty' | 'opsgenie';
  readonly namedBy: 'operator' | 'manifest';
  readonly method: 'GET';
  readonly host: string;
  /** Without its query. */
  readonly path: string;
  /** Absent where no answer came. */
  readonly status?: number;
  readonly trouble?: string;
  readonly ms: number;
}

/** What running systems were asked. */
interface LiveReport {
  /** ISO instant. */
  readonly at: string;
  readonly requests: readonly LiveRequest[];
}

/** What one component takes of what a journey promises. */
export interface JourneyShare {
  readonly component: string;
  /** Its own number, in percent or in milliseconds; absent where nobody gives one. */
  readonly budget?: number;
  /** Percentage points that it costs, or milliseconds that it adds: none where what runs beside it takes longer. */
  readonly share: number;
  /** Whether the journey goes on without it, so that it is left out. */
  readonly left: boolean;
}

/** One promise of a journey, and what its components come to: claims that are added up, which proves none of them. */
export interface JourneySum {
  readonly journey: string;
  readonly title?: string;
  /** `availability` is in percent, `p95` and `p99` are milliseconds. */
  readonly what: 'availability' | 'p95' | 'p99';
  readonly target: number;
  /** As far as the components have numbers. */
  readonly total: number;
  readonly kept: boolean;
  /** The equation as the rule prints it; empty where no component has a number. */
  readonly text: string;
  /** In the order of the steps. */
  readonly shares: readonly JourneyShare[];
  readonly at: Place;
}

/** The judgement of one service. */
export interface ServiceReport {
  readonly service: Service;
  readonly manifest?: Place;
  readonly verdict: Verdict;
  readonly score: Score;
  readonly findings: readonly Finding[];
  /** Ids of rules that apply to this tier but are due at a later stage. */
  readonly later: readonly string[];
  readonly waivers: readonly Waiver[];
  readonly looked: readonly Looked[];
  /** What its journeys promise, added up; absent where the rule on it was not judged or there is nothing to add. */
  readonly journeys?: readonly JourneySum[];
  /** What it is built from; absent where no rule asked for it or no package is locked. */
  readonly packages?: PackagesReport;
  /** What `--live` asked; absent without it. */
  readonly live?: LiveReport;
  /** Every locked package; only where a format asks for it. */
  readonly components?: readonly Component[];
}

/** A line that something in the report points at. */
export interface Line {
  readonly path: string;
  readonly line: number;
  /** UTF-16 code units, without the line end. */
  readonly length: number;
  /** The fingerprint of its content by which GitHub follows it when it moves: hexadecimal digits, a colon, its occurrence in the file. */
  readonly hash: string;
}

/** What a report carries only where a format asks for it. */
export type Supplement = 'components' | 'lines';

/** The truth; every format is a view of it. */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'gonogo'; readonly version: string };
  readonly repo: {
    readonly name: string;
    readonly commit?: string;
    readonly dirty?: boolean;
    /** Folder of the checkout that all places start from, where a manifest made it a repository of its own. */
    readonly dir?: string;
  };
  /** ISO date on which ages and expiries were counted. */
  readonly asOf: string;
  readonly checklists: readonly { readonly name: string; readonly digest: string }[];
  /** The organisation's policy, where there was one: equal digests mean equal policies. */
  readonly policy?: { readonly name: string; readonly digest: string };
  /** The worst of the services' verdicts. */
  readonly verdict: Verdict;
  readonly services: readonly ServiceReport[];
  /** What is different from something earlier; only where the run was asked for it. */
  readonly change?: Change;
  /** The lines that unmet findings point at, sorted; only where a format asks for them. */
  readonly lines?: readonly Line[];
  /** Trouble with the run itself that did not stop it, e.g. a check that threw. */
  readonly notes: readonly string[];
}
