/** The style of a handover in HTML: light, dark and on paper. No file, font or address from elsewhere. */

/** One style sheet; every text on its ground has a contrast of at least 4.5 to 1. */
export const HANDOVER_STYLE = `
:root { color-scheme: light dark;
  --ground: #fbfaf8; --paper: #ffffff; --ink: #1d2126; --soft: #565e68; --rule: #e2dfd9; --link: #0b5394; --quote: #f4f2ee;
  --verified: #17633b; --declared: #6a5310; --contradicted: #a11c1c; --stale: #8a4203; --missing: #8c2f4d; --unknown: #4b4f8f; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #14171a; --paper: #1b1f23; --ink: #e6e3dd; --soft: #a5acb5; --rule: #333a41; --link: #8cc0f5; --quote: #22272c;
  --verified: #77d3a0; --declared: #e0c568; --contradicted: #ff9a92; --stale: #f3ad6e; --missing: #f59bb9; --unknown: #b3b7f5; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100rem; padding: .5rem 1rem; background: var(--paper); }
.skip:focus { left: 1rem; top: 1rem; z-index: 1; }
.frame { max-width: 78rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
header { border-bottom: 2px solid var(--ink); padding-bottom: 1.25rem; margin-bottom: 1.5rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .25rem; }
h1 small { display: block; font-size: 1rem; font-weight: 600; color: var(--soft); letter-spacing: .02em; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 .75rem; }
h3 { font-size: 1.02rem; margin: 1.25rem 0 .35rem; overflow-wrap: anywhere; }
p { margin: 0 0 .6rem; max-width: 70ch; }
.soft, .origin { color: var(--soft); }
.verdict { display: inline-block; border: 2px solid currentColor; border-radius: .3rem; padding: .05rem .55rem; font-weight: 700; }
.columns { display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: 2.5rem; }
nav { position: sticky; top: 1.5rem; align-self: start; font-size: .92rem; max-height: calc(100vh - 3rem); overflow: auto; padding: 2px; }
nav ol { list-style: none; margin: 0; padding: 0; }
nav li { margin: .3rem 0; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
section { background: var(--paper); border: 1px solid var(--rule); border-radius: .5rem; padding: 1.25rem 1.4rem; margin-bottom: 1.25rem; }
table { border-collapse: collapse; margin: .5rem 0 0; font-size: .95rem; }
th, td { text-align: left; padding: .15rem 1.25rem .15rem 0; vertical-align: top; }
td.count { text-align: right; font-variant-numeric: tabular-nums; }
dl { margin: 0; }
dl > div { display: grid; grid-template-columns: 11.5rem minmax(0, 1fr) 8.5rem; gap: 0 1.1rem; padding: .5rem 0; border-top: 1px solid var(--rule); }
dt { grid-row: 1 / span 5; font-weight: 600; overflow-wrap: anywhere; }
dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
dd.mark { grid-column: 3; grid-row: 1; text-align: right; font-size: .88rem; font-weight: 600; white-space: nowrap; }
dd.text { grid-column: 2; grid-row: 1; }
dd.more { grid-column: 2 / 4; font-size: .88rem; color: var(--soft); }
.mark.verified, th.verified { color: var(--verified); } .mark.declared, th.declared { color: var(--declared); }
.mark.contradicted, th.contradicted { color: var(--contradicted); } .mark.stale, th.stale { color: var(--stale); }
.mark.missing, th.missing { color: var(--missing); } .mark.unknown, th.unknown { color: var(--unknown); }
.places { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1rem; font: .92em/1.6 ui-monospace, "Liberation Mono", monospace; }
.places li { min-width: 0; overflow-wrap: anywhere; }
blockquote { margin: .4rem 0; padding: .6rem .9rem; background: var(--quote); border-left: 3px solid var(--rule); color: var(--ink);
  font: .95em/1.5 ui-monospace, "Liberation Mono", monospace; }
blockquote p { margin: 0 0 .35rem; max-width: none; }
@media (max-width: 62rem) { .columns { grid-template-columns: minmax(0, 1fr); gap: 1rem; } nav { position: static; max-height: none; } nav ol { columns: 2; } }
@media (max-width: 40rem) { dl > div { grid-template-columns: minmax(0, 1fr) auto; } dd.text, dd.more { grid-column: 1 / 3; grid-row: auto; }
  dt { grid-row: 1; } dd.mark { grid-column: 2; } .frame { padding: 1rem .75rem; } section { padding: 1rem; } }
@media print {
  @page { size: A4; margin: 16mm 14mm; }
  :root { font-size: 8.5pt; color-scheme: light; --ground: #fff; --paper: #fff; --ink: #000; --soft: #444; --rule: #bbb; --link: #000; --quote: #f4f4f4;
    --verified: #17633b; --declared: #6a5310; --contradicted: #a11c1c; --stale: #8a4203; --missing: #8c2f4d; --unknown: #4b4f8f; }
  body { line-height: 1.35; } 
  .frame { max-width: none; padding: 0; } .columns { display: block; } nav, .skip { display: none; }
  section { border: 0; border-radius: 0; padding: 0; margin: 0 0 1.2rem; }
  h2, h3 { break-after: avoid; } dl > div, blockquote p, tr { break-inside: avoid; } a { text-decoration: none; }
  dl > div { grid-template-columns: 10.5rem minmax(0, 1fr) max-content; padding: .15rem 0; } dd.mark, dd.more, table { font-size: 1em; }
  p { max-width: none; }
  .service + .service { break-before: page; }
}
`;
