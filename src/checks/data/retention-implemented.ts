/** Assesses whether personal data goes when its time is over, by something that removes it. */
import { days } from '../../dates.ts';
import { isKnown } from '../../evidence/known.ts';
import { defineCheck, missing, notApplicable } from '../define.ts';
import { everyStore, lacking, type StorePart } from './every-store.ts';
import type { Kept, StoreSubject } from './kept.ts';

export const check = defineCheck({
  summary:
    'Where `data.pii` is true, holds `data.retention` against what removes old data where the stores are defined: lifecycle rules of buckets, in days. What a program, a job or the time to live of an item removes cannot be seen, and stays "declared".',
  needs: ['stores', 'references'],
  ofClaims: true,
  params: {},
  assess(subject) {
    const { claims, at } = subject;
    const { pii, retention } = claims.data ?? {};
    if (pii === undefined)
      return notApplicable('the manifest does not say whether there is personal data, which another rule asks for');
    if (!pii) return notApplicable('there is no personal data', { claim: at('/data/pii') });
    if (retention === undefined)
      return missing('there is personal data, and the manifest does not say how long it is kept', [
        {
          message: 'nothing says when personal data goes',
          at: at('/data'),
          fix: 'Add `data.retention`, and have something delete what is older.',
          subject: 'retention',
        },
      ]);
    const limit = days(retention) ?? 0;
    return everyStore(
      subject,
      [`removes what is older than ${retention}`, `remove what is older than ${retention}`],
      (kept) => partOf(kept, limit, subject),
    );
  },
});

function partOf({ id, found }: Kept, limit: number, { at }: StoreSubject): StorePart {
  const rules = found.flatMap((it) => it.expiries);
  const whole = rules.filter(({ part }) => part === undefined);
  const late = whole.filter(({ days: count }) => count && isKnown(count) && count.value > limit);
  const timely = whole.filter(({ days: count }) => count && isKnown(count) && count.value <= limit);
  const [first] = timely;
  if (first?.days && isKnown(first.days))
    return {
      standing: 'verified',
      said: `${id} by ${first.by} after ${first.days.value} days`,
      evidence: timely.map((it) => it.at),
    };
  const [rule] = late;
  if (rule?.days && isKnown(rule.days))
    return lacking('contradicted', {
      message: `${id}: a ${rule.by} removes data after ${rule.days.value} days, and personal data may be kept ${limit}`,
      at: rule.at,
      fix: 'Remove it sooner, or correct `data.retention`.',
      subject: id,
    });
  const [other] = rules.filter((it) => !late.includes(it));
  const said = other
    ? `${id}: ${other.by}${other.part === undefined ? '' : ` for ${other.part}`}, as the manifest says`
    : `${id} by what the manifest says`;
  return { standing: 'declared', said, evidence: [...(other ? [other.at] : []), at('/data/retention')] };
}
