/** The style of an audit's page, beyond what a report's has. */
import { REPORT_STYLE } from '../html-style.ts';

/** One style sheet for the whole page: the heat map's cells are drawn by the script from these colours. */
export const AUDIT_STYLE = `${REPORT_STYLE}
.frame { max-width: 100rem; }
.overview { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 34rem), 1fr)); gap: 0 3rem; align-items: start; }
main > section > h2 { margin-bottom: .5rem; }
main > section + section { content-visibility: auto; contain-intrinsic-size: auto 40rem; }
.contents { margin: 0 0 1.25rem; } .contents ol { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; }
.banner { border: 2px solid var(--stale); border-radius: .4rem; padding: .6rem 1rem; margin: 0 0 1rem; max-width: 62rem; } .banner p { margin: 0; } .banner ul { margin: .2rem 0 0; padding-left: 1.2rem; } .banner strong { color: var(--stale); }
rect.blocked { fill: var(--contradicted); } rect.conditional { fill: var(--waived); }
.bar .on-blocked, .bar .on-conditional { fill: var(--on); stroke: none; }
.shares { margin: .8rem 0; } .shares .bar { height: 2.2rem; } .tiers { margin-top: 0; } .tiers td, .tiers th { white-space: nowrap; } .grid.tiers th, .grid.tiers td { padding-right: .7rem; }
#filters { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; margin: 0 0 .6rem; }
#filters p { display: block; margin: 0; flex: 1 1 9rem; max-width: 16rem; } #filters .wide-field { flex: 2 1 18rem; max-width: 30rem; } #filters label { display: block; font-size: .85rem; color: var(--soft); }
.tools { display: flex; flex-wrap: wrap; gap: .4rem .9rem; align-items: center; max-width: none; margin: 0 0 .6rem; } .tools #shown { margin: 0; min-width: 11rem; } .downloads { display: flex; gap: .5rem; margin-left: auto; }
.cells { margin: .2rem 0; font-size: .85rem; } .cells li { display: flex; align-items: center; gap: .4rem; } .hint { font-size: .85rem; margin: 0 0 .5rem; max-width: none; }
.sample { display: inline-block; width: 1.7rem; text-align: center; border-radius: .2rem; font-weight: 700; line-height: 1.35rem; border: 1px solid transparent; }
.sample.fail { background: var(--contradicted); color: var(--on); } .sample.waived { border-color: var(--waived); background: color-mix(in srgb, var(--waived) 16%, var(--paper)); } .sample.warn { background: color-mix(in srgb, var(--stale) 18%, var(--paper)); }
.sample.trust { background: color-mix(in srgb, var(--declared) 8%, var(--paper)); } .sample.pass { background: color-mix(in srgb, var(--verified) 12%, var(--paper)); } .sample.skip { border-color: var(--rule); }
.map { --name: minmax(13.5rem, 1fr); position: relative; overflow: auto; max-height: min(76vh, 60rem); border: 1px solid var(--rule); border-radius: .35rem; background: var(--paper); font-size: .9rem; overscroll-behavior: contain; }
.map .grid-body { position: relative; }
.map [role=grid] { width: 100%; min-width: max-content; }
.map [role=row] { display: grid; grid-template-columns: var(--columns); align-items: center; width: 100%; }
.map .line-of { position: absolute; left: 0; top: 0; height: 2rem; contain: layout paint style; cursor: pointer; max-width: none; margin: 0; gap: 0; }
.map .line-of::after { content: ""; position: absolute; inset: auto 0 0; border-bottom: 1px solid var(--rule); z-index: 2; pointer-events: none; }
.map .line-of:hover { background: var(--quote); } .map .line-of:hover .name { background: var(--quote); }
.map .cell { padding: 0 .5rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; height: 100%; line-height: 2rem; grid-row: 1; }
.map .cell:focus-visible { outline: 3px solid var(--link); outline-offset: -3px; border-radius: 3px; z-index: 3; }
.map .name { font-weight: 600; position: sticky; left: 0; background: var(--paper); z-index: 1; } .map .name small { font-weight: 400; color: var(--soft); margin-left: .5rem; font-size: .85em; }
.map .number { text-align: right; text-overflow: clip; font-variant-numeric: tabular-nums; } .map .verdict-cell { font-weight: 600; font-size: .88em; }
.map canvas { grid-row: 1; display: block; pointer-events: none; height: 2rem; width: 100%; }
.map .head { position: sticky; top: 0; z-index: 4; background: var(--paper); border-bottom: 2px solid var(--ink); align-items: end; }
.map .head .cell { height: auto; line-height: 1.2; padding: .4rem .5rem; align-self: end; cursor: pointer; color: var(--soft); font-weight: 600; user-select: none; } .map .head .cell:hover { color: var(--ink); text-decoration: underline; }
.map .head .verdict-cell { font-size: 1em; } .map .head .name { z-index: 5; align-self: stretch; display: flex; align-items: flex-end; }
.map .head .area-head { writing-mode: vertical-rl; transform: rotate(180deg); padding: .5rem 0; justify-self: center; max-height: 10rem; text-align: left; width: 100%; display: flex; align-items: center; }
.map .head [aria-sort=ascending], .map .head [aria-sort=descending] { color: var(--ink); } .map .head [aria-sort=ascending]::after { content: " ▲"; font-size: .8em; } .map .head [aria-sort=descending]::after { content: " ▼"; font-size: .8em; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 0 2rem; } .pair h3 { margin-top: .4rem; }
.over strong { color: var(--contradicted); } .when, .grid code { white-space: nowrap; } td.better, td.worse { font-weight: 700; }
.way-through { margin: .2rem 0; } .hop { border: 1px solid var(--soft); border-radius: .25rem; padding: 0 .35rem; background: var(--ground); }
.campaign { margin: 0 0 1.4rem; } .campaign h3 { margin: 0 0 .2rem; } .campaign p { max-width: none; } .campaign .bar { height: 1rem; margin: .2rem 0 .4rem; }
#drill { position: fixed; inset: 0 0 0 auto; margin: 0; width: min(46rem, 100vw); height: 100dvh; max-height: none; max-width: none; border: 0; border-left: 2px solid var(--ink); padding: 0; background: var(--ground); color: var(--ink); overflow: auto; }
#drill::backdrop { background: rgb(0 0 0 / .35); }
.drill-head { position: sticky; top: 0; z-index: 2; background: var(--ground); border-bottom: 1px solid var(--rule); padding: .8rem 1.2rem .6rem; } .drill-head h2 { clear: both; margin: .2rem 0 0; overflow-wrap: anywhere; } .drill-head .buttons { display: flex; gap: .4rem; float: right; margin: 0 0 .3rem .6rem; }
.drill-body { padding: .8rem 1.2rem 3rem; } .drill-body h3 { margin: 1.2rem 0 .5rem; } .drill-body .finding { background: var(--paper); }
.chips { display: flex; flex-wrap: wrap; gap: .35rem; margin: .5rem 0 0; padding: 0; list-style: none; } .chips button { border-radius: 1rem; padding: 0 .65rem; min-height: 1.8rem; font-size: .88rem; } .chips [aria-pressed=true] { background: var(--ink); color: var(--ground); border-color: var(--ink); }
.met-list { padding-left: 1.2rem; } .met-list li { margin: .2rem 0; } .met-list code { color: var(--soft); }
#graph-view .tools label { color: var(--soft); } #graph-view .tools input[type="search"] { width: 22rem; }
#graph-view p { max-width: none; } #graph-view details { margin-top: .8rem; }
.canvas { overflow: auto; max-height: 80vh; border: 1px solid var(--rule); border-radius: .35rem; background: var(--paper); }
.canvas svg { display: block; } .canvas .node rect { fill: var(--paper); stroke: var(--soft); stroke-width: 1.2; } .canvas .node text { font-size: 12px; fill: var(--ink); } .canvas .node a { cursor: pointer; }
.canvas .node.fail rect { stroke: var(--contradicted); stroke-width: 2.5; } .canvas .node.outside rect { stroke-dasharray: 4 3; fill: var(--ground); } .canvas .node.chosen rect { fill: var(--quote); stroke: var(--ink); stroke-width: 3; }
.canvas .edge { fill: none; stroke: var(--soft); stroke-width: 1.2; opacity: .7; } .canvas .edge.soft-edge { stroke-dasharray: 5 4; } .canvas .edge.risky { stroke: var(--contradicted); stroke-width: 2.6; opacity: 1; } .canvas .risk { fill: var(--contradicted); font-size: 13px; font-weight: 700; paint-order: stroke; stroke: var(--paper); stroke-width: 4px; }
.canvas a:focus-visible rect { stroke: var(--link); stroke-width: 4; } .canvas a:focus-visible { outline: none; }
.on-paper { display: none; }
@media (max-width: 40rem) { .map { font-size: .85rem; } .map { --name: 9.5rem; } .grid code { white-space: normal; } .map .name small { display: none; } .downloads { margin-left: 0; flex-wrap: wrap; } .cells .soft { display: none; } #graph-view .tools input[type="search"] { width: 100%; } .drill-head { position: static; } .drill-head, .drill-body { padding-left: .8rem; padding-right: .8rem; } #filters p, #filters .wide-field { max-width: none; } }
@media (forced-colors: active) { .map canvas { forced-color-adjust: none; } .chips [aria-pressed=true] { border-width: 3px; } }
@media print {
  main > section + section { content-visibility: visible; }
  .contents, #live, #drill, .canvas, #graph-view .tools, #graph-view [role=status] { display: none !important; } .on-paper { display: block; } .pair { display: block; }
  header .wide, header .bar, .banner { max-width: none; } .campaign { break-inside: avoid; }
}
`;
