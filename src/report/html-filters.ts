/** The form that narrows the findings on a report's page. Hidden until the page's script shows it: without one it would do nothing. */
import type { Report, Ruling, ServiceReport, Severity, Standing } from '../model.ts';
import { type Html, html } from './escape-html.ts';
import { sign } from './html-marks.ts';
import { RULING_SIGNS } from './signs.ts';
import { RULING_WORDS, SEVERITY_WORDS, STANDING_WORDS } from './words.ts';

/** In which order rulings are offered: what asks for something first. */
const OFFERED: readonly Ruling[] = ['fail', 'waived', 'warn', 'trust', 'pass', 'skip'];

/** One choice of a list. */
interface Choice {
  readonly value: string;
  readonly word: string;
}

/** The form; the services are named where there are several. */
export function filters({ services }: Report, prefixOf: (service: ServiceReport) => string): Html {
  const all = services.flatMap(({ findings }) => findings);
  const areas = [...new Set(all.map(({ area }) => area))].map((area) => ({ value: area, word: area }));
  const several = services.map((it) => ({ value: prefixOf(it), word: it.service.name }));
  return html`<details open="" hidden="" id="filter-box"><summary>Filter the findings</summary>
<form id="filters">
<p><label for="by-text">Text</label> <input type="search" id="by-text" name="text" autocomplete="off"/></p>
<fieldset><legend>Ruling</legend>
${OFFERED.map((ruling) => rulingChoice(ruling, all.filter((it) => it.ruling === ruling).length))}</fieldset>
${choices('severity', 'Severity', wordChoices<Severity>(['critical', 'major', 'standard'], SEVERITY_WORDS))}${choices(
  'standing',
  'Standing',
  wordChoices<Standing>(
    ['verified', 'declared', 'contradicted', 'stale', 'missing', 'unknown', 'not-applicable'],
    STANDING_WORDS,
  ),
)}${choices('area', 'Area', areas)}${services.length > 1 && choices('service', 'Service', several)}<p class="buttons"><button type="button" id="clear">Show all</button> <button type="button" id="unfold">Open all</button> <button type="button" id="fold">Close all</button></p>
</form>
</details>
<p id="shown" role="status" aria-live="polite"></p>
`;
}

function rulingChoice(ruling: Ruling, count: number): Html {
  return html`<label class="choice"><input type="checkbox" name="ruling" value="${ruling}"/> <span class="mark ${ruling}">${sign(RULING_SIGNS[ruling])}${RULING_WORDS[ruling].word}</span> <span class="soft">${count}</span></label>
`;
}

function wordChoices<T extends string>(
  values: readonly T[],
  words: Readonly<Record<T, { readonly word: string }>>,
): readonly Choice[] {
  return values.map((value) => ({ value, word: words[value].word }));
}

function choices(name: string, label: string, its: readonly Choice[]): Html {
  return html`<p><label for="by-${name}">${label}</label> <select id="by-${name}" name="${name}"><option value="">any</option>${its.map(({ value, word }) => html`<option value="${value}">${word}</option>`)}</select></p>
`;
}
