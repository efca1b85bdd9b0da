/** Reads pdm.lock: groups where it has them, else what pyproject.toml leads to. */
import { inDoubt } from '../gaps.ts';
import type { LockedPackage, LockFormat, LockResult, TextAt } from '../locked.ts';
import type { NamedEdge, NamedNode } from '../named-graph.ts';
import { normalised, pythonRequirement } from '../pep508.ts';
import { weightOfGroup } from '../pyproject.ts';
import { joinedToProjects, known, pythonAgreement } from '../python-lock.ts';
import {
  documentGaps,
  type LockItem,
  type NamedItem,
  namedItems,
  parsedAt,
  readLockDocument,
  tableNamed,
  wordOf,
} from '../toml-lock.ts';
import { listOf, textOf } from '../toml-value.ts';

export const format: LockFormat = {
  name: 'pdm',
  ecosystem: 'PyPI',
  files: /^pdm\.lock$/,
  manifests: /^pyproject\.toml$/,
  read,
  agree: pythonAgreement(read),
};

function read(lock: TextAt, manifests: readonly TextAt[]): LockResult {
  const document = readLockDocument(lock, 'package');
  const merged = mergedExtras(namedItems(document, normalised));
  const packages = joinedToProjects(merged.flatMap(nodeOf), manifests);
  const lines = new Set(packages.map(({ line }) => line));
  const made = merged.filter(({ base }) => lines.has(base.item.line));
  const isWhole = tableNamed(document.tables, 'metadata') !== undefined;
  return {
    packages,
    gaps: [
      ...documentGaps(
        document,
        made.flatMap(({ all }) => all.map(({ item }) => item.line)),
      ),
      ...(isWhole ? [] : [inDoubt('it does not begin as PDM begins it, so packages may be missing')]),
    ],
  };
}

/** A package and its entries: PDM lists one with extras a second time. */
interface Merged {
  readonly base: NamedItem;
  readonly all: readonly NamedItem[];
}

function mergedExtras(items: readonly NamedItem[]): readonly Merged[] {
  const merged = new Map<string, NamedItem[]>();
  for (const it of items) {
    const key = `${it.name} ${it.version}`;
    const same = merged.get(key);
    if (same) same.push(it);
    else merged.set(key, [it]);
  }
  return Array.from(merged.values(), (all) => {
    const base = all.find(({ item }) => extrasOf(item).length === 0) ?? all[0];
    return base === undefined ? [] : [{ base, all }];
  }).flat();
}

function extrasOf(item: LockItem): readonly string[] {
  return listOf(parsedAt(item, 'extras')).map((it) => normalised(textOf(it) ?? ''));
}

function nodeOf({ base: { item, name, version }, all }: Merged): readonly NamedNode[] {
  const place = placeOf(item, version);
  if (place.source === 'registry' && version === undefined) return [];
  const extras = all.flatMap(({ item: one }) => extrasOf(one).map((extra) => [extra, edgesOf(one, name)] as const));
  const edges = edgesOf(item, name);
  const stated = statedScope(all.map((it) => it.item));
  return [{ bare: { name, ...place, line: item.line }, name, edges, extras: new Map(extras), stated }];
}

function edgesOf(item: LockItem, self: string): readonly NamedEdge[] {
  return listOf(parsedAt(item, 'dependencies')).flatMap((it) => {
    const asked = pythonRequirement(textOf(it) ?? '');
    return asked === undefined || asked.name === self ? [] : [{ ...asked, weight: 'production' as const }];
  });
}

function placeOf(item: LockItem, version: string | undefined): Pick<LockedPackage, 'source' | 'version' | 'commit'> {
  if (item.entries.has('git')) return { source: 'git', ...known({ commit: wordOf(item, 'revision') }) };
  if (item.entries.has('path')) return { source: 'path' };
  if (item.entries.has('url')) return { source: 'url' };
  return { source: 'registry', ...known({ version }) };
}

function statedScope(items: readonly LockItem[]): LockedPackage['scope'] | undefined {
  const groups = items.flatMap((item) => listOf(parsedAt(item, 'groups')).flatMap((it) => textOf(it) ?? []));
  if (groups.length === 0) return undefined;
  return groups.map(weightOfGroup).includes('production') ? 'production' : 'development';
}
