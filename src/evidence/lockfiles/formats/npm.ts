/** npm's package-lock.json and npm-shrinkwrap.json, versions 1 to 3. Version 1 is read as if a later npm had written it. */
import { record, word } from '../../plain-value.ts';
import { type Bare, type Edge, type Node, settle, type Weight } from '../graph.ts';
import { keyLines } from '../key-lines.ts';
import type { Agreement, Gap, LockedPackage, LockFormat, LockResult, TextAt } from '../locked.ts';
import {
  isWorkspace,
  joined,
  parseJson,
  parsePackageJson,
  type Wanted,
  wantsOf,
  workspaceGlobs,
} from '../package-json.ts';
import { compareWants, type LockedWants } from '../wants.ts';
import { bareOf, installedName } from './npm-origin.ts';
import { entriesOfV1 } from './npm-v1.ts';

/** One place where something is installed. */
export interface NpmEntry {
  /** E.g. `node_modules/a/node_modules/b`; a member's folder; empty for the project. */
  readonly key: string;
  /** Undefined where it is no object. */
  readonly value: Readonly<Record<string, unknown>> | undefined;
  readonly line: number;
  /** Version 1 says outright that it comes from an address. */
  readonly isAddress?: boolean;
}

interface Parsed {
  readonly version: number;
  readonly entries: readonly NpmEntry[];
  readonly gaps: readonly Gap[];
}

export const format: LockFormat = {
  name: 'npm',
  ecosystem: 'npm',
  files: /^(?:package-lock|npm-shrinkwrap)\.json$/,
  manifests: /^package\.json$/,
  members: (lock) =>
    parse(lock).entries.flatMap(({ key }) => (isInstalled(key) ? [] : (joined(folderOf(lock), key) ?? []))),
  read,
  agree,
};

/** Longest key: a path of folders. */
const LONGEST_KEY = 4096;
const NEWEST = 3;

const parses = new WeakMap<TextAt, Parsed>();

function parse(lock: TextAt): Parsed {
  const known = parses.get(lock) ?? parseText(lock.text);
  parses.set(lock, known);
  return known;
}

function parseText(text: string): Parsed {
  const root = parseJson(text);
  if (!root) return { version: 0, entries: [], gaps: [{ kind: 'unparsed', count: 0, say: 'it is not valid JSON' }] };
  const version = Number(root.lockfileVersion ?? 1);
  const gaps: Gap[] = [];
  if (!(version <= NEWEST))
    gaps.push({ kind: 'unparsed', count: 0, say: `version ${word(root.lockfileVersion)} of the format is not known` });
  if (root.packages === undefined) {
    const [entries, deeper] = entriesOfV1(root, text);
    if (deeper > 0) gaps.push({ kind: 'unparsed', count: deeper, say: 'packages lie too deep in each other' });
    return { version: 1, entries, gaps };
  }
  const lineOf = keyLines(text, '{');
  const entries = Object.entries(record(root.packages)).map(([key, value]) => ({
    key,
    value: typeof value === 'object' && value !== null && !Array.isArray(value) ? record(value) : undefined,
    line: lineOf(key),
  }));
  return { version, entries, gaps };
}

function read(lock: TextAt, manifests: readonly TextAt[], only?: readonly string[]): LockResult {
  const { entries, gaps, version } = parse(lock);
  const usable = entries.filter(({ key, value }) => value !== undefined && key.length <= LONGEST_KEY);
  const places = new Map(usable.map((entry, index) => [entry.key, { entry, index }]));
  const globs = workspaceGlobs(places.get('')?.entry.value?.workspaces);
  const links = linksOf(usable, places, globs);
  const addresses = new Set<number>();
  const edgesOf = ({ key, value }: NpmEntry): readonly Edge[] =>
    needsOf(value ?? {}, isInstalled(key), version === 1).flatMap(({ name, range, weight }) => {
      const place = resolve(places, key, name);
      if (place === undefined) return [];
      if (/^https?:/i.test(range)) addresses.add(place.index);
      const isOptional = version === 1 && place.entry.value?.optional === true;
      return [{ to: links.targets.get(place.index) ?? place.index, range, weight: isOptional ? 'optional' : weight }];
    });
  const edges = usable.map(edgesOf);
  const counts = { unparsed: entries.length - usable.length, 'no-version': 0 };
  const nodes: Node[] = usable.map((entry, index): Node => {
    const its = edges[index] ?? [];
    const folder = isInstalled(entry.key) ? undefined : joined(folderOf(lock), entry.key);
    if (links.targets.has(index)) return { edges: [] };
    if (entry.value?.link === true) counts.unparsed += 1;
    if (entry.value?.link === true) return { edges: [] };
    if (!isInstalled(entry.key)) {
      const bare = links.folders.get(index);
      return { edges: its, folder: folder ?? entry.key, ...(bare && { package: bare }) };
    }
    const bare = bareOf(entry, entry.isAddress === true || addresses.has(index));
    if (!bare) counts['no-version'] += 1;
    return { edges: its, flagged: flagsOf(entry.value ?? {}), ...(bare && { package: bare }) };
  });
  if (version === 1) nodes.push(...projectOf(lock, manifests, places));
  return {
    ...settle(nodes, only),
    gaps: [
      ...gaps,
      ...gapOf('unparsed', counts.unparsed, 'entries are not understood'),
      ...gapOf('no-version', counts['no-version'], 'entries say neither version nor address'),
    ],
  };
}

