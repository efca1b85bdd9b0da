/** What a report says of journeys: the sums of the rule on their budgets, as numbers. Pure; decides nothing and adds nothing up itself. */
import { budgetsFrom, type Sum } from './checks/non-functionals/journey-budget.ts';
import { reckon, textOf } from './checks/non-functionals/journey-verdict.ts';
import { type Manifest, placeOf } from './manifest/manifest.ts';
import type { Finding, JourneySum, Service, ServiceReport } from './model.ts';

/** Decimals of a number; what follows is rounding of the machine. */
const DECIMALS = 9;

/** The rule that adds them up. */
const RULE = 'non-functionals/journey-budget-composes';

/** What each journey promises, where the rule on it was judged and found something to add. */
export function journeysOf(
  findings: readonly Finding[],
  manifest: Manifest,
  { name }: Service,
): Pick<ServiceReport, 'journeys'> {
  const journeys = findings.some(({ rule }) => rule === RULE) ? sumsOf(manifest, name) : [];
  return journeys.length > 0 ? { journeys } : {};
}

function sumsOf(manifest: Manifest, service: string): readonly JourneySum[] {
  const budgets = budgetsFrom(manifest.claims, service);
  return (manifest.claims.journeys ?? []).flatMap((journey, index) =>
    reckon(journey, budgets)
      .filter(({ sum }) => sum.text !== '')
      .map(({ what, sum }) => ({
        journey: journey.id,
        ...(journey.title !== undefined && { title: journey.title }),
        what,
        ...numbersOf(sum),
        at: placeOf(manifest, `/journeys/${index}`),
      })),
  );
}

function numbersOf(sum: Sum): Omit<JourneySum, 'journey' | 'title' | 'what' | 'at'> {
  const { target, total, kept, shares } = sum;
  return {
    target: rounded(target),
    total: rounded(total),
    kept,
    text: textOf(sum),
    shares: shares.map((it) => ({ ...it, share: rounded(it.share) })),
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(DECIMALS));
}
