/** What stands about one test that the manifest says was done: its day, its evidence, its number. */

import { daysBetween } from '../../dates.ts';
import type { LoadResult } from '../../evidence/load-results.ts';
import type { Reference } from '../../evidence/references.ts';
import type { Validation } from '../../generated/service.ts';
import type { Place, Problem } from '../../model.ts';
import type { Part } from '../parts.ts';
import { type Quantity, quantity } from '../quantity.ts';
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
  const problem = (message: string, at: Place, fix: string): Part => ({
    standing: 'contradicted',
    problems: [{ message: `${name}: ${message}`, at, fix, subject: name } satisfies Problem],
  });
  if (validation.on > asOf)
    return problem(`the test of ${validation.on} has not happened yet`, place, 'Write down tests that were done.');
  const broken = cited.references.find(({ outcome }) => ['no-file', 'no-match', 'outside'].includes(outcome));
  if (broken)
    return problem(
      `the result ${broken.target} does not exist`,
      broken.at,
      broken.nearest ? `Did you mean ${broken.nearest}?` : 'Commit the result, or name where it is kept.',
    );
  const wanted = measureOf(name, target);
  const said = quantity(validation.result);
  const claim = said && measureOf(name, said);
  if (wanted && claim && claim.kind === wanted.kind && !isEnough(claim, wanted))
    return problem(
      `the test of ${validation.on} did not meet the target: ${comparison(claim, wanted)}`,
      place,
      'A test that misses the target is a finding, not a validation.',
    );
  const run = cited.results.find((result) => measuredBy(result, name) !== undefined);
  const measured = run && measuredBy(run, name);
  if (!run || !measured)
    return { standing: 'declared', evidence: cited.references.flatMap(({ matches }) => matches.slice(0, 1)) };
  if (run.date !== undefined && Math.abs(daysBetween(run.date, validation.on)) > 1)
    return problem(
      `the manifest says that the test was on ${validation.on}, the result is of ${run.date}`,
      run.at,
      'Name the result that belongs to the day.',
    );
  if (claim && !isSame(claim, measured))
    return problem(
      `the manifest says ${shownMeasure(claim)}, the result ${shownMeasure(measured)}`,
      run.at,
      'Correct `result`, or name the file that it was read from.',
    );
  if (wanted && wanted.kind === measured.kind && !isEnough(measured, wanted))
    return problem(
      `the cited result misses the target: ${comparison(measured, wanted)}`,
      run.at,
      'A test that misses the target is a finding, not a validation.',
    );
  // A good number at a fraction of the load shows nothing about the target.
  const shows = wanted?.kind === measured.kind && (name === 'throughput' || isNear(run, claimed.load));
  return { standing: shows ? 'verified' : 'declared', evidence: [run.at] };
}

function isSame(claim: Measure, measured: Measure): boolean {
  return (
    claim.kind === measured.kind && Math.abs(claim.value - measured.value) <= Math.max(ROUNDING * measured.value, 0.005)
  );
}
