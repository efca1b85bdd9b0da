/** The charts of a repository: their files, what they depend on, and the values files of each environment. Opens Chart.yaml only. */
import type { Manifest } from '../../manifest/manifest.ts';
import type { Unread } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { list, record, word } from '../plain-value.ts';
import { isBelow } from '../sources.ts';
import type { YamlDocument } from '../yaml/yaml.ts';
import { environmentOf, isProduction, settingOf } from './environment.ts';
import { folderOf, join } from './folders.ts';
import { deployedCharts } from './helm-dependencies.ts';
import type { ValuesLayer } from './helm-values.ts';
import { helmfileLayers } from './helmfile.ts';

/** What a chart depends on. */
export interface Dependency {
  /** What the parent's values call it. */
  readonly alias: string;
  readonly name: string;
  /** As written, e.g. ~3.1. */
  readonly version: string;
  readonly repository: string;
  /** Paths of values of which the first that is set says whether it is there. */
  readonly condition: string;
  readonly line: number;
}

/** One chart. */
export interface Chart {
  readonly dir: string;
  readonly file: SourceFile;
  readonly name: string;
  readonly about: Readonly<Record<string, unknown>>;
  readonly isLibrary: boolean;
  readonly dependencies: readonly Dependency[];
  /** Where the dependencies are written: Chart.yaml, or requirements.yaml as it used to be. */
  readonly dependenciesIn: SourceFile;
  readonly templates: readonly SourceFile[];
  readonly values?: SourceFile;
  /** The chart whose charts/ folder it is in. */
  readonly parent?: string;
}

/** The values files laid over a chart's own for one environment; no name: the chart's own values alone. */
export interface ChartEnvironment {
  readonly name?: string;
  readonly files: readonly SourceFile[];
  /** Values written where the chart is deployed. */
  readonly inline?: readonly ValuesLayer[];
  /** Why further values may be laid over it that nobody here can see. */
  readonly unseen?: string;
}

const CHART = /(^|\/)Chart\.ya?ml$/;
/** Most charts of one repository. */
const MAX_CHARTS = 200;
/** Most environments of one chart. */
const MAX_ENVIRONMENTS = 12;

/** All charts among the service's files, outermost first. */
export function findCharts(sources: Sources, unread: Unread[]): readonly Chart[] {
  const files = sources.files.filter(({ path }) => CHART.test(path)).slice(0, MAX_CHARTS);
  const dirs = files.map(({ path }) => folderOf(path));
  return files.map((file) => chartOf(file, dirs, sources, unread));
}

function chartOf(file: SourceFile, dirs: readonly string[], sources: Sources, unread: Unread[]): Chart {
  const dir = folderOf(file.path);
  const inner = dirs.filter((other) => other !== dir && isBelow(other, dir));
  const own = sources.files.filter(({ path }) => isBelow(path, dir) && !inner.some((other) => isBelow(path, other)));
  const inside = (path: string): string => (dir === '' ? path : path.slice(dir.length + 1));
  const document = sources.yaml(file, unread)?.documents[0];
  const about = record(document?.value);
  const required = own.find(({ path }) => /^requirements\.ya?ml$/.test(inside(path)));
  const dependenciesIn = about.dependencies === undefined && required ? required : file;
  const parent = dirs
    .filter((other) => other !== dir && isBelow(dir, join(other, 'charts')))
    .sort((a, b) => b.length - a.length)[0];
  const values = own.find(({ path }) => /^values\.ya?ml$/.test(inside(path)));
  return {
    dir,
    file,
    name: word(about.name) ?? (dir.split('/').pop() || 'chart'),
    about,
    isLibrary: about.type === 'library',
    dependencies: dependenciesOf(
      dependenciesIn === file ? document : sources.yaml(dependenciesIn, unread)?.documents[0],
    ),
    dependenciesIn,
    templates: own.filter(
      ({ path }) =>
        /^templates\/.*\.(ya?ml|tpl|json)$/i.test(inside(path)) && !/^templates\/tests?\//.test(inside(path)),
    ),
    ...(values && { values }),
    ...(parent !== undefined && { parent }),
  };
}

