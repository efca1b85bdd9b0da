/** Adds up what the steps of a journey may use of its objective: all needed parts multiply, serial times add, parallel times take the longest. */
import { milliseconds } from '../../dates.ts';
import type { ComponentStep, Step } from '../../generated/service.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { JourneyShare } from '../../model.ts';
import {
  allNeeded,
  duration,
  oneAfterTheOther,
  percent,
  productAgainst,
  reaches,
  sideBySide,
  sumAgainst,
} from '../arithmetic.ts';
import { says } from '../placeholders.ts';
import { ownPromise } from './own-promise.ts';

/** The percentiles whose budgets are added; medians do not add up. */
export type Percentile = 'latency_p95' | 'latency_p99';

/** What a part of the arithmetic came to. Numbers are in percent, or in milliseconds where times are added. */
export interface Sum {
  /** What was promised, and what the components come to as far as their numbers are known. */
  readonly target: number;
  readonly total: number;
  readonly kept: boolean;
  /** The equation, as far as the numbers go. */
  readonly text: string;
  /** What each component takes, in the order of the steps. */
  readonly shares: readonly JourneyShare[];
}

/** Components that are needed and have no number. */
export function silentIn({ shares }: Sum): readonly string[] {
  return shares.filter(({ budget, left }) => budget === undefined && !left).map(({ component }) => component);
}

/** Components left out because the journey goes on without them. */
export function leftOut({ shares }: Sum): readonly string[] {
  return shares.filter(({ left }) => left).map(({ component }) => component);
}

/** Multiplies the availability of every component that is needed. */
export function availabilityOf(steps: readonly Step[], wanted: number, budgets: Budgets): Sum {
  const components = steps.flatMap((step) => ('parallel' in step ? step.parallel : [step]));
  const shares: JourneyShare[] = [];
  const known: number[] = [];
  for (const step of components) {
    const budget = budgets.availability(step);
    const left = isSpared(step);
    const before = allNeeded(known);
    if (budget !== undefined && !left) known.push(budget);
    shares.push(shareOf(step, budget, before - allNeeded(known), left));
  }
  const total = allNeeded(known);
  const text = known.length === 0 ? '' : productAgainst(known, wanted);
  return { target: wanted, total, kept: reaches(total, wanted), text, shares };
}

function shareOf({ component }: ComponentStep, budget: number | undefined, share: number, left = false): JourneyShare {
  return { component, ...(budget !== undefined && { budget }), share, left };
}

/** Adds the time of every step; soft steps take their time as well. */
export function timeOfSteps(steps: readonly Step[], wanted: string, percentile: Percentile, budgets: Budgets): Sum {
  const limit = milliseconds(wanted) ?? 0;
  const terms = steps.map((step) => termOf(step, (it) => budgets.latency(it, percentile)));
  const total = oneAfterTheOther(terms.map(({ total: time }) => time));
  const texts = terms.flatMap(({ text }) => text);
  return {
    target: limit,
    total,
    kept: reaches(limit, total),
    text: texts.length === 0 ? '' : sumAgainst(texts, total, limit),
    shares: terms.flatMap(({ shares }) => shares),
  };
}

interface Term {
  readonly total: number;
  readonly text: readonly string[];
  readonly shares: readonly JourneyShare[];
}

function termOf(step: Step, timeFor: (step: ComponentStep) => number | undefined): Term {
  if (!('parallel' in step)) {
    const time = timeFor(step);
    const shares = [shareOf(step, time, time ?? 0)];
    return { total: time ?? 0, text: time === undefined ? [] : [duration(time)], shares };
  }
  const times = step.parallel.map(timeFor);
  const known = times.filter((it) => it !== undefined);
  const total = sideBySide(known);
  // The first of the longest stands for all that runs beside it.
  const longest = times.indexOf(total);
  return {
    total,
    text: known.length === 0 ? [] : [`max(${known.map((it) => duration(it)).join(', ')})`],
    shares: step.parallel.map((it, index) => shareOf(it, times[index], index === longest ? total : 0)),
  };
}

/** A soft step without a fallback is needed after all. */
function isSpared({ soft, fallback }: ComponentStep): boolean {
  return soft === true && says(fallback);
}

/** Where a step's numbers come from. */
export interface Budgets {
  availability(step: ComponentStep): number | undefined;
  latency(step: ComponentStep, percentile: Percentile): number | undefined;
  /** What a component promises by itself, where that is less than its budget needs. */
  broken(step: ComponentStep): string | undefined;
}

/** What a component promises, as somebody says it. */
export type Promises = (component: string) => Promised;

interface Promised {
  readonly availability?: number;
  readonly latency_p95?: string;
  readonly latency_p99?: string;
}

/** A step's own budget; without one, what the service requires of itself or what the manifest says that the dependency promises. */
export function budgetsFrom(claims: Claims, name: string): Budgets {
  return budgetsBy((component) =>
    component === name ? ownPromise(claims) : (claims.dependencies?.find(({ id }) => id === component)?.slo ?? {}),
  );
}

/** A step's own budget; without one, what its component promises. */
export function budgetsBy(promised: Promises): Budgets {
  return {
    availability: ({ component, budget }) => budget?.availability ?? promised(component).availability,
    latency: ({ component, budget }, percentile) =>
      milliseconds(budget?.[percentile] ?? promised(component)[percentile] ?? ''),
    broken: ({ component, budget }) => {
      const promise = promised(component);
      if (
        budget?.availability !== undefined &&
        promise.availability !== undefined &&
        !reaches(promise.availability, budget.availability)
      ) {
        return `needs ${percent(budget.availability, promise.availability)} of ${component}, which promises ${percent(promise.availability, budget.availability)}`;
      }
      const slow = (['latency_p95', 'latency_p99'] as const).find((it) => {
        const [needed, kept] = [milliseconds(budget?.[it] ?? ''), milliseconds(promise[it] ?? '')];
        return needed !== undefined && kept !== undefined && !reaches(needed, kept);
      });
      return slow && `needs ${slow} ${budget?.[slow]} of ${component}, which promises ${promise[slow]}`;
    },
  };
}
