/** Reads YAML and JSON records into tables: a list of maps, at the top or below a key. Maps within maps become columns of their own. */
import type { YamlDocument, YamlPath } from '../yaml/document.ts';
import { MOST_ROWS, type Table, type TableReading } from './table.ts';

/** The list below one of some keys, or the document itself where it is a list. */
export function readStructured(document: YamlDocument, keys: readonly string[]): TableReading {
  const root = document.value;
  if (Array.isArray(root)) return { table: tableOf(root, [], document) };
  const key = keys.find((it) => Array.isArray(member(root, it)));
  if (key === undefined) return { trouble: `it holds no list below ${keys.map((it) => `\`${it}\``).join(' or ')}` };
  return { table: tableOf(member(root, key) as readonly unknown[], [key], document) };
}

function tableOf(items: readonly unknown[], path: YamlPath, document: YamlDocument): Table {
  const kept = items.slice(0, MOST_ROWS).map((item, index) => ({
    cells: new Map(flat(item)),
    line: document.at([...path, index]).line,
    inner: innerOf(item, [...path, index], document),
  }));
  const columns = [...new Set(kept.flatMap(({ cells }) => [...cells.keys()]))];
  return {
    columns,
    rows: kept.map(({ cells, line, inner }) => ({
      cells: columns.map((name) => cells.get(name) ?? ''),
      line,
      ...(inner && { inner }),
    })),
    decimalComma: false,
    cut: items.length > MOST_ROWS,
  };
}

/** A week's incidents may be written out in place of their number. */
function innerOf(item: unknown, path: YamlPath, document: YamlDocument): Table | undefined {
  const incidents = member(item, 'incidents');
  return Array.isArray(incidents) ? tableOf(incidents, [...path, 'incidents'], document) : undefined;
}

/** Scalars by key; `latency: { p95: 180ms }` is `latency_p95`, a list is its length. */
function flat(value: unknown, prefix = ''): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, it]): readonly (readonly [string, string])[] => {
    const name = prefix === '' ? key : `${prefix}_${key}`;
    if (Array.isArray(it)) return [[name, String(it.length)]];
    if (typeof it === 'object' && it !== null) return prefix === '' ? flat(it, key) : [];
    return it === null || it === undefined ? [] : [[name, String(it).trim()]];
  });
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
