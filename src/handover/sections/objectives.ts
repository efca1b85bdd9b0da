/** What is promised, and how much may go wrong until it is broken. */

import { compared, specificationOf } from '../../checks/non-functionals/slo-match.ts';
import type { Part } from '../../checks/parts.ts';
import { sloScope } from '../../checks/slo-scope.ts';
import { humanDuration, milliseconds } from '../../dates.ts';
import type { SpecifiedSlo } from '../../evidence/slos.ts';
import type { Slo } from '../../generated/service.ts';
import type { Claims } from '../../manifest/manifest.ts';
import { type Context, gathered, manifestName } from '../context.ts';
import type { Line, Section } from '../handover.ts';
import { claimed, group, joined, line, ruled, section } from '../line.ts';

type Nfr = NonNullable<NonNullable<Claims['nfrs']>[string]>;

/** The section. */
export function objectives(context: Context): Section {
  const { specified, parts } = specifications(context);
  const groups = [
    ...group('Objectives and their budgets', [
      ...(context.claims.slos ?? []).flatMap((slo, index) =>
        claimed(
          context,
          slo.title ?? slo.id ?? `objective ${index + 1}`,
          objectiveText(slo.target ?? specified[index]?.target, slo.window ?? specified[index]?.window),
          `/slos/${index}`,
          { part: parts[index] },
        ),
      ),
      ...unclaimedObjectives(context, specified),
      ...claimed(context, 'Promised by contract', slaText(context.claims.sla), '/sla'),
    ]),
    ...group('Requirements', requirements(context)),
    ...group('Whether it adds up', [
      ...ruled(context, 'Budgets of the journeys', 'non-functionals/journey-budget-composes'),
      ...ruled(context, 'Last load test', 'non-functionals/load-test-meets-target'),
    ]),
  ];
  return section(
    'objectives',
    'Objectives and budgets',
    groups,
    `${manifestName(context)} says when the service is good enough.`,
  );
}

interface Specifications {
  /** For each objective of the manifest the one kept as code, if there is one. */
  readonly specified: readonly (SpecifiedSlo | undefined)[];
  readonly parts: readonly (Part | undefined)[];
}

function specifications(context: Context): Specifications {
  const evidence = gathered(context, 'slos', 'references');
  const slos = context.claims.slos ?? [];
  if (!evidence) return { specified: [], parts: [] };
  const scope = sloScope({ ...context, evidence });
  const specified = slos.map((slo, index) =>
    specificationOf(slo, index, slos.length === 1, scope.slos, evidence.references.facts),
  );
  const parts = specified.map((found, index) => {
    const slo = slos[index];
    return found && slo ? windowShown(compared({ ...slo, name: slo.id ?? found.name }, found), slo, found) : undefined;
  });
  return { specified, parts };
}

/** A specification without a window shows the number and not over which time it holds. */
function windowShown(part: Part, { window }: Slo, specified: SpecifiedSlo): Part {
  if (part.standing !== 'verified' || window === undefined || milliseconds(specified.window ?? '') !== undefined)
    return part;
  const message = 'the specification has the number, and no window that can be compared';
  return { ...part, standing: 'declared', problems: [{ message }] };
}

/** What is kept as code and named by no objective of the manifest. */
function unclaimedObjectives(context: Context, claimedOnes: readonly (SpecifiedSlo | undefined)[]): readonly Line[] {
  const evidence = gathered(context, 'slos');
  if (!evidence) return [];
  return sloScope({ ...context, evidence })
    .slos.filter((it) => !claimedOnes.includes(it))
    .map(({ name, target, window, targetAt }) =>
      line(name, objectiveText(target, window) ?? `${target} %`, 'verified', { places: [targetAt] }),
    );
}

/** "99.95 % over 30d, which leaves 0.05 %, or 21m36s". */
function objectiveText(target: number | undefined, window: string | undefined): string | undefined {
  if (target === undefined) return window && `over ${window}; no number is named`;
  const promise = window ? `${target} % over ${window}` : `${target} %`;
  const length = milliseconds(window ?? '');
  const rest = 100 - target;
  if (length === undefined || rest <= 0) return promise;
  return `${promise}, which leaves ${Number(rest.toFixed(6))} %, or ${humanDuration((length * rest) / 100)}`;
}

function slaText(sla: Claims['sla']): string | undefined {
  return sla && joined([objectiveText(sla.availability, sla.window), sla.url], '; ');
}

function requirements(context: Context): readonly Line[] {
  return Object.entries(context.claims.nfrs ?? {}).flatMap(([name, nfr]) =>
    nfr ? claimed(context, name.replaceAll('_', ' '), requirementText(nfr), `/nfrs/${name}/target`) : [],
  );
}

function requirementText({ target, unit, window, at, peak, limits = [], validated = [] }: Nfr): string | undefined {
  const [last] = validated.toSorted((a, b) => (a.on < b.on ? 1 : -1));
  return joined(
    [
      target !== undefined &&
        joined([`${target} ${unit ?? ''}`.trim(), at !== undefined && `at ${at}`, window && `over ${window}`]),
      peak !== undefined && `busiest so far ${peak}`,
      ...limits.map(({ id, limit, warn_at: warn }) =>
        joined([`hard limit ${id} ${limit}`, warn !== undefined && `warns at ${warn}`]),
      ),
      last && `last shown on ${last.on}${last.env ? ` in ${last.env}` : ''}`,
    ],
    '; ',
  );
}
