/** What was attained of an objective over its last window, from weekly numbers. Pure. */
import { addDays, days } from '../../dates.ts';
import type { StatsRow } from '../../evidence/ops-stats.ts';
import { referenceAt } from '../../evidence/references/lookup.ts';
import type { Evidence } from '../../generated/evidence.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Place, Service } from '../../model.ts';
import { isAvailability, ownAvailability } from '../non-functionals/own-availability.ts';
import { specificationOf } from '../non-functionals/slo-match.ts';
import { sloScope } from '../slo-scope.ts';

/** One objective with a number. */
export interface Objective {
  readonly name: string;
  /** Percent. */
  readonly target: number;
  /** Whole weeks of its window, at least one. */
  readonly weeks: number;
  /** Whether the column for availability is its own. */
  readonly isAvailability: boolean;
  readonly at: Place;
}

/** What an objective attained. */
export interface Attained {
  /** Percent: weighted by requests where every week tells how many there were. */
  readonly percent: number;
  readonly weighted: boolean;
  /** Requests, where every week tells. */
  readonly events?: number;
  readonly rows: readonly StatsRow[];
}

interface Subject {
  readonly service: Service;
  readonly claims: Claims;
  readonly evidence: Pick<Evidence, 'slos' | 'references'>;
  at(pointer: string): Place;
}

/** Words of objectives that a service's one column for availability may answer. */
const SERVED = /availab|uptime|success|error|answer|serv/i;

/** The objectives with a number. A column for availability is nobody's own where several objectives are about it. */
export function objectivesOf(subject: Subject): readonly Objective[] {
  const all = withNumbers(subject);
  const several = all.filter((it) => it.isAvailability).length > 1;
  return several ? all.map((it) => ({ ...it, isAvailability: false })) : all;
}

/** The declared ones; those kept as code where none is declared; else the required availability. */
function withNumbers(subject: Subject): readonly Objective[] {
  const { claims, evidence, at } = subject;
  const specified = sloScope(subject).slos;
  const declared = (claims.slos ?? []).flatMap((slo, index, { length }) => {
    const specification = specificationOf(slo, index, length === 1, specified, evidence.references.facts);
    const target = slo.target ?? specification?.target;
    const name = slo.id ?? specification?.name ?? slo.title ?? `slos[${index}]`;
    const about = { id: name, ...(slo.title !== undefined && { title: slo.title }) };
    const place = referenceAt(evidence.references.facts, `/slos/${index}`)?.at ?? at(`/slos/${index}`);
    return target === undefined
      ? []
      : [
          {
            name,
            target,
            weeks: weeksOf(slo.window ?? specification?.window),
            isAvailability: isAvailability(about) && SERVED.test(`${name} ${slo.title ?? ''}`),
            at: place,
          },
        ];
  });
  if (declared.length > 0) return declared;
  if (specified.length > 0)
    return specified.map(({ name, target, window, sli, targetAt }) => ({
      name,
      target,
      weeks: weeksOf(window),
      isAvailability: sli !== 'latency' && isAvailability({ id: name }) && SERVED.test(name),
      at: targetAt,
    }));
  return ownAvailability(claims, [], at).map(({ name, target, at: place }) => ({
    name,
    target,
    weeks: weeksOf(claims.nfrs?.availability?.window),
    isAvailability: true,
    at: place,
  }));
}

/** Thirty days where none is said. */
function weeksOf(window = '30d'): number {
  return Math.max(1, Math.floor((days(window) ?? 30) / 7));
}

/** A column named after the objective, else the one for availability where that is what it is about. */
export function attained(
  { name, weeks, isAvailability: plain }: Objective,
  all: readonly StatsRow[],
): Attained | undefined {
  const from = addDays(all.at(-1)?.date ?? '1970-01-01', -7 * weeks);
  const values = all
    .filter(({ date }) => date > from)
    .flatMap((row) => {
      const value = ownColumn(row, name) ?? (plain ? row.values.availability : undefined);
      return value === undefined ? [] : [{ row, value, events: row.values.requests }];
    });
  if (values.length === 0) return undefined;
  const events = values.reduce((sum, it) => sum + (it.events ?? Number.NaN), 0);
  const weighted = events > 0;
  const share = (it: (typeof values)[number]): number => (weighted ? (it.events ?? 0) / events : 1 / values.length);
  return {
    percent: values.reduce((sum, it) => sum + it.value * share(it), 0),
    weighted,
    ...(!Number.isNaN(events) && { events }),
    rows: values.map(({ row }) => row),
  };
}

/** Whether a column of the team's own is named after an objective. */
export function isNamedAfter(column: string, name: string): boolean {
  return bare(column) === bare(name);
}

function bare(name: string): string {
  const words = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  return words.replace(/ (?:pct|percent)$/, '');
}

function ownColumn({ own }: StatsRow, name: string): number | undefined {
  return Object.entries(own).find(([column]) => isNamedAfter(column, name))?.[1];
}
