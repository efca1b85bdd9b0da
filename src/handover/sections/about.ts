/** What the service is, and for whom. */
import type { Claims } from '../../manifest/manifest.ts';
import { type Context, manifestName } from '../context.ts';
import type { Line, Section } from '../handover.ts';
import { claimed, group, joined, ruled, section } from '../line.ts';

type Journey = NonNullable<Claims['journeys']>[number];
type Step = NonNullable<Journey['steps']>[number];

/** The section. */
export function about(context: Context): Section {
  const { claims, service } = context;
  const groups = [
    ...group(undefined, identity(context)),
    ...group('Who depends on it', consumers(context)),
    ...group('What users do with it', [
      ...(claims.journeys ?? []).flatMap((journey, index) =>
        claimed(context, journey.title ?? journey.id, journeyText(journey), `/journeys/${index}`),
      ),
      ...ruled(context, 'Walked by a probe', 'observability/synthetic-journey-probe'),
    ]),
    ...group('What it is to achieve', outcomes(context)),
  ];
  return section(
    'about',
    'What it is, and for whom',
    groups,
    `${manifestName(context)} says what ${service.name} is for.`,
  );
}

function identity(context: Context): readonly Line[] {
  const { claims, service } = context;
  const since = claims.stages?.[service.stage];
  return [
    ...claimed(context, 'Purpose', claims.description, '/description'),
    ...claimed(
      context,
      `Why tier ${service.tier}`,
      claims.tier === service.tier ? claims.tier_reason : undefined,
      '/tier_reason',
    ),
    ...claimed(context, 'Stage', since && `${service.stage} since ${since}`, `/stages/${service.stage}`),
    ...claimed(
      context,
      'Trade-off',
      claims.profile && joined([claims.profile, claims.profile_reason], ': '),
      '/profile',
    ),
    ...ruled(context, 'Catalogue', 'manifest/agrees-with-catalog'),
    ...ruled(context, 'Manifest last read through', 'manifest/reviewed-recently'),
  ];
}

function consumers(context: Context): readonly Line[] {
  return (context.claims.consumers ?? []).flatMap(({ id, owner, contact }, index) =>
    claimed(context, id, joined([owner, contact]) ?? 'nobody is named', `/consumers/${index}`),
  );
}

function journeyText({ description, steps = [], slo, owner }: Journey): string {
  const promise = joined([
    slo?.availability !== undefined && `${slo.availability} % succeed`,
    slo?.latency_p99 && `99 of 100 within ${slo.latency_p99}`,
    slo?.window && `over ${slo.window}`,
  ]);
  const path = steps.map(stepText).join(' → ');
  return joined([description, path, promise, owner && `answered for by ${owner}`], '; ') ?? 'no steps are named';
}

function stepText(step: Step): string {
  if ('parallel' in step) return `(${step.parallel.map(stepText).join(' beside ')})`;
  const { component, soft, fallback } = step;
  return soft ? `${component} (can be done without${fallback ? `: ${fallback}` : ''})` : component;
}

function outcomes(context: Context): readonly Line[] {
  const { outcomes: wanted = [], feedback } = context.claims;
  return [
    ...wanted.flatMap(({ id, metric, unit = '', baseline, target, current, as_of: asOf }, index) => {
      const numbers = joined([
        baseline !== undefined && `from ${baseline} ${unit}`.trim(),
        target !== undefined && `to ${target} ${unit}`.trim(),
        current !== undefined && `now ${current} ${unit}`.trim() + (asOf ? ` (${asOf})` : ''),
      ]);
      return claimed(context, id, joined([metric, numbers], ': ') ?? 'no numbers are named', `/outcomes/${index}`);
    }),
    ...claimed(
      context,
      'How users are heard',
      feedback &&
        joined([feedback.channels.join(', '), feedback.owner && `read by ${feedback.owner}`, feedback.cadence], '; '),
      '/feedback',
    ),
  ];
}
