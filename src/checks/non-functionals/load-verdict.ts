/** Holds the runs of a load test against each target, and says in numbers what came out. */
import type { LoadResult } from '../../evidence/load-results.ts';
import type { Nfrs } from '../../generated/service.ts';
import type { Place } from '../../model.ts';
import { percent, plain, reaches } from '../arithmetic.ts';
import type { Part } from '../parts.ts';
import type { Quantity } from '../quantity.ts';
import { isBeyond, isNear, loadWanted, requestsPerSecond } from './load-wanted.ts';
import { comparison, isEnough, type Measure, measuredBy, measureOf, shownMeasure } from './measured.ts';

/** The opinion on one target and the arithmetic behind it. */
export interface Outcome {
  readonly part: Part;
  readonly text: string;
}

interface Target {
  readonly name: string;
  readonly target: Quantity;
  readonly pointer: string;
}

/** The runs of a day and what is asked of them. */
export interface Trial {
  readonly runs: readonly LoadResult[];
  readonly nfrs: Nfrs;
  readonly headroom: number;
  /** Seconds. */
  readonly shortest: number;
  at(pointer: string): Place;
}

/** One target against all runs of a day: any run at the wanted load that misses it decides. */
export function against(
  { name, target, pointer }: Target,
  { runs, nfrs, headroom, shortest, at }: Trial,
): readonly Outcome[] {
  const wanted = measureOf(name, target);
  if (!wanted) return [];
  const outcome: Say = (standing, text, where, fix = '') => ({
    part:
      standing === 'verified'
        ? { standing, evidence: [where] }
        : {
            standing,
            evidence: runs.map((run) => run.at),
            problems: [{ message: `${name}: ${text}`, at: where, fix, subject: name }],
          },
    text: `${name} ${text}`,
  });
  const day = { runs, shortest, claim: at(pointer), load: loadWanted(nfrs, name) };
  if (name !== 'throughput') return [quality(name, wanted, day, outcome)];
  const peak = requestsPerSecond(nfrs.throughput?.peak, nfrs.throughput?.unit);
  return [throughput(wanted, day, peak === undefined ? undefined : { peak, headroom }, outcome)];
}

interface Day {
  readonly runs: readonly LoadResult[];
  readonly shortest: number;
  /** Requests per second at which the target has to hold. */
  readonly load: number | undefined;
  readonly claim: Place;
}

type Say = (standing: Part['standing'], text: string, where: Place, fix?: string) => Outcome;

/** Latency and errors: a miss counts at any load up to the wanted one, for more load makes nothing better; being met counts only near it, and only in a run of some size. */
function quality(name: string, wanted: Measure, { runs, load, shortest, claim }: Day, say: Say): Outcome {
  const missed = runs.find((run) => isMissed(run, name, wanted) && !isBeyond(run, load));
  if (missed)
    return say(
      'contradicted',
      `${missedText(missed, name, wanted)}${atLoad(missed)}`,
      missed.at,
      'Find what is slow or fails at this load, or agree on another target.',
    );
  const met = runs.filter((run) => isMet(run, name, wanted));
  const best = met.find((run) => isNear(run, load) && tooSmall(run, name, shortest) === undefined);
  if (best) return say('verified', `${metText(best, name, wanted)}${atLoad(best)}`, best.at);
  const away = met.find((run) => isNear(run, load)) ?? met[0] ?? runs.find((run) => isMissed(run, name, wanted));
  if (!away)
    return say(
      'missing',
      'was measured by no run of that day',
      claim,
      name.startsWith('latency')
        ? 'Let the tool write that percentile, in k6 by `summaryTrendStats`.'
        : 'Let the tool count failed requests.',
    );
  const text = isMet(away, name, wanted) ? metText(away, name, wanted) : missedText(away, name, wanted);
  const small = isNear(away, load) ? tooSmall(away, name, shortest) : undefined;
  if (small) return say('missing', `${text}, but ${small}`, away.at, 'Let the test run longer.');
  return say(
    'missing',
    `${text}, but${atLoad(away) || ' at an unknown load'}, which says nothing about ${plain(load ?? 0)} rps`,
    away.at,
    `Run the test at ${plain(load ?? 0)} rps.`,
  );
}

/** Why a run is too short for a number; below ten requests beyond the percentile it is chance. */
function tooSmall({ requests, durationS }: LoadResult, name: string, shortest: number): string | undefined {
  if (durationS !== undefined && durationS < shortest)
    return `the run lasted ${plain(durationS)}s of at least ${plain(shortest)}s`;
  const percentile = Number(/^latency_p(\d\d)$/.exec(name)?.[1] ?? 0);
  const needed = Math.round(10 / (1 - percentile / 100));
  return requests !== undefined && requests < needed
    ? `it is a p${percentile} of ${requests} requests; it takes ${needed} to say more than chance`
    : undefined;
}

