/** Holds measured latency and errors against their targets, with regard to the load at which they were measured. */
import type { LoadResult } from '../../evidence/load-results.ts';
import { plain, reaches } from '../arithmetic.ts';
import { type Day, type Outcome, weakness } from './load-outcome.ts';
import { isBeyond, isNear } from './load-wanted.ts';
import { comparison, isEnough, type Measure, measuredBy } from './measured.ts';

/**
 * A miss counts at any load up to the wanted one, for more load makes nothing better.
 * Being met counts only near the wanted load, and only in a run that can show something.
 */
export function judgeQuality(name: string, wanted: Measure, { runs, load, shortest, claim }: Day): Outcome {
  const read = runs.flatMap((run) => reading(run, name, wanted) ?? []);
  const missed = read.find(({ run, met }) => !met && !isBeyond(run, load));
  if (missed) {
    const fix = 'Find what is slow or fails at this load, or agree on another target.';
    return { standing: 'contradicted', text: `${missed.text}${atLoad(missed.run)}`, at: missed.run.at, fix };
  }
  const near = read.filter(({ run, met }) => met && isNear(run, load));
  const best = near.find(({ run }) => weakness(run, name, shortest) === undefined);
  if (best) return { standing: 'verified', text: `${best.text}${atLoad(best.run)}`, at: best.run.at, fix: '' };
  const [first] = near.length > 0 ? near : read;
  if (!first) return unmeasured(name, claim);
  const { run, text } = first;
  if (near.length > 0) {
    const weak = `${text}, but ${weakness(run, name, shortest)}`;
    return { standing: 'missing', text: weak, at: run.at, fix: 'Let the test run longer, with requests that succeed.' };
  }
  const wantedLoad = `${plain(load ?? 0)} rps`;
  const away = `${text}, but${atLoad(run) || ' at an unknown load'}, which says nothing about ${wantedLoad}`;
  return { standing: 'missing', text: away, at: run.at, fix: `Run the test at ${wantedLoad}.` };
}

interface Reading {
  readonly run: LoadResult;
  readonly met: boolean;
  readonly text: string;
}

/** What a run says; where the percentile itself is not written, a maximum below the target or a lower percentile above it decides as well. */
function reading(run: LoadResult, name: string, wanted: Measure): Reading | undefined {
  const measured = measuredBy(run, name);
  if (measured) return { run, met: isEnough(measured, wanted), text: comparison(measured, wanted) };
  if (!name.startsWith('latency_')) return undefined;
  const { max, p95, p50 } = run.latencyMs;
  const time = (value: number): Measure => ({ ...wanted, value });
  if (max !== undefined && reaches(wanted.value, max)) {
    return { run, met: true, text: `the slowest request ${comparison(time(max), wanted)}` };
  }
  const lower = name === 'latency_p99' ? (p95 ?? p50) : name === 'latency_p95' ? p50 : undefined;
  if (lower === undefined || reaches(wanted.value, lower)) return undefined;
  return { run, met: false, text: `a lower percentile already ${comparison(time(lower), wanted)}` };
}

function unmeasured(name: string, claim: Day['claim']): Outcome {
  const fix = name.startsWith('latency_')
    ? 'Let the tool write that percentile, in k6 by `summaryTrendStats`.'
    : 'Let the tool count failed requests.';
  return { standing: 'missing', text: 'was measured by no run of that day', at: claim, fix };
}

function atLoad({ rps }: LoadResult): string {
  return rps === undefined ? '' : ` at ${plain(rps)} rps`;
}
