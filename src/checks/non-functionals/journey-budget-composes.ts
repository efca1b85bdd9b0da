/** Assesses whether the budgets of a journey's components add up to its objective, and prints the arithmetic. */
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { defineCheck, missing } from '../define.ts';
import { together } from '../parts.ts';
import { counted } from '../words.ts';
import { budgetsFrom } from './journey-budget.ts';
import { judgeJourney } from './journey-verdict.ts';

export const check = defineCheck({
  summary:
    'Multiplies the availability of all steps that the journey needs, in series or in parallel; a soft step with a fallback is left out. Adds the p95 and p99 of serial steps, with the longest of parallel ones; that is cautious, since not everything is slow at once. A step without a budget takes what its component promises elsewhere in the manifest.',
  needs: [],
  params: {},
  ofClaims: true,
  assess(subject) {
    const { claims, manifest, service, at } = subject;
    const journeys = claims.journeys ?? [];
    if (journeys.length === 0) {
      const message = 'components that each keep their promise can still break the one that users were given';
      const fix = 'Add `journeys:` with `slo` and `steps`, each step with a `budget`.';
      return missing(unclaimed(manifest, 'a journey whose budgets could be added up'), [
        { message, ...placed(claimPlace(subject, '/journeys')), fix, subject: 'journeys' },
      ]);
    }
    const budgets = budgetsFrom(claims, service.name);
    const judged = journeys.map((journey, index) => judgeJourney(journey, `/journeys/${index}`, budgets, at));
    const texts = judged.flatMap((it) => it.texts);
    const parts = judged.map(({ part }) => part);
    const none = `no budget of ${counted(journeys.length, 'journey')} can be added up`;
    return together(parts, texts.length > 0 ? texts.join('; ') : none, at('/journeys'));
  },
});
