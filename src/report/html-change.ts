/** What is different from something earlier: each rule with its answer then and now, and the problems that came and went. */
import type { Against, Change, Report, RuleChange, ServiceChange, Waiver } from '../model.ts';
import { acceptedWords, gateLine, gateWords, WITHOUT_ANSWER_AFTER, withoutAnswerBefore } from './change-words.ts';
import { type Html, html } from './escape-html.ts';
import { problemOf } from './html-finding.ts';
import { heading, rulingMark, sign } from './html-marks.ts';
import { ruleLink } from './html-part.ts';
import { placeLink } from './html-place.ts';
import { RULING_SIGNS } from './signs.ts';
import { capital, counted, SEVERITY_WORDS, STANDING_WORDS, VERDICT_WORDS } from './words.ts';

const WAYS: Readonly<Record<RuleChange['direction'], { readonly sign: string; readonly word: string }>> = {
  worse: { sign: '▼', word: 'worse' },
  better: { sign: '▲', word: 'better' },
  mixed: { sign: '◆', word: 'better and worse' },
  eased: { sign: '△', word: 'eased, and not better' },
  neither: { sign: '–', word: 'different' },
};

/** How findings of a service are linked, by its name and folder. */
type IdsOf = (change: ServiceChange) => ReadonlyMap<string, string>;

/** The section over all services, a heading for each where there are several. */
export function changeSection(report: Report, change: Change, level: number, idsOf: IdsOf, base: string): Html {
  const { worse, better, services, notes = [] } = change;
  const view = (it: ServiceChange): View => ({ ids: idsOf(it), base, asOf: report.asOf, what: change.against.what });
  return html`<section aria-labelledby="change">
${heading(level, html`What changed`, 'change')}
<p>${gate(report, change)}. ${counted(worse, 'rule')} got worse, ${better} got better.</p>
${notes.map((note) => html`<p class="soft">Note: ${note}</p>\n`)}${services.map((it) => html`${services.length > 1 && heading(level + 1, html`${it.service}`)}${serviceChange(it, view(it))}`)}</section>
`;
}

/** What the parts of one service need to know. */
interface View {
  readonly ids: ReadonlyMap<string, string>;
  readonly base: string;
  readonly asOf: string;
  readonly what: Against['what'];
}

function gate(report: Report, change: Change): Html {
  const { ruling } = gateWords(report, change);
  const way = ruling === 'pass' ? 'better' : 'worse';
  return html`<strong class="way ${way}">${sign(RULING_SIGNS[ruling])}${capital(gateLine(report, change))}</strong>`;
}

function serviceChange(change: ServiceChange, view: View): Html {
  const { rules, remaining, waived = [] } = change;
  return html`<p>${view.what !== 'baseline' && html`Verdict: ${verdicts(change)}; `}${counted(remaining, 'rule')} as unmet as before.</p>
${waived.length > 0 && html`<p>Waived by this change:</p><ul class="waivers">\n${waived.map((it) => waiverOf(it, view))}</ul>\n`}${rules.length > 0 && html`<ul class="changes">\n${rules.map((it) => ruleChange(it, view))}</ul>\n`}`;
}

function verdicts({ before, after }: ServiceChange): string {
  const [then, now] = [before, after].map((it) => (it ? VERDICT_WORDS[it.verdict].word : 'not judged'));
  return then === now ? `still ${now}` : `${then} → ${now}`;
}

function waiverOf(waiver: Waiver, { ids, base, asOf }: View): Html {
  const { rule, reason, scope, at } = waiver;
  return html`<li>${rulingMark('waived')} ${ruleLink(rule, ids)}: ${acceptedWords(waiver, asOf)}: ${reason}${scope !== undefined && html`; only for ${scope}`} <span class="at">${placeLink(at, base)}</span></li>
`;
}

function ruleChange(change: RuleChange, { ids, base, what }: View): Html {
  const { rule, statement, severity, direction, blocks, appeared, gone, before, after } = change;
  const way = WAYS[direction];
  const stops = blocks && html` <strong>and blocks</strong>`;
  return html`<li><span class="way ${direction}">${sign(way.sign)}${way.word}</span>${stops} <span class="severity ${severity}">${SEVERITY_WORDS[severity].word}</span> ${ruleLink(rule, ids)}
<p>${statement}</p>
<p>${answer(before, withoutAnswerBefore(change, what))} <span aria-hidden="true">→</span><span class="heard"> became </span> ${answer(after, WITHOUT_ANSWER_AFTER)}</p>
${problems('New', appeared, base)}${problems('Gone', gone, base)}</li>
`;
}

function answer(it: RuleChange['before'], otherwise: string): Html {
  if (!it) return html`<span class="soft">${otherwise}</span>`;
  return html`${rulingMark(it.ruling)} (${STANDING_WORDS[it.standing].word})`;
}

function problems(title: string, its: RuleChange['appeared'], base: string): Html | undefined {
  if (its.length === 0) return undefined;
  return html`<p>${title}:</p><ul class="problems">\n${its.map((it) => problemOf(it, '', base))}</ul>\n`;
}
