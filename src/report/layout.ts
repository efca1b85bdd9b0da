/** Lines out of text: escapes, wraps by display width, indents, then paints. The only way into the human formats, so that nothing reaches a terminal unescaped. */
import stringWidth from 'string-width';
import { visible } from './escape-terminal.ts';

/** Adds colour or weight to text that is already safe. */
export type Paint = (text: string) => string;

/** A run of text in one paint. */
export interface Chunk {
  readonly text: string;
  readonly paint?: Paint | undefined;
  /** Never broken and never split at spaces, e.g. a place that a terminal makes clickable. */
  readonly whole?: boolean;
  /** Spaces before it on the same line; 1 when not said. */
  readonly gap?: number;
  /** Columns it fills at least. */
  readonly pad?: number;
}

/** What `flow` accepts; what is undefined is left out. */
export type Content = string | Chunk | undefined;

/** Columns before the first line and before those that follow. */
export interface Margins {
  readonly indent?: number;
  readonly hang?: number;
}

/** Finished lines, without line ends. */
export type Lines = readonly string[];

/** Below this many columns nothing reads well; narrower terminals wrap on their own. */
const NARROWEST = 40;

interface Piece {
  readonly text: string;
  readonly columns: number;
  readonly gap: number;
  readonly chunk: Chunk;
}

/** What nearly every text is made of, one column each: ASCII and the signs our own sentences use. The library asks every word for every emoji. */
const NARROW = /^[ -~…×≥≤·→•–—]*$/;

/** Columns that a text takes on a terminal. */
export function columnsOf(text: string): number {
  return NARROW.test(text) ? text.length : stringWidth(text);
}

/** Text as lines of at most `width` columns (0: one line). Only paths, addresses and `whole` chunks may be wider. */
export function flow(width: number, contents: readonly Content[], { indent = 0, hang = indent }: Margins = {}): Lines {
  const limit = width > 0 ? Math.max(width, NARROWEST) : Number.POSITIVE_INFINITY;
  const lines: Piece[][] = [];
  let used = limit;
  for (const piece of piecesOf(contents, limit - Math.max(indent, hang))) {
    const line = lines.at(-1);
    if (line === undefined || used + piece.gap + piece.columns > limit) {
      used = (line === undefined ? indent : hang) + piece.columns;
      lines.push([piece]);
    } else {
      used += piece.gap + piece.columns;
      line.push(piece);
    }
  }
  return lines.map((line, index) => `${' '.repeat(index === 0 ? indent : hang)}${painted(line)}`.trimEnd());
}

function piecesOf(contents: readonly Content[], room: number): readonly Piece[] {
  return contents.flatMap((content) => {
    const chunk = typeof content === 'string' ? { text: content } : content;
    if (chunk === undefined || chunk.text === '') return [];
    return wordsOf(chunk, room).map((text, index) => {
      const gap = index === 0 ? (chunk.gap ?? 1) : 1;
      return { text, columns: Math.max(columnsOf(text), chunk.pad ?? 0), gap, chunk };
    });
  });
}

function wordsOf({ text, whole, pad }: Chunk, room: number): readonly string[] {
  const safe = visible(text);
  if (whole || pad !== undefined) return [safe];
  return safe.split(' ').flatMap((word) => (word === '' ? [] : fitting(word, room)));
}

/** A word as it is when it fits or is a path or an address, else in parts that fit. */
function fitting(word: string, room: number): readonly string[] {
  if (columnsOf(word) <= room || word.includes('/')) return [word];
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    // A part never begins with a colon, because a CI log could take `::` at the start of a line for a command.
    if (part !== '' && character !== ':' && columnsOf(part + character) > room - 2) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}

/** Words of one chunk are painted together, so that the output carries few codes. */
function painted(line: readonly Piece[]): string {
  let text = '';
  for (let index = 0; index < line.length; ) {
    const first = line[index];
    if (!first) break;
    const run = line.slice(index).findIndex((piece) => piece.chunk !== first.chunk);
    const pieces = run === -1 ? line.slice(index) : line.slice(index, index + run);
    const words = pieces.map((piece) => piece.text).join(' ');
    const padding = Math.max(0, (first.chunk.pad ?? 0) - columnsOf(words));
    text += `${' '.repeat(index === 0 ? 0 : first.gap)}${first.chunk.paint?.(words) ?? words}${' '.repeat(padding)}`;
    index += pieces.length;
  }
  return text;
}

/** Blocks of lines with one empty line between; empty blocks leave no trace. */
export function stack(blocks: readonly Lines[]): Lines {
  return blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}
