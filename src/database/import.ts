/** Builds databases from records that somebody brings: dumps, folders of OSV records in JSON or YAML, the cache of osv-scanner, or another site's database. */
import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isUndated } from '../advisories/data-states.ts';
import { members } from '../advisories/fields.ts';
import { SERVED } from '../advisories/package-name.ts';
import { InputError } from '../input-error.ts';
import type { Ecosystem } from '../versions/order.ts';
import { assemble } from './assemble.ts';
import { type Bundle, bundleInFolder, bundleInZip, type Taken, takeIn } from './bundle.ts';
import { openFile } from './byte-source.ts';
import { ecosystemMeant, filesOf } from './ecosystems.ts';
import type { Folder } from './folders.ts';
import { inWords, place } from './place.ts';
import { isMalwareId, parsed, type RawRecord, rawRecord, recordsInZip } from './records.ts';
import { ZipError } from './zip.ts';

/** What to import, and how. */
export interface ImportJob {
  readonly folder: Folder;
  readonly paths: readonly string[];
  /** What is brought is all there is on these. Beyond them, a dump is complete for the ecosystem it is named after, and nothing else is complete. */
  readonly ecosystems: readonly Ecosystem[];
  readonly malware: boolean;
  readonly force: boolean;
  /** ISO instant up to which it is complete; that of the newest change when not given. */
  readonly asOf?: string;
  readonly builder: string;
  readonly attribution: { readonly name: string; readonly licence: string; readonly url: string };
  readonly tell: (sentence: string) => void;
}

const MOST_ENTRIES = 2_000_000;
const DEEPEST = 16;
const LONGEST_RECORD = 32 << 20;

/** What was found at the paths. */
interface Findings {
  readonly bundles: Bundle[];
  readonly zips: string[];
  readonly files: string[];
}

/** Imports everything or throws an InputError; what was taken in before that stays. */
export async function importAll(job: ImportJob): Promise<readonly Taken[]> {
  const found: Findings = { bundles: [], zips: [], files: [] };
  for (const path of job.paths) findAt(path, found);
  const taken = found.bundles.flatMap((bundle) => takeIn(job.folder, bundle, job.force));
  if (found.zips.length + found.files.length > 0) taken.push(...(await fromRecords(found, job)));
  if (taken.length > 0) return taken;
  throw new InputError(
    `there are no advisories at ${job.paths.join(', ')}`,
    job.paths.join(', '),
    'give dumps (all.zip), folders of OSV records, or a file of `gonogo db export`',
  );
}

function findAt(path: string, found: Findings): void {
  const stats = statOf(path);
  if (stats.isDirectory()) {
    const bundle = bundleInFolder({ path, named: true });
    if (bundle.size > 0) found.bundles.push(bundle);
    else walk(path, 0, { left: MOST_ENTRIES, found });
  } else if (/\.zip$/i.test(path)) {
    const bundle = readingZip(path, (file) => bundleInZip(file));
    if (bundle) found.bundles.push(bundle);
    else found.zips.push(path);
  } else found.files.push(path);
}

function statOf(path: string): Stats {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() || stats?.isDirectory()) return stats;
  throw new InputError(`there is no file or folder "${path}"`, path, 'check the path');
}

/** Dumps and records below a folder, in the order of their names; links are not followed. */
function walk(folder: string, depth: number, state: { left: number; readonly found: Findings }): void {
  if (depth > DEEPEST) throw new InputError(`"${folder}" is too deep`, folder, 'name a folder further down');
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    state.left -= 1;
    if (state.left < 0) throw new InputError(`"${folder}" holds too many files`, folder, 'name fewer folders');
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) walk(path, depth + 1, state);
    else if (entry.isFile() && /\.zip$/i.test(entry.name)) state.found.zips.push(path);
    else if (entry.isFile() && /\.(json|ya?ml)$/i.test(entry.name)) state.found.files.push(path);
  }
}

function readingZip<T>(path: string, read: (file: ReturnType<typeof openFile>) => T): T {
  const file = openFile(path);
  try {
    return read(file);
  } catch (error) {
    if (error instanceof ZipError) throw new InputError(`"${path}" ${error.message}`, path, 'fetch or copy it again');
    throw error;
  } finally {
    file.close();
  }
}

