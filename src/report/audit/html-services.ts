/** The shell of an audit page's heat map, filled by the page's script, and the table that stands in its place where no script runs. Pure. */
import { grouped } from '../../grouped.ts';
import { type Html, html } from '../escape-html.ts';
import { sign } from '../html-marks.ts';
import { wide } from '../html-part.ts';
import { compareText } from '../order.ts';
import { RULING_SIGNS } from '../signs.ts';
import { counted, RULING_WORDS, verdictRuling, verdictWord } from '../words.ts';
import { type Gathered, STAGES, VERDICTS } from './html-gather.ts';
import type { PageService } from './page-data.ts';

/** Most services in the table without a script. */
const MOST = 1000;

/** Filters, heat map and what opens from it: hidden until the script shows them. */
export function heatMap({ services, owners }: Gathered): Html {
  if (services.length === 0) return html`<p>No service was judged, so there is nothing to show here.</p>\n`;
  return html`<div id="live" hidden="">
<form id="filters" role="search" aria-label="Filter the services">
<p class="wide-field"><label for="by-text">Text</label> <input type="search" id="by-text" name="text" autocomplete="off" placeholder="service, repository, owner or unmet rule"/></p>
${choices('owner', 'Owner', [...owners.toSorted(compareText).map((it) => [it, it] as const), ...(services.some((it) => it[3] < 0) ? [['-', '(nobody)'] as const] : [])])}${choices(
  'tier',
  'Tier',
  [1, 2, 3, 4].map((it) => [String(it), String(it)] as const),
)}${choices(
  'stage',
  'Stage',
  STAGES.map((it) => [it, it] as const),
)}${choices('verdict', 'Verdict', [...VERDICTS.map((it) => [it, it] as const), ['-', verdictWord(undefined)] as const])}</form>
<p class="tools"><span id="shown" role="status" aria-live="polite"></span> <button type="button" id="clear">Show all</button> <a id="permalink" href="#">Link to this view</a> <span class="downloads"><button type="button" id="csv-services">CSV of services</button> <button type="button" id="csv-findings">CSV of findings</button></span></p>
${legend()}<p class="soft hint">Each cell is an area at its worst, with how many of its rules are not met. Arrow keys move, Enter opens or sorts, Escape closes.</p>
<div id="map" class="map"></div>
<p id="none" hidden="">No service is like that. <button type="button" id="clear-too">Show all</button></p>
</div>
<div class="on-paper" id="paper"></div>
<dialog id="drill" aria-labelledby="drill-name"></dialog>
`;
}

function choices(name: string, label: string, its: readonly (readonly [value: string, word: string])[]): Html {
  return html`<p><label for="by-${name}">${label}</label> <select id="by-${name}" name="${name}"><option value="">any</option>${its.map(([value, word]) => html`<option value="${value}">${word}</option>`)}</select></p>
`;
}

/** What each sign of the heat map means. */
function legend(): Html {
  const order = ['fail', 'waived', 'warn', 'trust', 'pass', 'skip'] as const;
  return html`<ul class="legend cells" aria-label="What the cells mean">
${order.map((it) => html`<li><span class="sample ${it}" aria-hidden="true">${RULING_SIGNS[it]}</span>${RULING_WORDS[it].word} <span class="soft">${RULING_WORDS[it].meaning}</span></li>\n`)}</ul>
`;
}

/** Everything for a reader without scripts: the worst first. */
export function withoutScript({ services, owners }: Gathered): Html {
  if (services.length === 0) return html``;
  const listed = services.toSorted((a, b) => a[6] - b[6] || compareText(a[0], b[0])).slice(0, MOST);
  return html`<noscript>
<p>Filters, the heat map, findings and the graph need JavaScript; nothing is loaded or sent either way. The services, the worst first:</p>
${wide(
  'Table of services',
  html`<table class="grid">
<thead><tr><th scope="col">service</th><th scope="col">repository</th><th scope="col" class="count">tier</th><th scope="col">owner</th><th scope="col">verdict</th><th scope="col" class="count">met</th></tr></thead>
<tbody>
${listed.map((it) => plainRow(it, owners))}</tbody>
</table>`,
)}${services.length > MOST && html`<p>${ends(services.slice(), MOST)}</p>`}</noscript>
`;
}

/** How many are left out, by verdict. */
function ends(services: readonly PageService[], shown: number): string {
  const rest = services.toSorted((a, b) => a[6] - b[6]).slice(shown);
  const parts = [...grouped(rest, (it) => verdictWord(VERDICTS[it[6]]))].map(([word, its]) => `${its.length} ${word}`);
  return `And ${counted(rest.length, 'service')} more: ${parts.join(', ')}.`;
}

function plainRow(
  [repo, dir, name, owner, tier, , verdict, met, applicable]: PageService,
  owners: readonly string[],
): Html {
  const ruling = verdictRuling(VERDICTS[verdict]);
  return html`<tr><th scope="row">${name}</th><td>${repo}${dir !== '' && html`//${dir}`}</td><td class="count">${tier}</td><td>${owners[owner] ?? '–'}</td><td><span class="mark ${ruling}">${sign(RULING_SIGNS[ruling])}${verdictWord(VERDICTS[verdict])}</span></td><td class="count">${met}/${applicable}</td></tr>
`;
}
