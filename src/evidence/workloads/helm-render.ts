/** The objects of one chart and of the charts within it, with the values of one environment. */
import type { Unread } from '../../model.ts';
import { productOf } from '../backing.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { placeIn } from '../sources.ts';
import { MAX_ACTIONS } from '../yaml/template-actions.ts';
import { yamlTrouble } from '../yaml/trouble.ts';
import { parseYaml } from '../yaml/yaml.ts';
import { settingOf } from './environment.ts';
import { type Chart, type ChartEnvironment, findCharts } from './helm-charts.ts';
import { localChart } from './helm-dependencies.ts';
import { evaluateTemplate, namedTemplates } from './helm-evaluate.ts';
import { objectsOf } from './helm-object.ts';
import { type ChartScope, chartScope } from './helm-scope.ts';
import { type Node, templateTree } from './helm-syntax.ts';
import { type ChartValues, layersBelow, layValues, type ValuesLayer, valueAt } from './helm-values.ts';
import { WANTED_KINDS } from './kinds.ts';
import type { ManifestObject } from './manifest-object.ts';

/** What reading charts is done with. */
export interface ChartReading {
  readonly sources: Sources;
  readonly charts: readonly Chart[];
  /** Templates by path, each made a tree once however many environments there are. */
  readonly trees: Map<string, readonly Node[]>;
  readonly unread: Unread[];
  /** Files that hold objects. */
  readonly looked: Set<string>;
}

type Facts = Pick<ManifestObject, 'environment' | 'aside' | 'origin'>;
type Named = ReadonlyMap<string, readonly Node[]>;

/** Deepest charts within charts. */
const DEEPEST = 5;

/** Charts of others that come with many repositories, beside the backing services that `productOf` knows. */
const THIRD_PARTY =
  /^(ingress-nginx|nginx-ingress|cert-manager|prometheus|kube-prometheus-stack|grafana|loki|tempo|jaeger|keycloak|opentelemetry-(collector|operator)|external-dns|external-secrets|metrics-server|vault|consul|zookeeper|etcd|traefik|argo-cd|argo-rollouts|keda|istiod?|linkerd)$/;

/** Finds the charts among the service's files. */
export function openCharts(
  sources: Sources,
  { unread, looked }: Pick<ChartReading, 'unread' | 'looked'>,
): ChartReading {
  return { sources, charts: findCharts(sources, unread), trees: new Map(), unread, looked };
}

/** A chart's values in one environment, lowest layer first; undefined where a file of them cannot be read, for then none is known. */
export function valuesOf(
  chart: Chart,
  environment: ChartEnvironment,
  reading: ChartReading,
): readonly ValuesLayer[] | undefined {
  const layers = [...(chart.values ? [chart.values] : []), ...environment.files].map((file) => layersOf(file, reading));
  return layers.every((it) => it !== undefined) ? [...layers.flat(), ...(environment.inline ?? [])] : undefined;
}

function layersOf(file: SourceFile, { sources, unread }: ChartReading): readonly ValuesLayer[] | undefined {
  if (unread.some(({ at }) => at.path === file.path)) return undefined;
  const parsed = sources.yaml(file, unread);
  const trouble = yamlTrouble(parsed, ({ line, column }) => placeIn(file, line, column));
  unread.push(...trouble);
  if (!parsed || trouble.length > 0) return undefined;
  const [document] = parsed.documents;
  return document ? [{ file, document, prefix: [], mount: [] }] : [];
}

/** The objects that a chart installs. */
export function renderChart(
  chart: Chart,
  layers: readonly ValuesLayer[],
  environment: ChartEnvironment,
  reading: ChartReading,
): readonly ManifestObject[] {
  const because = thirdParty(chart);
  const isOwn = because === undefined || (reading.sources.repo()?.name ?? '').includes(chart.name);
  const setting = settingOf(chart.file, reading.sources.manifest);
  const name = environment.name ?? setting.environment;
  const facts = {
    ...setting,
    ...(!isOwn && !setting.aside && { aside: { because } }),
    ...(name !== undefined && { environment: name }),
    // What one environment switches on does not stand for another.
    origin: name === undefined ? chart.dir : `${chart.dir} in ${name}`,
  };
  const { unseen } = environment;
  const objects = objectsBelow(chart, layers, facts, { reading, named: namedIn(chart, reading, 0), depth: 0 });
  return unseen === undefined ? objects : objects.map((it) => ({ ...it, partial: it.partial ?? unseen }));
}

interface Rendering {
  readonly reading: ChartReading;
  /** Named templates are shared by a chart and all within it. */
  readonly named: Named;
  readonly depth: number;
}

