/** A whole database as one zip, to be carried where there is no network; and databases of others, taken in only when they are whole. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EXPLOITED_STATE } from '../advisories/data-states.ts';
import { readExploited } from '../advisories/database/exploited.ts';
import { openMalware } from '../advisories/database/malware.ts';
import { openDatabase, verifyDatabase } from '../advisories/database/open.ts';
import { SERVED } from '../advisories/package-name.ts';
import { InputError } from '../input-error.ts';
import type { Ecosystem } from '../versions/order.ts';
import { type ByteSource, bytesOf } from './byte-source.ts';
import { EXPLOITED_FILE, filesOf } from './ecosystems.ts';
import type { Folder } from './folders.ts';
import { place } from './place.ts';
import { type NewFile, replaceFiles } from './replace.ts';
import { readTrusted } from './trusted-file.ts';
import { openZip } from './zip.ts';
import { zipBytes } from './zip-writer.ts';

/** Files of a database by name. */
export type Bundle = ReadonlyMap<string, Buffer>;

/** What is taken along: what is needed to answer, not what small updates start from. */
const NAMES: readonly string[] = [
  ...SERVED.flatMap((ecosystem) => {
    const { adv, idx, malware } = filesOf(ecosystem);
    return [adv, idx, malware];
  }),
  EXPLOITED_FILE,
];

const MOST = 400 << 20;
/** Advisories are text of few words, and shrink to a tenth; a list of malware does not shrink. */
const CAPS = { members: NAMES.length, memberBytes: MOST, ratio: 100 };

/** The database of a folder as one zip; equal databases give equal bytes on the same version of Node. */
export function exported(folder: Folder): { readonly zip: Buffer; readonly files: number } {
  const bundle = bundleInFolder(folder);
  if (bundle.size === 0)
    throw new InputError(`there is no database in ${folder.path}`, folder.path, 'run `gonogo db update` first');
  const files = [...bundle].map(([name, bytes]): NewFile => ({ name, bytes }));
  return { zip: zipBytes(files), files: files.length };
}

/** The database in a folder; empty where there is none. */
export function bundleInFolder(folder: Folder): Bundle {
  const present = new Set(readdirQuietly(folder.path));
  const bundle = new Map<string, Buffer>();
  for (const name of NAMES.filter((it) => present.has(it))) {
    const read = readTrusted(folder, name, MOST);
    if (read && 'trouble' in read)
      throw new InputError(read.trouble, join(folder.path, name), 'put a whole file there');
    if (read) bundle.set(name, read.bytes);
  }
  return bundle;
}

function readdirQuietly(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The database in a zip; undefined where it is another kind of zip. Throws a ZipError. */
export function bundleInZip(source: ByteSource): Bundle | undefined {
  const all = openZip(source);
  const bundle = new Map<string, Buffer>();
  for (const { name } of all.members()) if (!NAMES.includes(name)) return undefined;
  const zip = openZip(source, CAPS);
  for (const member of zip.members()) bundle.set(member.name, zip.read(member));
  return bundle.size === 0 ? undefined : bundle;
}

/** One part of a bundle that has been taken in. */
export interface Taken {
  readonly what: string;
  readonly sentence: string;
}

/** Takes a bundle in, part by part; throws an InputError at the first that is not whole. */
export function takeIn(folder: Folder, bundle: Bundle, force: boolean): readonly Taken[] {
  const taken = SERVED.flatMap((ecosystem) => takeEcosystem(folder, bundle, ecosystem, force));
  const list = bundle.get(EXPLOITED_FILE);
  if (!list) return taken;
  const read = readExploited(list.toString('utf8'));
  if ('trouble' in read) throw broken(EXPLOITED_FILE, read.trouble);
  replaceFiles(folder.path, [{ name: EXPLOITED_FILE, bytes: list }]);
  return [...taken, { what: EXPLOITED_STATE, sentence: `${read.exploited.size} listed, as of ${read.asOf}` }];
}

function takeEcosystem(folder: Folder, bundle: Bundle, ecosystem: Ecosystem, force: boolean): readonly Taken[] {
  const names = filesOf(ecosystem);
  const adv = bundle.get(names.adv);
  if (!adv) return [];
  const [trouble] = verifyDatabase(bytesOf(adv));
  const opened = openDatabase(bytesOf(adv));
  if (trouble !== undefined || 'trouble' in opened) throw broken(names.adv, trouble ?? 'it cannot be opened');
  const { header } = opened.database;
  if (header.ecosystem !== ecosystem) throw broken(names.adv, `it holds data on ${header.ecosystem}`);
  const malware = bundle.get(names.malware);
  const list = malware && openMalware(malware);
  if (list && 'trouble' in list) throw broken(names.malware, list.trouble);
  if (list?.list && list.list.ecosystem !== ecosystem)
    throw broken(names.malware, `it holds data on ${list.list.ecosystem}`);
  const files = [names.adv, names.idx, names.malware].flatMap((name): readonly NewFile[] => {
    const bytes = bundle.get(name);
    return bytes ? [{ name, bytes }] : [];
  });
  place(folder, { header, files }, { force });
  return [{ what: ecosystem, sentence: `${header.records} records, as of ${header.asOf}` }];
}

function broken(name: string, trouble: string): InputError {
  return new InputError(`${name}: ${trouble}`, name, 'export it again where it is from');
}
