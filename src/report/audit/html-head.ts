/** The first lines of an audit's page: how many are ready, by tier and by area, and whether the set is whole. Pure. */
import type { Ruling, Verdict } from '../../model.ts';
import type { Audit } from '../../model-audit.ts';
import { type Html, html } from '../escape-html.ts';
import { bar, swatch } from '../html-bar.ts';
import { sign } from '../html-marks.ts';
import { wide } from '../html-part.ts';
import { RULING_SIGNS } from '../signs.ts';
import { counted, percent, TIER_WORDS, verdictRuling, verdictWord } from '../words.ts';
import { type Gathered, VERDICTS } from './html-gather.ts';
import { missingSentence } from './missing.ts';

/** Most repositories without a row that are named. */
const MOST = 200;

/** None where nothing was judged. */
type Shown = Verdict | undefined;

/** Verdicts from good to bad, as the bar is read; that nothing was judged comes last, where there is such a service. */
function shownOf(services: Gathered['services']): readonly Shown[] {
  const all = VERDICTS.toReversed();
  return services.some((it) => VERDICTS[it[6]] === undefined) ? [...all, undefined] : all;
}

const FILLS: Readonly<Record<Ruling, string>> = {
  pass: 'shown',
  waived: 'conditional',
  fail: 'blocked',
  skip: 'unknown',
  trust: 'declared',
  warn: 'declared',
};

/** Everything before the sections. */
export function auditHead(audit: Audit, gathered: Gathered): Html {
  const { services, repositories, unjudged } = gathered;
  const ready = services.filter(([, , , , , , verdict]) => verdict === VERDICTS.indexOf('GO')).length;
  const lead =
    services.length === 0
      ? `No service was judged in ${counted(repositories, 'repository', 'repositories')}.`
      : `${ready} of ${counted(services.length, 'service')} ${ready === 1 || services.length === 1 ? 'is' : 'are'} ready (${percent(ready, services.length)} %), in ${counted(repositories, 'repository', 'repositories')}.`;
  return html`<header>
<h1>Estate <small>Production readiness of ${counted(services.length, 'service')}, as of ${audit.asOf}</small></h1>
<p class="lead">${lead}${unjudged.length > 0 && html` <a href="#unjudged">${counted(unjudged.length, 'repository was', 'repositories were')} not judged.</a>`}</p>
${incomplete(audit)}${overview(gathered)}</header>
`;
}

/** A set that is not whole is said first, and nothing on the page is a number of the whole. */
function incomplete({ missing }: Audit): Html | undefined {
  if (!missing) return undefined;
  const { repositories } = missing;
  return html`<div class="banner" role="note"><p><strong>${sign(RULING_SIGNS.warn)}${missingSentence(missing)}</strong> No number on this page counts what is missing.</p>
${repositories.length > 0 && html`<details><summary>${repositories.length === 1 ? 'Which it is' : 'Which they are'}</summary><p>${repositories.slice(0, MOST).map((it, index) => html`${index > 0 && ', '}${it}`)}${repositories.length > MOST && html` and ${repositories.length - MOST} more`}</p></details>`}</div>
`;
}

function overview({ services }: Gathered): Html | undefined {
  if (services.length === 0) return undefined;
  const counts = shownOf(services).map((verdict) => ({
    verdict,
    size: services.filter((it) => VERDICTS[it[6]] === verdict).length,
  }));
  const whole = services.length;
  return html`<div class="overview"><figure class="shares"><figcaption class="heard">Services by verdict</figcaption>
${bar(counts.map(({ verdict, size }) => ({ fill: fillOf(verdict), size, text: `${signOf(verdict)} ${size}` })))}
<ul class="legend">
${counts.map(({ verdict, size }) => html`<li>${swatch(fillOf(verdict))}<strong>${size}</strong> <span class="mark ${verdictRuling(verdict)}">${sign(signOf(verdict))}${verdictWord(verdict)}</span> <span class="soft">(${percent(size, whole)} %)</span></li>\n`)}</ul></figure>
${tiers(services)}</div>
`;
}

function signOf(verdict: Shown): string {
  return verdict === undefined ? '?' : RULING_SIGNS[verdictRuling(verdict)];
}

function fillOf(verdict: Shown): string {
  return FILLS[verdictRuling(verdict)];
}

function tiers(services: Gathered['services']): Html {
  const shown = shownOf(services);
  const rows = ([1, 2, 3, 4] as const).flatMap((tier) => {
    const its = services.filter((it) => it[4] === tier);
    return its.length > 0 ? [tierRow(tier, its, shown)] : [];
  });
  return wide(
    'Table of verdicts by tier',
    html`<table class="grid tiers">
<thead><tr><th scope="col">tier</th><th scope="col" class="count">services</th>${shown.map((it) => html`<th scope="col" class="count">${verdictWord(it)}</th>`)}<th scope="col" class="count">rules met</th></tr></thead>
<tbody>
${rows}</tbody>
</table>`,
  );
}

function tierRow(tier: keyof typeof TIER_WORDS, its: Gathered['services'], shown: readonly Shown[]): Html {
  const sum = (at: 7 | 8): number => its.reduce((total, service) => total + service[at], 0);
  const [met, applicable] = [sum(7), sum(8)];
  const counts = shown.map((verdict) => its.filter((it) => VERDICTS[it[6]] === verdict).length);
  return html`<tr><th scope="row"><a href="#tier=${tier}">${tier}</a> <span class="soft">${TIER_WORDS[tier]}</span></th><td class="count">${its.length}</td>${counts.map((it) => html`<td class="count">${it === 0 ? '·' : it}</td>`)}<td class="count">${applicable === 0 ? '·' : html`${percent(met, applicable)} %`}</td></tr>
`;
}
