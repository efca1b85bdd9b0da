/** The first lines about a service or about all of them: verdict, why, who is judged, and how much of it is shown. */
import type { Report, ServiceReport } from '../model.ts';
import { type Html, html } from './escape-html.ts';
import { bar, swatch } from './html-bar.ts';
import { heading, rulingMark, verdictMark } from './html-marks.ts';
import { type Part, ruleLink, wide } from './html-part.ts';
import { placeLink } from './html-place.ts';
import { nextSteps } from './order.ts';
import { tally } from './tally.ts';
import { assuranceWords, circumstanceWords, estateWords, scoreWords, verdictReason } from './verdict-words.ts';
import { counted, percent } from './words.ts';

/** Everything about a service that comes before its sections. */
export function serviceHead(part: Part): Html {
  const { report, service, level, prefix } = part;
  const { verdict, findings } = service;
  const { name, tier, stage, profile } = service.service;
  return html`<header>
<p class="line">${verdictMark(verdict, [service])} <span class="soft">tier ${tier}, ${stage}, ${profile} profile</span></p>
${heading(level, html`${name}${level === 1 && html` <small>Production readiness</small>`}`, prefix)}
<p class="lead">${verdictReason(findings, verdict, report.asOf)}</p>
${assurance(service)}<ul class="circumstances soft">
${circumstanceWords(service, report).map((it) => html`<li>${it}</li>\n`)}</ul>
</header>
`;
}

/** The verdict over several services, and one row for each. */
export function estateHead(
  report: Report,
  services: readonly ServiceReport[],
  prefixOf: (index: number) => string,
): Html {
  const words =
    services.length === 0
      ? 'No service was judged.'
      : `${counted(services.length, 'service')}: ${estateWords(services).join(', ')}.`;
  const rows = services.map((service, index) => estateRow(service, prefixOf(index)));
  return html`<header>
<p class="line">${verdictMark(report.verdict, services)} <span class="soft">as of ${report.asOf}</span></p>
<h1>${report.repo.name} <small>Production readiness</small></h1>
<p class="lead">${words}</p>
${wide(
  'Table of services',
  html`<table class="grid">
<thead><tr><th scope="col">service</th><th scope="col">verdict</th><th scope="col" class="count">tier</th><th scope="col" class="count">blocking</th><th scope="col" class="count">waived</th><th scope="col" class="count">warnings</th><th scope="col" class="count">met</th><th scope="col" class="count">verified</th><th scope="col">owner</th></tr></thead>
<tbody>
${rows}</tbody>
</table>`,
)}</header>
`;
}

function estateRow(service: ServiceReport, prefix: string): Html {
  const { blocking, waived, warnings, met, verified, applicable } = tally(service.findings);
  const { name, tier, owner } = service.service;
  const counts = [
    String(tier),
    String(blocking),
    String(waived),
    String(warnings),
    `${met}/${applicable}`,
    `${percent(verified, applicable)} %`,
  ];
  return html`<tr><th scope="row"><a href="#${prefix}">${name}</a></th><td>${verdictMark(service.verdict, [service])}</td>${counts.map((it) => html`<td class="count">${it}</td>`)}<td>${owner ?? '–'}</td></tr>
`;
}

/** The bar, the numbers it is drawn from, and the score with how it comes about. */
function assurance(service: ServiceReport): Html | undefined {
  const { applicable, verified, declared, unknown } = tally(service.findings);
  if (applicable === 0) return undefined;
  const rest = applicable - verified - declared - unknown;
  const parts = [
    { fill: 'shown', size: verified, name: 'verified', means: 'the repository shows it' },
    { fill: 'declared', size: declared, name: 'only declared', means: 'the manifest says so' },
    { fill: 'unmet', size: rest, name: 'contradicted, stale or missing', means: 'not as it should be' },
    { fill: 'unknown', size: unknown, name: 'unknown', means: 'could not be read' },
  ];
  return html`<figure class="assurance">
<figcaption><strong>Assurance</strong>: ${assuranceWords(service.findings)}</figcaption>
${bar(parts.map(({ fill, size }) => ({ fill, size, text: String(size) })))}
<ul class="legend">
${parts.map(({ fill, size, name, means }) => html`<li>${swatch(fill)}<strong>${size}</strong> ${name} <span class="soft">(${means})</span></li>\n`)}</ul>
<p class="soft">${parts.map(({ size }) => size).join(' + ')} = ${counted(applicable, 'applicable rule')}; ${scoreWords(service)}.</p>
</figure>
`;
}

/** The next three things to do, each with the place to begin at. */
export function next({ service, ids, base }: Part): Html | undefined {
  const steps = nextSteps(service.findings);
  if (steps.length === 0) return undefined;
  return html`<ol class="next">
${steps.map(
  ({ finding, fix, at }) =>
    html`<li>${rulingMark(finding.ruling)} ${ruleLink(finding.rule, ids)}<p>${fix}</p>${at && html`<p class="at">${placeLink(at, base)}</p>`}</li>\n`,
)}</ol>
`;
}
