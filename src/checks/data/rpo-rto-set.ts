/** Assesses whether it is settled for every store how much may be lost and how soon it is back, within what the tier allows. */
import { milliseconds } from '../../dates.ts';
import { defineCheck } from '../define.ts';
import { duration } from '../params.ts';
import { everyStore, type StorePart } from './every-store.ts';
import type { Kept, StoreSubject } from './kept.ts';

export const check = defineCheck({
  summary:
    'Reads `rpo` and `rto` of every store in the manifest, and of every store that only the repository shows asks for them. Stores that are `ephemeral` or `derived` need none. Both are promises, so that the best answer is "declared".',
  needs: ['stores', 'references'],
  claimOnly: true,
  params: {
    rpo: duration('The most recent data that a loss may cost.', '24h'),
    rto: duration('The longest time until the store is back.', '24h'),
  },
  assess(subject) {
    const { rpo, rto } = subject.params;
    const verb = ['has an RPO and an RTO that the tier allows', 'have an RPO and an RTO that the tier allows'] as const;
    return everyStore(subject, verb, (kept) => partOf(kept, { rpo, rto }, subject), { best: 'declared' });
  },
});

const WORDS = { rpo: 'how much recent data may be lost (RPO)', rto: 'how soon it is back (RTO)' } as const;

type Key = keyof typeof WORDS;

function partOf(
  { id, claim, pointer, at: place }: Kept,
  ceilings: Readonly<Record<Key, string>>,
  { at }: StoreSubject,
): StorePart {
  const keys = ['rpo', 'rto'] as const;
  const unset = keys.filter((key) => claim?.[key] === undefined);
  const above = keys.filter((key) => (milliseconds(claim?.[key] ?? '') ?? 0) > (milliseconds(ceilings[key]) ?? 0));
  const said = `${id}: RPO ${claim?.rpo ?? 'not set'}, RTO ${claim?.rto ?? 'not set'}`;
  if (unset.length + above.length === 0) return { standing: 'declared', said };
  const problems = [
    ...above.map((key) => ({
      message: `${id} has ${key.toUpperCase()} ${claim?.[key]}, and the tier allows ${ceilings[key]}`,
      at: at(`${pointer}/${key}`),
      fix: 'Agree on less and back it up accordingly, or give the service the tier that it is run as.',
      subject: `${id} ${key}`,
    })),
    ...unset.map((key) => ({
      message: `nothing says of ${id} ${WORDS[key]}`,
      at: place,
      fix: `Add \`${key}\`, at most ${ceilings[key]} at this tier, and agree on it with those who use the service.`,
      subject: `${id} ${key}`,
    })),
  ];
  return { standing: above.length > 0 ? 'contradicted' : 'missing', said, problems };
}
