/** Grafana dashboards kept as code: what they are called and which metrics they query. Reads JSON files, ConfigMaps and GrafanaDashboard objects. */
import type { Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { list, record, word } from './plain-value.ts';
import { analyseQuery } from './queries/promql.ts';
import { type Signal, signalsOf } from './queries/signals.ts';
import { resolveReference } from './references/resolve-reference.ts';
import { isDocumentation, placeIn } from './sources.ts';
import { readTerraform } from './terraform/read.ts';
import { fillActions } from './yaml/filled-template.ts';
import { yamlTrouble } from './yaml/trouble.ts';
import type { YamlPath } from './yaml/yaml.ts';

/** One dashboard. */
export interface Dashboard {
  readonly title: string;
  readonly uid?: string;
  readonly metrics: readonly string[];
  /** Panels that query something, and which metrics each asks for; panels of one title are one. */
  readonly panels: readonly Panel[];
  readonly signals: readonly Signal[];
  /** Panels' queries, and those of them that are not PromQL we can read. */
  readonly queries: number;
  readonly unreadableQueries: number;
  /** Targets of the links on the dashboard and its panels. */
  readonly links: readonly string[];
  readonly at: Place;
}

/** One panel of a dashboard. */
export interface Panel {
  readonly title: string;
  readonly metrics: readonly string[];
}

/** A dashboard that Terraform or CloudFormation defines; what it shows is not read. */
export interface DefinedDashboard {
  /** E.g. datadog_dashboard. */
  readonly type: string;
  readonly name: string;
  readonly at: Place;
}

/** Facts of this kind. */
export interface Facts {
  readonly dashboards: readonly Dashboard[];
  readonly defined: readonly DefinedDashboard[];
  /** Dashboards among the documentation that no manifest names: whether a screen shows them is not said. */
  readonly documented: readonly Pick<Dashboard, 'title' | 'at'>[];
}

const JSON_SNIFF = /"panels"\s*:/;
const OBJECT_SNIFF = /kind:\s*["']?(ConfigMap(?:List)?|GrafanaDashboard(?:List)?)\b/;
/** Paths that promise a dashboard: such a file that cannot be read is worth a word. */
const DASHBOARD_PATH = /dashboard/i;
/** Grafana's own variables stand for a window; a number-like one for a number; any other for a word. */
const WINDOW = '5m';

export const collector = defineCollector<Facts>({
  summary: 'dashboards: JSON files of Grafana, ConfigMaps, GrafanaDashboard objects, and which ones Terraform defines',
  parses: ['yaml'],
  async collect(sources) {
    const unread: Unread[] = [];
    const { kept, shown } = candidates(sources, unread);
    const dashboards = kept.flatMap((file) => dashboardsOf(file, sources, unread));
    const documented = shown.flatMap((file) => dashboardsOf(file, sources, []).map(({ title, at }) => ({ title, at })));
    return {
      facts: { dashboards, defined: await definedIn(sources), documented },
      looked: {
        files: dashboards.length,
        note: dashboards.length === 1 ? '1 dashboard' : `${dashboards.length} dashboards`,
      },
      unread,
      delegated: [],
    };
  },
});

function dashboardsOf(file: SourceFile, sources: Sources, unread: Unread[]): readonly Dashboard[] {
  return /\.json$/i.test(file.path) ? fromJson(file, sources, unread) : fromObjects(file, sources, unread);
}

interface Candidates {
  readonly kept: readonly SourceFile[];
  /** What documentation shows. */
  readonly shown: readonly SourceFile[];
}

/** The service's own files; what documentation shows may be on no screen, unless the manifest says that it is. */
function candidates(sources: Sources, unread: Unread[]): Candidates {
  const references = (sources.manifest.claims.observability?.dashboards ?? []).flatMap((it) => it.evidence ?? []);
  const named = references.flatMap((it) => resolveReference(it.split('#', 1)[0] ?? '', sources, unread).files);
  const own = sources.files.filter((file) => file.class === 'source');
  const isShown = ({ path }: SourceFile): boolean =>
    isDocumentation(path) && !named.some((file) => file.root === '' && file.path === path);
  return { kept: own.filter((it) => !isShown(it)), shown: own.filter(isShown) };
}

const RESOURCES =
  /^(datadog_dashboard(_json)?|grafana_dashboard|aws_cloudwatch_dashboard|google_monitoring_dashboard|azurerm_(portal_)?dashboard|newrelic_one_dashboard(_json|_raw)?|signalfx_dashboard)$/;

async function definedIn(sources: Sources): Promise<readonly DefinedDashboard[]> {
  const { blocks } = await readTerraform(sources);
  return blocks
    .filter(({ kind, type, absent }) => kind === 'resource' && absent === undefined && RESOURCES.test(type))
    .map(({ type, name, at }) => ({ type, name, at }));
}

function fromJson(file: SourceFile, sources: Sources, unread: Unread[]): readonly Dashboard[] {
  const text = sources.text(file, DASHBOARD_PATH.test(file.path) ? unread : []);
  if (text === undefined || !JSON_SNIFF.test(text) || !/"(schemaVersion|targets|gridPos)"\s*:/.test(text)) return [];
  return dashboardIn(text, placeIn(file, lineOf(text)), unread);
}

function fromObjects(file: SourceFile, sources: Sources, unread: Unread[]): readonly Dashboard[] {
  if (!/\.ya?ml$/i.test(file.path)) return [];
  const text = sources.text(file, DASHBOARD_PATH.test(file.path) ? unread : []);
  if (text === undefined || !OBJECT_SNIFF.test(text) || !JSON_SNIFF.test(text)) return [];
  const parsed = sources.yaml(file, unread);
  unread.push(...yamlTrouble(parsed, ({ line, column }) => placeIn(file, line, column)));
  return (parsed?.documents ?? []).flatMap((document) =>
    objectsIn(document.value).flatMap(([path, object]) => {
      const key = object.kind === 'GrafanaDashboard' ? 'spec' : 'data';
      return Object.entries(record(object[key])).flatMap(([name, content]) => {
        if (typeof content !== 'string' || !JSON_SNIFF.test(content)) return [];
        // A word or a number in place of an action, which may hold quotes, leaves JSON to be read.
        const json = fillActions(content, ({ quoted }) => (quoted ? 'templated' : '0'));
        return dashboardIn(json, placeIn(file, document.at([...path, key, name]).line), unread);
      });
    }),
  );
}

/** The object that a document is, or those that a `ConfigMapList` or a plain `List` holds. */
function objectsIn(value: unknown): readonly (readonly [path: YamlPath, object: Readonly<Record<string, unknown>>])[] {
  const object = record(value);
  const isList = typeof object.kind === 'string' && object.kind.endsWith('List');
  return isList ? list(object.items).map((item, index) => [['items', index], record(item)]) : [[[], object]];
}

function dashboardIn(text: string, at: Place, unread: Unread[]): readonly Dashboard[] {
  try {
    const value = record(JSON.parse(text));
    // An export for sharing wraps the dashboard itself.
    const dashboard = panelsOf(value).length > 0 ? value : record(value.dashboard);
    return panelsOf(dashboard).length > 0 ? [describe(dashboard, at)] : [];
  } catch (error) {
    unread.push({
      at,
      reason: 'invalid-syntax',
      detail: `the dashboard is not valid JSON: ${error instanceof Error ? error.message : String(error)}`,
    });
    return [];
  }
}

/** Old dashboards keep their panels in rows. */
function panelsOf({ panels, rows }: Readonly<Record<string, unknown>>): readonly unknown[] {
  return [...list(panels), ...list(rows)];
}

function describe(dashboard: Readonly<Record<string, unknown>>, at: Place): Dashboard {
  const panels = panelsOf(dashboard);
  const targets = targetsIn(panels).filter(({ asked }) => 'expr' in asked || asks(asked));
  const readable = targets.flatMap(({ panel, asked: { expr } }) => {
    const facts = typeof expr === 'string' ? analyseQuery(substituted(expr)) : undefined;
    return facts?.dialect === 'promql' ? [{ panel, ...facts }] : [];
  });
  return {
    title: typeof dashboard.title === 'string' ? dashboard.title : 'untitled',
    ...(typeof dashboard.uid === 'string' && dashboard.uid !== '' && { uid: dashboard.uid }),
    metrics: metricsOf(readable),
    panels: [...new Set(readable.map(({ panel }) => panel))].map((title) => ({
      title,
      metrics: metricsOf(readable.filter(({ panel }) => panel === title)),
    })),
    signals: [...new Set(readable.flatMap((it) => signalsOf(it, '').signals))].sort(),
    queries: targets.length,
    unreadableQueries: targets.length - readable.length,
    links: linksIn([dashboard, ...panels]),
    at,
  };
}

const MOST_QUERIES = 1000;
const MOST_DEPTH = 4;

function metricsOf(facts: readonly Pick<ReturnType<typeof analyseQuery>, 'metrics'>[]): readonly string[] {
  return [...new Set(facts.flatMap((it) => it.metrics.map(({ name }) => name)))].filter(Boolean).sort();
}

type Target = Readonly<Record<string, unknown>>;

interface Asked {
  readonly panel: string;
  readonly asked: Target;
}

/** What all panels ask for, also those folded into rows. */
function targetsIn(panels: unknown, depth = 0): readonly Asked[] {
  if (depth > MOST_DEPTH) return [];
  const found = list(panels).flatMap((it) => {
    const { title, targets, panels: inner } = record(it);
    const panel = word(title) ?? '';
    const own = list(targets).map((target) => ({ panel, asked: record(target) }));
    return [...own, ...targetsIn(inner, depth + 1)].filter(({ asked }) => asked.expr !== '');
  });
  return found.slice(0, MOST_QUERIES);
}

/** How sources that do not speak PromQL are asked: CloudWatch, Elasticsearch, SQL, Azure Monitor and the like. */
const QUESTIONS = [
  'metricName',
  'query',
  'rawSql',
  'rawQuery',
  'target',
  'azureMonitor',
  'azureLogAnalytics',
  'measurement',
  'timeSeriesQuery',
  'expression',
];

function asks(target: Target): boolean {
  return QUESTIONS.some((key) => Boolean(target[key]));
}

function linksIn(holders: readonly unknown[]): readonly string[] {
  const links = holders.flatMap((holder) => list(record(holder).links).flatMap((link) => word(record(link).url) ?? []));
  return [...new Set(links.filter((url) => url !== ''))].slice(0, MOST_QUERIES);
}

function substituted(query: string): string {
  return query
    .replace(/(?<=[{,]\s*\w+\s*(?:=~?|!=|!~)\s*)(?:\$\{?\w+(?::\w+)?\}?|\[\[\w+\]\])/g, '"x"')
    .replace(/\[\s*(\$\{?\w+(:\w+)?\}?|\[\[\w+\]\])/g, `[${WINDOW}`)
    .replace(/\$__(rate_interval|interval|range|range_s|range_ms|interval_ms)|\$\{__\w+\}/g, WINDOW)
    .replace(/\$\{?(quantile|percentile|limit|threshold|top|topk|k|n)\w*\}?/gi, '5')
    .replace(/\$\{\w+(:\w+)?\}|\$\w+|\[\[\w+\]\]/g, 'x');
}

/** Line of the dashboard's own title: the one that is indented least. */
function lineOf(text: string): number {
  const titles = [...text.matchAll(/^([ \t]*)"title"\s*:/gm)].sort((a, b) => (a[1]?.length ?? 0) - (b[1]?.length ?? 0));
  return text.slice(0, titles[0]?.index ?? 0).split('\n').length;
}