function gapOf(kind: Gap['kind'], count: number, say: string): readonly Gap[] {
  return count > 0 ? [{ kind, count, say }] : [];
}

function isInstalled(key: string): boolean {
  return key.startsWith('node_modules/') || key.includes('/node_modules/');
}

function folderOf({ path }: TextAt): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

type Places = ReadonlyMap<string, { readonly entry: NpmEntry; readonly index: number }>;

/** Node's own way: beside whoever asks, then in each folder above. */
function resolve(places: Places, from: string, name: string): { entry: NpmEntry; index: number } | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(at.lastIndexOf('/'), 0))) {
    const place = places.get(at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`);
    if (place !== undefined || at === '') return place;
  }
}

/** Where links lead: from the link's place to the folder's. Folders that are no members are packages of their own. */
function linksOf(
  entries: readonly NpmEntry[],
  places: Places,
  globs: readonly string[],
): { readonly targets: ReadonlyMap<number, number>; readonly folders: ReadonlyMap<number, Bare> } {
  const targets = new Map<number, number>();
  const folders = new Map<number, Bare>();
  for (const [index, { key, value, line }] of entries.entries()) {
    const folder = value?.link === true ? word(value.resolved) : undefined;
    const target = folder === undefined ? undefined : places.get(folder);
    if (folder === undefined || target === undefined || isInstalled(folder) || folder === '') continue;
    targets.set(index, target.index);
    if (!isWorkspace(globs, folder))
      folders.set(target.index, { name: word(target.entry.value?.name) ?? installedName(key), source: 'path', line });
  }
  return { targets, folders };
}

/** Members ask for what helps to build them, too; packages do not. Peers are installed, unless they are optional. */
function needsOf(value: Readonly<Record<string, unknown>>, installed: boolean, old: boolean): readonly Wanted[] {
  const maps: (readonly [string, Weight])[] = [
    ['optionalDependencies', 'optional'],
    ['dependencies', 'production'],
  ];
  if (!installed) maps.push(['devDependencies', 'development']);
  const wants = wantsOf(value, maps);
  if (old) return wants;
  const meta = new Map(Object.entries(record(value.peerDependenciesMeta)));
  const peers = wantsOf(value, [['peerDependencies', 'production']]);
  return [...wants, ...peers.filter(({ name }) => record(meta.get(name)).optional !== true)];
}

function flagsOf(value: Readonly<Record<string, unknown>>): LockedPackage['scope'] {
  if (value.extraneous === true) return 'unknown';
  if (value.dev === true) return 'development';
  return value.optional === true || value.devOptional === true ? 'optional' : 'production';
}

/** Version 1 does not know the project; its package.json does. */
function projectOf(lock: TextAt, manifests: readonly TextAt[], places: Places): readonly Node[] {
  const folder = folderOf(lock);
  return manifests.flatMap((it) => {
    const project = folderOf(it) === folder ? parsePackageJson(it) : undefined;
    const edges = project?.wants.flatMap(({ name, range, weight }) => {
      const place = places.get(`node_modules/${name}`);
      return place ? [{ to: place.index, range, weight }] : [];
    });
    return edges ? [{ edges, folder }] : [];
  });
}

/** What npm wrote down of each package.json against what that says now. */
function agree(lock: TextAt, manifests: readonly TextAt[]): Agreement {
  const { version, entries } = parse(lock);
  const folder = folderOf(lock);
  const members = new Map(
    entries.flatMap(({ key, value = {} }) => {
      const its = isInstalled(key) ? undefined : joined(folder, key);
      return its === undefined ? [] : [[its, lockedWants(value)] as const];
    }),
  );
  if (version === 1)
    return { disagreements: [], compared: 0, untold: ['version 1 of the format keeps no requirements'] };
  return compareWants(manifests, { of: (it) => members.get(it.folder), peers: true });
}

function lockedWants(value: Readonly<Record<string, unknown>>): LockedWants {
  const wants = [...wantsOf(value), ...wantsOf(value, [['peerDependencies', 'production']])];
  return { ranges: new Map(wants.map(({ name, map, range }) => [`${map} ${name}`, range])) };
}