function dependenciesOf(document: YamlDocument | undefined): readonly Dependency[] {
  return list(record(document?.value).dependencies).flatMap((entry, index) => {
    const { name, alias, version, repository, condition } = record(entry);
    if (typeof name !== 'string' || name === '') return [];
    return {
      alias: word(alias) ?? name,
      name,
      version: word(version) ?? '',
      repository: word(repository) ?? '',
      condition: word(condition) ?? '',
      line: document?.at(['dependencies', index]).line ?? 1,
    };
  });
}

/** Names a values file may have, whole or with an environment's name in it. */
const VALUES_FILE = /(^|[-_.])values([-_.]|$)/i;
const VALUES_FOLDER =
  /^(values|environments?|envs?|config|configs|app-configs|overlays|deploy|deployments?|helm|helm_deploy|charts?|\.github|\.gitlab|\.ci|ci|cd)$/i;

/**
 * The environments that a chart has values for. Where one of them is production, or the manifest says so, the chart's
 * own values alone are nobody's environment; else they come first.
 */
export function environmentsOf(chart: Chart, charts: readonly Chart[], sources: Sources): readonly ChartEnvironment[] {
  const found = new Map<string, SourceFile[]>();
  for (const file of sources.files) {
    const name = valuesEnvironment(file, chart, charts, sources.manifest);
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), file]);
  }
  const layers = helmfileLayers(chart.dir, sources);
  for (const { name } of layers) if (name !== undefined && !found.has(name)) found.set(name, []);
  const named = [...found].slice(0, MAX_ENVIRONMENTS).map(([name, files]) => ({ name, files }));
  const hasProduction = named.some(({ name }) => isProduction(name, sources.manifest.claims));
  const all: readonly ChartEnvironment[] = hasProduction ? named : [{ files: [] }, ...named];
  return all.map((environment) => withLayers(environment, layers));
}

/** The environment with what is laid over the chart for it, and for all. */
function withLayers(environment: ChartEnvironment, layers: readonly ChartEnvironment[]): ChartEnvironment {
  const own = layers.filter(({ name }) => name === undefined || name === environment.name);
  const unseen = own.find((it) => it.unseen !== undefined)?.unseen;
  return {
    ...environment,
    files: [...new Set([...environment.files, ...own.flatMap(({ files }) => files)])],
    inline: own.flatMap(({ inline = [] }) => inline),
    ...(unseen !== undefined && { unseen }),
  };
}

function valuesEnvironment(
  file: SourceFile,
  chart: Chart,
  charts: readonly Chart[],
  manifest: Manifest,
): string | undefined {
  if (!/\.ya?ml$/i.test(file.path) || file.class !== 'source' || file === chart.values) return undefined;
  const parts = file.path.split('/');
  const stem = (parts.pop() ?? '').replace(/\.ya?ml$/i, '');
  const folder = parts.join('/');
  const inFolder = parts.some((part) => /^values$/i.test(part));
  if (!VALUES_FILE.test(stem) && !inFolder) return undefined;
  if (/^templates$|^crds$|^ci$/.test(parts[chart.dir === '' ? 0 : chart.dir.split('/').length] ?? '')) return undefined;
  const name =
    settingOf(file, manifest).environment ??
    environmentOf(stem.replace(/(^|[-_.])values([-_.]|$)/i, '$1$2').replace(/^[-_.]+|[-_.]+$/g, ''));
  return name !== undefined && chartOfValues(folder, stem, charts) === chart ? name : undefined;
}

/** The chart whose folder the file is in, else the one named in its path, else the only one below the folder it is kept in. */
function chartOfValues(folder: string, stem: string, charts: readonly Chart[]): Chart | undefined {
  const tops = deployedCharts(charts);
  const around = tops.filter(({ dir }) => isBelow(folder, dir)).sort((a, b) => b.dir.length - a.dir.length)[0];
  if (around) return around;
  const words = [...folder.split('/'), ...stem.split(/[._]/)];
  const named = tops.filter(({ dir, name }) => words.includes(name) || words.includes(dir.split('/').pop() ?? ''));
  if (named.length === 1) return named[0];
  let base = folder;
  for (let step = 0; step < 4; step++) {
    const below = tops.filter(({ dir }) => isBelow(dir, base));
    if (below.length > 0) return below.length === 1 ? below[0] : undefined;
    const last = base.split('/').pop() ?? '';
    if (base === '' || !(VALUES_FOLDER.test(last) || environmentOf(`${last}/x`) !== undefined)) return undefined;
    base = folderOf(base);
  }
  return undefined;
}
