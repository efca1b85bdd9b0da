/** The arithmetic of journeys, drawn: what was promised, and what each component takes of it. All of it is declared; the sums are the rule's. */
import { humanDuration } from '../dates.ts';
import { grouped } from '../grouped.ts';
import type { JourneyShare, JourneySum, Ruling } from '../model.ts';
import { type Html, html } from './escape-html.ts';
import { bar, type Segment, swatch } from './html-bar.ts';
import { heading, rulingMark, sign } from './html-marks.ts';
import { type Part, ruleLink } from './html-part.ts';
import { placeLink } from './html-place.ts';
import { RULING_SIGNS } from './signs.ts';

const NAMES: Readonly<Record<JourneySum['what'], string>> = {
  availability: 'availability',
  p95: '95th percentile of time',
  p99: '99th percentile of time',
};

/** The rule that adds them up. */
const RULE = 'non-functionals/journey-budget-composes';

/** Each journey with its sums. */
export function journeys(part: Part): Html | undefined {
  const { journeys: all = [] } = part.service;
  if (all.length === 0) return undefined;
  const level = part.level + 2;
  return html`<p>Numbers that the manifest declares, added up; that they are kept is for other rules to show. ${ruleOn(part)}</p>
${[...grouped(all, ({ journey }) => journey).values()].map((sums) => journeyOf(sums, part, level))}`;
}

/** What the rule made of it, which also knows whether components promise what is asked of them. */
function ruleOn({ service, ids }: Part): Html | undefined {
  const finding = service.findings.find(({ rule }) => rule === RULE);
  return finding && html`${ruleLink(RULE, ids)}: ${rulingMark(finding.ruling)}`;
}

function journeyOf(sums: readonly JourneySum[], { base }: Part, level: number): Html {
  const [first] = sums;
  if (!first) return html``;
  const { journey, title, at } = first;
  return html`${heading(level, html`${title ?? journey}${title !== undefined && html` <code>${journey}</code>`}`)}
<p class="at">${placeLink(at, base)}</p>
${sums.map(sumOf)}`;
}

function sumOf(sum: JourneySum): Html {
  const { what, target, text, shares } = sum;
  const left = budgetOf(sum) - usedOf(sum);
  const rest = sum.kept ? `${amount(Math.max(0, left), what)} left` : `${amount(-left, what)} too much`;
  const budget = what === 'availability' && `, so ${amount(budgetOf(sum), what)} may be lost`;
  return html`<figure class="journey">
<figcaption><strong>${NAMES[what]}</strong>: ${number(target, what)} promised${budget}; ${rest}. ${outcome(sum)}</figcaption>
${drawn(sum)}<ol class="legend">
${shares.map((share, index) => shareOf(share, index, sum))}</ol>
<p class="equation">${text}</p>
</figure>
`;
}

/** What may be used: percentage points that may be lost, or the time that may pass. */
function budgetOf({ what, target }: JourneySum): number {
  return what === 'availability' ? 100 - target : target;
}

function usedOf({ what, total }: JourneySum): number {
  return what === 'availability' ? 100 - total : total;
}

function outcome({ kept, shares }: JourneySum): Html {
  const silent = shares.filter(({ budget, left }) => budget === undefined && !left).map(({ component }) => component);
  if (!kept) return mark('fail', RULING_SIGNS.fail, 'does not add up');
  if (silent.length > 0) return mark('unknown', '?', `not complete: no number for ${silent.join(', ')}`);
  return mark('trust', RULING_SIGNS.trust, 'adds up, by what is declared');
}

function mark(kind: Ruling | 'unknown', drawing: string, words: string): Html {
  return html`<span class="mark ${kind}">${sign(drawing)}${words}</span>`;
}

/** Each component's share, then what is left; where the budget is exceeded, a line where it ends. */
function drawn(sum: JourneySum): Html {
  const [budget, used] = [budgetOf(sum), usedOf(sum)];
  const parts: readonly Segment[] = sum.shares.map(({ share }, index) => {
    return { fill: fillAt(index), size: share, text: String(index + 1) };
  });
  if (sum.kept) return html`${bar([...parts, { fill: 'free', size: Math.max(0, budget - used) }])}\n`;
  return html`${bar(parts, budget)}\n<p class="soft">The line in the bar is where the budget ends.</p>\n`;
}

function shareOf({ component, budget, share, left }: JourneyShare, index: number, sum: JourneySum): Html {
  const { what } = sum;
  const own = budget === undefined ? 'no number' : number(budget, what);
  const whole = budgetOf(sum);
  const part = whole > 0 ? ` (${Number(((100 * share) / whole).toFixed(1))} % of the budget)` : '';
  const takes = left
    ? 'left out: the journey goes on without it'
    : budget === undefined
      ? 'not counted'
      : share === 0
        ? 'adds nothing'
        : `takes ${amount(share, what)}${part}`;
  return html`<li>${share > 0 && swatch(fillAt(index))}<strong>${component}</strong> ${own}, ${takes}</li>
`;
}

/** Neighbours differ. */
function fillAt(index: number): string {
  return index % 2 === 0 ? 'even' : 'odd';
}

/** A number of a component or of the whole, as people write it. */
function number(value: number, what: JourneySum['what']): string {
  return what === 'availability' ? `${value} %` : humanDuration(value);
}

/** A part of a budget, in three digits: the equation has them all. */
function amount(value: number, what: JourneySum['what']): string {
  return what === 'availability' ? `${Number(value.toPrecision(3))} percentage points` : humanDuration(value);
}
