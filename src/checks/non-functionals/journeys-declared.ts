/** Assesses whether the manifest says what users do from end to end, through which components. */
import type { Journey, Step } from '../../generated/service.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { defineCheck, missing } from '../define.ts';
import { type Part, together } from '../parts.ts';
import { listed } from '../words.ts';

export const check = defineCheck({
  summary: 'Reads `journeys` in the manifest: each needs at least two components, one of them this service.',
  needs: [],
  params: {},
  ofClaims: true,
  assess(subject) {
    const { claims, manifest, service, at } = subject;
    const journeys = claims.journeys ?? [];
    if (journeys.length === 0) {
      const message =
        'every component can be within its numbers while users wait ten seconds, because nobody adds them up';
      const fix =
        'Add `journeys:` with what users do and the `steps`, one `component` each. A service that no user journey passes says so under `na`.';
      return missing(unclaimed(manifest, 'a journey of its users'), [
        { message, ...placed(claimPlace(subject, '/journeys')), fix, subject: 'journeys' },
      ]);
    }
    const parts = journeys.map((journey, index): Part => {
      const trouble = troubleWith(journey, service.name);
      if (!trouble) return { standing: 'declared' };
      return {
        standing: 'missing',
        problems: [
          {
            message: `${journey.id} ${trouble.message}`,
            at: at(`/journeys/${index}`),
            fix: trouble.fix,
            subject: journey.id,
          },
        ],
      };
    });
    const complete = parts.filter(({ standing }) => standing === 'declared').length;
    const paths = journeys.map((journey) => `${journey.id} (${componentsOf(journey.steps ?? []).length} components)`);
    return together(
      parts,
      `journeys from end to end through this service: ${complete} of ${journeys.length}; ${listed(paths)}`,
      at('/journeys'),
    );
  },
});

function troubleWith(
  { steps = [] }: Journey,
  name: string,
): { readonly message: string; readonly fix: string } | undefined {
  const components = componentsOf(steps);
  if (components.length === 0)
    return {
      message: 'has no steps',
      fix: 'Add `steps`, one `component` after the other; what runs side by side goes under `parallel`.',
    };
  if (!components.includes(name))
    return {
      message: `does not pass ${name}`,
      fix: `Add a step \`component: ${name}\`, or move the journey to the service it passes.`,
    };
  if (components.length === 1)
    return {
      message: 'ends where it begins: this service is its only component',
      fix: 'Add what comes before and after, from what the user touches to where the data ends up.',
    };
  return undefined;
}

/** The names of all components on the way. */
function componentsOf(steps: readonly Step[]): readonly string[] {
  return [
    ...new Set(
      steps.flatMap((step) =>
        'parallel' in step ? step.parallel.map(({ component }) => component) : [step.component],
      ),
    ),
  ];
}
