/** What stands about one journey's budgets: whether they add up, are kept by their components, and are all there. */
import type { Journey } from '../../generated/service.ts';
import type { JourneySum, Place, Problem } from '../../model.ts';
import type { Part } from '../parts.ts';
import { listed } from '../words.ts';
import {
  availabilityOf,
  type Budgets,
  leftOut,
  type Percentile,
  type Sum,
  silentIn,
  timeOfSteps,
} from './journey-budget.ts';

const PERCENTILES: readonly (readonly [Percentile, JourneySum['what']])[] = [
  ['latency_p95', 'p95'],
  ['latency_p99', 'p99'],
];

interface Reckoned {
  readonly what: JourneySum['what'];
  readonly sum: Sum;
}

/** The opinion on one journey and its arithmetic. */
export interface JourneyVerdict {
  readonly part: Part;
  readonly texts: readonly string[];
}

/** A problem of a journey, some steps below its pointer. */
type Flaw = (message: string, fix: string, below?: string) => Problem;

/** Judges the journey at a pointer. */
export function judgeJourney(
  journey: Journey,
  pointer: string,
  budgets: Budgets,
  at: (pointer: string) => Place,
): JourneyVerdict {
  const { id } = journey;
  const flaw: Flaw = (message, fix, below = '') => {
    return { message: `${id} ${message}`, at: at(`${pointer}${below}`), fix, subject: id };
  };
  const reckoned = reckon(journey, budgets);
  const texts = reckoned.filter(({ sum }) => sum.text !== '').map(({ what, sum }) => `${id} ${what}: ${textOf(sum)}`);
  const against = [...exceeded(reckoned, flaw), ...broken(journey, budgets, flaw)];
  if (against.length > 0) return { part: { standing: 'contradicted', problems: against }, texts };
  const gaps = reckoned.length === 0 ? [nothingToAdd(journey, flaw)] : silent(reckoned, flaw);
  return { part: gaps.length > 0 ? { standing: 'missing', problems: gaps } : { standing: 'declared' }, texts };
}

/** Every sum that the journey's objective asks for. */
export function reckon({ slo = {}, steps = [] }: Journey, budgets: Budgets): readonly Reckoned[] {
  if (steps.length === 0) return [];
  const { availability } = slo;
  const times = PERCENTILES.flatMap(([percentile, what]) => {
    const wanted = slo[percentile];
    return wanted === undefined ? [] : [{ what, sum: timeOfSteps(steps, wanted, percentile, budgets) }];
  });
  if (availability === undefined) return times;
  return [{ what: 'availability', sum: availabilityOf(steps, availability, budgets) }, ...times];
}

/** The equation, and whom it leaves out. */
export function textOf(sum: Sum): string {
  const left = leftOut(sum);
  return left.length > 0 ? `${sum.text} without ${listed(left)}` : sum.text;
}

function exceeded(reckoned: readonly Reckoned[], flaw: Flaw): readonly Problem[] {
  const fix =
    'Lower the objective, tighten the budgets of the weakest steps together with their teams, or make a step soft with a fallback.';
  return reckoned
    .filter(({ sum }) => !sum.kept)
    .map(({ what, sum }) => flaw(`${what} does not add up: ${sum.text}`, fix, '/slo'));
}

/** Budgets that their components do not keep. */
function broken({ steps = [] }: Journey, budgets: Budgets, flaw: Flaw): readonly Problem[] {
  const fix = 'Give the step the budget that its component really keeps, and see whether the sum still holds.';
  return steps.flatMap((step, index) =>
    ('parallel' in step ? step.parallel : [step]).flatMap((it) => {
      const trouble = budgets.broken(it);
      return trouble ? [flaw(trouble, fix, `/steps/${index}`)] : [];
    }),
  );
}

/** Components without a number that some sum needs. */
function silent(reckoned: readonly Reckoned[], flaw: Flaw): readonly Problem[] {
  const components = [...new Set(reckoned.flatMap(({ sum }) => silentIn(sum)))];
  return components.map((component) => {
    const sums = reckoned.filter(({ sum }) => silentIn(sum).includes(component)).map(({ what }) => what);
    const fix = `Add \`budget\` to the step of ${component}.`;
    return flaw(`gives ${component} no ${listed(sums)} budget`, fix, '/steps');
  });
}

function nothingToAdd({ steps = [], slo }: Journey, flaw: Flaw): Problem {
  const needs = slo ? ': `slo` needs availability, latency_p95 or latency_p99' : '';
  const message = steps.length === 0 ? 'has no steps to add up' : `has no objective to hold its steps against${needs}`;
  return flaw(message, 'Add `slo` and `steps`, each step with a `budget`.');
}
