/** What a service is built from, on a report's page: how much was checked, against what, and every package that wants something done. */
import type { PackageRow } from '../model.ts';
import { type Html, html } from './escape-html.ts';
import { type Part, wide } from './html-part.ts';
import { placeLink } from './html-place.ts';
import { advisoryData, flawWords, lagWords, packageCounts, vulnerabilityWords } from './packages-words.ts';

/** The sentences, and one row a package. */
export function packages({ service, base }: Part): Html | undefined {
  const { packages: its } = service;
  if (!its) return undefined;
  return html`<p>${packageCounts(its)}; advisory data: ${advisoryData(its)}.</p>
<p>${vulnerabilityWords(its)}.</p>
${its.lag && html`<p>${lagWords(its.lag)}.</p>\n`}${its.rows.length > 0 && tableOf(its.rows, base, service.service.name)}`;
}

interface Column {
  readonly head: string;
  /** Whether it holds sentences. */
  readonly long?: boolean;
  cell(row: PackageRow): Html | string | undefined;
}

/** A column that no row fills is left out. */
function tableOf(rows: readonly PackageRow[], base: string, name: string): Html {
  const all: readonly Column[] = [
    { head: 'locked', cell: ({ locked }) => locked },
    { head: 'for', cell: ({ scope }) => scope },
    { head: 'flaw', long: true, cell: ({ flaw }) => flaw && flawWords(flaw) },
    { head: 'fixed in', cell: ({ fix }) => fix },
    { head: 'patch', cell: ({ patch }) => patch },
    { head: 'latest', cell: ({ latest }) => latest },
    { head: 'behind', cell: ({ behind }) => behind },
    { head: 'how', long: true, cell: ({ how }) => how },
    { head: 'where', cell: ({ at }) => at && placeLink(at, base) },
  ];
  const columns = all.filter(({ cell }) => rows.some((row) => cell(row) !== undefined));
  return wide(
    `Table of packages, ${name}`,
    html`<table class="grid many">
<thead><tr><th scope="col">package</th>${columns.map(({ head }) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr><th scope="row">${row.name}</th>${columns.map(({ cell, long }) => html`<td${long && html` class="long"`}>${cell(row)}</td>`)}</tr>\n`)}</tbody>
</table>`,
  );
}
