/** Assesses whether the service's purpose is a number with a beginning, an end and a recent reading that somebody acts on. */
import { addDays, days } from '../../dates.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { defineCheck, missing } from '../define.ts';
import { duration } from '../params.ts';
import { together } from '../parts.ts';
import { counted } from '../words.ts';
import { judgedOutcome } from './outcome.ts';

export const check = defineCheck({
  summary:
    'Reads `outcomes` in the manifest: a complete one has `metric`, `baseline`, `target`, `current`, `as_of` and a `source` or `evidence`. Computes how far the value has come; one that moves away from its target needs an `action`. It is shown where a file that `evidence` names has the current value on a line.',
  needs: ['customer-records', 'references'],
  ofClaims: true,
  params: { max_age: duration('Longest time since `current` was read.', '120d') },
  assess(subject) {
    const { claims, manifest, params, asOf, at, evidence } = subject;
    const outcomes = claims.outcomes ?? [];
    if (outcomes.length === 0)
      return missing(unclaimed(manifest, 'an outcome'), [
        {
          message: 'whether the service is of use to anybody is a matter of opinion',
          ...placed(claimPlace(subject, '/outcomes')),
          fix: 'Add one to `outcomes`: `metric`, `baseline`, `target`, `current`, `as_of`, `source`. Of a platform: how long its users wait, or how many of them use it.',
          subject: 'outcomes',
        },
      ]);
    const oldest = addDays(asOf, -(days(params.max_age) ?? 120));
    const all = outcomes.map((outcome, index) =>
      judgedOutcome(outcome, `/outcomes/${index}`, {
        asOf,
        oldest,
        at,
        records: evidence['customer-records'].facts.records,
        references: evidence.references.facts,
      }),
    );
    const whole = all.filter(({ complete }) => complete);
    const fresh = whole.filter(({ standing }) => standing !== 'stale');
    // One good reading is enough; what is wrong with a reading that is there counts all the same.
    const counting = fresh.length > 0 ? fresh : whole.length > 0 ? whole : all;
    const rest = all.length - counting.length;
    const said = counting.map(({ words }) => words).join('; ');
    const others =
      rest === 0 ? '' : `; ${counted(rest, 'other outcome is', 'other outcomes are')} not complete or out of date`;
    return together(counting, `${said}${others}`, at('/outcomes'));
  },
});
