/** Reads uv.lock: it holds the projects it locks for, with what each asks for, so that scope and directness need no manifest. */
import { folderOf, joined } from '../../pipelines/world.ts';
import { inDoubt } from '../gaps.ts';
import type { Weight } from '../graph.ts';
import type { LockedPackage, LockFormat, LockResult, TextAt } from '../locked.ts';
import { type NamedEdge, type NamedNode, settleNamed } from '../named-graph.ts';
import { normalised } from '../pep508.ts';
import { readPyproject, weightOfGroup } from '../pyproject.ts';
import { known, pythonAgreement } from '../python-lock.ts';
import { firstUpload } from '../released-day.ts';
import {
  documentGaps,
  type LockDocument,
  type LockTable,
  missingGaps,
  type NamedItem,
  namedItems,
  parsedAt,
  readLockDocument,
  tableNamed,
  wordOf,
} from '../toml-lock.ts';
import { listOf, type TomlMap, type TomlValue, tableOf, textOf } from '../toml-value.ts';
import { hostOf } from '../words.ts';
import { isTakenIn } from '../workspace-folders.ts';

export const format: LockFormat = {
  name: 'uv',
  ecosystem: 'PyPI',
  files: /^uv\.lock$/,
  manifests: /^pyproject\.toml$/,
  members,
  read,
  agree: pythonAgreement(read, (lock) => {
    const document = readLockDocument(lock, 'package');
    const folders = projectFolders(document, lock);
    return namedItems(document, normalised).flatMap(({ item, name }) => (folders.has(item.line) ? [name] : []));
  }),
};

/** Folders of the projects that it locks for, and of those that the workspace's patterns take in although it does not know them yet. */
function members(lock: TextAt, manifests: readonly TextAt[]): readonly string[] {
  const root = folderOf(lock.path);
  const manifest = manifests.find(({ path }) => folderOf(path) === root);
  const patterns = manifest ? readPyproject(manifest) : { members: [], excluded: [] };
  const matched = manifests.map(({ path }) => folderOf(path)).filter((it) => isTakenIn(patterns, root, it));
  return [...new Set([root, ...projectFolders(readLockDocument(lock, 'package'), lock).values(), ...matched])];
}

/** The projects that it locks for, by line: what it lists as members, or the one beside it. */
function projectFolders(document: LockDocument, lock: TextAt): ReadonlyMap<number, string> {
  const listed = listOf(parsedAt(tableNamed(document.tables, 'manifest'), 'members')).map((it) => textOf(it));
  const folders = new Map<number, string>();
  for (const item of document.items) {
    const source = tableOf(parsedAt(item, 'source'));
    const path = ['editable', 'virtual', 'directory'].flatMap((kind) => textOf(source.get(kind)) ?? [])[0];
    const folder = path === undefined ? undefined : joined(folderOf(lock.path), path);
    const isMember = listed.length > 0 ? listed.includes(wordOf(item, 'name')) : path === '.';
    if (folder !== undefined && isMember) folders.set(item.line, folder);
  }
  return folders;
}

function read(lock: TextAt, _manifests: readonly TextAt[], only?: readonly string[]): LockResult {
  const document = readLockDocument(lock, 'package');
  const folders = projectFolders(document, lock);
  const nodes = namedItems(document, normalised).flatMap((it) => nodeOf(it, folders.get(it.item.line)));
  const { missing, ...settled } = settleNamed([...nodes, ...looseRequirements(document, folderOf(lock.path))], only);
  const made = nodes.map(({ bare, line }) => bare?.line ?? line);
  const version = textOf(parsedAt(document.top, 'version'));
  return {
    ...settled,
    gaps: [
      ...documentGaps(document, made),
      ...missingGaps(document, missing),
      ...(version === '1' ? [] : [inDoubt(`it is of version ${version ?? 'unknown'}, not 1 as known here`)]),
    ],
  };
}

