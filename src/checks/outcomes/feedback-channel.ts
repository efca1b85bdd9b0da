/** Assesses whether what users say is read by somebody and summed up as often as the team said. */
import { addDays, days, daysBetween } from '../../dates.ts';
import { referenceAt } from '../../evidence/references/lookup.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing, notApplicable, stale, verified } from '../define.ts';
import { duration, integer } from '../params.ts';
import { says } from '../placeholders.ts';
import { counted, listed, shortened } from '../words.ts';
import { nobodyUses } from './audience.ts';
import { dayOfRecord, isElsewhere, leadsNowhere } from './records.ts';

/** Days from one summary to the next. */
const CADENCE = { daily: 1, weekly: 7, fortnightly: 14, monthly: 31, quarterly: 92, yearly: 366 } as const;
const SUMMARY = '/feedback/last_summary/path';

export const check = defineCheck({
  summary:
    'Reads `feedback` in the manifest: where users speak, who reads it, how often it is summed up, and the newest summary, which has to be there, to say something, and to be as young as the cadence wants.',
  needs: ['customer-records', 'references'],
  ofClaims: true,
  params: {
    grace: duration('Time that a summary may be late.', '7d'),
    words: integer('Words that a summary has at the least.', 20, 1),
  },
  assess(subject) {
    const { claims, manifest, params, asOf, at, evidence } = subject;
    const { feedback } = claims;
    if (!feedback && nobodyUses(claims))
      return notApplicable('the manifest says that nobody uses it', { claim: at('/audience') });
    const fix = 'Add `feedback` with `channels`, `owner`, `cadence` and `last_summary`.';
    const problem = (message: string, how: string, place = claimPlace(subject, '/feedback')) => [
      { message, ...placed(place), fix: how, subject: 'feedback' },
    ];
    if (!feedback)
      return missing(unclaimed(manifest, 'a channel for feedback'), problem('what users say is heard by chance', fix));
    const reference = referenceAt(evidence.references.facts, SUMMARY);
    if (reference && leadsNowhere(reference))
      return contradicted(
        `the last summary is said to be ${reference.target}, which leads nowhere`,
        problem('no such summary is here', 'Correct the path, or write the summary.', reference.at),
      );
    const record = evidence['customer-records'].facts.records.find(({ pointer }) => pointer === SUMMARY);
    const own = record && dayOfRecord(record, asOf);
    const on = own ?? feedback.last_summary?.on;
    const gaps = [
      ...(feedback.channels.some(says) ? [] : ['where users speak']),
      ...(says(feedback.owner) ? [] : ['who reads it']),
      ...(feedback.cadence ? [] : ['how often it is summed up']),
      ...(feedback.last_summary ? [] : ['where the last summary is']),
      ...(feedback.last_summary && on === undefined ? ['when the last summary was written'] : []),
    ];
    if (gaps.length > 0 || on === undefined || !feedback.cadence)
      return missing(`feedback does not say ${listed(gaps)}`, problem(`nothing says ${listed(gaps)}`, fix), {
        claim: at('/feedback'),
      });
    if (on > asOf)
      return contradicted(
        `the last summary is dated ${on}, which is still to come`,
        problem('the date is in the future', 'Correct the date.'),
      );
    const place = record?.at ?? at('/feedback/last_summary');
    if (record && record.words < params.words)
      return missing(
        `the last summary has ${counted(record.words, 'word')}`,
        problem('it says next to nothing', 'Write what was said, how often, and what comes of it.', place),
      );
    const said = `${shortened(feedback.channels, 3)}, read by ${feedback.owner}; the last ${feedback.cadence} summary is of ${on}, ${counted(daysBetween(on, asOf), 'day')} ago`;
    const due = addDays(on, CADENCE[feedback.cadence] + (days(params.grace) ?? 0));
    if (due < asOf)
      return stale(said, problem(`the next one was due by ${due}`, 'Sum up what was said since.', place), {
        claim: at('/feedback'),
      });
    if (record && own) return verified(said, [record.at], { claim: at('/feedback') });
    const where =
      reference && isElsewhere(reference)
        ? `; it is at ${reference.target}, which is not opened`
        : '; it does not say its day itself';
    return declared(`${said}${where}`, at('/feedback'));
  },
});
