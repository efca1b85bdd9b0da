/** The nouns of trends: what a store keeps of each audit. Types only. */

import type { Score, Severity, Standing, Verdict } from './model.ts';
import type { AuditHeader, AuditRow, Identity, Outcome, ServiceKey } from './model-audit.ts';
import type { EndOfLife } from './model-facts.ts';

/** One audit in a store. */
export interface StoredRun extends Omit<AuditHeader, 'rules'> {
  /** Digest of the header and every line: the same audit has the same id, however often it is pushed. */
  readonly id: string;
  /** Rules in the order of each line's letters; with what a digest shows of them, which no later version may know any more. */
  readonly rules: readonly StoredRule[];
  readonly repositories: number;
  readonly services: number;
  /** Repositories that were not judged. */
  readonly unjudged: readonly { readonly repo: string; readonly outcome: Outcome }[];
}

/** A rule of a stored run. */
export interface StoredRule {
  readonly id: string;
  readonly area: string;
  readonly fix: string;
}

/** One service in one run, compactly: some hundred bytes. */
export interface ServiceLine extends Identity {
  readonly repo: string;
  /** Its first twelve digits. */
  readonly commit?: string;
  readonly verdict: Verdict;
  readonly score: Score;
  /** One letter a rule of the run, in its order, for severity, standing and ruling; see store/letters.ts. */
  readonly letters: string;
  readonly waivers?: readonly StoredWaiver[];
  /** Runtimes, systems and frameworks whose maintenance ends or has ended; absent where none is known. */
  readonly endOfLife?: readonly EndOfLife[];
  /** Known vulnerabilities that are past their deadline; absent where no package was held against advisories. */
  readonly overdue?: number;
  readonly leads?: Readonly<Record<string, string>>;
  /** Rules that would block already were they not announced only, with the ISO date from which they do. */
  readonly announced?: readonly { readonly rule: string; readonly from: string }[];
}

/** An exception that a service had: one whose rule is the same and whose end is later than in an earlier run was renewed. */
export interface StoredWaiver {
  readonly rule: string;
  /** ISO date. */
  readonly expires: string;
  readonly owner: string;
  /** ISO date it was agreed on, where somebody wrote that down. */
  readonly from?: string;
  /** The path or fingerprint that it is limited to. */
  readonly scope?: string;
}

/** A run with its lines. */
export interface Kept {
  readonly run: StoredRun;
  /** Sorted by repository and folder (by code units). */
  readonly lines: readonly ServiceLine[];
}

/** Where runs are kept: a folder, or a PostgreSQL database. */
export interface Store {
  /** Keeps a run whole or not at all; `known` where it is there already. Rows are gone through once or twice. */
  push(header: AuditHeader, rows: () => Iterable<AuditRow>): Promise<'stored' | 'known'>;
  /** Every run, oldest first (by `asOf`, then by when it was pushed). */
  runs(): Promise<readonly StoredRun[]>;
  /** The services of a run, sorted by repository and folder. */
  lines(run: string): Promise<readonly ServiceLine[]>;
  close(): Promise<void>;
}

/** What got better and what got worse between two runs, or two commits of one repository. */
export interface Trend {
  readonly what: 'runs' | 'commits';
  readonly by: 'service' | 'area' | 'owner';
  readonly from: TrendEnd;
  readonly to: TrendEnd;
  /** All that was compared. */
  readonly whole: TrendRow;
  /** The most improved first, then regressions with the worst first, then what moved both ways, new, gone, not judged, and the rest. */
  readonly rows: readonly TrendRow[];
  /** Services whose verdict is another, the worse ones first. */
  readonly verdicts: readonly VerdictChange[];
  readonly ruleSet: RuleSetChange;
  /** The way from commit to commit; only for commits. */
  readonly history?: CommitHistory;
}

/** One end of what is compared. */
export interface TrendEnd {
  /** Id of the run, or of the commit. */
  readonly id: string;
  /** ISO date. */
  readonly asOf: string;
  /** Version of gonogo. */
  readonly version: string;
}

