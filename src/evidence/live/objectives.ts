/** Asks Prometheus for the numbers behind each objective: those that the manifest gives a query for, and those that a specification measures. */
import { milliseconds } from '../../dates.ts';
import { type Measure, overWindow } from '../../live/attainment.ts';
import { type Heard, type LiveSource, readAs, type Target } from '../../live/live.ts';
import { oneNumber } from '../../live/prometheus.ts';
import { placeOf } from '../../manifest/manifest.ts';
import type { Place } from '../../model.ts';
import type { Sources } from '../collector.ts';
import { gatheredOnce } from '../once.ts';
import { claimedMeasure } from '../slos/measure.ts';
import { collector as slosOf } from '../slos.ts';

/** `null` where no series is there. */
type Reading = Heard<number | null>;

/** An objective and what Prometheus counts. */
export interface Measured {
  readonly name: string;
  /** Whose it is, where its specification says so. */
  readonly service?: string;
  /** Percent. */
  readonly target: number;
  readonly window?: string;
  readonly of: Measure['of'];
  readonly at: Place;
  /** Absent where nothing says how it is measured, or over which window. */
  readonly part?: Reading;
  readonly total?: Reading;
  /** The same when the window began: `null` where there is no data from before it. */
  readonly before?: Reading;
}

/** Objectives that are asked for at most. */
const MOST = 50;
/** A little after the window's beginning, because scrapes are some time apart. */
const INTO_WINDOW = 0.02;

/** All of them; those beyond the first fifty are not measured. */
export async function measuredObjectives(
  target: Target,
  live: LiveSource,
  sources: Sources,
): Promise<readonly Measured[]> {
  const found: Measured[] = [];
  for (const objective of await objectivesOf(sources)) {
    const { measure, ...rest } = objective;
    const span = milliseconds(objective.window ?? '');
    const asked =
      measure && span && found.length < MOST ? await readings(measure, rest.window ?? '', span, { target, live }) : {};
    found.push({ ...rest, of: measure?.of ?? 'good', ...asked });
  }
  return found;
}

interface Objective extends Omit<Measured, 'of' | 'part' | 'total' | 'before'> {
  readonly measure?: Measure | undefined;
}

/** Specified ones, and those of the manifest that are not specified in a file. */
async function objectivesOf(sources: Sources): Promise<readonly Objective[]> {
  const { slos } = (await gatheredOnce(slosOf, sources)).facts;
  const { manifest } = sources;
  const claimed = (manifest.claims.slos ?? []).flatMap(
    ({ id, title, target, window, query, evidence }, index): readonly Objective[] => {
      if (target === undefined || (query === undefined && evidence !== undefined)) return [];
      const measure = query === undefined ? undefined : claimedMeasure(query, window);
      const name = id ?? title ?? `objective ${index + 1}`;
      return [
        { name, target, ...(window !== undefined && { window }), at: placeOf(manifest, `/slos/${index}`), measure },
      ];
    },
  );
  const queried = new Set(claimed.filter((it) => it.measure).map(({ name }) => name));
  const specified = slos
    .filter(({ name }) => !queried.has(name))
    .map(({ name, service, target, window, at, measure }) => ({
      name,
      ...(service !== undefined && { service }),
      target,
      ...(window !== undefined && { window }),
      at,
      measure,
    }));
  return [...claimed, ...specified];
}

interface Asking {
  readonly target: Target;
  readonly live: LiveSource;
}

async function readings(
  { part, total }: Measure,
  window: string,
  span: number,
  asking: Asking,
): Promise<Pick<Measured, 'part' | 'total' | 'before'>> {
  const now = Date.parse(asking.live.now);
  const early = now - span * (1 - INTO_WINDOW);
  const counted = total === undefined ? {} : { total: await reading(overWindow(total, window), now, asking) };
  return {
    ...counted,
    part: await reading(overWindow(part, window), now, asking),
    before: await reading(overWindow(total ?? part, window), early, asking),
  };
}

async function reading(query: string, ms: number, { target, live }: Asking): Promise<Reading> {
  const heard = await live.json(target, '/api/v1/query', { query, time: String(ms / 1000), timeout: '10s' });
  const answer = readAs(
    heard,
    oneNumber,
    `${target.address} does not answer as Prometheus does when it is asked a query`,
  );
  if ('trouble' in answer) return answer;
  return typeof answer.value === 'string' ? { trouble: `the query ${answer.value}` } : { value: answer.value };
}
