/** `gonogo db`: keeps the data on advisories. What it did goes to stdout, what it is about to do and what is odd to stderr. */
import { resolve } from 'node:path';
import { SERVED } from '../../advisories/package-name.ts';
import { exported } from '../../database/bundle.ts';
import { ecosystemMeant } from '../../database/ecosystems.ts';
import type { Folder } from '../../database/folders.ts';
import { importAll } from '../../database/import.ts';
import { namedOrigin, publicOrigin } from '../../database/origin.ts';
import { openStore } from '../../database/store.ts';
import { update as bringUpToDate } from '../../database/update.ts';
import { isDate } from '../../dates.ts';
import { InputError } from '../../input-error.ts';
import { openClient } from '../../online/http.ts';
import { writeFileSafely } from '../../repo/write.ts';
import { visible } from '../../report/escape-terminal.ts';
import type { Ecosystem } from '../../versions/order.ts';
import { OSV } from '../attribution.ts';
import { statusText } from '../db-status.ts';
import type { Outcome } from '../program.ts';
import { AGENT, foldersFrom, instantNow, servicesFrom } from '../reference.ts';
import { complain, print } from '../streams.ts';
import { VERSION } from '../version.ts';

/** Flags of `db status`. */
export interface StatusFlags {
  readonly db?: string;
}

/** Flags of `db update`. */
export interface UpdateFlags extends StatusFlags {
  readonly ecosystem: readonly string[];
  readonly malware?: boolean;
  readonly from?: string;
  readonly force?: boolean;
}

/** Flags of `db import`. */
export interface ImportFlags extends StatusFlags {
  readonly ecosystem: readonly string[];
  readonly malware?: boolean;
  readonly asOf?: string;
  readonly force?: boolean;
}

/** Flags of `db export`. */
export interface ExportFlags extends StatusFlags {
  readonly force?: boolean;
}

/** Flags of `db build`. */
export interface BuildFlags extends Omit<ImportFlags, 'db'> {
  readonly out: string;
}

/** The database could not be brought up to date as asked. */
const FAILED = 2;

/** Prints what there is. */
export function status({ db }: StatusFlags): void {
  const folders = foldersFrom(db);
  print(
    statusText(
      openStore(folders),
      folders.map(({ path }) => path),
      instantNow(),
    ),
  );
}

/** Fetches what is new; the exit code is 2 when a part failed. */
export async function update(flags: UpdateFlags, outcome: Outcome): Promise<void> {
  const folder = ownFolder(flags.db);
  const client = openClient({ agent: AGENT });
  const outcomes = await bringUpToDate({
    folder,
    origin:
      flags.from === undefined ? publicOrigin(client, servicesFrom(process.env)) : namedOrigin(client, flags.from),
    ecosystems: flags.ecosystem.length > 0 ? ecosystemsFrom(flags.ecosystem) : presentIn(folder),
    malware: flags.malware ?? false,
    force: flags.force ?? false,
    now: instantNow(),
    builder: VERSION,
    attribution: OSV,
    tell,
  });
  for (const { what, result, sentence } of outcomes) {
    if (result === 'failed') complain(`error: ${visible(what)}: ${visible(sentence)}\n`);
    else print(`${visible(what)}: ${visible(sentence)}\n`);
  }
  if (!outcomes.some(({ result }) => result === 'failed')) return;
  outcome.exitCode = FAILED;
  complain('  What failed is as it was before.\n');
}

/** Takes in what is brought. */
export async function importFrom(paths: readonly string[], flags: ImportFlags): Promise<void> {
  await takeIn(paths, ownFolder(flags.db), flags);
}

/** Builds into a folder that need not be where checks look. */
export async function build(paths: readonly string[], flags: BuildFlags): Promise<void> {
  await takeIn(paths, { path: resolve(flags.out), named: true }, flags);
}

/** Writes the database to one file. */
export function exportTo(file: string, flags: ExportFlags): void {
  const { zip, files } = exported(ownFolder(flags.db));
  writeFileSafely(file, zip, { force: flags.force ?? false });
  complain(`wrote ${visible(file)}: ${files} files; \`gonogo db import\` takes it in\n`);
}

async function takeIn(paths: readonly string[], folder: Folder, flags: Omit<ImportFlags, 'db'>): Promise<void> {
  if (flags.asOf !== undefined && !isDate(flags.asOf))
    throw new InputError(`"${flags.asOf}" is not a day`, '--as-of', 'write it as YYYY-MM-DD, e.g. 2026-11-16');
  const taken = await importAll({
    folder,
    paths,
    ecosystems: ecosystemsFrom(flags.ecosystem),
    malware: flags.malware ?? false,
    force: flags.force ?? false,
    ...(flags.asOf !== undefined && { asOf: `${flags.asOf}T00:00:00Z` }),
    builder: VERSION,
    attribution: OSV,
    tell,
  });
  for (const { what, sentence } of taken) print(`${visible(what)}: ${visible(sentence)}\n`);
}

function tell(sentence: string): void {
  complain(`note: ${visible(sentence)}\n`);
}

function ownFolder(named: string | undefined): Folder {
  const [first] = foldersFrom(named);
  if (first) return first;
  throw new InputError('there is no folder to keep the data in', '--db', 'name one');
}

function ecosystemsFrom(words: readonly string[]): readonly Ecosystem[] {
  return words.map((word) => {
    const ecosystem = ecosystemMeant(word);
    if (ecosystem) return ecosystem;
    throw new InputError(
      `there is no data on an ecosystem "${word}"`,
      '--ecosystem',
      `there is on ${SERVED.join(', ')}`,
    );
  });
}

/** What is there is kept up to date; where there is nothing yet, everything is fetched. */
function presentIn(folder: Folder): readonly Ecosystem[] {
  const { states } = openStore([folder]);
  const present = SERVED.filter((ecosystem) => states.some((state) => state.ecosystem === ecosystem));
  return present.length > 0 ? present : SERVED;
}
