/** An audit as one page that needs nothing else: where the estate stands, a heat map to filter and open, and what stands across services. */

import { AUDIT_PAGE_SCRIPT } from '../../generated/audit-page.ts';
import type { Audit } from '../../model-audit.ts';
import { type Html, html, ours } from '../escape-html.ts';
import { patterns } from '../html-bar.ts';
import { wide } from '../html-part.ts';
import { policyOf } from '../html-policy.ts';
import { counted } from '../words.ts';
import type { AuditFormat } from './format.ts';
import { across } from './html-across.ts';
import { blockers, moves } from './html-blockers.ts';
import { campaigns, clock } from './html-clock.ts';
import { dataPieces } from './html-data.ts';
import { type Gathered, gather } from './html-gather.ts';
import { auditHead } from './html-head.ts';
import { heatMap, withoutScript } from './html-services.ts';
import { AUDIT_STYLE } from './html-style.ts';
import { OUTCOME_WORDS } from './outcome-words.ts';

/** The HTML format of an audit. */
export const format: AuditFormat = {
  summary: 'one page for a browser: heat map, findings, graph, trends; no network, no other file',
  render,
};

const POLICY = policyOf(AUDIT_PAGE_SCRIPT, AUDIT_STYLE);

/** The script comes before the packs, so that the page is ready before they are read. */
function* render(audit: Audit): Iterable<string> {
  const gathered = gather(audit);
  yield top(audit, gathered).markup;
  yield* dataPieces(audit, gathered);
  yield html`<script>${ours(AUDIT_PAGE_SCRIPT)}</script>
`.markup;
  for (const [index, pack] of gathered.packs.entries())
    yield `<script type="text/plain" id="pack-${index}">${pack}</script>\n`;
  yield '</body>\n</html>\n';
}

function top(audit: Audit, gathered: Gathered): Html {
  const sections = sectionsOf(audit, gathered);
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${POLICY}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="referrer" content="no-referrer"/>
<title>Estate of ${counted(gathered.services.length, 'service')}, production readiness as of ${audit.asOf}</title>
<style>${ours(AUDIT_STYLE)}</style>
</head>
<body>
<a class="to-content" href="#main">Skip to the content</a>
${patterns()}<div class="frame">
${auditHead(audit, gathered)}<nav class="contents" aria-label="Contents"><ol>
${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>\n`)}</ol></nav>
<main id="main">
${sections.map(
  ({ id, title, content }) => html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${content}</section>
`,
)}</main>
${colophon(audit)}</div>
`;
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

/** In the order in which a tech lead asks. */
function sectionsOf(audit: Audit, gathered: Gathered): readonly Section[] {
  const all: readonly (readonly [id: string, title: string, content: Html | undefined])[] = [
    ['services', 'Services', html`${heatMap(gathered)}${withoutScript(gathered)}`],
    ['blockers', 'What stops the most services', blockers(gathered)],
    ['moves', 'Better and worse', moves(audit, gathered)],
    ['across', 'Across services', across(audit.estate.findings, gathered)],
    ['graph', 'Dependencies', graph(audit)],
    ['waivers', 'Waivers', clock(audit, gathered)],
    ['campaigns', 'Campaigns', campaigns(audit, gathered)],
    ['unjudged', 'Not judged', unjudged(gathered)],
    ['notes', 'Notes', notes(gathered)],
  ];
  return all.flatMap(([id, title, content]) => (content ? [{ id, title, content }] : []));
}

function graph({ estate: { edges } }: Audit): Html | undefined {
  if (edges.length === 0) return undefined;
  const risky = edges.filter(({ rules }) => rules.length > 0).length;
  return html`<p>${counted(edges.length, 'dependency', 'dependencies')} declared${risky > 0 && html`, <strong class="worse">✖ ${risky} with a problem</strong>`}.</p>
<noscript><p>The graph and its table need JavaScript.</p></noscript>
<div id="graph-view" hidden=""></div>
`;
}

function unjudged({ unjudged: all }: Gathered): Html | undefined {
  if (all.length === 0) return undefined;
  return wide(
    'Table of repositories that were not judged',
    html`<table class="grid">
<thead><tr><th scope="col">repository</th><th scope="col">what became of it</th><th scope="col">because</th></tr></thead>
<tbody>
${all.map(({ repo, outcome, because }) => html`<tr><th scope="row">${repo}</th><td>${OUTCOME_WORDS[outcome]}</td><td>${because ?? '–'}</td></tr>\n`)}</tbody>
</table>`,
  );
}

/** Trouble with the run itself. */
function notes({ notes: all }: Gathered): Html | undefined {
  if (all.length === 0) return undefined;
  return html`<p class="soft">On the run, not on the services.</p>
<ul>
${all.map((note) => html`<li>${note}</li>\n`)}</ul>
`;
}

function colophon({ tool, asOf, checklists, policy, yardstick }: Audit): Html {
  const lists = [...checklists, ...(policy ? [{ name: `policy ${policy.name}`, digest: policy.digest }] : [])];
  return html`<footer class="soft">
<p>Written by gonogo ${tool.version}, yardstick ${yardstick}; ages and ends are counted as of ${asOf}. By these checklists:</p>
<ul class="places">${lists.map(({ name, digest: of }) => html`<li>${name} ${of}</li>`)}</ul>
</footer>
`;
}
