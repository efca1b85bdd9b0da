/** Probes that ask the service from outside, as users do: blackbox targets, synthetic tests and uptime checks kept as code. */
import type { Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { list, record, word } from './plain-value.ts';
import { isDocumentation, placeIn } from './sources.ts';
import { type Contents, spoken, type Value } from './terraform/block.ts';
import { readTerraform } from './terraform/read.ts';
import { yamlTrouble } from './yaml/trouble.ts';

/** One probe. */
export interface SyntheticProbe {
  /** E.g. "Probe", "datadog_synthetics_test". */
  readonly tool: string;
  readonly name: string;
  /** Addresses it asks, as written; empty where variables give them. */
  readonly targets: readonly string[];
  readonly at: Place;
}

/** Facts of this kind. */
export interface Facts {
  readonly probes: readonly SyntheticProbe[];
}

const RESOURCES =
  /^(datadog_synthetics_test|aws_synthetics_canary|google_monitoring_uptime_check_config|azurerm_application_insights_(standard_)?web_test|statuscake_(uptime_check|test)|pingdom_check|checkly_(check|tcp_check|url_monitor)|newrelic_synthetics_(script_|cert_check_)?monitor|grafana_synthetic_monitoring_check|uptimerobot_monitor|betteruptime_monitor|aws_route53_health_check|elasticstack_kibana_synthetics_monitor)$/;
const YAML_SNIFF = /kind:\s*["']?(?:VM)?Probe\b|metrics_path:\s*["']?\/probe\b|^endpoints:|^sites:/m;

export const collector = defineCollector<Facts>({
  summary:
    'probes from outside: Probe objects and scrape jobs of the blackbox exporter, Checkly, Gatus, Upptime, and synthetic tests and uptime checks in Terraform',
  parses: ['yaml'],
  async collect(sources) {
    const unread: Unread[] = [];
    const own = sources.files.filter((it) => it.class === 'source' && !isDocumentation(it.path));
    const probes = [...own.flatMap((file) => probesIn(file, sources, unread)), ...(await fromTerraform(sources))];
    return {
      facts: { probes },
      looked: { files: probes.length, note: probes.length === 1 ? '1 probe' : `${probes.length} probes` },
      unread,
      delegated: [],
    };
  },
});

function probesIn(file: SourceFile, sources: Sources, unread: Unread[]): readonly SyntheticProbe[] {
  if (/\.check\.(t|j)s$|checkly/i.test(file.path) && /\.(t|j)s$/.test(file.path)) return fromCheckly(file, sources);
  return /\.ya?ml$/i.test(file.path) ? fromYaml(file, sources, unread) : [];
}

async function fromTerraform(sources: Sources): Promise<readonly SyntheticProbe[]> {
  const { blocks } = await readTerraform(sources);
  return blocks
    .filter(({ kind, type, absent }) => kind === 'resource' && absent === undefined && RESOURCES.test(type))
    .map((block) => ({ tool: block.type, name: block.name, targets: addressesIn(writtenIn(block)), at: block.at }));
}

/** A block's values, one to a line. */
function writtenIn({ attributes, blocks }: Contents): string {
  const own = Object.entries(attributes).flatMap(([name, { value }]) => valuesIn(name, value));
  return [...own, ...blocks.map(writtenIn)].join('\n');
}

function valuesIn(name: string, value: Value): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((it) => valuesIn(name, it));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, it]) => valuesIn(key, it));
  return [`${name} = "${spoken(value)}"`];
}

function fromCheckly(file: SourceFile, sources: Sources): readonly SyntheticProbe[] {
  const text = sources.text(file, []) ?? '';
  if (!/["']checkly\/constructs["']/.test(text)) return [];
  return [...text.matchAll(/^(?![ \t]*\/\/).*?\bnew\s+(\w*(?:Check|Monitor))\s*\(\s*["']([\w-]+)["']/gm)].map(
    (match) => ({
      tool: `Checkly's ${match[1] ?? 'check'}`,
      name: match[2] ?? '',
      targets: addressesIn(text),
      at: placeIn(file, text.slice(0, match.index).split('\n').length),
    }),
  );
}

function fromYaml(file: SourceFile, sources: Sources, unread: Unread[]): readonly SyntheticProbe[] {
  const text = sources.text(file, []);
  if (text === undefined || !YAML_SNIFF.test(text)) return [];
  const parsed = sources.yaml(file, unread);
  unread.push(...yamlTrouble(parsed, ({ line, column }) => placeIn(file, line, column)));
  return (parsed?.documents ?? []).flatMap((document) => {
    const object = record(document.value);
    const at = placeIn(file, document.at([]).line);
    return [...fromObject(object, at), ...fromJobs(object, at), ...fromList(object, at)];
  });
}

/** Probe of the Prometheus operator, and VMProbe. */
function fromObject({ kind, metadata, spec }: Readonly<Record<string, unknown>>, at: Place): readonly SyntheticProbe[] {
  if (kind !== 'Probe' && kind !== 'VMProbe') return [];
  const { staticConfig, static: statics } = record(record(spec).targets);
  const targets = [
    ...list(record(staticConfig).static),
    ...list(record(statics).targets),
    ...list(record(staticConfig).targets),
  ];
  return [
    { tool: kind, name: word(record(metadata).name) ?? '', targets: targets.flatMap((it) => word(it) ?? []), at },
  ];
}

/** Scrape jobs of the blackbox exporter. */
function fromJobs({ scrape_configs: jobs }: Readonly<Record<string, unknown>>, at: Place): readonly SyntheticProbe[] {
  return list(jobs)
    .map(record)
    .filter((job) => word(job.metrics_path) === '/probe')
    .map((job) => ({
      tool: 'the blackbox job',
      name: word(job.job_name) ?? '',
      targets: list(job.static_configs).flatMap((it) =>
        list(record(it).targets).flatMap((target) => word(target) ?? []),
      ),
      at,
    }));
}

/** Endpoints of Gatus, which have conditions; sites of Upptime. */
function fromList({ endpoints, sites }: Readonly<Record<string, unknown>>, at: Place): readonly SyntheticProbe[] {
  const gatus = list(endpoints)
    .map(record)
    .filter((it) => Array.isArray(it.conditions));
  const upptime = /(^|\/)\.upptimerc\.ya?ml$/.test(at.path) ? list(sites).map(record) : [];
  return [...gatus, ...upptime].flatMap((it) => {
    const url = word(it.url);
    return url === undefined
      ? []
      : [{ tool: gatus.includes(it) ? 'Gatus' : 'Upptime', name: word(it.name) ?? url, targets: [url], at }];
  });
}

function addressesIn(text: string): readonly string[] {
  const urls = [...text.matchAll(/["'`](https?:\/\/(?!\S*\/(?:schemas|xmlns)\b)[^\s"'`$\\]+)/g)].flatMap(
    ({ 1: url }) => url ?? [],
  );
  const hosts = [...text.matchAll(/\b(?:host|fqdn|hostname|url)\s*[=:]\s*"([\w-]+(?:\.[\w-]+)+)"/g)].flatMap(
    ({ 1: host }) => host ?? [],
  );
  return [...new Set([...urls, ...hosts])].slice(0, 20);
}
