/** Recognises the columns of weekly numbers by their names, with the units that those carry. Pure; a name it does not know stays unknown. */

import { table } from '../../table.ts';
import { plainName } from './table.ts';

/** What a number counts: a share in percent, a time in milliseconds, a count, or traffic in the unit it is written in. */
export type Dimension = 'percent' | 'time' | 'count' | 'traffic';

/** Classes of errors that a number may be kept for. */
type ErrorClass = 'critical' | 'major' | 'standard';

/** What a column says. */
export interface Column {
  /** As written. */
  readonly name: string;
  /** `week`, `action`, `note` or `service`; a measure such as `latency_p95` or `time_to_react_critical`; absent where the name is not known. */
  readonly means?: string;
  readonly dimension?: Dimension;
  /** Unit by the name, e.g. `ms` or `%`. */
  readonly unit?: string;
}

const UNIT =
  /^(ms|msecs?|millis|milliseconds?|s|secs?|seconds?|min|mins|minutes?|m|h|hrs?|hours?|d|days?|%|pct|percent|percentage|ratio|fraction|rps|rpm)$/;
const WORDS: readonly (readonly [string, RegExp])[] = [
  [
    'week',
    /^(?:weeks?|weeks? (?:of|start|starts|starting|start date|beginning|commencing|ending|end)|date|day|period|period (?:start|end)|start date|from)$/,
  ],
  ['action', /^(?:actions?|actions? taken|follow ups?)$/],
  ['note', /^(?:notes?|comments?|remarks?)$/],
  ['service', /^(?:service|service name|component)$/],
];
const MEASURES: readonly (readonly [string, Dimension, RegExp])[] = [
  ['availability', 'percent', /^(?:availability|uptime|success rate)$/],
  ['error_rate', 'percent', /^(?:error rate|error ratio|errors|failure rate)$/],
  ['sla', 'percent', /^(?:sla|sla (?:attainment|compliance|met|availability))$/],
  ['latency', 'time', /^(?:latency|response time|performance)(?: (?:avg|average|mean))?$/],
  ['incidents', 'count', /^(?:incidents?|incident count|number of incidents|total incidents)$/],
  ['time_to_react', 'time', /^(?:(?:mean )?time to (?:react|respond|acknowledge|ack)|reaction time|react|mtta|tta)$/],
  [
    'time_to_resolve',
    'time',
    /^(?:(?:mean )?time to (?:resolve|restore|recover|repair)|resolution time|resolve|mttr|ttr)$/,
  ],
  [
    'requests',
    'traffic',
    /^(?:requests?|request count|total requests|calls|transactions|events|messages|orders|visits)$/,
  ],
  ['traffic', 'traffic', /^(?:traffic|throughput|rps|rpm|requests per (?:second|minute))$/],
  ['bugs', 'count', /^(?:bugs?|open bugs|bugs (?:open|reported|found)|new bugs|defects?|open defects)$/],
];
const PERCENTILE =
  /^(?:(?:latency|response time|duration) )?p(50|90|95|99|999)(?: (?:latency|response time|duration))?$/;
/** Numbers that may be kept for each class of errors. */
const BY_CLASS: readonly string[] = ['incidents', 'time_to_react', 'time_to_resolve'];
const CLASS_WORDS: Readonly<Record<string, ErrorClass>> = table({
  critical: 'critical',
  sev1: 'critical',
  p1: 'critical',
  major: 'major',
  sev2: 'major',
  p2: 'major',
  standard: 'standard',
  minor: 'standard',
  sev3: 'standard',
  p3: 'standard',
});

/** Reads one column's name: `time_to_resolve_critical_min`, `p95 (ms)`, `Availability %`. */
export function columnOf(name: string): Column {
  const words = plainName(name.replace(/%/g, ' % ').slice(0, 100))
    .split(' ')
    .filter((word) => word !== '');
  const known = WORDS.find(([, pattern]) => pattern.test(words.join(' ')))?.[0];
  if (known) return { name, means: known };
  const last = words.at(-1) ?? '';
  const hasUnit = words.length > 1 && UNIT.test(last);
  const rest = hasUnit ? words.slice(0, -1) : words;
  const unit = hasUnit || /^rp[sm]$/.test(last) ? last : undefined;
  const measure = measureOf(rest);
  // Requests a second are no count of requests.
  const means = measure.means === 'requests' && /^rp[sm]$/.test(unit ?? '') ? 'traffic' : measure.means;
  return { name, ...measure, ...(means !== undefined && { means }), ...(unit !== undefined && { unit }) };
}

function measureOf(words: readonly string[]): Pick<Column, 'means' | 'dimension'> {
  const percentile = PERCENTILE.exec(words.join(' '))?.[1];
  if (percentile) return { means: `latency_p${percentile}`, dimension: 'time' };
  const whole = simple(words);
  if (whole) return { means: whole[0], dimension: whole[1] };
  const [first, last] = [words[0] ?? '', words.at(-1) ?? ''];
  const [severity, its] = CLASS_WORDS[last]
    ? [CLASS_WORDS[last], simple(words.slice(0, -1))]
    : [CLASS_WORDS[first], simple(words.slice(1))];
  return severity && its && BY_CLASS.includes(its[0]) ? { means: `${its[0]}_${severity}`, dimension: its[1] } : {};
}

function simple(words: readonly string[]): readonly [string, Dimension] | undefined {
  const found = MEASURES.find(([, , pattern]) => pattern.test(words.join(' ')));
  return found && [found[0], found[1]];
}
