/** Rows as PostgreSQL's COPY takes them (its text format), and the way there. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** What a cell may hold; undefined is NULL. */
export type Cell = string | number | undefined;

/** Characters handed over at a time: a chunk a row takes three times as long. */
const CHUNK = 65_536;

/** Copies rows into a table, made while they are sent. The table's and columns' names are ours. */
export async function copyRows(
  client: Client,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Promise<void> {
  const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
  await pipeline(Readable.from(chunks(rows)), stream);
}

function* chunks(rows: Iterable<readonly Cell[]>): Iterable<string> {
  let text = '';
  for (const row of rows) {
    text += `${row.map(cellText).join('\t')}\n`;
    if (text.length < CHUNK) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

/** One cell: what would end it is escaped, and so is what begins an escape. */
function cellText(cell: Cell): string {
  if (cell === undefined) return '\\N';
  return typeof cell === 'number' ? String(cell) : cell.replace(/[\\\t\n\r]/g, (it) => ESCAPES.get(it) ?? it);
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
]);
