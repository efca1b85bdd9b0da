/** The foundations of every page in HTML: colours in light, dark and on paper, type, links, frame. No file, font or address from elsewhere. */

/** Every text on every ground has a contrast of at least 4.5 to 1; a page adds what is its own. */
export const PAGE_STYLE = `
:root { color-scheme: light dark;
  --ground: #fbfaf8; --paper: #ffffff; --ink: #1d2126; --soft: #565e68; --rule: #e2dfd9; --link: #0b5394; --quote: #f4f2ee;
  --verified: #17633b; --declared: #6a5310; --contradicted: #a11c1c; --stale: #8a4203; --missing: #8c2f4d; --unknown: #4b4f8f; --waived: #74308c; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #14171a; --paper: #1b1f23; --ink: #e6e3dd; --soft: #a5acb5; --rule: #333a41; --link: #8cc0f5; --quote: #22272c;
  --verified: #77d3a0; --declared: #e0c568; --contradicted: #ff9a92; --stale: #f3ad6e; --missing: #f59bb9; --unknown: #b3b7f5; --waived: #dba6ee; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.to-content { position: absolute; left: -100rem; padding: .5rem 1rem; background: var(--paper); }
.to-content:focus { left: 1rem; top: 1rem; z-index: 1; }
.frame { max-width: 78rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 .75rem; }
h3 { font-size: 1.02rem; margin: 1.25rem 0 .35rem; overflow-wrap: anywhere; }
p { margin: 0 0 .6rem; max-width: 70ch; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.verdict { display: inline-block; border: 2px solid currentColor; border-radius: .3rem; padding: .05rem .55rem; font-weight: 700; }
.columns { display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: 2.5rem; }
nav { font-size: .92rem; }
nav ol { list-style: none; margin: 0; padding: 0; }
nav li { margin: .3rem 0; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
table { border-collapse: collapse; margin: .5rem 0 0; font-size: .95rem; }
th, td { text-align: left; padding: .15rem 1.25rem .15rem 0; vertical-align: top; }
td.count { text-align: right; font-variant-numeric: tabular-nums; }
dl { margin: 0; }
dt { font-weight: 600; overflow-wrap: anywhere; }
dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
.places { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1rem; font: .92em/1.6 ui-monospace, "Liberation Mono", monospace; }
.places li { min-width: 0; overflow-wrap: anywhere; }
@media (max-width: 62rem) { .columns { grid-template-columns: minmax(0, 1fr); gap: 1rem; } }
@media (max-width: 40rem) { .frame { padding: 1rem .75rem; } }
@media print {
  @page { size: A4; margin: 16mm 14mm; }
  :root { font-size: 8.5pt; color-scheme: light; --ground: #fff; --paper: #fff; --ink: #000; --soft: #444; --rule: #bbb; --link: #000; --quote: #f4f4f4;
    --verified: #17633b; --declared: #6a5310; --contradicted: #a11c1c; --stale: #8a4203; --missing: #8c2f4d; --unknown: #4b4f8f; --waived: #74308c; }
  body { line-height: 1.35; }
  .frame { max-width: none; padding: 0; } .columns { display: block; } nav, .to-content { display: none; }
  h2, h3 { break-after: avoid; } tr { break-inside: avoid; } a { text-decoration: none; }
  p { max-width: none; }
}
`;
