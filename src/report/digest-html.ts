/** A digest as one self-contained page of HTML: no script, nothing from the network, light and dark, printable. */

import type { Digest } from '../trends/digest.ts';
import { type DigestSection, digestPage } from './digest-page.ts';
import { type Html, html, ours } from './escape-html.ts';
import { wide } from './html-part.ts';
import { STILL_PAGE } from './html-policy.ts';
import { PAGE_STYLE } from './page-style.ts';

const STYLE = `${PAGE_STYLE}
header { border-bottom: 2px solid var(--ink); padding-bottom: 1rem; margin-bottom: 1.25rem; }
section { background: var(--paper); border: 1px solid var(--rule); border-radius: .5rem; padding: 1rem 1.25rem; margin-bottom: 1rem; }
section p { margin: 0; }
.wide { overflow-x: auto; }
th { font-size: .85rem; color: var(--soft); font-weight: 600; border-bottom: 1px solid var(--rule); }
td { border-bottom: 1px solid var(--rule); padding-top: .3rem; padding-bottom: .3rem; min-width: 6rem; max-width: 34rem; overflow-wrap: anywhere; }
th:last-child, td:last-child { padding-right: 0; }
tbody tr:last-child td { border-bottom: 0; }
th.count { text-align: right; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; margin: .75rem 0 0; padding: 0; }
@media screen and (max-width: 40rem) { td:not(.count) { min-width: 10rem; } }
@media print { nav { display: none; } section { border: 0; padding: 0; } .wide { overflow: visible; } table { font-size: 1em; } }
`;

/** The page. */
export function digestHtml(digest: Digest): string {
  const { title, lead, sections } = digestPage(digest);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${STILL_PAGE}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${ours(STYLE)}</style>
</head>
<body>
<a class="to-content" href="#main">Skip to the content</a>
<div class="frame">
<main id="main">
<header>
<h1>${title}</h1>
${lead.map((sentence) => html`<p>${sentence}</p>\n`)}<nav aria-label="Parts of this page"><ul>
${sections.map(({ id, title: part }) => html`<li><a href="#${id}">${part}</a></li>\n`)}</ul></nav>
</header>
${sections.map(sectionOf)}</main>
</div>
</body>
</html>
`.markup;
}

function sectionOf({ id, title, lead, columns, numbers = [], rows }: DigestSection): Html {
  const kind = (index: number): Html => html`${numbers.includes(index) && ours(' class="count"')}`;
  const head = columns.map((column, index) => html`<th scope="col"${kind(index)}>${column}</th>`);
  const body = rows.map((row) => html`<tr>${row.map((cell, index) => html`<td${kind(index)}>${cell}</td>`)}</tr>\n`);
  const table = html`<table>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody>
</table>`;
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
<p>${lead}</p>
${rows.length > 0 && wide(`Table: ${title}`, table)}</section>
`;
}
