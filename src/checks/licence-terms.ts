/** Whether a licence may be used under a policy of SPDX ids. Pure. */
import parse, { type Info } from 'spdx-expression-parse';

/** What a manifest allows and denies; an empty `allow` allows whatever is not denied. */
export interface LicencePolicy {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

/** Yes, no, or not to be told: what is written is no SPDX expression. */
export type Allowed = 'yes' | 'no' | 'unknown';

/** Of a choice (`OR`) one suffices; what is combined (`AND`) counts whole. */
export function allowed(written: string, policy: LicencePolicy): Allowed {
  const plain = written.trim();
  if (policy.deny.includes(plain)) return 'no';
  if (policy.allow.includes(plain)) return 'yes';
  try {
    return decide(parse(plain), policy);
  } catch {
    return 'unknown';
  }
}

function decide(expression: Info, policy: LicencePolicy): Allowed {
  if ('conjunction' in expression) {
    const parts = [decide(expression.left, policy), decide(expression.right, policy)];
    const enough = expression.conjunction === 'or' ? parts.includes('yes') : parts.every((it) => it === 'yes');
    return enough ? 'yes' : 'no';
  }
  const id = `${expression.license}${expression.plus ? '+' : ''}`;
  const names = expression.exception === undefined ? [id] : [`${id} WITH ${expression.exception}`, id];
  if (names.some((it) => policy.deny.includes(it))) return 'no';
  return policy.allow.length === 0 || names.some((it) => policy.allow.includes(it)) ? 'yes' : 'no';
}
