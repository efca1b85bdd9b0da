/** One rule with all that there is to say about it, for `explain`, `rules` and the generated docs. Types only. */
import type { Proof, Severity, Stage, Tier } from '../model.ts';

/** Key of a tier in per-tier values. */
type TierKey = `tier${Tier}`;

/** A parameter of a rule's check, e.g. a threshold. */
export interface ParamExplained {
  readonly name: string;
  readonly doc: string;
  /** What holds where no tier says otherwise. */
  readonly default: unknown;
  readonly perTier?: Readonly<Partial<Record<TierKey, unknown>>>;
}

/** A checklist's entry, its check and what the profiles change about it. */
export interface RuleExplained {
  readonly id: string;
  readonly area: string;
  /** Set where the rule is about all services of an audit together: then its severity is the same for all tiers. */
  readonly subject?: 'estate';
  readonly statement: string;
  readonly aliases: readonly string[];
  readonly severity: Readonly<Record<TierKey, Severity>>;
  readonly proof: Proof;
  readonly due: Stage;
  readonly why: string;
  readonly fix: string;
  readonly refs: readonly string[];
  readonly check: {
    readonly id: string;
    readonly summary: string;
    /** Kinds of evidence it reads. */
    readonly needs: readonly string[];
    readonly params: readonly ParamExplained[];
  };
  readonly profiles: readonly { readonly profile: string; readonly change: string }[];
  /** What the organisation's policy changes, and where it says so; absent where it changes nothing. */
  readonly policy?: readonly { readonly change: string; readonly at: string }[];
  /** Text of the rule's example page, Markdown. */
  readonly example?: string;
}
