/** Where a service stands, area by area, and its findings under them. */

import { grouped } from '../grouped.ts';
import type { ServiceReport } from '../model.ts';
import { type Html, html } from './escape-html.ts';
import { findingOf } from './html-finding.ts';
import { heading } from './html-marks.ts';
import { type Part, wide } from './html-part.ts';
import { byUrgency } from './order.ts';
import { type Tally, tally } from './tally.ts';

const COLUMNS: readonly (keyof Tally)[] = ['blocking', 'waived', 'warnings', 'verified', 'declared', 'unknown'];

/** One row an area; nothing where nothing was judged. */
export function areaTable({ service, prefix }: Part): Html | undefined {
  const areas = areasOf(service);
  if (areas.length === 0) return undefined;
  return wide(
    `Table of areas, ${service.service.name}`,
    html`<table class="grid">
<thead><tr><th scope="col">area</th><th scope="col" class="count">met</th>${COLUMNS.map((it) => html`<th scope="col" class="count">${it}</th>`)}</tr></thead>
<tbody>
${areas.map(([area, findings], index) => areaRow(area, tally(findings), areaId(prefix, index)))}</tbody>
</table>`,
  );
}

function areaRow(area: string, counts: Tally, id: string): Html {
  const met = counts.applicable === 0 ? '·' : `${counts.met}/${counts.applicable}`;
  return html`<tr><th scope="row"><a href="#${id}">${area}</a></th><td class="count">${met}</td>${COLUMNS.map((it) => html`<td class="count${counts[it] > 0 && html` some-${it}`}">${counts[it] === 0 ? '·' : counts[it]}</td>`)}</tr>
`;
}

/** All findings, what blocks first in each area. */
export function findings(part: Part): Html | undefined {
  const areas = areasOf(part.service);
  if (areas.length === 0) return undefined;
  const level = part.level + 2;
  return html`${areas.map(
    ([area, its], index) => html`<div class="area">
${heading(level, html`${area}`, areaId(part.prefix, index))}
${its.toSorted(byUrgency).map((finding) => findingOf(finding, part, level + 1))}</div>
`,
  )}`;
}

function areasOf({ findings: all }: ServiceReport): readonly (readonly [string, ServiceReport['findings']])[] {
  return [...grouped(all, ({ area }) => area)];
}

function areaId(prefix: string, index: number): string {
  return `${prefix}-a${index + 1}`;
}
