/** bun.lock. Its predecessor bun.lockb is binary and not read. */
import { list, record, word } from '../../plain-value.ts';
import { gapsOf, noTroubles } from '../gaps.ts';
import { type Bare, type Edge, type Node, settle, type Weight } from '../graph.ts';
import { strictJson } from '../json-lenient.ts';
import { keyLines } from '../key-lines.ts';
import type { Agreement, LockFormat, LockResult, TextAt } from '../locked.ts';
import { hostOf, joined, parseJson, wantsOf } from '../package-json.ts';
import { folderOf } from '../paths.ts';
import { perText } from '../per-text.ts';
import { isPlace, NOT_FOLLOWED, placeFinder } from '../place-finder.ts';
import { compareWants } from '../wants.ts';
import { splitAt } from './yarn-origin.ts';

export const format: LockFormat = {
  name: 'bun',
  ecosystem: 'npm',
  files: /^bun\.lockb?$/,
  manifests: /^package\.json$/,
  members: (lock) => parse(lock).members.flatMap(({ folder }) => joined(folderOf(lock.path), folder) ?? []),
  read: (lock, _manifests, only) => read(lock, only),
  agree,
};

/** One row of `packages`: `["name@1.0.0", "registry", { dependencies… }, "checksum"]`. */
interface Row {
  /** Where it is installed, e.g. `a/b` for b below a. */
  readonly key: string;
  readonly name: string;
  /** What stands behind the name: a version, `workspace:…`, an address. */
  readonly rest: string;
  readonly registry: string;
  readonly needs: Readonly<Record<string, unknown>>;
  readonly line: number;
}

interface Parsed {
  /** Why nothing is understood. */
  readonly trouble?: string;
  readonly members: readonly { readonly folder: string; readonly value: Readonly<Record<string, unknown>> }[];
  readonly rows: readonly Row[];
  readonly unparsed: number;
  readonly overrides: ReadonlySet<string>;
}

const NEWEST = 1;

const parse = perText(({ text }) => parseText(text));

function parseText(text: string): Parsed {
  const root = parseJson(strictJson(text));
  const empty = { members: [], rows: [], unparsed: 0, overrides: new Set<string>() };
  if (!root) return { ...empty, trouble: 'it is not valid JSON' };
  const lineOf = keyLines(text, '[');
  const entries = Object.entries(record(root.packages));
  const rows = entries.flatMap(([key, value]) => rowOf(key, value, lineOf(key)) ?? []);
  const isNewer = !(Number(root.lockfileVersion) <= NEWEST);
  return {
    members: Object.entries(record(root.workspaces)).map(([folder, value]) => ({ folder, value: record(value) })),
    rows,
    unparsed: entries.length - rows.length,
    overrides: new Set(Object.keys(record(root.overrides))),
    ...(isNewer && { trouble: `version ${word(root.lockfileVersion)} of the format is not known` }),
  };
}

/** A second text is the registry; members and folders have none. */
function rowOf(key: string, value: unknown, line: number): Row | undefined {
  const [id, second, ...more] = list(value);
  if (typeof id !== 'string' || key === '' || !isPlace(key)) return undefined;
  const [name, rest] = splitAt(id);
  if (rest === '') return undefined;
  const needs = [second, ...more].find((it) => typeof it === 'object' && it !== null);
  return { key, name, rest, registry: typeof second === 'string' ? second : '', needs: record(needs), line };
}

