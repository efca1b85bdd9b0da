/** One statement as a reader finds it in a text, before its meaning is told. */

import type { SourceFile } from '../collector.ts';
import { placeIn } from '../sources.ts';
import { type Dialect, meaningOf } from './meaning.ts';
import type { Family, Stated } from './stated.ts';

/** Found on a line. */
export interface Draft extends Pick<Stated, 'written' | 'matrix'> {
  readonly tool: Tool;
  readonly dialect: Dialect;
  /** From 1. */
  readonly line: number;
}

/** What is stated: a family, and its key in the table of lifecycles. */
export interface Tool {
  readonly family: Family;
  readonly product: string;
}

/** A reader of files by their path; never throws, whatever the text. */
export interface Reader {
  readonly files: RegExp;
  readonly source: Stated['source'];
  read(text: string, path: string): readonly Draft[];
}

const NAMES: ReadonlyMap<string, Tool> = new Map([
  ['node', { family: 'node', product: 'node' }],
  ['nodejs', { family: 'node', product: 'node' }],
  ['python', { family: 'python', product: 'python' }],
  ['go', { family: 'go', product: 'go' }],
  ['golang', { family: 'go', product: 'go' }],
  ['java', { family: 'java', product: 'temurin' }],
  ['ruby', { family: 'ruby', product: 'ruby' }],
  ['php', { family: 'php', product: 'php' }],
  ['rust', { family: 'rust', product: 'rust' }],
  ['dotnet', { family: 'dotnet-sdk', product: 'dotnet' }],
  ['dotnet-core', { family: 'dotnet-sdk', product: 'dotnet' }],
  ['elixir', { family: 'elixir', product: 'elixir' }],
  ['erlang', { family: 'erlang', product: 'erlang' }],
]);

/** A runtime by the name that version managers and CI give it. */
export function toolNamed(name: string): Tool | undefined {
  return NAMES.get(name.toLowerCase());
}

/** Who makes a Java, where the version says so: `corretto-17.0.9`, `17.0.9-amzn`. Temurin's dates are taken where nothing does. */
export function javaOf(written: string): Tool {
  const text = written.toLowerCase();
  const product = /corretto|-amzn$/.test(text)
    ? 'corretto'
    : /zulu/.test(text)
      ? 'zulu'
      : /microsoft|-ms$/.test(text)
        ? 'microsoft-openjdk'
        : /^openjdk-|-open$/.test(text)
          ? 'openjdk'
          : 'temurin';
  return { family: 'java', product };
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
