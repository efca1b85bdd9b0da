/** Reads poetry.lock of Poetry 1 and 2: groups where it has them, else what pyproject.toml leads to. */
import { inDoubt } from '../gaps.ts';
import type { LockedPackage, LockFormat, LockResult, TextAt } from '../locked.ts';
import type { NamedEdge, NamedNode } from '../named-graph.ts';
import { normalised, pythonRequirement } from '../pep508.ts';
import { weightOfGroup } from '../pyproject.ts';
import { joinedToProjects, known, pythonAgreement } from '../python-lock.ts';
import {
  asValue,
  documentGaps,
  type LockItem,
  type LockTable,
  type NamedItem,
  namedItems,
  parsedAt,
  readLockDocument,
  tableNamed,
  wordOf,
} from '../toml-lock.ts';
import { listOf, type TomlValue, tableOf, textOf } from '../toml-value.ts';
import { hostOf } from '../words.ts';

export const format: LockFormat = {
  name: 'poetry',
  ecosystem: 'PyPI',
  files: /^poetry\.lock$/,
  manifests: /^pyproject\.toml$/,
  read,
  agree: pythonAgreement(read),
};

function read(lock: TextAt, manifests: readonly TextAt[]): LockResult {
  const document = readLockDocument(lock, 'package');
  const packages = joinedToProjects(namedItems(document, normalised).flatMap(nodeOf), manifests);
  const isWhole = document.tables.some(({ path }) => path[0] === 'metadata');
  return {
    packages,
    gaps: [
      ...documentGaps(
        document,
        packages.map(({ line }) => line),
      ),
      ...(isWhole ? [] : [inDoubt('it does not end as Poetry ends it, so packages may be missing')]),
    ],
  };
}

function nodeOf({ item, name, version }: NamedItem): readonly NamedNode[] {
  const place = placeOf(item, version);
  if (place.source === 'registry' && version === undefined) return [];
  const edges = item.inner.flatMap(edgesIn);
  const ofExtras = tableNamed(item.inner, 'extras');
  const extras = Array.from(ofExtras?.entries.keys() ?? [], (extra) => {
    const names = listOf(parsedAt(ofExtras, extra)).map((it) => pythonRequirement(textOf(it) ?? '')?.name);
    const brought = edges.filter((it) => names.includes(it.name));
    return [normalised(extra), brought.map((it) => ({ ...it, weight: 'production' as const }))] as const;
  });
  return [
    {
      bare: { name, ...place, line: item.line },
      name,
      edges: edges.filter(({ weight }) => weight === 'production'),
      extras: new Map(extras),
      stated: statedScope(item),
    },
  ];
}

/** Requirements of a table of them. Those that only extras bring in weigh as optional. */
function edgesIn(table: LockTable): readonly NamedEdge[] {
  const [kind, long] = table.path;
  if (kind !== 'dependencies') return [];
  if (long !== undefined) return [edgeOf(long, asValue(table))];
  return Array.from(table.entries.keys(), (key) => {
    const value = parsedAt(table, key);
    return (Array.isArray(value) ? listOf(value) : [value]).map((it) => edgeOf(key, it));
  }).flat();
}

/** A requirement is a range, or a table with one. */
function edgeOf(name: string, value: TomlValue | undefined): NamedEdge {
  const table = tableOf(value);
  return {
    name: normalised(name),
    range: textOf(value) ?? textOf(table.get('version')) ?? '*',
    weight: table.get('optional') === true ? 'optional' : 'production',
    extras: listOf(table.get('extras')).flatMap((it) => normalised(textOf(it) ?? '')),
  };
}

type PlaceOfPackage = Pick<LockedPackage, 'source' | 'version' | 'registry' | 'commit'>;

function placeOf(item: LockItem, version: string | undefined): PlaceOfPackage {
  const source = tableNamed(item.inner, 'source');
  const type = wordOf(source, 'type');
  if (type === undefined || type === 'legacy') {
    return { source: 'registry', ...known({ version, registry: hostOf(wordOf(source, 'url')) }) };
  }
  if (type === 'git') return { source: 'git', ...known({ commit: wordOf(source, 'resolved_reference') }) };
  if (type === 'directory' || type === 'file') return { source: 'path' };
  return type === 'url' ? { source: 'url' } : { source: 'unknown', ...known({ version }) };
}

/** Scope by what Poetry writes: groups since 2.1, a category before 1.5. A package that only an extra brings is optional. */
function statedScope(item: LockItem): LockedPackage['scope'] | undefined {
  const category = wordOf(item, 'category');
  const groups = listOf(parsedAt(item, 'groups')).flatMap((it) => textOf(it) ?? []);
  const weights = (category === undefined ? groups : [category]).map(weightOfGroup);
  if (!weights.includes('production')) return weights.length > 0 ? 'development' : undefined;
  return parsedAt(item, 'optional') === true ? 'optional' : 'production';
}