async function fromRecords({ zips, files }: Findings, job: ImportJob): Promise<Taken[]> {
  const unread: string[] = [];
  const note = (sentence: string): void => void unread.push(sentence);
  const { records: loose, foreign } = await recordsInFiles(files, note);
  const records = (kind: 'advisories' | 'malware'): readonly RawRecord[] => [
    ...zips.flatMap((path) => readingZip(path, (file) => [...recordsInZip(file, kind, note)].filter(isConcerned))),
    ...loose.filter(({ id }) => isMalwareId(id) === (kind === 'malware')),
  ];
  const advisories = records('advisories');
  const malware = job.malware ? records('malware') : undefined;
  const dumped = new Set(zips.flatMap((path) => namedAfter(path) ?? []));
  const unnamed = loose.length > 0 || zips.some((path) => namedAfter(path) === undefined);
  const taken: Taken[] = [];
  for (const ecosystem of SERVED) {
    const dump = dumped.has(ecosystem);
    const whole = dump || job.ecosystems.includes(ecosystem);
    const some = unnamed && advisories.some(({ ecosystems }) => ecosystems.has(ecosystem));
    const complete = whole && unread.length === 0;
    if (whole || some) taken.push(await take(ecosystem, { advisories, malware, complete, dump }, job));
  }
  if (foreign.length > 0) job.tell(`${passedOver(foreign.length)}, first "${foreign[0]}"`);
  for (const sentence of unread.slice(0, 20)) job.tell(sentence);
  if (unread.length > 20) job.tell(`${unread.length - 20} more could not be read`);
  return taken;
}

function passedOver(files: number): string {
  return files === 1
    ? '1 file is no OSV record and was passed over'
    : `${files} files are no OSV records and were passed over`;
}

function isConcerned({ ecosystems }: RawRecord): boolean {
  return ecosystems.size > 0;
}

/** The ecosystem whose records a dump holds: `npm/all.zip` or `npm.zip`. */
function namedAfter(path: string): Ecosystem | undefined {
  const name = basename(path).replace(/\.zip$/i, '');
  return ecosystemMeant(name === 'all' ? basename(dirname(path)) : name);
}

interface Records {
  readonly advisories: readonly RawRecord[];
  readonly malware: readonly RawRecord[] | undefined;
  readonly complete: boolean;
  /** They are the publisher's own. */
  readonly dump: boolean;
}

/** Records of whoever wrote them. */
const OWN = { name: 'imported records', licence: '', url: '' };

async function take(ecosystem: Ecosystem, { malware, dump, ...records }: Records, job: ImportJob): Promise<Taken> {
  const { asOf, builder } = job;
  const source = dump ? job.attribution : OWN;
  const built = await assemble({
    ecosystem,
    ...records,
    source,
    builder,
    ...(malware && { malware }),
    ...(asOf !== undefined && { asOf }),
  });
  const files = built.files.filter(({ name }) => name !== filesOf(ecosystem).records);
  place(job.folder, { header: built.header, files }, job);
  for (const trouble of built.troubles) job.tell(`${ecosystem}: ${trouble}`);
  const { header } = built;
  if (isUndated(header.asOf))
    job.tell(`${ecosystem}: no record tells when it was changed; give the day they are of with --as-of`);
  const part = header.complete ? '' : ' (some of them, so that "none found" proves nothing)';
  return { what: ecosystem, sentence: `${inWords(header)}${part}` };
}

/** What is in loose files. */
interface Loose {
  readonly records: readonly RawRecord[];
  /** Files that hold something else, as a checkout does besides its records: nothing is missing for their sake. */
  readonly foreign: readonly string[];
}

async function recordsInFiles(paths: readonly string[], note: (sentence: string) => void): Promise<Loose> {
  const records: RawRecord[] = [];
  const foreign: string[] = [];
  for (const path of paths) {
    const value = statSync(path).size > LONGEST_RECORD ? undefined : await valueIn(path);
    const record = rawRecord(value);
    if (record) records.push(record);
    else if (isForeign(value)) foreign.push(path);
    else note(`"${path}" is no record`);
  }
  return { records, foreign };
}

/** It was read, and has nothing of a record: no id, and nothing that is affected. */
function isForeign(value: unknown): boolean {
  const { id, affected } = members(value);
  return value !== undefined && id === undefined && affected === undefined;
}

async function valueIn(path: string): Promise<unknown> {
  const text = readFileSync(path, 'utf8');
  if (/\.json$/i.test(path)) return parsed(text);
  const { parseYaml } = await import('../evidence/yaml/yaml.ts');
  const { documents, errors, templated } = parseYaml(text);
  return errors.length === 0 && !templated && documents.length === 1 ? documents[0]?.value : undefined;
}
