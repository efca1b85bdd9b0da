/** Service level objectives kept as code: OpenSLO, Sloth, Pyrra and Terraform, in one shape. Reads what a specification says; does not ask whether it is met. */
import type { Measure } from '../live/attainment.ts';
import type { Place, Unread } from '../model.ts';
import { table } from '../table.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { ownNames } from './own-names.ts';
import { list, record, word } from './plain-value.ts';
import { resolveReference } from './references/resolve-reference.ts';
import { openSloMeasure, pyrraMeasure, slothMeasure } from './slos/measure.ts';
import { isDocumentation, placeIn } from './sources.ts';
import { maySetObjective, terraformSlos } from './terraform/slos.ts';
import { yamlTrouble } from './yaml/trouble.ts';
import { isOpaque, type YamlDocument, type YamlPath } from './yaml/yaml.ts';

/** One objective. */
export interface SpecifiedSlo {
  readonly name: string;
  /** Whose it is, where no template fills that in. */
  readonly service?: string;
  /** Percent of good events, e.g. 99.95. */
  readonly target: number;
  /** As written, e.g. `30d` or `4w`. */
  readonly window?: string;
  readonly sli: 'ratio' | 'latency' | 'other';
  readonly spec: 'openslo' | 'sloth' | 'pyrra' | 'google' | 'datadog' | 'newrelic' | 'grafana';
  /** Absent where its own words do not say it in PromQL over the whole window. */
  readonly measure?: Measure;
  /** Whether the specification itself asks for alerts. */
  readonly pages: boolean;
  readonly at: Place;
  readonly targetAt: Place;
}

/** Facts of this kind. */
export interface Facts {
  readonly slos: readonly SpecifiedSlo[];
  /** Names by which the repository calls the service and its parts; specifications may use any of them. */
  readonly names: readonly string[];
}