function objectsBelow(
  chart: Chart,
  layers: readonly ValuesLayer[],
  facts: Facts,
  rendering: Rendering,
): readonly ManifestObject[] {
  if (rendering.depth > DEEPEST) return [];
  const values = layValues(layers);
  const scope = chartScope(values, chart.about, chart.name, rendering.named);
  const own = chart.templates.flatMap((file) =>
    objectsInFile(file, { chart, values, scope }, facts, rendering.reading),
  );
  const inner = subcharts(chart, rendering.reading.charts).flatMap(({ local, alias, condition }) => {
    if (local.isLibrary || isOff(condition, values)) return [];
    const defaults = local.values ? layersOf(local.values, rendering.reading) : [];
    if (!defaults) return [];
    const because = thirdParty(local);
    const theirs = because === undefined ? facts : { ...facts, aside: { because } };
    const named = { ...local, name: alias };
    return objectsBelow(named, [...defaults, ...layersBelow(layers, alias)], theirs, {
      ...rendering,
      depth: rendering.depth + 1,
    });
  });
  return [...own, ...inner];
}

interface Subchart {
  readonly local: Chart;
  readonly alias: string;
  readonly condition: string;
}

/** Charts within a chart: those it names, as often as it does, and those that merely lie in its charts/ folder. */
function subcharts(chart: Chart, charts: readonly Chart[]): readonly Subchart[] {
  const listed = chart.dependencies.flatMap((dependency) => {
    const local = localChart(dependency, chart, charts);
    return local ? [{ local, alias: dependency.alias, condition: dependency.condition }] : [];
  });
  const others = charts.filter(
    ({ parent, dir }) => parent === chart.dir && !listed.some(({ local }) => local.dir === dir),
  );
  return [...listed, ...others.map((local) => ({ local, alias: local.name, condition: '' }))];
}

function isOff(condition: string, { value }: ChartValues): boolean {
  const set = condition.split(',').map((path) => valueAt(value, path.trim().split('.')));
  return set.find((it) => typeof it === 'boolean') === false;
}

function thirdParty({ name, file }: Chart): string | undefined {
  return file.class === 'vendored' || productOf(name) || THIRD_PARTY.test(name)
    ? `the chart of ${name}, made by others`
    : undefined;
}

/** Named templates of a chart and of those within it; the outer ones win. */
function namedIn(chart: Chart, reading: ChartReading, depth: number): Named {
  const inner =
    depth > DEEPEST ? [] : subcharts(chart, reading.charts).map(({ local }) => namedIn(local, reading, depth + 1));
  const own = chart.templates.flatMap((file) => namedTemplates(treeOf(file, reading)));
  return new Map([...inner.flatMap((it) => [...it]), ...own]);
}

function treeOf(file: SourceFile, { sources, trees, unread }: ChartReading): readonly Node[] {
  const known = trees.get(file.path);
  if (known) return known;
  const tree = templateTree(sources.text(file, unread) ?? '');
  if (!tree) unread.push({ at: placeIn(file), reason: 'limit', detail: `it has more than ${MAX_ACTIONS} actions` });
  trees.set(file.path, tree ?? []);
  return tree ?? [];
}

/** What runs containers, or may be joined to what does; other kinds are not read. */
const WANTED = new RegExp(`^[ \\t]*(?:-[ \\t]+)?["']?kind["']?[ \\t]*:[ \\t]*["']?(\\{\\{|(${WANTED_KINDS})\\b)`, 'm');

interface Rendered {
  readonly chart: Chart;
  readonly values: ChartValues;
  readonly scope: ChartScope;
}

function objectsInFile(
  file: SourceFile,
  { chart, values, scope }: Rendered,
  facts: Facts,
  reading: ChartReading,
): readonly ManifestObject[] {
  if (file.path.endsWith('.tpl') || !WANTED.test(reading.sources.text(file, []) ?? '')) return [];
  const evaluated = evaluateTemplate(treeOf(file, reading), scope);
  if (evaluated.isCut && facts.aside === undefined)
    reading.unread.push({
      at: placeIn(file),
      reason: 'limit',
      detail: 'its loops and named templates go on for too long',
    });
  const parsed = parseYaml(evaluated.text, { template: true });
  const known = reading.unread.some(({ at }) => at.path === file.path);
  const trouble = yamlTrouble(parsed, ({ line }) => placeIn(file, evaluated.lines[line - 1] ?? line));
  if (!known && facts.aside === undefined) reading.unread.push(...trouble);
  const rendered = { file, evaluated, values, release: chart.name };
  const objects = parsed.documents.flatMap((document) => objectsOf(document, rendered, facts));
  if (objects.length > 0) reading.looked.add(file.path);
  return objects;
}
