/** Finds an offset in a block's text again in the document, where indentation and the marks of quotes, lists and tables stand around it. */

/** Line and column, both from 1. */
interface Point {
  readonly line: number;
  readonly column: number;
}

/** Where an offset in a text stands in the document. */
export type At = (offset: number) => Point;

/** For a text that takes up whole lines, from the one with that index on, but for what was cut from their ends. */
export function placesInLines(lines: readonly string[], first: number, text: string): At {
  let starts: readonly number[] | undefined;
  let known = { row: -1, shift: 0 };
  return (offset) => {
    starts ??= startsAfter('\n', text);
    const row = lastUpTo(starts, offset);
    const start = starts[row] ?? 0;
    if (known.row !== row) {
      const written = text.slice(start, (starts[row + 1] ?? text.length + 1) - 1);
      known = { row, shift: shiftOf(written, lines[first + row] ?? '') };
    }
    return { line: first + row + 1, column: Math.max(offset - start + known.shift, 0) + 1 };
  };
}

/** A row of a table, to which its cells are added from left to right. */
export interface Row {
  /** Its line, from 0. */
  readonly index: number;
  readonly cells: string[];
  starts?: readonly number[];
}

/** For the next cell of a row. In a cell the parser has taken away the backslashes before bars. */
export function placesInCell(lines: readonly string[], row: Row, text: string): At {
  const cell = row.cells.push(text) - 1;
  let bars: readonly number[] | undefined;
  return (offset) => {
    row.starts ??= cellStarts(row.cells, lines[row.index] ?? '');
    bars ??= startsAfter('|', text);
    return { line: row.index + 1, column: (row.starts[cell] ?? 0) + offset + lastUpTo(bars, offset) + 1 };
  };
}

function cellStarts(cells: readonly string[], line: string): readonly number[] {
  let end = 0;
  return cells.map((cell) => {
    const written = cell.replaceAll('|', '\\|');
    const start = Math.max(line.indexOf(written, end), end);
    end = start + written.length;
    return start;
  });
}

/** How much further to the right a line of a text stands in the document's line. */
function shiftOf(written: string, line: string): number {
  const start = written.length - written.trimStart().length;
  return line.lastIndexOf(written.trim()) - start;
}

/** Where the parts of a text begin that a character divides. */
function startsAfter(mark: string, text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) starts.push(at + 1);
  return starts;
}

/** Index of the last number that is not above a limit, among numbers that rise from 0. */
function lastUpTo(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle;
    else high = middle;
  }
  return low;
}
