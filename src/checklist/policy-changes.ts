/** What a policy changes about one rule, in words, each with the line that says it. Pure. */
import { below } from '../manifest/pointer.ts';
import { isPerTier, type Override } from './entry.ts';
import type { Policy } from './policy.ts';

/** One change and where it stands. */
export interface PolicyChange {
  /** E.g. `critical for tier 1`. */
  readonly change: string;
  /** E.g. `acme.yaml:12`. */
  readonly at: string;
}

/** The changes, in the order in which a policy is read; none where it does not name the rule. */
export function changesBy(policy: Policy | undefined, id: string): readonly PolicyChange[] {
  const override = policy?.rules?.[id];
  if (!policy || !override) return [];
  const start = below('/rules', id);
  return spoken(override).map(({ change, steps }) => ({
    change,
    at: policy.originOf(steps.reduce(below, start)) ?? policy.name,
  }));
}

interface Spoken {
  readonly change: string;
  readonly steps: readonly string[];
}

function spoken(override: Override): readonly Spoken[] {
  const { enabled, severity = {}, proof, with: params = {}, effective_from, non_waivable } = override;
  const one = (key: keyof Override, change: string): readonly Spoken[] =>
    override[key] === undefined ? [] : [{ change, steps: [key] }];
  return [
    ...one('enabled', enabled ? 'switched on' : 'switched off'),
    ...severities(severity),
    ...one('proof', `proof ${proof}`),
    ...Object.entries(params).flatMap(([name, value]) => parameter(name, value)),
    ...one('effective_from', `counts from ${effective_from}`),
    ...one('non_waivable', non_waivable ? 'cannot be waived' : 'may be waived'),
  ];
}

/** One word for all tiers is one change. */
function severities(severity: NonNullable<Override['severity']>): readonly Spoken[] {
  const tiers = Object.entries(severity);
  const [first] = tiers;
  if (first && tiers.length === 4 && tiers.every(([, word]) => word === first[1]))
    return [{ change: `${first[1]} for every tier`, steps: ['severity', first[0]] }];
  return tiers.map(([tier, word]) => ({ change: `${word} for tier ${tier.slice(-1)}`, steps: ['severity', tier] }));
}

function parameter(name: string, value: unknown): readonly Spoken[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ change: `${name} ${plain(value)}`, steps: ['with', name] }];
  const perTier = isPerTier(value);
  return Object.entries(value).map(([key, it]) => ({
    change: perTier ? `${name} ${plain(it)} for tier ${key.slice(-1)}` : `${name}.${key} ${plain(it)}`,
    steps: ['with', name, key],
  }));
}

function plain(value: unknown): string {
  return Array.isArray(value)
    ? value.map(plain).join(', ') || 'none'
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
}
