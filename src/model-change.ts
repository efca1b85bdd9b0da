/** The nouns of what is different from something earlier. Types only; everybody imports them from model.ts. */
import type { Finding, ReportedProblem, Score, Severity, Verdict, Waiver } from './model.ts';

/** What a report is held against, as the user named it. */
export interface Against {
  /** A commit of the same repository, a stored report, another folder, or a baseline file. */
  readonly what: 'commit' | 'report' | 'folder' | 'baseline';
  readonly name: string;
  /** The commit that was judged; absent where there is none. */
  readonly commit?: string;
}

/** One rule of one service whose answer differs from before. */
export interface RuleChange {
  readonly rule: string;
  readonly statement: string;
  /** Today's severity, or the former one where the rule is no longer judged. */
  readonly severity: Severity;
  /** Absent: the rule was not judged then. */
  readonly before?: Pick<Finding, 'standing' | 'ruling'>;
  /** Absent: the rule is not judged any more. */
  readonly after?: Pick<Finding, 'standing' | 'ruling'>;
  /**
   * `mixed`: some of it got worse and some better; `eased`: less is asked, or less is known, and nothing shows a repair; `neither` where
   * only the standing differs, or no comparison is fair.
   */
  readonly direction: 'worse' | 'better' | 'mixed' | 'eased' | 'neither';
  /** Whether it is worse and blocks today. */
  readonly blocks: boolean;
  /** Problems that are new, or that a waiver covered before. */
  readonly appeared: readonly ReportedProblem[];
  /** Problems that are gone, or that a waiver covers now (`waived`). */
  readonly gone: readonly ReportedProblem[];
}

/** One service, then and now. */
export interface ServiceChange {
  readonly service: string;
  readonly dir: string;
  /** Absent: there was no such service. */
  readonly before?: { readonly verdict: Verdict; readonly score: Score };
  /** Absent: there is none any more. */
  readonly after?: { readonly verdict: Verdict; readonly score: Score };
  /** Only rules that differ; those that got worse first. */
  readonly rules: readonly RuleChange[];
  /** Rules that are as unmet as before. */
  readonly remaining: number;
  /** It is judged no more although its folder is still there, which fails the gate: whoever takes a manifest away repairs nothing. */
  readonly abandoned?: true;
  /** Waivers in use that were not there before in these words; absent where there are none. */
  readonly waived?: readonly Waiver[];
}

/** What is different from something earlier. */
export interface Change {
  readonly against: Against;
  /** Whether nothing that blocks got worse and no service got out of being judged: what a gate on changes asks. */
  readonly passes: boolean;
  /** Rules that got worse, and those that got better, over all services; a mixed one is in both. */
  readonly worse: number;
  readonly better: number;
  readonly services: readonly ServiceChange[];
  /** Sentences on what else is not as before, such as the yardstick, and on what the gate asks for; absent where there are none. */
  readonly notes?: readonly string[];
}
