/** Reads pylock.toml and pylock.<name>.toml (PEP 751). Scope is in the markers; requirements are kept by some tools only. */
import { inDoubt } from '../gaps.ts';
import type { LockedPackage, LockFormat, LockResult, TextAt } from '../locked.ts';
import type { NamedEdge, NamedNode } from '../named-graph.ts';
import { normalised } from '../pep508.ts';
import { weightOfGroup } from '../pyproject.ts';
import { joinedToProjects, known, pythonAgreement } from '../python-lock.ts';
import { firstUpload } from '../released-day.ts';
import {
  asValue,
  documentGaps,
  type LockItem,
  type NamedItem,
  namedItems,
  parsedAt,
  readLockDocument,
  tableNamed,
  wordOf,
} from '../toml-lock.ts';
import { listOf, type TomlMap, tableOf, textOf } from '../toml-value.ts';
import { hostOf } from '../words.ts';

export const format: LockFormat = {
  name: 'pylock',
  ecosystem: 'PyPI',
  files: /^pylock(?:\.[^.]+)?\.toml$/,
  manifests: /^pyproject\.toml$/,
  read,
  agree: pythonAgreement(read),
};

function read(lock: TextAt, manifests: readonly TextAt[]): LockResult {
  const document = readLockDocument(lock, 'packages');
  const name = /pylock\.([^.]+)\.toml$/.exec(lock.path)?.[1];
  const isForMakers = name !== undefined && /^(?:dev|tests?|lint|docs?|typing|ci)\b/i.test(name);
  const chosen = listOf(parsedAt(document.top, 'default-groups')).flatMap((it) => textOf(it) ?? []);
  const nodes = namedItems(document, normalised).flatMap((it) =>
    nodeOf(it, scopeOf(wordOf(it.item, 'marker'), chosen, isForMakers)),
  );
  const packages = joinedToProjects(nodes, manifests);
  const version = wordOf(document.top, 'lock-version');
  return {
    packages,
    gaps: [
      ...documentGaps(
        document,
        packages.map(({ line }) => line),
      ),
      ...(version?.startsWith('1.') ? [] : [inDoubt(`it is of version ${version ?? 'unknown'}, not 1 as known here`)]),
    ],
  };
}

const CHOICE = /(["'])([\w.-]{1,100})\1 {0,4}in {0,4}(extras|dependency_groups)\b/g;

/** A marker names the extras and groups that a package is for; without one it is for everybody. */
function scopeOf(marker: string | undefined, chosen: readonly string[], isForMakers: boolean): LockedPackage['scope'] {
  const choices = Array.from(marker?.matchAll(CHOICE) ?? [], ([, , name = '', kind]) => ({ name, kind }));
  if (choices.length === 0)
    return /\b(?:extras|dependency_groups)\b/.test(marker ?? '')
      ? 'unknown'
      : isForMakers
        ? 'development'
        : 'production';
  if (/\bnot {0,4}in\b/.test(marker ?? '')) return 'unknown';
  const groups = choices.flatMap(({ name, kind }) => (kind === 'extras' ? [] : [name]));
  if (groups.some((it) => chosen.includes(it) || weightOfGroup(it) === 'production')) return 'production';
  return choices.length > groups.length ? 'optional' : 'development';
}

function nodeOf({ item, name, version }: NamedItem, stated: LockedPackage['scope']): readonly NamedNode[] {
  const place = placeOf(item, version);
  if (place.source === 'registry' && version === undefined) return [];
  const released = firstUpload([
    item.entries.get('sdist')?.text,
    item.entries.get('wheels')?.text,
    ...item.inner.flatMap(({ entries }) => {
      const time = entries.get('upload-time')?.text;
      return time === undefined ? [] : [`upload-time = ${time}`];
    }),
  ]);
  return [{ bare: { name, ...place, ...known({ released }), line: item.line }, name, edges: edgesOf(item), stated }];
}

function edgesOf(item: LockItem): readonly NamedEdge[] {
  const inline = listOf(parsedAt(item, 'dependencies')).map(tableOf);
  const tables = item.inner.filter(({ path }) => path.length === 1 && path[0] === 'dependencies').map(asValue);
  return [...inline, ...tables].flatMap((it) => {
    const name = textOf(it.get('name'));
    return name === undefined ? [] : [{ name: normalised(name), range: '', weight: 'production' as const }];
  });
}

/** A package is from where its one table of a source says; from an index without one. */
function placeOf(
  item: LockItem,
  version: string | undefined,
): Pick<LockedPackage, 'source' | 'version' | 'registry' | 'commit'> {
  const vcs = sourceOf(item, 'vcs');
  if (vcs) return { source: 'git', ...known({ commit: textOf(vcs.get('commit-id')) }) };
  if (sourceOf(item, 'directory')) return { source: 'path' };
  const archive = sourceOf(item, 'archive');
  if (archive) return { source: archive.has('url') ? 'url' : 'path' };
  return { source: 'registry', ...known({ version, registry: hostOf(wordOf(item, 'index')) }) };
}

function sourceOf(item: LockItem, kind: string): TomlMap | undefined {
  const table = tableNamed(item.inner, kind);
  if (table) return asValue(table);
  return item.entries.has(kind) ? tableOf(parsedAt(item, kind)) : undefined;
}
