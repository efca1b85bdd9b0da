/** One statement as a reader finds it in a text, before its meaning is told. */

import type { SourceFile } from '../collector.ts';
import { placeIn } from '../sources.ts';
import { type Dialect, meaningOf } from './meaning.ts';
import type { Stated } from './stated.ts';
import type { Tool } from './tools.ts';

/** Found on a line. */
export interface Draft extends Pick<Stated, 'written' | 'matrix'> {
  readonly tool: Tool;
  readonly dialect: Dialect;
  /** From 1. */
  readonly line: number;
}

/** A reader of files by their path; never throws, whatever the text. */
export interface Reader {
  readonly files: RegExp;
  readonly source: Stated['source'];
  read(text: string, path: string): readonly Draft[];
}

/** A draft with its meaning and its place. */
export function statedIn(
  file: SourceFile,
  source: Stated['source'],
  { tool, written, dialect, line, matrix }: Draft,
): Stated {
  return {
    family: tool.family,
    product: tool.product,
    written: written.slice(0, 100),
    source,
    ...meaningOf(tool.product, written, dialect),
    ...(matrix && { matrix }),
    at: placeIn(file, line),
  };
}

/** Lines of a text, each without what follows a `#` after a blank; capped, since what states a version is short. */
export function linesOf(text: string): readonly string[] {
  return text
    .slice(0, 500_000)
    .split('\n', 20_000)
    .map((line) =>
      line
        .slice(0, 500)
        .replace(/(^|\s)#.*$/, '')
        .trimEnd(),
    );
}
