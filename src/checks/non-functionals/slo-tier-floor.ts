/** Assesses whether the promised availability is high enough for the tier, and below a hundred percent. */
import { percent, reaches } from '../arithmetic.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { defineCheck, missing } from '../define.ts';
import { number } from '../params.ts';
import { type Part, together } from '../parts.ts';
import { sloScope } from '../slo-scope.ts';
import { ownAvailability } from './own-availability.ts';

export const check = defineCheck({
  summary:
    "Compares `nfrs.availability`, availability objectives under `slos` and those kept as code with the tier's floor. Objectives about latency, freshness and the like are left out. Verified when a specification in the repository says the number.",
  needs: ['slos'],
  params: { floor: number('lowest availability in percent', 99) },
  ofClaims: true,
  assess(subject) {
    const { claims, manifest, service, params, at } = subject;
    const objectives = ownAvailability(claims, sloScope(subject).slos, at);
    if (objectives.length === 0) {
      const fix = `Add \`nfrs.availability: { target: ${params.floor}, window: 30d }\` or higher.`;
      return missing(unclaimed(manifest, 'an availability that the service is to reach'), [
        {
          message: 'no number says how much failure is too much',
          ...placed(claimPlace(subject, '/nfrs')),
          fix,
          subject: 'availability',
        },
      ]);
    }
    const parts = objectives.map(({ name, target, at: where, asCode }): Part => {
      if (!reaches(target, params.floor)) {
        const message = `${name}: ${percent(target, params.floor)} < ${percent(params.floor, target)}, the floor for tier ${service.tier}`;
        return {
          standing: 'contradicted',
          problems: [
            {
              message,
              at: where,
              fix: 'Raise the objective, lower the tier, or have the exception accepted in a waiver.',
              subject: name,
            },
          ],
        };
      }
      if (target >= 100) {
        const message = `${name}: 100 % leaves no failure at all, so every deployment and every test of it breaks the promise`;
        return {
          standing: 'contradicted',
          problems: [{ message, at: where, fix: 'Set it to what users need and no more, e.g. 99.95.', subject: name }],
        };
      }
      return asCode ? { standing: 'verified', evidence: [where] } : { standing: 'declared' };
    });
    const lowest = objectives.reduce((least, it) => (it.target < least.target ? it : least));
    const sign = reaches(lowest.target, params.floor) ? '≥' : '<';
    const because = `${lowest.name} ${percent(lowest.target, params.floor)} ${sign} ${percent(params.floor, lowest.target)}, the floor for tier ${service.tier}${objectives.length > 1 ? `; the lowest of ${objectives.length} objectives` : ''}`;
    return together(withoutEchoes(parts), because, objectives.find(({ asCode }) => !asCode)?.at);
  },
});

/** Where a specification shows a number, the manifest repeating it takes nothing away. */
function withoutEchoes(parts: readonly Part[]): readonly Part[] {
  return parts.some(({ standing }) => standing === 'verified')
    ? parts.filter(({ standing }) => standing !== 'declared')
    : parts;
}