function nodeOf(
  { item, name, version }: NamedItem,
  folder: string | undefined,
): readonly (NamedNode & { line: number })[] {
  const { line } = item;
  const requires = tableNamed(item.inner, 'metadata');
  const dev = tableNamed(item.inner, 'metadata', 'requires-dev');
  const optional = tableNamed(item.inner, 'optional-dependencies');
  const extras = new Map(groupsOf(optional, () => 'production', requires));
  const own = edgesOf(parsedAt(item, 'dependencies'), 'production', rangesIn(parsedAt(requires, 'requires-dist')));
  if (folder === undefined) {
    const place = placeOf(item, version);
    if (place.source === 'registry' && version === undefined) return [];
    const released = firstUpload([item.entries.get('sdist')?.text, item.entries.get('wheels')?.text]);
    return [{ bare: { name, ...place, ...known({ released }), line }, name, version, edges: own, extras, line }];
  }
  const groups = groupsOf(tableNamed(item.inner, 'dev-dependencies'), weightOfGroup, dev);
  const asked = groupsOf(optional, () => 'optional', requires);
  return [{ folder, name, version, edges: [own, ...groups.map(second), ...asked.map(second)].flat(), extras, line }];
}

function second<T>([, it]: readonly [string, T]): T {
  return it;
}

/** Groups of requirements by name; `asked` says the ranges, where they are kept. */
function groupsOf(
  table: LockTable | undefined,
  weigh: (group: string) => Weight,
  asked?: LockTable,
): readonly (readonly [string, readonly NamedEdge[]])[] {
  return Array.from(table?.entries.keys() ?? [], (group) => {
    const ranges = rangesIn(parsedAt(asked, group) ?? parsedAt(asked, 'requires-dist'));
    return [normalised(group), edgesOf(parsedAt(table, group), weigh(group), ranges)] as const;
  });
}

/** Requirements of a workspace root or a script that is no package. */
function looseRequirements(document: LockDocument, folder: string): readonly NamedNode[] {
  const manifest = tableNamed(document.tables, 'manifest');
  const groups = tableNamed(document.tables, 'manifest', 'dependency-groups');
  const edges = [
    ...edgesOf(parsedAt(manifest, 'requirements'), 'production', rangesIn(parsedAt(manifest, 'requirements'))),
    ...groupsOf(groups, weightOfGroup, groups).flatMap(second),
  ];
  return edges.length === 0 ? [] : [{ folder, name: '', edges }];
}

type Ranges = ReadonlyMap<string, readonly string[]>;

/** What a project asks of each name. */
function rangesIn(value: TomlValue | undefined): Ranges {
  const ranges = new Map<string, string[]>();
  for (const it of listOf(value).map(tableOf)) {
    const name = normalised(textOf(it.get('name')) ?? '');
    ranges.set(name, [...(ranges.get(name) ?? []), textOf(it.get('specifier')) ?? '*'].slice(0, 8));
  }
  return ranges;
}

function edgesOf(value: TomlValue | undefined, weight: Weight, ranges: Ranges): readonly NamedEdge[] {
  return listOf(value)
    .map(tableOf)
    .flatMap((it) => {
      const name = normalised(textOf(it.get('name')) ?? '');
      const extras = [it.get('extra') ?? []].flat().flatMap((extra) => normalised(textOf(extra) ?? ''));
      const version = textOf(it.get('version'));
      return (ranges.get(name) ?? ['']).map((range) => ({ name, version, range, weight, extras }));
    });
}

function placeOf(
  item: LockTable,
  version: string | undefined,
): Pick<LockedPackage, 'source' | 'version' | 'registry' | 'commit'> {
  const source: TomlMap = tableOf(parsedAt(item, 'source'));
  const at = (kind: string) => textOf(source.get(kind));
  if (at('registry') !== undefined)
    return { source: 'registry', ...known({ version, registry: hostOf(at('registry')) }) };
  const git = at('git');
  if (git !== undefined) return { source: 'git', ...known({ commit: /#([0-9a-f]{7,64})$/.exec(git)?.[1] }) };
  if (at('url') !== undefined) return { source: 'url' };
  if (['path', 'editable', 'virtual', 'directory'].some((kind) => source.has(kind))) return { source: 'path' };
  return { source: 'unknown', ...known({ version }) };
}
