/** What the verdict itself shows to the few rules that look at it: findings so far and the ledger of waivers. Types only. */
import type { Finding, WaiverClaim } from '../model.ts';

/** One waiver and what became of it. */
export interface LedgerEntry {
  readonly claim: WaiverClaim;
  readonly outcome: 'covers' | 'unused' | 'invalid';
  readonly trouble?: string;
  readonly fix?: string;
}

/** Facts of the evidence kind `judged`, gathered last. */
export interface Facts {
  readonly findings: readonly Pick<Finding, 'rule' | 'standing' | 'ruling' | 'severity' | 'claim'>[];
  readonly waivers: readonly LedgerEntry[];
  /** Every id and alias that exists, also of rules that do not apply to this service. */
  readonly knownRules: readonly string[];
  /** Ids of judged rules whose check looks at the repository and could find proof there; those about the manifest and the waivers are not among them. */
  readonly verifiable: readonly string[];
}
