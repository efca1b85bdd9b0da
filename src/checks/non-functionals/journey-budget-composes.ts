/** Assesses whether the budgets of a journey's components add up to its objective, and prints the arithmetic. */
import type { Journey } from '../../generated/service.ts';
import type { Place, Problem } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { defineCheck, missing } from '../define.ts';
import { type Part, together } from '../parts.ts';
import { counted, listed } from '../words.ts';
import { availabilityOf, type Budgets, budgetsFrom, type Percentile, type Sum, timeOfSteps } from './journey-budget.ts';

const PERCENTILES: readonly Percentile[] = ['latency_p95', 'latency_p99'];

interface Reckoned {
  readonly what: string;
  readonly sum: Sum;
}

export const check = defineCheck({
  summary:
    'Multiplies the availability of all steps that the journey needs, in series or in parallel; a soft step with a fallback is left out. Adds the p95 and p99 of serial steps, with the longest of parallel ones; that is cautious, since not everything is slow at once. A step without a budget takes what its component promises elsewhere in the manifest.',
  needs: [],
  params: {},
  assess(subject) {
    const { claims, manifest, service, at } = subject;
    const journeys = claims.journeys ?? [];
    if (journeys.length === 0) {
      const message = 'components that each keep their promise can still break the one that users were given';
      return missing(unclaimed(manifest, 'a journey whose budgets could be added up'), [
        {
          message,
          ...placed(claimPlace(subject, '/journeys')),
          fix: 'Add `journeys:` with `slo` and `steps`, each step with a `budget`.',
          subject: 'journeys',
        },
      ]);
    }
    const budgets = budgetsFrom(claims, service.name);
    const judged = journeys.map((journey, index) => judge(journey, `/journeys/${index}`, budgets, at));
    const texts = judged.flatMap(({ text }) => text);
    return together(
      judged.map(({ part }) => part),
      texts.length > 0 ? texts.join('; ') : `no budget of ${counted(journeys.length, 'journey')} can be added up`,
      at('/journeys'),
    );
  },
});

function judge(
  journey: Journey,
  pointer: string,
  budgets: Budgets,
  at: (pointer: string) => Place,
): { readonly part: Part; readonly text: readonly string[] } {
  const { id, slo, steps = [] } = journey;
  const reckoned = steps.length === 0 ? [] : reckon(journey, budgets);
  const text = reckoned.flatMap(({ what, sum }) =>
    sum.text === '' ? [] : [`${id} ${what}: ${sum.text}${sum.left.length > 0 ? ` without ${listed(sum.left)}` : ''}`],
  );
  const problem = (message: string, fix: string, where = pointer): Problem => ({
    message: `${id} ${message}`,
    at: at(where),
    fix,
    subject: id,
  });
  const exceeded = reckoned
    .filter(({ sum }) => !sum.kept)
    .map(({ what, sum }) =>
      problem(
        `${what} does not add up: ${sum.text}`,
        'Lower the objective, tighten the budgets of the weakest steps together with their teams, or make a step soft with a fallback.',
        `${pointer}/slo`,
      ),
    );
  const broken = steps.flatMap((step, index) =>
    ('parallel' in step ? step.parallel : [step]).flatMap((it) => {
      const trouble = budgets.broken(it);
      return trouble
        ? [
            problem(
              trouble,
              'Give the step the budget that its component really keeps, and see whether the sum still holds.',
              `${pointer}/steps/${index}`,
            ),
          ]
        : [];
    }),
  );
  if (exceeded.length + broken.length > 0)
    return { part: { standing: 'contradicted', problems: [...exceeded, ...broken] }, text };
  const silent = [...new Set(reckoned.flatMap(({ sum }) => sum.silent))].map((component) =>
    problem(
      `gives ${component} no ${listed(reckoned.filter(({ sum }) => sum.silent.includes(component)).map(({ what }) => what))} budget`,
      `Add \`budget\` to the step of ${component}.`,
      `${pointer}/steps`,
    ),
  );
  const bare =
    reckoned.length > 0
      ? []
      : [
          problem(
            steps.length === 0
              ? 'has no steps to add up'
              : `has no objective to hold its steps against${slo ? ': `slo` needs availability, latency_p95 or latency_p99' : ''}`,
            'Add `slo` and `steps`, each step with a `budget`.',
          ),
        ];
  const gaps = [...silent, ...bare];
  return { part: gaps.length > 0 ? { standing: 'missing', problems: gaps } : { standing: 'declared' }, text };
}

function reckon({ slo, steps = [] }: Journey, budgets: Budgets): readonly Reckoned[] {
  const availability =
    slo?.availability === undefined
      ? []
      : [{ what: 'availability', sum: availabilityOf(steps, slo.availability, budgets) }];
  const times = PERCENTILES.flatMap((percentile) => {
    const wanted = slo?.[percentile];
    return wanted === undefined
      ? []
      : [{ what: percentile.replace('latency_', ''), sum: timeOfSteps(steps, wanted, percentile, budgets) }];
  });
  return [...availability, ...times];
}
