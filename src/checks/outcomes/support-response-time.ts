/** Assesses whether users who ask for help are answered as soon as they are told. Compares what is measured with what is promised; where nothing is measured, the promise is a claim. */
import { days, daysBetween, milliseconds } from '../../dates.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { defineCheck, missing, notApplicable } from '../define.ts';
import { duration } from '../params.ts';
import { failing, type Part, together } from '../parts.ts';
import { says } from '../placeholders.ts';
import { counted, listed } from '../words.ts';
import { nobodyUses } from './audience.ts';
import { shownIn } from './outcome.ts';
import { recordsUnder } from './records.ts';

export const check = defineCheck({
  summary:
    'Holds `measured.response_time` of every channel in `support.channels` against its `response_time`. It is shown where a file that `measured.evidence` names has the measured time on a line of that day; a reading that is too old counts no more than none.',
  needs: ['customer-records'],
  ofClaims: true,
  params: { max_age: duration('Longest time since the answers were measured.', '92d') },
  assess(subject) {
    const { claims, manifest, params, asOf, at, evidence } = subject;
    const channels = claims.support?.channels ?? [];
    if (channels.length === 0 && nobodyUses(claims))
      return notApplicable('the manifest says that nobody uses it', { claim: at('/audience') });
    if (channels.length === 0)
      return missing(unclaimed(manifest, 'a support channel'), [
        {
          message: 'users do not know whom to ask, nor how long it takes',
          ...placed(claimPlace(subject, '/support')),
          fix: 'Add `support.channels` with `ref`, `hours` and `response_time`.',
          subject: 'support',
        },
      ]);
    const limit = days(params.max_age) ?? 92;
    const parts = channels.map(({ ref, hours, response_time: promised, measured }, index): Part & { words: string } => {
      const pointer = `/support/channels/${index}`;
      const problem = (message: string, fix: string) => ({
        message: `${ref}: ${message}`,
        at: at(pointer),
        fix,
        subject: ref,
      });
      const gaps = [...(promised ? [] : ['how soon somebody answers']), ...(says(hours) ? [] : ['when'])];
      if (!promised || gaps.length > 0)
        return {
          ...failing('missing', problem(`nothing says ${listed(gaps)}`, 'Add `hours:` and `response_time:`.')),
          words: `${ref} does not say ${listed(gaps)}`,
        };
      const on = measured?.as_of;
      if (!measured || on === undefined || on > asOf || daysBetween(on, asOf) > limit)
        return {
          standing: 'declared',
          words: `${ref} promises ${promised}, ${measured && on ? `last measured on ${on}, which does not count` : 'not measured'}`,
        };
      const words = `${ref} ${measured.response_time} of ${promised}, measured on ${on}`;
      if ((milliseconds(measured.response_time) ?? 0) > (milliseconds(promised) ?? 0))
        return {
          ...failing(
            'contradicted',
            problem(`${measured.response_time} > ${promised}`, 'Answer sooner, or promise what is kept.'),
          ),
          words,
        };
      const shown = shownIn(
        recordsUnder(evidence['customer-records'].facts.records, `${pointer}/measured/evidence`),
        on,
        [ref, 'answer answered response respond reply replies reaction'],
      );
      return { standing: shown.length > 0 ? 'verified' : 'declared', words, evidence: shown };
    });
    const said = parts.map(({ words }) => words).join('; ');
    return together(parts, `${counted(channels.length, 'channel')}: ${said}`, at('/support/channels'));
  },
});
