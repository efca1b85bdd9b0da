/** Writes a report of each repository of an audit into a folder, in any format that `check` has, e.g. SARIF for an upload. */
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { digestOf } from '../checklist/digest.ts';
import { FORMATS } from '../generated/formats.ts';
import { InputError } from '../input-error.ts';
import type { Report } from '../model.ts';
import type { Audit, Target } from '../model-audit.ts';
import { unpackReport } from '../packed-report.ts';
import { asInputError, refuseTaken, writeFileSafely } from '../repo/write.ts';
import type { Canvas } from '../report/canvas.ts';
import type { Format } from '../report/format.ts';
import { counted } from '../report/words.ts';
import { type Destination, parseDestination } from './destinations.ts';
import { complain } from './streams.ts';

/** A format, and the folder that gets a file of it for each repository. */
export interface Each {
  readonly format: keyof typeof FORMATS;
  readonly folder: string;
}

/** What `--each` asks for: words such as `sarif=reports`. */
export function parseEach(words: readonly string[]): readonly Each[] {
  const each = words.map((word) => inFolder(parseDestination(FORMATS, word, '--each')));
  const twice = each.find(({ folder }, index) =>
    each.slice(0, index).some((it) => resolve(it.folder) === resolve(folder)),
  );
  if (twice)
    throw new InputError(`two formats would both go to "${twice.folder}"`, '--each', 'give each its own folder');
  return each;
}

function inFolder({ format, file }: Destination): Each {
  if (file === undefined)
    throw new InputError(`--each ${format} names no folder`, '--each', `write --each ${format}=FOLDER`);
  return { format, folder: file };
}

interface LoadedEach extends Each, Format {}

function loaded(each: readonly Each[]): Promise<readonly LoadedEach[]> {
  return Promise.all(each.map(async (it) => ({ ...it, ...((await FORMATS[it.format]()) as Format) })));
}

/** Throws an InputError where a report of one of these is there already and may not be replaced. */
export async function refuseEach(
  targets: readonly Pick<Target, 'id'>[],
  each: readonly Each[],
  force: boolean,
): Promise<void> {
  for (const format of await loaded(each)) for (const { id } of targets) refuseTaken(pathOf(id, format), { force });
}

/** Writes all of them, a repository at a time; one that was not judged gets none, and that is said. */
export async function writeEach(audit: Audit, each: readonly Each[], canvas: Canvas, force: boolean): Promise<void> {
  if (each.length === 0) return;
  const plain = { ...canvas, width: 0, colour: 0, hyperlinks: false } as const;
  const formats = await loaded(each);
  let without = 0;
  for (const row of audit.rows()) {
    if (row.outcome !== 'judged') {
      without += 1;
      // What an earlier audit found must not stand for one that came to nothing.
      if (force) for (const format of formats) removeFile(pathOf(row.repo, format));
      continue;
    }
    const report = unpackReport(row, audit);
    for (const format of formats) {
      refuseLacking(report, format);
      writeInto(pathOf(row.repo, format), format.render(report, plain), force);
    }
  }
  if (without > 0)
    complain(
      `note: ${counted(without, 'repository was', 'repositories were')} not judged: --each wrote no file there\n`,
    );
}

/** An audit that was kept before this format was asked for does not have what it shows. */
function refuseLacking({ services }: Report, { format, needs }: LoadedEach): void {
  if (needs !== 'components' || services.every(({ components }) => components !== undefined)) return;
  throw new InputError(
    `${format} shows every package, and this audit did not keep them`,
    '--each',
    `audit again with --each ${format}=FOLDER`,
  );
}

function pathOf(repo: string, { folder, format, extension = format }: LoadedEach): string {
  return join(folder, fileFor(repo, extension));
}

function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw asInputError(error, path);
  }
}

function writeInto(path: string, text: string, force: boolean): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw asInputError(error, dirname(path));
  }
  writeFileSafely(path, text, { force });
}

/** Longest part of a path that every file system takes, with room for an ending. */
const LONGEST = 200;

/** A path below a folder, a part of the id each; whatever an id holds, it leads nowhere else, and no two share one. */
export function fileFor(repo: string, extension: string): string {
  return `${repo.split('/').map(segment).join('/')}.${extension}`;
}

function segment(part: string): string {
  const written = encodeURIComponent(part.toWellFormed()).replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E'));
  if (written.length > LONGEST) return `${written.slice(0, LONGEST)}-${digestOf(part)}`;
  return written === '' ? '%' : written;
}
