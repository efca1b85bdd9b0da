/** What a policy may say about the rules across services: they have one severity and one value of each parameter, because an estate has no tier. */
import type { Check } from '../checks/define.ts';
import { ESTATE } from '../generated/checklists.ts';
import { InputError } from '../input-error.ts';
import { isPerTier, type Override } from './entry.ts';

/** Whether a rule is about all services of an audit together. */
export function isOfEstate(id: string): boolean {
  return ESTATE.rules.some((rule) => rule.id === id);
}

/** Throws for what is said of single tiers, for a proof, and for a day from which it counts: nothing reads those. */
export function refuseTiers(id: string, { severity, with: params = {}, ...rest }: Override, at: string): void {
  const words = new Set(
    ['tier1', 'tier2', 'tier3', 'tier4'].map((tier) => new Map(Object.entries(severity ?? {})).get(tier)),
  );
  const tiered = Object.entries(params).find(([, value]) => isPerTier(value));
  const unread = (['proof', 'effective_from', 'non_waivable'] as const).find((key) => rest[key] !== undefined);
  const [what, hint] =
    words.size > 1
      ? ['a severity for single tiers', 'write one word, e.g. severity: major']
      : tiered
        ? [`"${tiered[0]}" for single tiers`, 'write one value']
        : unread
          ? [`"${unread}"`, 'change its severity or its parameters, or switch it off with enabled: false']
          : [undefined, ''];
  if (what !== undefined)
    throw new InputError(
      `"${id}" is about all services of an audit together, and the policy gives it ${what}`,
      at,
      hint,
    );
}

/** What such a rule says of its parameters. */
export async function estateCheck(id: string): Promise<Pick<Check, 'params'> | undefined> {
  const { ESTATE_CHECKS } = await import('../generated/estate-checks.ts');
  return ESTATE_CHECKS.get(id);
}
