/** Holds the answered requests per second against the target, and against the highest load with room above it. */
import type { LoadResult } from '../../evidence/load-results.ts';
import { percent, plain } from '../arithmetic.ts';
import { type Day, type Outcome, weakness } from './load-outcome.ts';
import { isNear } from './load-wanted.ts';
import { comparison, isEnough, type Measure, shownMeasure } from './measured.ts';

/** The highest load and how many times of it is asked for. */
export interface Room {
  readonly peak: number;
  readonly headroom: number;
}

/** The best run of the day counts; requests that failed do not. */
export function judgeThroughput(wanted: Measure, { runs, shortest, claim }: Day, room: Room | undefined): Outcome {
  const [best] = runs.filter((run) => run.rps !== undefined).sort((a, b) => answered(b) - answered(a));
  const none = 'Let the tool write requests per second.';
  if (!best) return { standing: 'missing', text: 'was measured by no run of that day', at: claim, fix: none };
  const { at } = best;
  const rate: Measure = { value: answered(best), kind: 'rate', more: true };
  const text = `${subtraction(best)}${comparison(rate, wanted)}`;
  if (!isEnough(rate, wanted)) return short(rate, wanted, text, at);
  const weak = weakness(best, 'throughput', shortest);
  if (weak) return { standing: 'missing', text: `${text}, but ${weak}`, at, fix: 'Let the test run longer.' };
  if (!room) return { standing: 'verified', text, at, fix: '' };
  const needed: Measure = { ...rate, value: room.peak * room.headroom };
  const spare = isEnough(rate, needed);
  const product = `${plain(room.headroom)} × ${plain(room.peak)} rps = ${shownMeasure(needed)}`;
  const both = `${text}, and ${shownMeasure(rate)} ${spare ? '≥' : '<'} ${product}`;
  if (spare) return { standing: 'verified', text: both, at, fix: '' };
  const fix = `Show ${shownMeasure(needed)}: ${plain(room.headroom)} times the highest load, so that a busy day and one lost instance fit in together.`;
  return { standing: 'missing', text: both, at, fix };
}

/** A run that came near the target and did not reach it disproves it; one at a fraction of it was never meant to. */
function short(rate: Measure, wanted: Measure, text: string, at: Outcome['at']): Outcome {
  if (isNear({ rps: rate.value }, wanted.value)) {
    return { standing: 'contradicted', text, at, fix: 'Find what limits the service, or agree on another target.' };
  }
  const far = `${text}: a run this far from the target says nothing about it`;
  return { standing: 'missing', text: far, at, fix: `Run the test at ${shownMeasure(wanted)}.` };
}

function subtraction({ rps = 0, errorRatio = 0 }: LoadResult): string {
  if (errorRatio === 0) return '';
  return `${plain(rps)} rps less ${percent(Number((errorRatio * 100).toPrecision(4)))} failed = `;
}

function answered({ rps = 0, errorRatio = 0 }: LoadResult): number {
  return rps * (1 - errorRatio);
}
