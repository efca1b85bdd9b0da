/** What is different from something earlier: each rule with its answer then and now, and the problems that came and went. */
import type { Against, Change, RuleChange, ServiceChange } from '../model.ts';
import { type Html, html } from './escape-html.ts';
import { agreementWords, gateReason } from './gate-words.ts';
import { problemOf } from './html-finding.ts';
import { heading, rulingMark, sign } from './html-marks.ts';
import { ruleLink } from './html-part.ts';
import { counted, SEVERITY_WORDS, STANDING_WORDS, VERDICT_WORDS } from './words.ts';

const WAYS: Readonly<Record<RuleChange['direction'], { readonly sign: string; readonly word: string }>> = {
  worse: { sign: '▼', word: 'worse' },
  better: { sign: '▲', word: 'better' },
  mixed: { sign: '◆', word: 'better and worse' },
  eased: { sign: '△', word: 'eased, and not better' },
  neither: { sign: '–', word: 'different' },
};

const AGAINST: Readonly<Record<Against['what'], string>> = {
  commit: 'commit',
  report: 'the report',
  folder: 'the folder',
  baseline: 'the baseline',
};

/** How findings of a service are linked, by its name and folder. */
type IdsOf = (change: ServiceChange) => ReadonlyMap<string, string>;

/** The section over all services, a heading for each where there are several. */
export function changeSection(change: Change, asOf: string, level: number, idsOf: IdsOf, base: string): Html {
  const { against, passes, worse, better, services, notes = [] } = change;
  const commit = against.commit !== undefined && html` (<code>${against.commit.slice(0, 12)}</code>)`;
  const gate = passes
    ? `The gate passes: ${gateReason(change)}.`
    : html`<strong class="way worse">${sign('✖')}The gate fails: ${gateReason(change)}.</strong>`;
  return html`<section aria-labelledby="change">
${heading(level, html`What changed`, 'change')}
<p>Against ${AGAINST[against.what]} ${against.name}${commit}: ${counted(worse, 'rule')} got worse, ${better} got better. ${gate}</p>
${notes.length > 0 && html`<ul>\n${notes.map((it) => html`<li>${it}</li>\n`)}</ul>\n`}${services.map((it) => html`${services.length > 1 && heading(level + 1, html`${it.service}`)}${serviceChange(it, asOf, idsOf(it), base)}`)}</section>
`;
}

function serviceChange(change: ServiceChange, asOf: string, ids: ReadonlyMap<string, string>, base: string): Html {
  const { before, after, rules, remaining, waived = [] } = change;
  const verdicts = [before, after].map((it) => (it ? VERDICT_WORDS[it.verdict].word : 'not judged'));
  const kept = verdicts[0] === verdicts[1] ? `still ${verdicts[1]}` : `${verdicts[0]} → ${verdicts[1]}`;
  return html`<p>Verdict: ${kept}; ${counted(remaining, 'rule')} as unmet as before.</p>
${waived.length > 0 && html`<p>Waived by this change:</p><ul class="waivers">\n${waived.map((it) => html`<li>${ruleLink(it.rule, ids)}: ${agreementWords(it, asOf)}: ${it.reason}</li>\n`)}</ul>\n`}${rules.length > 0 && html`<ul class="changes">\n${rules.map((it) => ruleChange(it, ids, base))}</ul>\n`}`;
}

function ruleChange(change: RuleChange, ids: ReadonlyMap<string, string>, base: string): Html {
  const { rule, statement, severity, direction, blocks, appeared, gone, before, after } = change;
  const way = WAYS[direction];
  const stops = blocks && html` <strong>and blocks</strong>`;
  return html`<li><span class="way ${direction}">${sign(way.sign)}${way.word}</span>${stops} <span class="severity ${severity}">${SEVERITY_WORDS[severity].word}</span> ${ruleLink(rule, ids)}
<p>${statement}</p>
<p>${answer(before)} <span aria-hidden="true">→</span><span class="heard"> became </span> ${answer(after)}</p>
${problems('New', appeared, base)}${problems('Gone', gone, base)}</li>
`;
}

function answer(it: RuleChange['before']): Html {
  if (!it) return html`<span class="soft">not judged</span>`;
  return html`${rulingMark(it.ruling)} (${STANDING_WORDS[it.standing].word})`;
}

function problems(title: string, its: RuleChange['appeared'], base: string): Html | undefined {
  if (its.length === 0) return undefined;
  return html`<p>${title}:</p><ul class="problems">\n${its.map((it) => problemOf(it, '', base))}</ul>\n`;
}
