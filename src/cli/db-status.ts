/** The text of `gonogo db status`. Pure. */
import type { DataState } from '../advisories/advisory.ts';
import { isUndated } from '../advisories/data-states.ts';
import { SERVED } from '../advisories/package-name.ts';
import { counted } from '../database/place.ts';
import type { Store } from '../database/store.ts';
import { daysBetween } from '../dates.ts';
import { visible } from '../report/escape-terminal.ts';

/** One line for each part, then whom it is from, then what could not be used. */
export function statusText(store: Store, folders: readonly string[], now: string): string {
  const { states } = store;
  if (states.length === 0)
    return `no data in ${folders.map(visible).join(' or ')}; run \`gonogo db update\`\n${troublesOf(store)}`;
  const rows = states.map((state) => rowOf(state, now));
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => pad(cell, column, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n${sourcesOf(store)}${troublesOf(store)}`;
}

function rowOf({ ecosystem, records, asOf, from, partial }: DataState, now: string): readonly string[] {
  const days = Math.max(0, daysBetween(asOf, now));
  const age = days === 1 ? '1 day old' : `${days} days old`;
  return [
    ecosystem,
    counted(records),
    ...(isUndated(asOf) ? ['of an unknown day', ''] : [`as of ${asOf.slice(0, 10)}`, age]),
    `${visible(from)}${partial ? ' (some of them)' : ''}`,
  ];
}

function pad(cell: string, column: number, width: number): string {
  return column === 1 ? cell.padStart(width) : cell.padEnd(width);
}

/** Who wrote the advisories wants to be named. */
function sourcesOf(store: Store): string {
  const lines = SERVED.flatMap((ecosystem) => store.describe(ecosystem)?.header.sources ?? []).map(
    ({ name, licence, url }) => `advisories: ${visible([name, licence, url].filter((it) => it !== '').join(', '))}\n`,
  );
  return [...new Set(lines)].join('');
}

function troublesOf(store: Store): string {
  return store
    .troublesHere()
    .map((trouble) => `not used: ${visible(trouble)}\n`)
    .join('');
}
