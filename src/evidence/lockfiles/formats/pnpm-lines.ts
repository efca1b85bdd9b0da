/** A pnpm-lock.yaml of versions 5 to 9, line by line: the general YAML parser takes a hundred times as long. */
import { noTroubles, type Troubles, UNMERGED } from '../gaps.ts';
import type { Weight } from '../graph.ts';
import { perText } from '../per-text.ts';
import { eachLine, isConflict, type Pair, unquoted, yamlPair } from '../scalar.ts';

/** What somebody needs, as pnpm resolved it: `1.0.0(peer@2.0.0)`, `link:../a`, `/real/1.0.0`. */
export interface PnpmNeed {
  readonly name: string;
  readonly weight: Weight;
  resolved: string;
  /** What a member's manifest asked for. */
  range?: string;
}

/** What is kept of a package; `tarball`, `type` and `commit` are of its resolution. */
type Field = 'name' | 'version' | 'dev' | 'optional' | 'deprecated' | 'tarball' | 'type' | 'commit';

const OF_PACKAGE: ReadonlySet<string> = new Set<Field>(['name', 'version', 'dev', 'optional', 'deprecated']);
const OF_RESOLUTION: ReadonlySet<string> = new Set<Field>(['tarball', 'type', 'commit']);

/** One package; variants that differ in their peers are one. */
export interface PnpmEntry {
  /** Without peers. */
  readonly key: string;
  readonly line: number;
  /** Whether it is described, and not only needed. */
  described: boolean;
  /** What is said of it, as written. */
  readonly said: { [K in Field]?: string };
  /** Ranges of its peers by name. */
  peers?: Map<string, string>;
  readonly needs: PnpmNeed[];
}

/** A parsed lockfile. */
export interface PnpmLock {
  /** E.g. 5.4, 6 or 9; undefined where it does not say. */
  version: number | undefined;
  readonly entries: Map<string, PnpmEntry>;
  /** Needs of each member by its folder from the lockfile's. */
  readonly members: Map<string, PnpmNeed[]>;
  readonly overrides: Map<string, string>;
  readonly settings: Map<string, string>;
  /** ISO instants of releases by key. */
  readonly times: Map<string, string>;
  readonly troubles: Troubles;
}

/** Where the walk over the lines is. */
interface Scan {
  readonly lock: PnpmLock;
  /** Keys above the line by depth: two blanks a level. */
  readonly path: string[];
  /** Version 5 keeps what manifests asked for apart, by folder and name. */
  readonly specifiers: Map<string, string>;
  /** Needs of packages by section and line: popular ones are needed by thousands in the same words, and share an object. */
  readonly needs: ReadonlyMap<string, Map<string, PnpmNeed>>;
  entry?: PnpmEntry | undefined;
  need?: PnpmNeed | undefined;
  /** A text over several lines, and how far its key is indented. */
  block?: { readonly field: Field | undefined; readonly indent: number } | undefined;
}

const DEEPEST = 4;

/** Sections of packages whose lines repeat. */
const SHARED = ['dependencies', 'optionalDependencies'];

/** Parses a lockfile. */
export const parsePnpm = perText(({ text }) => parseText(text));

/** The key or version without the peers that it was resolved with: `(…)` from version 6 on, `_…` or `/…` before. */
export function withoutPeers(key: string, version: number | undefined): string {
  const bracket = key.indexOf('(');
  if (bracket > 0) return key.slice(0, bracket);
  if (version === undefined || version >= 6) return key;
  return /^(?:\/(?:@[^/]+\/)?[^/]+\/|(?=\d))[^/_]+/.exec(key)?.[0] ?? key;
}

function parseText(text: string): PnpmLock {
  const lock: PnpmLock = {
    version: undefined,
    entries: new Map(),
    members: new Map(),
    overrides: new Map(),
    settings: new Map(),
    times: new Map(),
    troubles: noTroubles(),
  };
  const scan: Scan = {
    lock,
    path: new Array(DEEPEST + 1).fill(''),
    specifiers: new Map(),
    needs: new Map(SHARED.map((it) => [it, new Map<string, PnpmNeed>()])),
  };
  const tooLong = eachLine(text, (line, indent, content) => takeLine(scan, line, indent, content));
  lock.troubles.unparsed += tooLong;
  for (const [folder, needs] of lock.members)
    for (const need of needs) need.range ??= scan.specifiers.get(`${folder}\0${need.name}`) ?? '';
  return lock;
}

function takeLine(scan: Scan, line: number, indent: number, content: string): void {
  const { entry, block, path, lock } = scan;
  if (block && indent > block.indent) {
    if (entry && block.field) {
      const before = entry.said[block.field];
      entry.said[block.field] = before === undefined ? content : `${before} ${content}`;
    }
    return;
  }
  scan.block = undefined;
  if (isPassed(scan, indent, content)) return;
  if (isConflict(indent, content)) lock.troubles.whole.push(UNMERGED);
  if (content.startsWith('- ') || content === '---') return;
  // A long key stands behind `? `, and what it stands for on lines of which the first begins with `: `.
  const isValue = content.startsWith(': ');
  const isLong = content.startsWith('? ');
  const pair = isLong
    ? { key: unquoted(content.slice(2)), value: '' }
    : yamlPair(isValue ? content.slice(2).trimStart() : content);
  const before = entry?.needs.length;
  if (pair) takePair(scan, line, indent + (isValue ? 2 : 0), { key: pair.key, value: unquoted(pair.value) });
  if (entry && indent === 6 && entry.needs.length !== before) remember(scan, content, entry.needs.at(-1));
  if (!pair && indent === 2 && isOfPackages(path[0])) lock.troubles.unparsed += 1;
}

