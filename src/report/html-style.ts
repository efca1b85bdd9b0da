/** The style of a report in HTML, beyond what every page has. */
import { PAGE_STYLE } from './page-style.ts';

/** One style sheet for the whole page. Only what is shown by the repository is green and solid. */
export const REPORT_STYLE = `${PAGE_STYLE}
:root { --even: #2f5d8a; --odd: #66489a; --on: #ffffff; --empty: #e9e6e0; }
@media (prefers-color-scheme: dark) { :root { --even: #8ab8e6; --odd: #c0a9ee; --on: #14171a; --empty: #2c3238; } }
[hidden] { display: none !important; }
.frame > header { border-bottom: 2px solid var(--ink); padding-bottom: 1rem; margin-bottom: 1.5rem; }
h1 small { display: block; font-size: 1rem; font-weight: 600; color: var(--soft); letter-spacing: .02em; }
h1, h2, h3, h4, h5 { overflow-wrap: anywhere; }
h4, h5 { font-size: 1rem; margin: 1rem 0 .35rem; }
.line { display: flex; flex-wrap: wrap; gap: .35rem .8rem; align-items: center; max-width: none; }
.line .verdict { font-size: 1.25rem; }
.lead { font-size: 1.08rem; max-width: 62rem; }
.circumstances { margin: 0; padding: 0; list-style: none; font-size: .92rem; overflow-wrap: anywhere; }
code { font: .92em ui-monospace, "Liberation Mono", monospace; overflow-wrap: anywhere; }
.mark { font-weight: 600; white-space: nowrap; }
.pass, .better { color: var(--verified); } .trust { color: var(--declared); } .warn, .soon strong { color: var(--stale); } .fail, .worse { color: var(--contradicted); }
.waived, .mixed { color: var(--waived); } .skip, .none, .neither, .eased { color: var(--soft); } .mark.unknown { color: var(--unknown); }
.verified { color: var(--verified); } .declared { color: var(--declared); } .contradicted { color: var(--contradicted); }
.stale { color: var(--stale); } .missing { color: var(--missing); } .unknown { color: var(--unknown); } .not-applicable { color: var(--soft); }
.way { font-weight: 600; }
.severity { font-size: .85rem; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .5rem; color: var(--soft); white-space: nowrap; }
.severity.critical { color: var(--ink); font-weight: 700; border-width: 2px; } .severity.major { color: var(--ink); }
.at, .equation { font: .88em/1.6 ui-monospace, "Liberation Mono", monospace; overflow-wrap: anywhere; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
main > section, .service { background: var(--paper); border: 1px solid var(--rule); border-radius: .5rem; padding: 1.25rem 1.4rem; margin-bottom: 1.25rem; }
.service > header { border-bottom: 1px solid var(--rule); padding-bottom: .75rem; }
.service section { margin-top: 1.5rem; }
aside { position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); overflow: auto; padding: 3px; font-size: .92rem; }
.columns { grid-template-columns: 15rem minmax(0, 1fr); gap: 2rem; }
nav .verdict { font-size: .8rem; border-width: 1px; padding: 0 .35rem; }
#filter-box { border-top: 1px solid var(--rule); margin-top: .8rem; padding-top: .8rem; }
#filter-box summary { font-weight: 600; }
form p { display: grid; grid-template-columns: 5rem minmax(0, 1fr); gap: .4rem; align-items: center; margin: .4rem 0; }
form .buttons { display: flex; flex-wrap: wrap; } .buttons button { padding: .1rem .45rem; }
fieldset { border: 1px solid var(--rule); border-radius: .35rem; margin: .5rem 0; padding: .2rem .6rem .4rem; min-width: 0; }
.choice { display: flex; gap: .4rem; align-items: center; min-height: 1.75rem; }
.choice .soft { margin-left: auto; font-variant-numeric: tabular-nums; }
input, select, button { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: .3rem; min-height: 1.9rem; max-width: 100%; }
input[type="checkbox"] { width: 1.1rem; min-height: 1.1rem; accent-color: var(--link); }
input[type="search"], select { padding: .1rem .4rem; width: 100%; } button { padding: .1rem .6rem; cursor: pointer; }
input:focus-visible, select:focus-visible, button:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
#shown { font-weight: 600; margin: .6rem 0 0; }
summary { cursor: pointer; }
.finding { border: 1px solid var(--rule); border-left: 4px solid currentColor; border-radius: .35rem; padding: .5rem .8rem; margin: 0 0 .6rem; }
.finding > * { color: var(--ink); } .finding.fail, .finding.waived, .finding.warn { border-left-width: 6px; }
.finding.trust { border-left-style: double; border-left-width: 6px; } .finding.skip { border-left-style: dotted; }
.finding > summary h4, .finding > summary h3, .finding > summary h5 { display: inline; margin: 0; font-size: 1rem; }
.finding > summary code { color: var(--soft); }
.opinion { margin: .5rem 0; max-width: 80ch; } .opinion strong { font-weight: 700; }
.problems, .gaps, .changes, .waivers, .next { padding-left: 1.2rem; margin: 0 0 .6rem; } .problems li, .gaps li { margin: .25rem 0; overflow-wrap: anywhere; }
.problems p, .changes p { margin: .1rem 0; } .changes > li, .waivers > li, .next > li { margin: 0 0 .8rem; } .next p { margin: .1rem 0; }
.facts > div { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr); gap: .1rem .8rem; padding: .2rem 0; font-size: .95rem; }
.facts dt { color: var(--soft); } .facts dd { max-width: 80ch; }
.wide { overflow-x: auto; max-width: 100%; }
.grid { width: 100%; } .grid th, .grid td { padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--rule); } .grid thead th { color: var(--soft); font-weight: 600; }
.many { font-size: .9rem; } .many td { min-width: 4.5rem; } .many .long { min-width: 12rem; }
.grid .count { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } .grid .verdict { border-width: 1px; font-size: .9rem; white-space: nowrap; }
.some-blocking { color: var(--contradicted); font-weight: 700; } .some-waived { color: var(--waived); font-weight: 700; } .some-warnings { color: var(--stale); font-weight: 700; }
figcaption .mark { white-space: normal; } figure { margin: 0 0 1rem; } figcaption { margin-bottom: .4rem; } figure .soft { font-size: .92rem; max-width: none; }
.legend { margin: .4rem 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; font-size: .92rem; overflow-wrap: anywhere; }
ol.legend { list-style: decimal; padding-left: 1.6rem; display: block; }
.bar { display: block; width: 100%; max-width: 62rem; height: 1.6rem; border: 1px solid var(--soft); border-radius: .25rem; background: var(--paper); }
.bar rect { stroke: var(--paper); stroke-width: 1; } .bar line { stroke: var(--ink); stroke-width: 4; }
.bar text { font-size: .85rem; font-weight: 700; text-anchor: middle; fill: var(--ink); paint-order: stroke; stroke: var(--paper); stroke-width: 4px; }
.bar .on-shown, .bar .on-even, .bar .on-odd { fill: var(--on); stroke: none; }
.swatch { width: 1.1em; height: .8em; margin-right: .4em; border: 1px solid var(--soft); }
.patterns { position: absolute; width: 0; height: 0; }
rect.shown { fill: var(--verified); } rect.declared { fill: url(#hatched); } rect.unmet, rect.free, rect.gone { fill: var(--empty); } rect.unknown { fill: url(#dotted); }
rect.even { fill: var(--even); } rect.odd { fill: var(--odd); } rect.left { fill: var(--waived); } rect.soon { fill: url(#crossed); }
rect.empty { fill: var(--empty); } rect.said { fill: var(--declared); } circle.unseen { fill: var(--unknown); } rect.over { fill: var(--stale); }
.clock { margin: .1rem 0; } .waivers .bar { height: .7rem; max-width: 24rem; margin-bottom: .4rem; }
footer { font-size: .88rem; }
@media (max-width: 62rem) { .columns { grid-template-columns: minmax(0, 1fr); } aside { position: static; max-height: none; overflow: visible; }
  nav ol { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; } }
@media (max-width: 40rem) { main > section, .service { padding: .9rem .8rem; } .facts > div { grid-template-columns: minmax(0, 1fr); } h1 { font-size: 1.6rem; } .finding { padding: .5rem .6rem; } }
@media print {
  :root { --even: #2f5d8a; --odd: #66489a; --on: #ffffff; --empty: #e9e6e0; }
  a[rel] { text-decoration: underline; } aside { display: none; } main > section, .service { border: 0; border-radius: 0; padding: 0; margin: 0 0 1.2rem; }
  .finding { break-inside: avoid; padding: .25rem .5rem; margin-bottom: .35rem; } .facts > div { padding: .05rem 0; }
  summary { list-style: none; } .wide { overflow: visible; } figure, .waivers > li, .changes > li, .next > li { break-inside: avoid; }
  table, .facts > div, .legend, figure .soft, .circumstances { font-size: 1em; } .grid th, .grid td { padding: .1rem .5rem .1rem 0; }
  .many td, .many .long { min-width: 0; } .lead { max-width: none; } h4, h5, summary { break-after: avoid; } .service + .service { break-before: page; }
}
`;