function read(lock: TextAt, only?: readonly string[]): LockResult {
  const { members, rows, trouble, unparsed } = parse(lock);
  const troubles = { ...noTroubles(), unparsed, whole: trouble === undefined ? [] : [trouble] };
  const indices = new Map(rows.map(({ key }, index) => [key, index]));
  // A scope's slash is a place, too, in which there is nothing.
  const places = placeFinder(indices, { below: (place, name) => (place === '' ? name : `${place}/${name}`), above });
  const folders = new Map(members.map(({ folder }, index) => [folder, rows.length + index]));
  const packages = rows.map((row): Node => {
    const bare = bareOf(row);
    return { edges: edgesOf(row.needs, row.key, false), ...(bare && { package: bare }) };
  });
  const projects = members.map(
    ({ folder, value }): Node => ({
      folder: joined(folderOf(lock.path), folder) ?? folder,
      edges: edgesOf(value, word(value.name) ?? '', true),
    }),
  );
  if (places.isSpent()) troubles.whole.push(NOT_FOLLOWED);
  return { ...settle([...packages, ...projects], only), gaps: gapsOf(troubles) };

  function edgesOf(value: Readonly<Record<string, unknown>>, from: string, isMember: boolean): readonly Edge[] {
    const optional = new Set(list(value.optionalPeers));
    return needsOf(value, isMember).flatMap(({ name, range, weight, map }) => {
      if (map === 'peerDependencies' && optional.has(name)) return [];
      const found = places.find(from, name);
      const rest = found === undefined ? '' : (rows[found]?.rest ?? '');
      const to = rest.startsWith('workspace:') ? folders.get(rest.slice('workspace:'.length)) : found;
      return to === undefined ? [] : [{ to, range, weight }];
    });
  }
}

/** Without the name at the end, of which a scope is a part. */
function above(key: string): string {
  const at = key.lastIndexOf('/');
  const before = key.lastIndexOf('/', at - 1);
  return key.slice(0, Math.max(key[before + 1] === '@' ? before : at, 0));
}

function needsOf(value: Readonly<Record<string, unknown>>, isMember: boolean): ReturnType<typeof wantsOf> {
  const maps: (readonly [string, Weight])[] = [
    ['optionalDependencies', 'optional'],
    ['dependencies', 'production'],
    ['peerDependencies', 'production'],
  ];
  return wantsOf(value, isMember ? [...maps, ['devDependencies', 'development']] : maps);
}

/** Members are no packages. */
function bareOf({ key, name, rest, registry, line }: Row): Bare | undefined {
  if (/^(?:workspace|root):/.test(rest)) return undefined;
  const isBelow = key === name || key.endsWith(`/${name}`);
  const scope = /(?:^|\/)(@[^/]+\/[^/]+)$/.exec(key)?.[1];
  const alias = scope ?? key.slice(key.lastIndexOf('/') + 1);
  return { name, ...originOf(rest, registry), ...(!isBelow && { alias }), line };
}

function originOf(rest: string, registry: string): Pick<Bare, 'source' | 'version' | 'registry' | 'commit'> {
  const commit = /#([0-9a-f]{7,64})$/i.exec(rest)?.[1];
  if (/^(?:git\+|git:|git@|ssh:|github:|gitlab:|bitbucket:)|\.git(?:#|$)/.test(rest))
    return { source: 'git', ...(commit && { commit }) };
  if (/^(?:file|link):|^\.{0,2}\/|\.tgz$/.test(rest) && !/^https?:/.test(rest)) return { source: 'path' };
  if (/^https?:/.test(rest)) return { source: 'url' };
  if (!/^\d/.test(rest)) return { source: 'unknown' };
  const host = hostOf(registry);
  return { source: 'registry', version: rest, ...(host !== undefined && { registry: host }) };
}

/** What bun wrote down of each package.json against what that says now. */
function agree(lock: TextAt, manifests: readonly TextAt[]): Agreement {
  const { members, overrides } = parse(lock);
  const known = new Map(
    members.map(({ folder, value }) => {
      const wants = [...wantsOf(value), ...wantsOf(value, [['peerDependencies', 'production']])];
      const ranges = new Map(wants.map(({ map, name, range }) => [`${map} ${name}`, range]));
      return [joined(folderOf(lock.path), folder) ?? folder, { ranges }];
    }),
  );
  return compareWants(manifests, {
    of: ({ folder }) => known.get(folder),
    peers: true,
    excuses: ({ name }, locked) => locked !== undefined && overrides.has(name),
  });
}
