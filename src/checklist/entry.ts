/** A checklist as it is written down, before tier, profile and policy are applied. Types only. */
import type { Proof, Severity, Stage, Tier } from '../model.ts';

/** Key of a tier in the checklists' per-tier maps. */
export type TierKey = `tier${Tier}`;

/** One line of a checklist. */
export interface Entry {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly statement: string;
  /** A tier that is not named has the severity `off`. */
  readonly severity: Partial<Record<TierKey, Severity>>;
  readonly proof?: Proof;
  readonly due?: Stage;
  /** Id of the check; the rule's own id when absent. */
  readonly check?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly why: string;
  readonly fix: string;
  readonly refs?: readonly string[];
  readonly effective_from?: string;
}

/** The rules of one operational area, read top to bottom like a pilot's list. */
export interface Checklist {
  readonly area: string;
  /** Set where its rules are about all services of an audit together, not about one. */
  readonly subject?: 'estate';
  readonly title: string;
  readonly intro: string;
  readonly rules: readonly Entry[];
}

/** What a profile or a policy changes about one rule. */
export interface Override {
  /** Whether the rule applies at all, whatever its severity. */
  readonly enabled?: boolean;
  readonly severity?: Partial<Record<TierKey, Severity>>;
  readonly proof?: Proof;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly effective_from?: string;
  readonly non_waivable?: boolean;
}

/** A team's trade-off, as data. */
export interface ProfileDefinition {
  readonly profile: string;
  readonly summary: string;
  readonly why: string;
  readonly rules: Readonly<Record<string, Override>>;
}

/** A severity as it is written: for each tier, or one for all. */
type WrittenSeverity = NonNullable<Override['severity']> | Severity;

/** Something with a severity, and the same with one for each tier. */
export type Short<T extends Pick<Override, 'severity'>> = Omit<T, 'severity'> & {
  readonly [K in keyof Pick<T, 'severity'>]: WrittenSeverity | Extract<T['severity'], undefined>;
};

/** The short form of a severity in full. */
export function inFull<T extends Pick<Override, 'severity'>>(written: Short<T>): T {
  const { severity } = written;
  if (typeof severity !== 'string') return written as T;
  return {
    ...written,
    severity: { tier1: severity, tier2: severity, tier3: severity, tier4: severity },
  } as unknown as T;
}

const TIER_KEY = /^tier[1-4]$/;

/** The value for one tier of a parameter that may be given per tier; undefined when that tier has none. */
export function forTier(value: unknown, tier: Tier): unknown {
  if (!isPerTier(value)) return value;
  return value[`tier${tier}`];
}

/** Whether a value is a map of tiers rather than a plain value. */
export function isPerTier(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => TIER_KEY.test(key));
}
