/** A handover as one self-contained page of HTML: no script, nothing from the network, light and dark, printable. */

import type { Group, Handover, Line, Mark, Section, ServiceHandover } from '../handover/handover.ts';
import { type Html, html, ours } from './escape-html.ts';
import { HANDOVER_STYLE } from './handover-style.ts';
import { MARK_SIGNS, MARKS, markMeaning, originWords, serviceWords, shareWords } from './handover-words.ts';
import { placeList } from './html-place.ts';
import { STILL_PAGE } from './html-policy.ts';
import { nameWords, STANDING_WORDS } from './words.ts';

/** The page; `base` leads from its folder to the repository's root. */
export function handoverHtml(handover: Handover, base: string): string {
  const { services, repo, notes } = handover;
  const [first] = services;
  const title = services.length === 1 && first ? first.title : repo.name;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${STILL_PAGE}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}: handover</title>
<style>${ours(HANDOVER_STYLE)}</style>
</head>
<body>
<a class="to-content" href="#main">Skip to the content</a>
<div class="frame columns">
<nav aria-label="Contents">
${services.map((service, index) => contentsOf(service, index, services.length))}</nav>
<main id="main">
${services.map((service, index) => servicePage(handover, service, index, base))}${notes.map((note) => html`<p class="soft">Note: ${note}</p>\n`)}</main>
</div>
</body>
</html>
`.markup;
}

function contentsOf({ title, sections }: ServiceHandover, index: number, count: number): Html {
  return html`${count > 1 && html`<p><strong>${title}</strong></p>\n`}<ol>
${sections.map((section) => html`<li><a href="#${idOf(section, index)}">${section.title}</a></li>\n`)}</ol>
`;
}

/** Of the page and not of the repository, so that no name from there is an id. */
function idOf({ id }: Section, index: number): string {
  return index === 0 ? id : `${id}-${index + 1}`;
}

function servicePage(handover: Handover, service: ServiceHandover, index: number, base: string): Html {
  return html`<article class="service" aria-labelledby="service-${index + 1}">
<header>
<h1 id="service-${index + 1}">${service.title} <small>Handover</small></h1>
<p>${serviceWords(service)}</p>
<p>Readiness: <span class="verdict">${service.verdict}</span></p>
<p class="origin">${originWords(handover)} ${shareWords(service)}; each says which it is, and where to look.</p>
<table>
<caption class="soft" hidden>What the marks mean</caption>
${MARKS.flatMap((mark) => legendRow(mark, service.marks[mark]))}</table>
</header>
${service.sections.map((section) => sectionOf(section, idOf(section, index), base))}</article>
`;
}

function legendRow(mark: Mark, count: number): readonly Html[] {
  if (count === 0) return [];
  return [
    html`<tr><th scope="row" class="${mark}">${markOf(mark)}</th><td class="count">${count}</td><td>${markMeaning(mark)}</td></tr>\n`,
  ];
}

/** The sign is for the eye; a screen reader says the word alone. */
function markOf(mark: Mark): Html {
  return html`<span aria-hidden="true">${MARK_SIGNS[mark]} </span>${STANDING_WORDS[mark].word}`;
}

function sectionOf({ title, lead, groups }: Section, id: string, base: string): Html {
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${lead !== undefined && html`<p>${lead}</p>\n`}${groups.map((group) => groupOf(group, base))}</section>
`;
}

function groupOf({ title, lines }: Group, base: string): Html {
  return html`${title !== undefined && html`<h3>${title}</h3>\n`}<dl>
${lines.map((line) => lineOf(line, base))}</dl>
`;
}

function lineOf({ label, text, mark, because, places, quote }: Line, base: string): Html {
  return html`<div><dt>${nameWords(label)}</dt><dd class="text">${text}</dd><dd class="mark ${mark}">${markOf(mark)}</dd>${
    because !== undefined && html`<dd class="more">${because}</dd>`
  }${quote && quoteOf(quote)}${places.length > 0 && html`<dd class="more">${placeList(places, base)}</dd>`}</div>
`;
}

function quoteOf(lines: readonly string[]): Html {
  return html`<dd class="more"><blockquote>${lines.map((line) => html`<p>${line}</p>`)}</blockquote></dd>`;
}
