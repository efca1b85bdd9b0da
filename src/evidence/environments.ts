/** Values files of charts, one for each environment: which keys each sets over those all have. Keys and whether they are switched off; never values. */
import type { Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { list, record, word } from './plain-value.ts';
import { placeIn } from './sources.ts';
import { settingOf } from './workloads/environment.ts';
import { type ChartEnvironment, environmentsOf, findCharts } from './workloads/helm-charts.ts';
import { deployedCharts } from './workloads/helm-dependencies.ts';
import type { YamlDocument, YamlPath } from './yaml/yaml.ts';

/** One key with a value, e.g. `ingress.enabled`, `env[LOG_LEVEL]`. */
export interface Key {
  readonly name: string;
  /** It is `false`, empty or null: something is switched off by it. */
  readonly off?: true;
  readonly at: Place;
}

/** What one environment's files set. */
export interface EnvironmentKeys {
  readonly environment: string;
  readonly keys: readonly Key[];
  readonly at: Place;
}

/** A chart with values for several environments. */
export interface ChartKeys {
  readonly chart: string;
  /** Folder of the chart. */
  readonly folder: string;
  /** What the chart's own values set for all of them. */
  readonly shared: readonly Key[];
  readonly environments: readonly EnvironmentKeys[];
  /** Why some of it cannot be read. */
  readonly partial?: string;
}

/** Facts of this kind. */
export interface Facts {
  readonly charts: readonly ChartKeys[];
}

/** Most keys of one file. */
const MOST_KEYS = 3_000;
const DEEPEST = 12;

export const collector = defineCollector<Facts>({
  summary: "the keys of charts' values files, environment by environment",
  parses: ['yaml'],
  collect(sources) {
    const unread: Unread[] = [];
    const charts = findCharts(sources, unread);
    const found = deployedCharts(charts).flatMap((chart): readonly ChartKeys[] => {
      if (settingOf(chart.file, sources.manifest).aside) return [];
      const named = environmentsOf(chart, charts, sources).filter((it) => it.name !== undefined && it.files.length > 0);
      if (named.length === 0) return [];
      const partial = named.find((it) => it.unseen !== undefined || (it.inline ?? []).length > 0);
      return [
        {
          chart: chart.name,
          folder: chart.dir,
          shared: chart.values ? keysOf(chart.values, sources, unread) : [],
          environments: named.map((it) => environmentKeys(it, sources, unread)),
          ...(partial && { partial: partial.unseen ?? 'values are also written where it is deployed' }),
        },
      ];
    });
    const files = found.flatMap(({ environments }) => environments).length;
    return {
      facts: { charts: found },
      looked: { files, note: found.length === 1 ? '1 chart' : `${found.length} charts` },
      unread,
      delegated: [],
    };
  },
});

function environmentKeys({ name = '', files }: ChartEnvironment, sources: Sources, unread: Unread[]): EnvironmentKeys {
  const keys = new Map(files.flatMap((file) => keysOf(file, sources, unread)).map((key) => [key.name, key]));
  const [first] = files;
  return { environment: name, keys: [...keys.values()], at: first ? placeIn(first, 1) : { path: '' } };
}

function keysOf(file: SourceFile, sources: Sources, unread: Unread[]): readonly Key[] {
  const document = sources.yaml(file, unread)?.documents[0];
  if (!document) return [];
  const keys: Key[] = [];
  visit(document.value, [], '', { keys, file, document });
  return keys;
}

interface Visit {
  readonly keys: Key[];
  readonly file: SourceFile;
  readonly document: YamlDocument;
}

/** Leaves only; lists of things with names by those names, other lists as a whole. */
function visit(value: unknown, path: YamlPath, name: string, into: Visit): void {
  if (into.keys.length >= MOST_KEYS || path.length > DEEPEST) return;
  const named = list(value).map((it) => word(record(it).name));
  if (Array.isArray(value) && value.length > 0 && named.every((it) => it !== undefined)) {
    for (const [index, item] of named.entries()) add(`${name}[${item}]`, [...path, index], false, into);
    return;
  }
  const members = Object.entries(record(value));
  if (members.length > 0) {
    for (const [key, inner] of members) visit(inner, [...path, key], name === '' ? key : `${name}.${key}`, into);
    return;
  }
  if (path.length > 0) add(name, path, isOff(value), into);
}

function add(name: string, path: YamlPath, off: boolean, { keys, file, document }: Visit): void {
  keys.push({ name, at: placeIn(file, document.at(path).line), ...(off && { off: true as const }) });
}

function isOff(value: unknown): boolean {
  if (value === false || value === null || (typeof value === 'string' && /^(false|off|disabled|none)?$/i.test(value)))
    return true;
  return typeof value === 'object' && Object.keys(value ?? {}).length === 0;
}
