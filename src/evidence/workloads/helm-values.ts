/** A chart's values: files laid over each other as Helm does it, remembering which file says what. Reads no file itself. */
import type { Place } from '../../model.ts';
import type { SourceFile } from '../collector.ts';
import { record } from '../plain-value.ts';
import { placeIn } from '../sources.ts';
import { opaque } from '../yaml/template-marks.ts';
import type { YamlDocument, YamlPath } from '../yaml/yaml.ts';

/** One values file, or a part of one: what stands below `prefix` in it comes to stand below `mount` in the values. */
export interface ValuesLayer {
  readonly file: SourceFile;
  readonly document: YamlDocument;
  readonly prefix: YamlPath;
  readonly mount: YamlPath;
}

/** The values of one chart in one environment. */
export interface ChartValues {
  readonly value: Readonly<Record<string, unknown>>;
  readonly layers: readonly ValuesLayer[];
  /** Where a value is set, or its nearest ancestor that is set anywhere; undefined where there is none. */
  at(path: YamlPath): Place | undefined;
  /** The path of a map or list that is part of these values. */
  pathOf(part: unknown): YamlPath | undefined;
}

/** Lays values over each other: maps merge, anything else is replaced, null takes away. */
export function layValues(layers: readonly ValuesLayer[]): ChartValues {
  const paths = new WeakMap<object, YamlPath>();
  const merged = layers.reduce<unknown>((below, layer) => mergeValues(below, mounted(layer)), {});
  const value = record(registered(merged, [], paths));
  return {
    value,
    layers,
    at: (path) => placeOfValue(layers, path),
    pathOf: (part) => (typeof part === 'object' && part !== null ? paths.get(part) : undefined),
  };
}

/** The layers as a subchart sees them: what its parent sets below its name, and the parent's globals. */
export function layersBelow(layers: readonly ValuesLayer[], name: string): readonly ValuesLayer[] {
  return layers.flatMap((layer) => [
    ...(layer.mount.length === 0 ? [{ ...layer, prefix: [...layer.prefix, name] }] : []),
    ...(layer.mount.length === 0 ? [{ ...layer, prefix: [...layer.prefix, 'global'], mount: ['global'] }] : [layer]),
  ]);
}

/** What is found below a path; own members only. */
export function valueAt(value: unknown, path: YamlPath): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Readonly<Record<string | number, unknown>>)[step];
  }
  return here;
}

function mounted({ document, prefix, mount }: ValuesLayer): unknown {
  const value = decided(valueAt(document.value, prefix), prefix, document);
  if (value === undefined) return {};
  return mount.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

/** A values file may be a template itself: what stands under a condition there is opaque. */
function decided(value: unknown, path: YamlPath, document: YamlDocument): unknown {
  // The file itself begins where its first key does, which may be within a branch.
  const conditions = path.length === 0 ? [] : document.conditions(path);
  if (conditions.length > 0) return opaque(`{{ ${conditions.join(' and ')} }}`);
  if (Array.isArray(value)) return value.map((it, index) => decided(it, [...path, index], document));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, decided(it, [...path, key], document)]));
}

/** Helm's merge of `over` onto `below`. */
export function mergeValues(below: unknown, over: unknown): unknown {
  if (!isMap(over)) return over === undefined ? below : over;
  const result = new Map(Object.entries(record(below)));
  for (const [key, value] of Object.entries(over)) {
    if (value === null) result.delete(key);
    else result.set(key, isMap(value) && isMap(result.get(key)) ? mergeValues(result.get(key), value) : value);
  }
  return Object.fromEntries(result);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy in which every map and list stands once, so that it knows its path. */
function registered(value: unknown, path: YamlPath, paths: WeakMap<object, YamlPath>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const copy: object = Array.isArray(value)
    ? value.map((item, index) => registered(item, [...path, index], paths))
    : Object.fromEntries(Object.entries(value).map(([key, it]) => [key, registered(it, [...path, key], paths)]));
  paths.set(copy, path);
  return copy;
}

function placeOfValue(layers: readonly ValuesLayer[], path: YamlPath): Place | undefined {
  for (let length = path.length; length > 0; length--) {
    const start = path.slice(0, length);
    const found = layers.findLast((layer) => sets(layer, start));
    if (!found) continue;
    const { line } = found.document.at([...found.prefix, ...start.slice(found.mount.length)]);
    return placeIn(found.file, line);
  }
  return undefined;
}

function sets({ document, prefix, mount }: ValuesLayer, path: YamlPath): boolean {
  if (path.length <= mount.length || mount.some((key, index) => path[index] !== key)) return false;
  return valueAt(document.value, [...prefix, ...path.slice(mount.length)]) !== undefined;
}
