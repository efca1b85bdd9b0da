/** Which waivers are valid, and which problems they cover. Pure. */
import { addDays, days, daysBetween, isDate } from '../dates.ts';
import type { ReportedProblem, Rule, Severity, Waiver, WaiverClaim } from '../model.ts';
import { nearest } from '../nearest.ts';

/** Longest life of a waiver by the severity of the rule it covers, as durations. */
export type WaiverLimits = Readonly<Record<Exclude<Severity, 'off'>, string>>;

/** An exception to a critical rule is an emergency, to a standard one a plan: 30, 90 and 180 days. */
export const DEFAULT_LIMITS: WaiverLimits = { critical: '30d', major: '90d', standard: '180d' };

/** A waiver and what is wrong with it, if anything. */
export interface Examined {
  readonly claim: WaiverClaim;
  /** Present when the waiver may cover something. */
  readonly waiver?: Waiver;
  /** One sentence: why it covers nothing. */
  readonly trouble?: string;
  readonly fix?: string;
}

/** What a waiver is examined against. */
export interface Yardstick {
  readonly rules: readonly Rule[];
  /** Every id and alias that exists, also of rules that do not apply to this service. */
  readonly known: ReadonlySet<string>;
  readonly limits: WaiverLimits;
  readonly asOf: string;
}

/** Examines one waiver: rule known, owned, reasoned, dated, not expired, not too long. */
export function examine(claim: WaiverClaim, yardstick: Yardstick): Examined {
  const trouble = incomplete(claim, yardstick) ?? outOfTime(claim, yardstick);
  if (trouble) return { claim, ...trouble };
  const { reason = '', owner = '', expires = '' } = claim;
  return { claim, waiver: { ...claim, reason, owner, expires } };
}

type Trouble = Pick<Examined, 'trouble' | 'fix'>;

function incomplete(claim: WaiverClaim, { known, rules }: Yardstick): Trouble | undefined {
  if (!known.has(claim.rule)) {
    const close = nearest(claim.rule, known);
    return {
      trouble: `waives "${claim.rule}", which is no rule`,
      fix: close ? `Did you mean "${close}"?` : 'Name a rule that `gonogo rules` lists.',
    };
  }
  if (ruleOf(claim, rules)?.waivable === false)
    return {
      trouble: `waives ${claim.rule}, which cannot be waived`,
      fix: 'Meet the rule, or ask the owner of the policy.',
    };
  if (!claim.owner)
    return {
      trouble: `waives ${claim.rule} and nobody owns it`,
      fix: 'Add `owner:`, the person or team that answers for the risk.',
    };
  if (!claim.reason)
    return {
      trouble: `waives ${claim.rule} without a reason`,
      fix: 'Add `reason:`, what makes the risk acceptable until then.',
    };
  if (!claim.expires || !isDate(claim.expires))
    return { trouble: `waives ${claim.rule} without an end`, fix: 'Add `expires: YYYY-MM-DD`.' };
  return undefined;
}

function outOfTime(claim: WaiverClaim, { rules, limits, asOf }: Yardstick): Trouble | undefined {
  const { expires = '', owner = '' } = claim;
  if (expires < asOf) {
    return {
      trouble: `the waiver of ${claim.rule} expired on ${expires} (owner ${owner})`,
      fix: 'Meet the rule, or agree a new waiver and say what changed.',
    };
  }
  if (claim.from && isDate(claim.from) && claim.from > asOf) {
    return {
      trouble: `the waiver of ${claim.rule} begins on ${claim.from}`,
      fix: 'Until then meet the rule, or correct `from`.',
    };
  }
  const severity = ruleOf(claim, rules)?.severity ?? 'standard';
  const limit = days(limits[severity === 'off' ? 'standard' : severity]) ?? 0;
  const from = claim.from && isDate(claim.from) ? claim.from : asOf;
  if (daysBetween(from, expires) <= limit) return undefined;
  const latest = addDays(from, limit);
  return {
    trouble: `the waiver of ${claim.rule} runs until ${expires}; a ${severity} rule may be waived for ${limit} days at most, here until ${latest}`,
    fix: `Set \`expires: ${latest}\` or earlier.`,
  };
}

/** The rule a waiver names, by id or alias, among those that apply. */
function ruleOf(claim: WaiverClaim, rules: readonly Rule[]): Rule | undefined {
  return rules.find((rule) => rule.id === claim.rule || rule.aliases.includes(claim.rule));
}

/** Whether a waiver covers one problem: no scope covers all; a scope is a path, a folder or a fingerprint. */
export function covers(waiver: Waiver, problem: ReportedProblem): boolean {
  const { scope } = waiver;
  if (scope === undefined) return true;
  if (scope === problem.fingerprint) return true;
  const path = problem.at?.path;
  const folder = scope.replace(/^\.\//, '').replace(/\/(\*\*)?$/, '');
  return path !== undefined && (path === folder || path.startsWith(`${folder}/`));
}
