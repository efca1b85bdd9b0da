/** What stands about one test that the manifest says was done: its day, its evidence, its number. */

import { daysBetween } from '../../dates.ts';
import type { LoadResult } from '../../evidence/load-results.ts';
import type { Reference } from '../../evidence/references.ts';
import type { Validation } from '../../generated/service.ts';
import type { Place } from '../../model.ts';
import { failing, type Part } from '../parts.ts';
import { type Quantity, quantity } from '../quantity.ts';
import { weakness } from './load-outcome.ts';
import { isNear } from './load-wanted.ts';
import { comparison, isEnough, type Measure, measuredBy, measureOf, shownMeasure } from './measured.ts';

/** What an entry cites. */
export interface Cited {
  readonly references: readonly Reference[];
  readonly results: readonly LoadResult[];
}

interface Claimed {
  readonly name: string;
  readonly target: Quantity;
  readonly validation: Validation;
  readonly asOf: string;
  readonly place: Place;
  /** Requests per second at which the target has to hold. */
  readonly load: number | undefined;
}

/** Claimed results are rounded; more than this share apart they are two numbers. */
const ROUNDING = 0.02;

/** The opinion on one entry. */
export function partOfValidation(claimed: Claimed, cited: Cited): Part {
  const { name, target, validation, asOf, place } = claimed;
  const broken = cited.references.find(({ outcome }) => ['no-file', 'no-match', 'outside'].includes(outcome));
  if (validation.on > asOf) {
    return disproved(
      name,
      `the test of ${validation.on} has not happened yet`,
      place,
      'Write down tests that were done.',
    );
  }
  if (broken) {
    const fix = broken.nearest ? `Did you mean ${broken.nearest}?` : 'Commit the result, or name where it is kept.';
    return disproved(name, `the result ${broken.target} does not exist`, broken.at, fix);
  }
  const wanted = measureOf(name, target);
  const said = quantity(validation.result);
  const claim = said && measureOf(name, said);
  if (wanted && claim?.kind === wanted.kind && !isEnough(claim, wanted)) {
    return disproved(
      name,
      `the test of ${validation.on} did not meet the target: ${comparison(claim, wanted)}`,
      place,
      MISSED,
    );
  }
  const run = cited.results.find((result) => measuredBy(result, name) !== undefined);
  if (run) return partOfRun(run, claimed, wanted, claim);
  return { standing: 'declared', evidence: cited.references.flatMap(({ matches }) => matches.slice(0, 1)) };
}

/** The cited run against the claimed day, the claimed result and the target. */
function partOfRun(run: LoadResult, claimed: Claimed, wanted: Measure | undefined, claim: Measure | undefined): Part {
  const { name, validation, load } = claimed;
  const measured = measuredBy(run, name);
  if (!measured) return { standing: 'declared' };
  if (run.date !== undefined && Math.abs(daysBetween(run.date, validation.on)) > 1) {
    const message = `the manifest says that the test was on ${validation.on}, the result is of ${run.date}`;
    return disproved(name, message, run.at, 'Name the result that belongs to the day.');
  }
  if (claim && !isSame(claim, measured)) {
    const message = `the manifest says ${shownMeasure(claim)}, the result ${shownMeasure(measured)}`;
    return disproved(name, message, run.at, 'Correct `result`, or name the file that it was read from.');
  }
  if (wanted?.kind === measured.kind && !isEnough(measured, wanted)) {
    return disproved(name, `the cited result misses the target: ${comparison(measured, wanted)}`, run.at, MISSED);
  }
  // A good number at a fraction of the load, or out of a handful of requests, shows nothing about the target.
  const shows = name === 'throughput' || (isNear(run, load) && weakness(run, name, 0) === undefined);
  return { standing: wanted?.kind === measured.kind && shows ? 'verified' : 'declared', evidence: [run.at] };
}

const MISSED = 'A test that misses the target is a finding, not a validation.';

function disproved(name: string, message: string, at: Place, fix: string): Part {
  return failing('contradicted', { message: `${name}: ${message}`, at, fix, subject: name });
}

function isSame(claim: Measure, measured: Measure): boolean {
  return (
    claim.kind === measured.kind && Math.abs(claim.value - measured.value) <= Math.max(ROUNDING * measured.value, 0.005)
  );
}
