/** A report as one page of HTML that needs nothing else: light, dark and on paper, with filters where scripts run, whole where they do not. */

import { REPORT_PAGE_SCRIPT } from '../generated/report-page.ts';
import type { Report, ServiceChange, ServiceReport } from '../model.ts';
import type { Canvas } from './canvas.ts';
import { type Html, html, ours } from './escape-html.ts';
import type { Format } from './format.ts';
import { areaTable, findings } from './html-areas.ts';
import { patterns } from './html-bar.ts';
import { changeSection } from './html-change.ts';
import { filters } from './html-filters.ts';
import { estateHead, next, serviceHead } from './html-head.ts';
import { journeys } from './html-journeys.ts';
import { elsewhere, later, live, looked, unread } from './html-looked.ts';
import { findingIds, heading, verdictMark } from './html-marks.ts';
import { packages } from './html-packages.ts';
import type { Part } from './html-part.ts';
import { policyOf } from './html-policy.ts';
import { REPORT_STYLE } from './html-style.ts';
import { waivers } from './html-waivers.ts';
import { shownVerdict } from './tally.ts';
import { judgeWords } from './verdict-words.ts';
import { verdictWord } from './words.ts';
import { worstFirst } from './worst-first.ts';

/** The HTML format. */
export const format: Format = { summary: 'one page for a browser, with filters; no network, no other file', render };

const POLICY = policyOf(REPORT_PAGE_SCRIPT, REPORT_STYLE);

function render(report: Report, { base = '' }: Canvas): string {
  const services = worstFirst(report.services);
  const level = services.length === 1 ? 1 : 2;
  const parts = services.map((service, index): Part => {
    const prefix = prefixAt(index);
    return { report, service, prefix, level, base, ids: findingIds(service.findings, prefix) };
  });
  const chapters = parts.map((part): Chapter => ({ part, sections: sectionsOf(part) }));
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${POLICY}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="referrer" content="no-referrer"/>
<title>${titleOf(report, services)}</title>
<style>${ours(REPORT_STYLE)}</style>
</head>
<body>
<a class="to-content" href="#main">Skip to the content</a>
${patterns()}<div class="frame">
${masthead(report, parts)}<div class="columns">
<aside aria-label="Contents and filters">
<nav aria-label="Contents">${contents(report, chapters)}</nav>
${filters({ ...report, services }, (service) => prefixAt(services.indexOf(service)))}</aside>
<main id="main">
${report.change && changeSection(report, report.change, 2, (it) => idsFor(it, parts), base)}${chapters.map(chapter)}${notes(report)}</main>
</div>
${colophon(report)}</div>
<script>${ours(REPORT_PAGE_SCRIPT)}</script>
</body>
</html>
`.markup;
}

function prefixAt(index: number): string {
  return `s${index + 1}`;
}

function titleOf({ verdict, repo }: Report, services: readonly ServiceReport[]): string {
  const [only] = services;
  const name = services.length === 1 && only ? only.service.name : repo.name;
  return `${verdictWord(shownVerdict(verdict, services))}: ${name}, production readiness`;
}

/** Alone, a service's own head is the page's. */
function masthead(report: Report, parts: readonly Part[]): Html {
  const [only] = parts;
  if (parts.length === 1 && only) return serviceHead(only);
  return estateHead(
    report,
    parts.map(({ service }) => service),
    prefixAt,
  );
}

/** A service's sections: those without content are in no list and not on the page. */
interface Chapter {
  readonly part: Part;
  readonly sections: readonly Section[];
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

/** The sections of a service in the order in which a person wants them. */
function sectionsOf(part: Part): readonly Section[] {
  const all: readonly (readonly [name: string, title: string, content: Html | undefined])[] = [
    ['next', 'What to do next', next(part)],
    ['areas', 'Areas', areaTable(part)],
    ['findings', 'Findings', findings(part)],
    ['journeys', 'Budgets of journeys', journeys(part)],
    ['waivers', 'Waivers', waivers(part)],
    ['packages', 'Packages', packages(part)],
    ['live', 'Asked of what runs', live(part)],
    ['unread', 'Not read', unread(part)],
    ['elsewhere', 'Kept elsewhere', elsewhere(part)],
    ['later', 'Due later', later(part)],
    ['looked', 'What was looked at', looked(part)],
  ];
  return all.flatMap(([name, title, content]) => (content ? [{ id: `${part.prefix}-${name}`, title, content }] : []));
}

function chapter({ part, sections }: Chapter): Html {
  // Landmarks have names of their own, which sections of several services have not.
  const landmark = (id: string): Html | false => part.level === 1 && html` aria-labelledby="${id}"`;
  const its = sections.map(
    ({ id, title, content }) => html`<section${landmark(id)}>
${heading(part.level + 1, html`${title}`, id)}
${content}</section>
`,
  );
  if (part.level === 1) return html`${its}`;
  return html`<article aria-labelledby="${part.prefix}" class="service">
${serviceHead(part)}${its}</article>
`;
}

function contents({ change }: Report, chapters: readonly Chapter[]): Html {
  const [only] = chapters;
  const changed = change && html`<li><a href="#change">What changed</a></li>\n`;
  const entries =
    chapters.length === 1 && only
      ? only.sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>\n`)
      : chapters.map(
          ({ part: { prefix, service } }) =>
            html`<li><a href="#${prefix}">${service.service.name}</a> ${verdictMark(service.verdict, [service])}</li>\n`,
        );
  return html`<ol>
${changed}${entries}</ol>
`;
}

function idsFor({ service, dir }: ServiceChange, parts: readonly Part[]): ReadonlyMap<string, string> {
  const part = parts.find((it) => it.service.service.name === service && it.service.service.dir === dir);
  return part?.ids ?? new Map();
}

/** Trouble with the run itself. */
function notes({ notes: all }: Report): Html | undefined {
  if (all.length === 0) return undefined;
  return html`<section aria-labelledby="notes">
<h2 id="notes">Notes</h2>
<p class="soft">On this run, not on the service.</p>
<ul>
${all.map((note) => html`<li>${note}</li>\n`)}</ul>
</section>
`;
}

function colophon(report: Report): Html {
  const { asOf, checklists, policy } = report;
  const lists = [...checklists, ...(policy ? [{ name: `policy ${policy.name}`, digest: policy.digest }] : [])].map(
    ({ name, digest: of }) => html`<li>${name} ${of}</li>`,
  );
  return html`<footer class="soft">
<p>Written by ${judgeWords(report)}; ages and ends are counted as of ${asOf}. By these checklists:</p>
<ul class="places">${lists}</ul>
</footer>
`;
}
