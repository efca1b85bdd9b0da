/** Reads CSV with commas, semicolons or tabs into a table. Never throws; loaded only where there is such a file. */
import { parse } from 'csv-parse/sync';
import { MOST_ROWS, type TableReading } from './table.ts';

const DELIMITERS = [',', ';', '\t'] as const;
/** Longest row in characters; a quote that is never closed swallows no more than this. */
const LONGEST_ROW = 20_000;
const MOST_COLUMNS = 100;

interface Read {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** The table in a text: comments begin with `#`, the first row names the columns. */
export function readCsv(text: string): TableReading {
  const delimiter = delimiterOf(text);
  if (delimiter === undefined)
    return { trouble: 'its first line names no columns, parted by commas, semicolons or tabs' };
  try {
    const all = parse(text.replace(/\r\n?/g, '\n'), {
      bom: true,
      comment: '#',
      comment_no_infix: true,
      delimiter,
      info: true,
      max_record_size: LONGEST_ROW,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to: MOST_ROWS + 2,
      trim: true,
    }) as unknown as readonly Read[];
    const [head, ...body] = all;
    if (!head) return { trouble: 'it is empty' };
    const wide = body.find(({ record }) => record.length !== head.record.length);
    if (wide) {
      const numbers = `${wide.record.length} where the first row has ${head.record.length}`;
      return { trouble: `the number of cells in line ${wide.info.lines} is ${numbers}` };
    }
    if (head.record.length > MOST_COLUMNS) return { trouble: `it has more than ${MOST_COLUMNS} columns` };
    return {
      table: {
        columns: head.record,
        rows: body.slice(0, MOST_ROWS).map(({ record, info }) => ({ cells: record, line: info.lines })),
        decimalComma: delimiter !== ',',
        cut: body.length > MOST_ROWS,
      },
    };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { trouble: `it is no valid CSV: ${words.slice(0, 120)}` };
  }
}

/** The one that the first line of content has most of. */
function delimiterOf(text: string): (typeof DELIMITERS)[number] | undefined {
  const head = text.split('\n', 50).find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
  const counts = DELIMITERS.map((it) => [it, head.slice(0, LONGEST_ROW).split(it).length - 1] as const);
  const [best] = counts.sort((a, b) => b[1] - a[1]);
  return best && best[1] > 0 ? best[0] : undefined;
}
