/** npm's package-lock.json and npm-shrinkwrap.json, versions 1 to 3. Version 1 is read as if a later npm had written it. */
import { record, word } from '../../plain-value.ts';
import { gapsOf, noTroubles, type Troubles } from '../gaps.ts';
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
import { folderOf } from '../paths.ts';
import { perText } from '../per-text.ts';
import { isPlace, NOT_FOLLOWED, placeFinder } from '../place-finder.ts';
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
  /** Version 1, which knows neither the project nor its members. */
  readonly isOld: boolean;
  readonly entries: readonly NpmEntry[];
  readonly troubles: Troubles;
}

export const format: LockFormat = {
  name: 'npm',
  ecosystem: 'npm',
  files: /^(?:package-lock|npm-shrinkwrap)\.json$/,
  manifests: /^package\.json$/,
  members: (lock) =>
    parse(lock).entries.flatMap(({ key }) => (isInstalled(key) ? [] : (joined(folderOf(lock.path), key) ?? []))),
  read,
  agree,
};

const NEWEST = 3;

const parse = perText(({ text }) => parseText(text));

function parseText(text: string): Parsed {
  const root = parseJson(text);
  const troubles = noTroubles();
  if (!root) troubles.whole.push('it is not valid JSON');
  const version = Number(root?.lockfileVersion ?? 1);
  if (!(version <= NEWEST)) troubles.whole.push(`version ${word(root?.lockfileVersion)} of the format is not known`);
  const isOld = root?.packages === undefined;
  const [all, deeper] = isOld ? entriesOfV1(root ?? {}, text) : [entriesOf(record(root.packages), text), 0];
  const entries = all.filter(({ key, value }) => value !== undefined && isPlace(key));
  troubles.unparsed += all.length - entries.length + deeper;
  return { isOld, entries, troubles };
}

function entriesOf(packages: Readonly<Record<string, unknown>>, text: string): readonly NpmEntry[] {
  const lineOf = keyLines(text, '{');
  return Object.entries(packages).map(([key, value]) => {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return { key, value: isObject ? record(value) : undefined, line: lineOf(key) };
  });
}

function read(lock: TextAt, manifests: readonly TextAt[], only?: readonly string[]): LockResult {
  const { isOld, entries } = parse(lock);
  const { nodes, gaps } = graphOf(lock);
  // Version 1 does not know the project.
  const project = isOld ? projectOf(lock, manifests, entries) : [];
  return { ...settle(project.length > 0 ? [...nodes, ...project] : nodes, only), gaps };
}

/** All that a lockfile says by itself. */
const graphOf = perText((lock): { readonly nodes: readonly Node[]; readonly gaps: readonly Gap[] } => {
  const { entries, isOld, ...parsed } = parse(lock);
  const troubles = { ...parsed.troubles, whole: [...parsed.troubles.whole] };
  const indices = new Map(entries.map(({ key }, index) => [key, index]));
  const places = placeFinder(indices, {
    below: (place, name) => (place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`),
    above: (key) => key.slice(0, Math.max(key.lastIndexOf('/node_modules/'), 0)),
  });
  const globs = workspaceGlobs(entries[indices.get('') ?? -1]?.value?.workspaces);
  const links = linksOf(entries, indices, globs);
  const addresses = new Set<number>();
  const edges = entries.map(({ key, value = {} }) =>
    needsOf(value, isInstalled(key), isOld).flatMap(({ name, range, weight }): readonly Edge[] => {
      const place = places.find(key, name);
      if (place === undefined) return [];
      if (/^https?:/i.test(range)) addresses.add(place);
      const isOptional = isOld && entries[place]?.value?.optional === true;
      return [{ to: links.targets.get(place) ?? place, range, weight: isOptional ? 'optional' : weight }];
    }),
  );
  const nodes = entries.map((entry, index): Node => {
    const { key, value = {} } = entry;
    const its = { edges: edges[index] ?? [] };
    if (links.targets.has(index)) return { edges: [] };
    if (!isInstalled(key)) {
      const bare = links.folders.get(index);
      return { ...its, folder: joined(folderOf(lock.path), key) ?? key, ...(bare && { package: bare }) };
    }
    const isLost = value.link === true;
    const bare = isLost ? undefined : bareOf(entry, entry.isAddress === true || addresses.has(index));
    if (isLost) troubles.unparsed += 1;
    else if (!bare) troubles.noVersion += 1;
    return { ...its, flagged: flagsOf(value), ...(bare && { package: bare }) };
  });
  if (places.isSpent()) troubles.whole.push(NOT_FOLLOWED);
  return { nodes, gaps: gapsOf(troubles) };
});

function isInstalled(key: string): boolean {
  return key.startsWith('node_modules/') || key.includes('/node_modules/');
}

const MOST_MEMBERS = 10_000;

/** Where links lead: from the link's place to the folder's. Folders that are no members are packages of their own. */
function linksOf(
  entries: readonly NpmEntry[],
  indices: ReadonlyMap<string, number>,
  globs: readonly string[],
): { readonly targets: ReadonlyMap<number, number>; readonly folders: ReadonlyMap<number, Bare> } {
  const targets = new Map<number, number>();
  const folders = new Map<number, Bare>();
  for (const [index, { key, value, line }] of entries.entries()) {
    const folder = value?.link === true ? word(value.resolved) : undefined;
    const target = folder === undefined ? undefined : indices.get(folder);
    if (folder === undefined || target === undefined || isInstalled(folder) || folder === '') continue;
    targets.set(index, target);
    const isMember = targets.size <= MOST_MEMBERS && isWorkspace(globs, folder);
    if (!isMember)
      folders.set(target, { name: word(entries[target]?.value?.name) ?? installedName(key), source: 'path', line });
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

/** What the package.json beside it asks for. */
function projectOf(lock: TextAt, manifests: readonly TextAt[], entries: readonly NpmEntry[]): readonly Node[] {
  const indices = new Map(entries.map(({ key }, index) => [key, index]));
  const folder = folderOf(lock.path);
  return manifests.flatMap((it) => {
    const project = folderOf(it.path) === folder ? parsePackageJson(it) : undefined;
    const edges = project?.wants.flatMap(({ name, range, weight }) => {
      const to = indices.get(`node_modules/${name}`);
      return to === undefined ? [] : [{ to, range, weight }];
    });
    return edges ? [{ edges, folder }] : [];
  });
}

/** What npm wrote down of each package.json against what that says now. */
function agree(lock: TextAt, manifests: readonly TextAt[]): Agreement {
  const { isOld, entries } = parse(lock);
  const folder = folderOf(lock.path);
  const members = new Map(
    entries.flatMap(({ key, value = {} }) => {
      const its = isInstalled(key) ? undefined : joined(folder, key);
      return its === undefined ? [] : [[its, lockedWants(value)] as const];
    }),
  );
  if (isOld) return { disagreements: [], compared: 0, untold: ['version 1 of the format keeps no requirements'] };
  return compareWants(manifests, { of: (it) => members.get(it.folder), peers: true });
}

function lockedWants(value: Readonly<Record<string, unknown>>): LockedWants {
  const wants = [...wantsOf(value), ...wantsOf(value, [['peerDependencies', 'production']])];
  return { ranges: new Map(wants.map(({ name, map, range }) => [`${map} ${name}`, range])) };
}
