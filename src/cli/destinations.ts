/** Where reports go: `--format name` to stdout, `--format name=file` to a file; several, but one at most to stdout. */
import { resolve } from 'node:path';
import { FORMATS } from '../generated/formats.ts';
import { InputError } from '../input-error.ts';
import type { Report } from '../model.ts';
import { nearest } from '../nearest.ts';
import type { Canvas } from '../report/canvas.ts';
import { wayTo } from './places-start.ts';
import { print } from './streams.ts';

type FormatName = keyof typeof FORMATS;

/** One report to write; no file means stdout. */
export interface Destination<Name extends string = FormatName> {
  readonly format: Name;
  readonly file?: string;
}

/** The destinations asked for; the terminal report when none is. */
export function parseDestinations(words: readonly string[]): readonly Destination[] {
  return destinationsAmong(FORMATS, words);
}

/** The same among some formats by name; one of them is called `terminal`. */
export function destinationsAmong<Name extends string>(
  formats: Readonly<Record<Name, unknown>>,
  words: readonly string[],
): readonly Destination<Name>[] {
  const destinations = (words.length > 0 ? words : ['terminal']).map((word) => parseDestination(formats, word));
  const toStdout = destinations.filter(({ file }) => file === undefined);
  if (toStdout.length > 1) {
    const names = toStdout.map(({ format }) => format).join(' and ');
    throw new InputError(
      `${names} would both go to stdout`,
      '--format',
      'give all but one a file: --format json=report.json',
    );
  }
  refuseSameFile(destinations.flatMap(({ file }) => file ?? []));
  return destinations;
}

/** One destination; `flag` is where the operator gave the word. */
export function parseDestination<Name extends string>(
  formats: Readonly<Record<Name, unknown>>,
  word: string,
  flag = '--format',
): Destination<Name> {
  const [, name = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
  if (!isAmong(formats, name)) {
    const close = nearest(name, Object.keys(formats));
    throw new InputError(
      `there is no format "${name}"`,
      flag,
      close ? `did you mean "${close}"?` : `formats: ${Object.keys(formats).join(', ')}`,
    );
  }
  if (file === '')
    throw new InputError(
      `${flag} ${name}= names no ${flag === '--format' ? 'file' : 'folder'}`,
      flag,
      flag === '--format'
        ? `write --format ${name}=FILE, or --format ${name} for stdout`
        : `write ${flag} ${name}=FOLDER`,
    );
  return { format: name, ...(file !== undefined && file !== '-' && { file }) };
}

/** With `--force` the later would replace the earlier without a word; without it there would be one of the two. */
export function refuseSameFile(files: readonly string[]): void {
  const twice = files.find((file, index) => files.slice(0, index).some((it) => resolve(it) === resolve(file)));
  if (twice !== undefined)
    throw new InputError(`two files would both be "${twice}"`, '--format', 'give each a name of its own');
}

function isAmong<Name extends string>(formats: Readonly<Record<Name, unknown>>, name: string): name is Name {
  return Object.hasOwn(formats, name);
}

/** Writes every report: files first, so that a closed stdout loses none of them. A file gets no colour and no wrapping; `start` is the folder that all places start from. */
export async function writeReports(
  report: Report,
  destinations: readonly Destination[],
  canvas: Canvas,
  force: boolean,
  start?: string,
): Promise<void> {
  const inOrder = [...destinations].sort((a, b) => Number(a.file === undefined) - Number(b.file === undefined));
  for (const { format, file } of inOrder) {
    const { render } = await FORMATS[format]();
    if (file === undefined) {
      print(render(report, canvas));
      continue;
    }
    const { writeFileSafely } = await import('../repo/write.ts');
    const base = start === undefined ? {} : { base: wayTo(start, file) };
    writeFileSafely(file, render(report, { ...canvas, width: 0, colour: 0, hyperlinks: false, ...base }), { force });
  }
}
