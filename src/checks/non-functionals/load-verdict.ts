/** Holds the runs of a load test's latest day against each target, and says in numbers what came out. */
import type { LoadResult } from '../../evidence/load-results.ts';
import type { Nfrs } from '../../generated/service.ts';
import type { Place } from '../../model.ts';
import type { Part } from '../parts.ts';
import type { Quantity } from '../quantity.ts';
import { judgeQuality } from './load-quality.ts';
import { judgeThroughput } from './load-throughput.ts';
import { loadWanted, requestsPerSecond } from './load-wanted.ts';
import { measureOf } from './measured.ts';

/** The runs of a day and all that is asked of them. */
export interface Trial {
  readonly runs: readonly LoadResult[];
  readonly nfrs: Nfrs;
  /** How many times the highest load has to be sustained. */
  readonly headroom: number;
  readonly shortest: number;
  at(pointer: string): Place;
}

interface Target {
  readonly name: string;
  readonly target: Quantity;
  readonly pointer: string;
}

/** One target against all runs of a day; undefined where its unit cannot be compared. */
export function against(target: Target, trial: Trial): { readonly part: Part; readonly text: string } | undefined {
  const { name, pointer } = target;
  const wanted = measureOf(name, target.target);
  if (!wanted) return undefined;
  const { runs, shortest, nfrs } = trial;
  const day = { runs, shortest, claim: trial.at(pointer), load: loadWanted(nfrs, name) };
  const peak = requestsPerSecond(nfrs.throughput?.peak, nfrs.throughput?.unit);
  const room = peak === undefined ? undefined : { peak, headroom: trial.headroom };
  const { standing, text, at, fix } =
    name === 'throughput' ? judgeThroughput(wanted, day, room) : judgeQuality(name, wanted, day);
  const said = `${name} ${text}`;
  if (standing === 'verified') return { part: { standing, evidence: [at] }, text: said };
  const problems = [{ message: said, at, fix, subject: name }];
  return { part: { standing, evidence: runs.map((run) => run.at), problems }, text: said };
}

/** Thresholds of the run itself that were crossed, for the sentence. */
export function ownThresholds(runs: readonly LoadResult[]): string {
  const crossed = [...new Set(runs.flatMap((run) => run.thresholdsFailed ?? []))];
  return crossed.length > 0 ? `; thresholds of the run itself were crossed: ${crossed.join(', ')}` : '';
}