/** Takes the two lines that most lines are like: where a package is from the registry, and what one needs in words that are known. */
function isPassed({ entry, path, needs }: Scan, indent: number, content: string): boolean {
  if (!entry || !isOfPackages(path[0])) return false;
  if (indent === 4) {
    const isPlain = content.startsWith('resolution: {integrity: ') && !content.includes(', ');
    if (isPlain) path[2] = 'resolution';
    return isPlain;
  }
  const known = indent === 6 ? needs.get(path[2] ?? '')?.get(content) : undefined;
  if (known) entry.needs.push(known);
  return known !== undefined;
}

function remember({ needs, path }: Scan, content: string, need: PnpmNeed | undefined): void {
  if (need) needs.get(path[2] ?? '')?.set(content, need);
}

function isOfPackages(section: string | undefined): boolean {
  return section === 'packages' || section === 'snapshots';
}

function takePair(scan: Scan, line: number, indent: number, pair: Pair): void {
  const { path, lock } = scan;
  const depth = indent >> 1;
  if (depth > DEEPEST) return;
  path[depth] = pair.key;
  const [section = ''] = path;
  if (depth === 0) {
    scan.entry = undefined;
    scan.need = undefined;
    const version = Number.parseFloat(pair.value);
    if (pair.key === 'lockfileVersion' && Number.isFinite(version)) lock.version = version;
  } else if (isOfPackages(section)) {
    if (depth === 1) takeEntry(scan, section, pair, line);
    else if (scan.entry) takeProperty(scan, scan.entry, depth, indent, pair);
  } else if (section === 'importers') {
    if (depth === 1) needsOf(lock, pair.key);
    else takeMember(scan, path[1] ?? '', depth - 2, pair);
  } else if (depth === 1 && section === 'overrides') lock.overrides.set(pair.key, pair.value);
  else if (depth === 1 && section === 'settings') lock.settings.set(pair.key, pair.value);
  else if (depth === 1 && section === 'time') lock.times.set(withoutPeers(pair.key, lock.version), pair.value);
  else takeMember(scan, '.', depth, pair);
}

function takeEntry(scan: Scan, section: string, { key, value }: Pair, line: number): void {
  const { entries, troubles, version } = scan.lock;
  const short = withoutPeers(key, version);
  const known = entries.get(short) ?? newEntry(short, line);
  entries.set(short, known);
  if (section === 'packages') known.described = true;
  if (value !== '' && value !== '{}') troubles.unparsed += 1;
  scan.entry = known;
}

function takeProperty(scan: Scan, entry: PnpmEntry, depth: number, indent: number, { key, value }: Pair): void {
  const above = scan.path[2] ?? '';
  if (depth === 2) {
    const field = OF_PACKAGE.has(key) ? (key as Field) : undefined;
    if (key === 'resolution') resolutionOf(value, entry);
    else if (/^[>|][+-]?$/.test(value)) scan.block = { field, indent };
    else if (field && value !== '') entry.said[field] ??= value;
  } else if (depth === 3) {
    const weight = WEIGHTS.get(above);
    if (above === 'resolution' && OF_RESOLUTION.has(key)) entry.said[key as Field] = value;
    else if (above === 'peerDependencies') entry.peers = (entry.peers ?? new Map()).set(key, value);
    else if (weight && weight !== 'development') {
      entry.needs.push({ name: key, weight, resolved: value });
    }
  }
}

const WEIGHTS: ReadonlyMap<string, Weight> = new Map([
  ['dependencies', 'production'],
  ['optionalDependencies', 'optional'],
  ['devDependencies', 'development'],
  // What pnpm itself is configured with and by; kept in a document of its own.
  ['configDependencies', 'development'],
  ['packageManagerDependencies', 'development'],
]);

/** `depth` 1: a name in a map such as `devDependencies`; 2: what was asked for and what it became. */
function takeMember(scan: Scan, folder: string, depth: number, { key, value }: Pair): void {
  const group = scan.path[folder === '.' && scan.path[0] !== 'importers' ? 0 : 2] ?? '';
  const weight = WEIGHTS.get(group);
  if (depth === 1 && group === 'specifiers') scan.specifiers.set(`${folder}\0${key}`, value);
  else if (depth === 1 && weight) {
    scan.need = { name: key, weight, resolved: value };
    needsOf(scan.lock, folder).push(scan.need);
  } else if (depth === 2 && scan.need && weight) {
    if (key === 'specifier') scan.need.range = value;
    else if (key === 'version') scan.need.resolved = value;
  }
}

function newEntry(key: string, line: number): PnpmEntry {
  return { key, line, described: false, said: {}, needs: [] };
}

function needsOf({ members }: PnpmLock, folder: string): PnpmNeed[] {
  const known = members.get(folder) ?? [];
  members.set(folder, known);
  return known;
}

/** `{integrity: sha512-…, tarball: https://…}`. */
function resolutionOf(value: string, { said }: PnpmEntry): void {
  if (!value.startsWith('{') || (value.startsWith('{integrity: ') && !value.includes(', '))) return;
  for (const part of value.slice(1, value.endsWith('}') ? -1 : undefined).split(', ')) {
    const pair = yamlPair(part.trim());
    if (pair && OF_RESOLUTION.has(pair.key)) said[pair.key as Field] = unquoted(pair.value);
  }
}
