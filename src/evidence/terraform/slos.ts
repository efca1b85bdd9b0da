/** Objectives that Terraform sets in Google Cloud, Datadog, New Relic and Grafana, and modules elsewhere that are likely to bring some. */
import type { Delegated, Place, Unread } from '../../model.ts';
import { table } from '../../table.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { isKnown } from '../known.ts';
import { list, word } from '../plain-value.ts';
import type { SpecifiedSlo } from '../slos.ts';
import { hasMarks } from '../yaml/template-marks.ts';
import { asNumber, type Block, type Contents, maybeAs, nested, textOf } from './block.ts';
import { readTerraform, type TerraformReading, terraformIn } from './read.ts';

const TYPES = 'google_monitoring_slo|datadog_service_level_objective|newrelic_service_level|grafana_slo';
const OBJECTIVE = new RegExp(`resource[ \\t]+"?(${TYPES})\\b`);
/** A module's address that promises objectives. */
const PROMISING = /(?:^|[/_.-])slos?(?![a-z])|service[_-]?level/i;

/** What is found in one repository's Terraform. */
export interface TerraformSlos {
  readonly slos: readonly SpecifiedSlo[];
  readonly unread: readonly Unread[];
  readonly delegated: readonly Delegated[];
}

/** Whether a text may set an objective, so that Terraform is parsed only where it does. */
export function maySetObjective(text: string): boolean {
  return OBJECTIVE.test(text) || /^[ \t]*source[ \t]*=[ \t]*"(?!\.\.?\/)[^"\n]*(?:slo|service[_-]?level)/im.test(text);
}

/** The objectives of the service's own Terraform and of files that the manifest names. */
export async function terraformSlos(named: readonly SourceFile[], sources: Sources): Promise<TerraformSlos> {
  const own = new Set(sources.files.filter((it) => it.class === 'source'));
  const others = named.filter((it) => !own.has(it));
  const readings = [await readTerraform(sources), await terraformIn(others, sources)].map(fromReading);
  return {
    slos: readings.flatMap(({ slos }) => slos),
    unread: readings.flatMap(({ unread }) => unread),
    delegated: readings.flatMap(({ delegated }) => delegated),
  };
}

function fromReading({ blocks, modules, unread: broken }: TerraformReading): TerraformSlos {
  const unread = broken.filter(({ reason, detail }) => reason === 'too-large' || OBJECTIVE.test(detail));
  const there = blocks.filter(({ kind, absent }) => kind === 'resource' && absent === undefined);
  const slos = there.flatMap((block) => targetsIn(block).flatMap((it) => sloOf(block, it, unread)));
  const promising = modules.filter(({ source }) => !/^\.\.?\//.test(source) && PROMISING.test(source));
  return { slos, unread, delegated: promising.map(({ at, source }) => ({ at, to: `the Terraform module ${source}` })) };
}

/** One number an objective is held to; Datadog holds one to several over different windows. */
interface Target {
  readonly spec: SpecifiedSlo['spec'];
  readonly holder: Contents & { readonly at: Place };
  readonly attribute: string;
  readonly isPercent: boolean;
  readonly window: string | undefined;
  readonly sli: SpecifiedSlo['sli'];
  readonly name: string | undefined;
  readonly pages: boolean;
}

function targetsIn(block: Block): readonly Target[] {
  const name = textOf(block, 'name');
  const named = { name, pages: false, sli: 'other' } as const;
  switch (block.type) {
    case 'google_monitoring_slo':
      return [
        {
          spec: 'google',
          holder: block,
          attribute: 'goal',
          isPercent: false,
          window: googleWindow(block),
          sli: googleIndicator(block),
          name: textOf(block, 'slo_id'),
          pages: false,
        },
      ];
    case 'datadog_service_level_objective':
      return nested(block, 'thresholds').map((holder) => ({
        ...named,
        spec: 'datadog',
        holder,
        attribute: 'target',
        isPercent: true,
        window: textOf(holder, 'timeframe'),
        sli: textOf(block, 'type') === 'metric' ? 'ratio' : 'other',
      }));
    case 'newrelic_service_level':
      return nested(block, 'objective').map((holder) => ({
        ...named,
        spec: 'newrelic',
        holder,
        attribute: 'target',
        isPercent: true,
        window: newRelicWindow(holder),
      }));
    case 'grafana_slo':
      return nested(block, 'objectives').map((holder) => ({
        ...named,
        spec: 'grafana',
        holder,
        attribute: 'value',
        isPercent: false,
        window: textOf(holder, 'window'),
        // Grafana generates burn-rate alerts where `alerting` is there.
        pages: nested(block, 'alerting').length > 0,
      }));
    default:
      return [];
  }
}

/** A target that nobody here can know, or an objective that may not be there, is unread. */
function sloOf(block: Block, target: Target, unread: Unread[]): readonly SpecifiedSlo[] {
  const { spec, holder, attribute, isPercent, window, sli, pages } = target;
  const found = maybeAs(holder, attribute, asNumber);
  if (!found) return [];
  const hidden = block.when ?? (isKnown(found) ? (found.via === 'default' ? 'a default' : undefined) : found.opaque);
  if (hidden !== undefined || !isKnown(found)) {
    const detail = `the target of ${block.type} "${block.name}" is not written here: ${hidden} decides`;
    unread.push({ at: block.when ? block.at : found.at, reason: 'template', detail });
    return [];
  }
  const percent = isPercent ? found.value : Math.round(found.value * 1e8) / 1e6;
  if (percent <= 0 || percent > 100) return [];
  const service = serviceOf(block);
  const slo = {
    name: target.name === undefined || hasMarks(target.name) ? block.name : target.name,
    ...(service !== undefined && { service }),
    target: percent,
    ...(window !== undefined && !hasMarks(window) && { window }),
    sli,
    spec,
    pages,
    at: block.at,
    targetAt: found.at,
  };
  return [slo];
}

/** Datadog's tag `service:…`. */
function serviceOf(block: Block): string | undefined {
  const tags = list(block.attributes.tags?.value).flatMap((it) => word(it) ?? []);
  const tag = tags.find((it) => it.startsWith('service:') && !hasMarks(it));
  return tag?.slice('service:'.length);
}

const PERIODS: Readonly<Record<string, string>> = table({ DAY: '1d', WEEK: '7d', FORTNIGHT: '14d', MONTH: '1 month' });

function googleWindow(block: Block): string | undefined {
  const days = textOf(block, 'rolling_period_days');
  return days === undefined ? PERIODS[textOf(block, 'calendar_period') ?? ''] : hasMarks(days) ? days : `${days}d`;
}

function googleIndicator(block: Block): SpecifiedSlo['sli'] {
  const [basic, requests] = ['basic_sli', 'request_based_sli'].map((it) => nested(block, it)[0]);
  const has = (holder: Contents | undefined, type: string): boolean =>
    holder !== undefined && nested(holder, type).length > 0;
  if (has(basic, 'latency') || has(requests, 'distribution_cut')) return 'latency';
  return has(basic, 'availability') || has(requests, 'good_total_ratio') ? 'ratio' : 'other';
}

/** `time_window { rolling { count = 7, unit = "DAY" } }` */
function newRelicWindow(objective: Contents): string | undefined {
  const rolling = nested(objective, 'time_window').flatMap((it) => nested(it, 'rolling'))[0];
  const count = rolling && textOf(rolling, 'count');
  return count === undefined || hasMarks(count) ? undefined : `${count}d`;
}