const SNIFF = /apiVersion:\s*["']?openslo\/|version:\s*["']?prometheus\/v1|PrometheusServiceLevel|pyrra\.dev\//;

export const collector = defineCollector<Facts>({
  summary: 'OpenSLO, Sloth and Pyrra specifications, and the objectives of Terraform',
  parses: ['yaml'],
  async collect(sources) {
    const unread: Unread[] = [];
    const files = candidates(sources, unread);
    const [terraform, others] = [files.filter(isTerraform), files.filter((it) => !isTerraform(it))];
    const specifications = others.filter((it) => SNIFF.test(sources.text(it, []) ?? ''));
    const resources = terraform.filter((it) => maySetObjective(sources.text(it, []) ?? ''));
    const set = resources.length > 0 ? await terraformSlos(terraform, sources) : undefined;
    const slos = [...specifications.flatMap((it) => fromFile(it, sources, unread)), ...(set?.slos ?? [])];
    return {
      facts: { slos, names: ownNames(sources) },
      looked: {
        files: specifications.length + resources.length,
        note: slos.length === 1 ? '1 objective' : `${slos.length} objectives`,
      },
      unread: [...unread, ...(set?.unread ?? [])],
      delegated: set?.delegated ?? [],
    };
  },
});

/** The service's own files, and those that the manifest names for an objective, wherever they are; what documentation shows is not evaluated. */
function candidates(sources: Sources, unread: Unread[]): readonly SourceFile[] {
  const own = sources.files.filter((file) => file.class === 'source' && !isDocumentation(file.path));
  const references = (sources.manifest.claims.slos ?? []).flatMap((slo) => slo.evidence ?? []);
  const named = references.flatMap((it) => resolveReference(it.split('#', 1)[0] ?? '', sources, unread).files);
  const files = new Map([...own, ...named].map((file) => [`${file.root}:${file.path}`, file]));
  return [...files.values()].filter(({ path }) => /\.(ya?ml|json|tpl|tf|tofu)$/i.test(path));
}

function isTerraform({ path }: SourceFile): boolean {
  return /\.(tf|tofu)$/i.test(path);
}

function fromFile(file: SourceFile, sources: Sources, unread: Unread[]): readonly SpecifiedSlo[] {
  const parsed = sources.yaml(file, unread);
  unread.push(...yamlTrouble(parsed, ({ line, column }) => placeIn(file, line, column)));
  return (parsed?.documents ?? []).flatMap((document) => {
    const value = record(document.value);
    const view: View = { document, file, unread };
    if (String(value.apiVersion).startsWith('openslo/') && value.kind === 'SLO') return fromOpenSlo(value, view);
    if (value.version === 'prometheus/v1') return fromSloth(value, ['slos'], view);
    if (value.kind === 'PrometheusServiceLevel') return fromSloth(record(value.spec), ['spec', 'slos'], view);
    if (value.kind === 'ServiceLevelObjective') return fromPyrra(value, view);
    return [];
  });
}

interface View {
  readonly document: YamlDocument;
  readonly file: SourceFile;
  readonly unread: Unread[];
}

/** A target a template fills in is there, and its number is not known. */
function targetIn(view: View, path: YamlPath, value: unknown, isPercent: boolean): number | undefined {
  const target = percent(value, isPercent);
  if (target === undefined && isOpaque(value)) {
    const detail = "the objective's target is filled in by a template";
    view.unread.push({ at: placeAt(view, path), reason: 'template', detail });
  }
  return target;
}

function placeAt({ document, file }: View, path: YamlPath): Place {
  const { line, column } = document.at(path);
  return placeIn(file, line, column);
}

/** v1 writes `timeWindow`, `indicator` and targets as ratios; v1alpha `timeWindows` and `ratioMetrics` within the objective. */
function fromOpenSlo(value: Record<string, unknown>, view: View): readonly SpecifiedSlo[] {
  const spec = record(value.spec);
  const [window] = [...list(spec.timeWindow), ...list(spec.timeWindows)].map(record);
  const length = window && windowLength(window);
  return list(spec.objectives).flatMap((entry, index) => {
    const objective = record(entry);
    const isPercent = objective.targetPercent !== undefined;
    const path = ['spec', 'objectives', index, isPercent ? 'targetPercent' : 'target'];
    const target = targetIn(view, path, isPercent ? objective.targetPercent : objective.target, isPercent);
    if (target === undefined) return [];
    return {
      ...named(record(value.metadata).name, spec.service),
      target,
      ...(length !== undefined && { window: length }),
      ...measured(openSloMeasure(record(indicatorOf(spec).ratioMetric), length)),
      sli: openSloIndicator(spec, objective),
      spec: 'openslo',
      pages: list(spec.alertPolicies).length > 0,
      at: placeAt(view, ['metadata', 'name']),
      targetAt: placeAt(view, path),
    };
  });
}

const UNITS: Readonly<Record<string, string>> = table({ minute: 'm', hour: 'h', day: 'd', week: 'w' });

/** v1 writes `duration: 30d`, v1alpha a count and a unit; a month has no length of its own and stays a word. */
function windowLength({ duration, count, unit }: Readonly<Record<string, unknown>>): string | undefined {
  if (duration !== undefined || count === undefined) return word(duration);
  const name = (word(unit) ?? '').toLowerCase().replace(/s$/, '');
  return UNITS[name] ? `${String(count)}${UNITS[name]}` : `${String(count)} ${name}`;
}

function openSloIndicator(spec: Record<string, unknown>, objective: Record<string, unknown>): SpecifiedSlo['sli'] {
  const indicator = indicatorOf(spec);
  if (indicator.ratioMetric || objective.ratioMetrics) return 'ratio';
  return indicator.thresholdMetric || objective.op ? 'latency' : 'other';
}

function indicatorOf(spec: Record<string, unknown>): Readonly<Record<string, unknown>> {
  return record(record(spec.indicator).spec);
}

function measured(measure: Measure | undefined): Pick<SpecifiedSlo, 'measure'> {
  return measure ? { measure } : {};
}

function fromSloth(holder: Record<string, unknown>, path: YamlPath, view: View): readonly SpecifiedSlo[] {
  return list(holder.slos).flatMap((entry, index) => {
    const slo = record(entry);
    const target = targetIn(view, [...path, index, 'objective'], slo.objective, true);
    if (target === undefined) return [];
    const alerting = record(slo.alerting);
    const page = record(alerting.page_alert ?? alerting.pageAlert);
    return {
      ...named(slo.name, holder.service),
      target,
      // Sloth's window is 30 days unless its process is told otherwise.
      window: '30d',
      ...measured(slothMeasure(record(slo.sli))),
      sli: record(slo.sli).events || record(slo.sli).raw ? 'ratio' : 'other',
      spec: 'sloth',
      pages: alerting.name !== undefined && page.disable !== true,
      at: placeAt(view, [...path, index]),
      targetAt: placeAt(view, [...path, index, 'objective']),
    };
  });
}

function fromPyrra(value: Record<string, unknown>, view: View): readonly SpecifiedSlo[] {
  const spec = record(value.spec);
  const target = targetIn(view, ['spec', 'target'], spec.target, true);
  if (target === undefined) return [];
  const indicator = record(spec.indicator);
  const sli =
    indicator.latency || indicator.latencyNative
      ? 'latency'
      : indicator.ratio || indicator.bool_gauge
        ? 'ratio'
        : 'other';
  const slo = {
    ...named(record(value.metadata).name, record(record(value.metadata).labels)['pyrra.dev/service']),
    target,
    ...(spec.window !== undefined && { window: String(spec.window) }),
    ...measured(pyrraMeasure(indicator)),
    sli,
    spec: 'pyrra',
    pages: record(spec.alerting).disabled !== true,
    at: placeAt(view, ['metadata', 'name']),
    targetAt: placeAt(view, ['spec', 'target']),
  } as const;
  return [slo];
}

function named(name: unknown, service: unknown): Pick<SpecifiedSlo, 'name' | 'service'> {
  return {
    name: typeof name === 'string' ? name : 'unnamed',
    ...(typeof service === 'string' && !isOpaque(service) && { service }),
  };
}

/** A target as percent; a ratio such as 0.9995 is 99.95. Undefined where it is no number, e.g. a template's. */
function percent(value: unknown, isPercent: boolean): number | undefined {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (!Number.isFinite(number) || number <= 0 || number > 100) return undefined;
  return isPercent || number > 1 ? number : Math.round(number * 1e8) / 1e6;
}