/** How a row moved: `mixed` gained as many rules as it lost; `unjudged`: its repository was not judged in one of the runs, so nothing is known. */
export type Movement = 'improved' | 'regressed' | 'mixed' | 'same' | 'new' | 'gone' | 'unjudged';

/** In which of two runs a service is. */
export type Presence = 'compared' | 'new' | 'gone' | 'unjudged';

/** What moved of one service, area or owner. */
export interface TrendRow {
  /** The service's key, the area or the owner. */
  readonly name: string;
  readonly movement: Movement;
  /** Services that were compared, those that are only in the later or only in the earlier run, and those of a repository that one of them could not judge. */
  readonly services: Readonly<Record<Presence, number>>;
  readonly owner?: string;
  readonly commits?: { readonly from?: string; readonly to?: string };
  /** The scores as each run had them, rules of each; absent where there was none. */
  readonly before?: Share;
  readonly after?: Share;
  /** The same over the rules that applied both times and judge alike: what the service itself did. */
  readonly alike: { readonly before: Share; readonly after: Share };
  /** Rules that came to be met, and that are met no longer, although they applied before and judge as before. */
  readonly gained: readonly Turn[];
  readonly lost: readonly Turn[];
  /** What is different in by what it is judged: neither better nor worse. */
  readonly yardstick: YardstickMove;
  /** Shares in every run of the window, oldest first. */
  readonly points: readonly SharePoint[];
}

/** Of so many applicable, so many are met. */
export interface Share {
  readonly met: number;
  readonly applicable: number;
}

/** A share in one run. */
export interface SharePoint extends Share {
  /** ISO date. */
  readonly asOf: string;
}

/** One rule that turned for one service. */
export interface Turn {
  readonly service: ServiceKey;
  readonly rule: string;
  readonly severity: Severity;
  readonly from: Standing;
  readonly to: Standing;
}

/** Rules that judge a service now and did not, and the other way round; those that turned although their standing is the same; each with how many are, or were, not met. */
export interface YardstickMove {
  /** Of the rule set, or due by now; and the other way round. */
  readonly more: number;
  readonly moreUnmet: number;
  readonly fewer: number;
  readonly fewerUnmet: number;
  /** Came to apply to what the service shows and claims: a first manifest brings dozens. And the other way round: to leave it out is no way to improve. */
  readonly came: number;
  readonly cameUnmet: number;
  readonly went: number;
  readonly wentUnmet: number;
  readonly stricter: number;
  readonly looser: number;
}

/** A service whose verdict is another. */
export interface VerdictChange {
  readonly service: ServiceKey;
  readonly owner?: string;
  readonly from: Verdict;
  readonly to: Verdict;
  /** `rules`: by the rules that judged both times alike it would be the same. */
  readonly because: 'service' | 'rules';
}

/** What is different between the yardsticks of two runs. */
export interface RuleSetChange {
  /** Rules that only the later run has, and only the earlier. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Whether version, checklists or policy differ at all; the same rule may then judge otherwise. */
  readonly isOther: boolean;
}

/** One repository's way through its commits. */
export interface CommitHistory {
  /** First parents from the earlier end to the later, both included. */
  readonly commits: number;
  /** Those that were judged to show the way, oldest first. */
  readonly steps: readonly CommitStep[];
  readonly turns: readonly CommitTurn[];
  /** Commits that were judged in all. */
  readonly judged: number;
}

/** One commit of a history, judged by today's rules as of its own day. */
export interface CommitStep {
  readonly commit: string;
  /** ISO date in UTC. */
  readonly on: string;
  readonly subject: string;
  /** Absent where it could not be judged. */
  readonly verdict?: Verdict;
  readonly score?: Score;
  /** Why not. */
  readonly because?: string;
}

/** A rule that turned at a commit. */
export interface CommitTurn extends Turn {
  readonly better: boolean;
  /** The commit at which it is so for the first time. */
  readonly at: Pick<CommitStep, 'commit' | 'on' | 'subject'>;
  /** The last commit at which it was known to be otherwise, where that is not the one right before: the search was cut short. */
  readonly after?: string;
}
