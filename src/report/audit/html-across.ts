/** What stands across services, on an audit's page: each estate rule with its problems, the way through the graph, and the places. Pure. */
import type { EstateFinding, EstateProblem, ServiceKey } from '../../model-audit.ts';
import { type Html, html } from '../escape-html.ts';
import { heading } from '../html-marks.ts';
import { placeText } from '../places.ts';
import { counted, SEVERITY_WORDS, STANDING_WORDS } from '../words.ts';
import type { Gathered } from './html-gather.ts';
import { keyLink } from './html-links.ts';

/** Most problems of one rule on the page; the JSON Lines format has all. */
const MOST = 100;

/** So many problems are shown unfolded. */
const FEW = 10;

/** Standings that ask for nothing. */
const SETTLED: readonly string[] = ['verified', 'declared', 'not-applicable'];

/** What is wrong first; nothing where there is no estate rule. */
export function across(findings: readonly EstateFinding[], gathered: Gathered): Html | undefined {
  if (findings.length === 0) return undefined;
  const open = findings.filter(({ standing }) => !SETTLED.includes(standing));
  const settled = findings.filter(({ standing }) => SETTLED.includes(standing));
  return html`${open.length === 0 && html`<p>Nothing is wrong between the services.</p>\n`}${[...open, ...settled].map((it) => findingOf(it, gathered))}`;
}

function findingOf(finding: EstateFinding, gathered: Gathered): Html {
  const { rule, statement, severity, standing, because, problems, why, fix, more = 0 } = finding;
  const left = Math.max(0, problems.length - MOST) + more;
  const ruling = SETTLED.includes(standing)
    ? standing === 'verified'
      ? 'pass'
      : 'skip'
    : standing === 'unknown'
      ? 'warn'
      : 'fail';
  return html`<details class="finding ${ruling}"${problems.length > 0 && problems.length <= FEW && html` open=""`}>
<summary><span class="mark ${standing}">${STANDING_WORDS[standing].word}</span> <span class="severity ${severity}">${SEVERITY_WORDS[severity].word}</span> ${heading(3, html`${statement}`)} <code>${rule}</code>${problems.length > 0 && html` <span class="soft">${counted(problems.length + more, 'problem')}</span>`}</summary>
<p class="opinion">${because}</p>
${problems.length > 0 && html`<ul class="problems">\n${problems.slice(0, MOST).map((it) => problemOf(it, fix, gathered))}</ul>\n`}${left > 0 && html`<p class="soft">And ${left} more.</p>\n`}<dl class="facts">
<div><dt>Why</dt><dd>${why}</dd></div>
<div><dt>Fix</dt><dd>${fix}</dd></div>
</dl>
</details>
`;
}

function problemOf(problem: EstateProblem, known: string, gathered: Gathered): Html {
  const { message, path, services, places, fix } = problem;
  const keys = new Map(services.map((key) => [nameOf(gathered, key), key]));
  const way =
    path.length > 0 &&
    html`<p class="way-through"><span class="heard">Way: </span>${path.map((name, index) => html`${index > 0 && html` <span aria-hidden="true">→</span><span class="heard"> to </span> `}<span class="hop">${hop(name, keys.get(name), gathered)}</span>`)}</p>`;
  const others = services.filter((key) => !path.includes(nameOf(gathered, key)));
  const whose =
    others.length > 0 &&
    html`<p class="soft">${others.map((key, index) => html`${index > 0 && ', '}${keyLink(gathered, key)}`)}</p>`;
  const where =
    places.length > 0 &&
    html`<ul class="places">${places.map(({ repo, ...place }) => html`<li>${repo}: ${placeText(place)}</li>`)}</ul>`;
  return html`<li>${message}${way}${whose}${where}${fix !== undefined && fix !== known && html`<p>${fix}</p>`}</li>
`;
}

/** A service on the way leads to what stands about it. */
function hop(name: string, key: ServiceKey | undefined, gathered: Gathered): Html {
  return key === undefined ? html`${name}` : keyLink(gathered, key);
}

function nameOf({ services, numberOf }: Gathered, key: ServiceKey): string {
  return services[numberOf.get(key) ?? -1]?.[2] ?? key;
}
