/** The style of a handover in HTML, beyond what every page has. */
import { PAGE_STYLE } from './page-style.ts';

/** One style sheet for the whole page. */
export const HANDOVER_STYLE = `${PAGE_STYLE}
header { border-bottom: 2px solid var(--ink); padding-bottom: 1.25rem; margin-bottom: 1.5rem; }
h1 small { display: block; font-size: 1rem; font-weight: 600; color: var(--soft); letter-spacing: .02em; }
.origin { color: var(--soft); }
nav { position: sticky; top: 1.5rem; align-self: start; max-height: calc(100vh - 3rem); overflow: auto; padding: 2px; }
section { background: var(--paper); border: 1px solid var(--rule); border-radius: .5rem; padding: 1.25rem 1.4rem; margin-bottom: 1.25rem; }
dl > div { display: grid; grid-template-columns: 11.5rem minmax(0, 1fr) 8.5rem; gap: 0 1.1rem; padding: .5rem 0; border-top: 1px solid var(--rule); }
dt { grid-row: 1 / span 5; }
dd.mark { grid-column: 3; grid-row: 1; text-align: right; font-size: .88rem; font-weight: 600; white-space: nowrap; }
dd.text { grid-column: 2; grid-row: 1; }
dd.more { grid-column: 2 / 4; font-size: .88rem; color: var(--soft); }
.mark.verified, th.verified { color: var(--verified); } .mark.declared, th.declared { color: var(--declared); }
.mark.contradicted, th.contradicted { color: var(--contradicted); } .mark.stale, th.stale { color: var(--stale); }
.mark.missing, th.missing { color: var(--missing); } .mark.unknown, th.unknown { color: var(--unknown); }
blockquote { margin: .4rem 0; padding: .6rem .9rem; background: var(--quote); border-left: 3px solid var(--rule); color: var(--ink);
  font: .95em/1.5 ui-monospace, "Liberation Mono", monospace; }
blockquote p { margin: 0 0 .35rem; max-width: none; }
@media (max-width: 62rem) { nav { position: static; max-height: none; } nav ol { columns: 2; } }
@media (max-width: 40rem) { dl > div { grid-template-columns: minmax(0, 1fr) auto; } dd.text, dd.more { grid-column: 1 / 3; grid-row: auto; }
  dt { grid-row: 1; } dd.mark { grid-column: 2; } section { padding: 1rem; } }
@media print {
  section { border: 0; border-radius: 0; padding: 0; margin: 0 0 1.2rem; }
  dl > div, blockquote p { break-inside: avoid; }
  dl > div { grid-template-columns: 10.5rem minmax(0, 1fr) max-content; padding: .15rem 0; } dd.mark, dd.more, table { font-size: 1em; }
  .service + .service { break-before: page; }
}
`;