function isMet(run: LoadResult, name: string, wanted: Measure): boolean {
  return (measuredBy(run, name) !== undefined && !isMissed(run, name, wanted)) || boundedBy(run, name, wanted);
}

/** Where the percentile itself is not written, a lower one above the target or a maximum below it decides as well. */
function isMissed(run: LoadResult, name: string, wanted: Measure): boolean {
  const measured = measuredBy(run, name);
  return measured ? !isEnough(measured, wanted) : lowerMiss(run, name, wanted) !== undefined;
}

function lowerMiss({ latencyMs }: LoadResult, name: string, wanted: Measure): string | undefined {
  const lower = name === 'latency_p99' ? (['p95', 'p50'] as const) : name === 'latency_p95' ? (['p50'] as const) : [];
  return lower.find((it) => (latencyMs[it] ?? 0) > wanted.value);
}

function boundedBy({ latencyMs }: LoadResult, name: string, wanted: Measure): boolean {
  return name.startsWith('latency_') && latencyMs.max !== undefined && reaches(wanted.value, latencyMs.max);
}

function missedText(run: LoadResult, name: string, wanted: Measure): string {
  const measured = measuredBy(run, name);
  if (measured) return comparison(measured, wanted);
  const lower = lowerMiss(run, name, wanted) as 'p50' | 'p95';
  return `${lower} already ${comparison({ ...wanted, value: run.latencyMs[lower] ?? 0 }, wanted)}`;
}

function metText(run: LoadResult, name: string, wanted: Measure): string {
  const measured = measuredBy(run, name);
  return measured
    ? comparison(measured, wanted)
    : `the slowest request ${comparison({ ...wanted, value: run.latencyMs.max ?? 0 }, wanted)}`;
}

function atLoad({ rps }: LoadResult): string {
  return rps === undefined ? '' : ` at ${plain(rps)} rps`;
}

interface Room {
  readonly peak: number;
  readonly headroom: number;
}

/** Only requests that were answered count; beyond the target there has to be room above the highest load. */
function throughput(wanted: Measure, { runs, shortest, claim }: Day, room: Room | undefined, say: Say): Outcome {
  const measured = runs.filter((run) => run.rps !== undefined);
  const best = measured.reduce<LoadResult | undefined>(
    (most, run) => (most && answered(most) >= answered(run) ? most : run),
    undefined,
  );
  if (!best)
    return say('missing', 'was measured by no run of that day', claim, 'Let the tool write requests per second.');
  const rate: Measure = { value: answered(best), kind: 'rate', more: true };
  const count = best.errorRatio
    ? `${plain(best.rps ?? 0)} rps less ${percent(Number((best.errorRatio * 100).toPrecision(4)))} failed = `
    : '';
  const text = `${count}${comparison(rate, wanted)}`;
  if (!isEnough(rate, wanted)) {
    if (isNear({ rps: rate.value }, wanted.value))
      return say('contradicted', text, best.at, 'Find what limits the service, or agree on another target.');
    return say(
      'missing',
      `${text}: a run this far from the target says nothing about it`,
      best.at,
      `Run the test at ${shownMeasure(wanted)}.`,
    );
  }
  const small = tooSmall(best, 'throughput', shortest);
  if (small) return say('missing', `${text}, but ${small}`, best.at, 'Let the test run longer.');
  if (!room) return say('verified', text, best.at);
  const needed: Measure = { ...rate, value: room.peak * room.headroom };
  const spare = `${text}, and ${shownMeasure(rate)} ${isEnough(rate, needed) ? '≥' : '<'} ${plain(room.headroom)} × ${plain(room.peak)} rps = ${shownMeasure(needed)}`;
  if (isEnough(rate, needed)) return say('verified', spare, best.at);
  return say(
    'missing',
    spare,
    best.at,
    `Show ${shownMeasure(needed)}: ${plain(room.headroom)} times the highest load, so that a busy day and one lost instance fit in together.`,
  );
}

function answered({ rps = 0, errorRatio = 0 }: LoadResult): number {
  return rps * (1 - errorRatio);
}

/** Thresholds of the run itself that were crossed, for the sentence. */
export function ownThresholds(runs: readonly LoadResult[]): string {
  const crossed = [...new Set(runs.flatMap((run) => run.thresholdsFailed ?? []))];
  return crossed.length > 0 ? `; thresholds of the run itself were crossed: ${crossed.join(', ')}` : '';
}
