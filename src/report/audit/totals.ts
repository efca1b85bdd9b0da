/** How many services of an audit are ready, in words: the same in every format for people. Pure. */
import type { Verdict } from '../../model.ts';
import type { Audit } from '../../model-audit.ts';
import { byVerdict } from '../order.ts';
import { counted, VERDICT_WORDS } from '../words.ts';
import type { Shown, Sums } from './sums.ts';

const VERDICTS = (Object.keys(VERDICT_WORDS) as Verdict[]).toSorted(byVerdict);

/** What may be shown of a service, the worst first, nothing judged last. */
export const SHOWN: readonly Shown[] = [...VERDICTS, 'nothing judged'];

const READY: Readonly<Record<Shown, string>> = {
  'NO-GO': 'not ready',
  'CONDITIONAL GO': 'ready on conditions',
  GO: 'ready',
  'nothing judged': 'without a rule that applies',
};

/** How many services have it. */
export function total({ byTier }: Sums, shown: Shown): number {
  return [...byTier.values()].reduce((sum, counts) => sum + (counts.get(shown) ?? 0), 0);
}

/** The worst of them; none where nothing was judged. */
export function worstOf(sums: Sums): Verdict | undefined {
  return VERDICTS.find((verdict) => total(sums, verdict) > 0);
}

/** "9 services:". */
export function servicesWords({ services }: Sums): string {
  return services === 0 ? 'no service was judged' : `${counted(services, 'service')}:`;
}

/** "3 not ready", "1 ready": of each that there is. */
export function readyWords(sums: Sums): readonly string[] {
  return SHOWN.flatMap((shown) => (total(sums, shown) > 0 ? [`${total(sums, shown)} ${READY[shown]}`] : []));
}

/** As of when, and by what. */
export function byWords({ policy, tool, asOf }: Audit): string {
  return `as of ${asOf}, by gonogo ${tool.version}${policy ? ` and the policy ${policy.name} (digest ${policy.digest})` : ''}`;
}
