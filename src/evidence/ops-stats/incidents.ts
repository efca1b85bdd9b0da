/** Turns a table into incidents: when each began, how bad it was, how long it took. Pure; what a cell does not say is absent. */
import { isDate } from '../../dates.ts';
import type { Place } from '../../model.ts';
import type { SourceFile } from '../collector.ts';
import { placeIn } from '../sources.ts';
import { numberIn } from './cells.ts';
import { plainName, type Table } from './table.ts';

/** One incident as a register has it. */
export interface ListedIncident {
  readonly id?: string;
  readonly title?: string;
  /** As written, e.g. `SEV-1` or `major`. */
  readonly severity?: string;
  /** Day it began, YYYY-MM-DD. */
  readonly on?: string;
  /** Day it was over. */
  readonly until?: string;
  /** Milliseconds until somebody worked on it, and until it was over. */
  readonly reactMs?: number;
  readonly resolveMs?: number;
  /** Reference to its review, as written. */
  readonly review?: string;
  readonly line: number;
}

/** One incident and where it is listed. */
export interface IncidentEntry extends Omit<ListedIncident, 'line'> {
  readonly at: Place;
}

/** The incidents of a table in a file; undefined where no column says when an incident began. */
export function incidentEntries(
  file: SourceFile,
  table: Table,
  service: string | undefined,
): readonly IncidentEntry[] | undefined {
  return incidentsOf(table, service)?.map(({ line, ...incident }) => ({ ...incident, at: placeIn(file, line) }));
}

const COLUMNS = {
  service: /^(?:service|service name|component)$/,
  id: /^(?:id|incident|incident id|key|number|ticket|reference)$/,
  title: /^(?:title|summary|what|name|description)$/,
  severity: /^(?:severity|class|error class|priority|level|sev)$/,
  began: /^(?:started|start|started at|start time|began|opened|opened at|occurred|occurred at|date|day|on|from)$/,
  reacted: /^(?:reacted|reacted at|acknowledged|acknowledged at|acked at|responded at)$/,
  resolved: /^(?:resolved|resolved at|ended|ended at|end|end time|closed|closed at|until|to)$/,
  react: /^(?:react|reaction time|time to (?:react|respond|acknowledge|ack)|tta)$/,
  resolve: /^(?:resolve|resolution time|time to (?:resolve|restore|recover|repair)|ttr|duration)$/,
  review: /^(?:post ?mortem|review|retrospective|report)$/,
} as const;
type Field = keyof typeof COLUMNS;
const TIME_UNIT = /[ _(]*(ms|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)\)?$/i;

/** Reads a table; undefined where no column says when an incident began. Rows of other services are left out. */
export function incidentsOf(table: Table, service: string | undefined): readonly ListedIncident[] | undefined {
  const fields = new Map<Field, { readonly index: number; readonly unit?: string }>();
  for (const [index, name] of table.columns.entries()) {
    const found = fieldOf(name);
    if (found && !fields.has(found.field))
      fields.set(found.field, { index, ...(found.unit !== undefined && { unit: found.unit }) });
  }
  if (!fields.has('began') || table.rows.length === 0) return fields.has('began') ? [] : undefined;
  return table.rows.flatMap(({ cells, line }) => {
    const cell = (field: Field): string => cells[fields.get(field)?.index ?? -1]?.trim() ?? '';
    const time = (field: Field): number | undefined => {
      const reading = numberIn(cell(field), {
        dimension: 'time',
        unit: fields.get(field)?.unit,
        decimalComma: table.decimalComma,
      });
      return 'value' in reading ? reading.value : undefined;
    };
    const whose = cell('service');
    if (service !== undefined && whose !== '' && whose !== service) return [];
    return [incident({ cell, time }, line)];
  });
}

/** A column's field, by its name with or without a unit. */
function fieldOf(name: string): { readonly field: Field; readonly unit?: string } | undefined {
  const unit = TIME_UNIT.exec(name)?.[1]?.toLowerCase();
  const names = [name, ...(unit === undefined ? [] : [name.replace(TIME_UNIT, '')])].map((it) =>
    plainName(it.slice(0, 100)),
  );
  for (const [index, it] of names.entries()) {
    const field = (Object.keys(COLUMNS) as readonly Field[]).find((key) => COLUMNS[key].test(it));
    if (field) return { field, ...(index > 0 && unit !== undefined && { unit }) };
  }
  return undefined;
}

interface Cells {
  cell(field: Field): string;
  time(field: Field): number | undefined;
}

function incident({ cell, time }: Cells, line: number): ListedIncident {
  const [began, reacted, resolved] = [moment(cell('began')), moment(cell('reacted')), moment(cell('resolved'))];
  const fields = {
    id: cell('id').slice(0, 100) || undefined,
    title: cell('title').slice(0, 200) || undefined,
    severity: cell('severity').slice(0, 40) || undefined,
    on: began?.day,
    until: resolved?.day,
    reactMs: time('react') ?? span(began, reacted),
    resolveMs: time('resolve') ?? span(began, resolved),
    review: cell('review').slice(0, 300) || undefined,
  };
  return {
    ...(Object.fromEntries(Object.entries(fields).filter(([, it]) => it !== undefined)) as Omit<
      ListedIncident,
      'line'
    >),
    line,
  };
}

interface Moment {
  readonly day: string;
  /** Milliseconds since 1970, where the hour is said too. */
  readonly time?: number;
}

/** `2026-08-04`, `2026-08-04T02:13Z`, `2026-08-04 02:13`; an hour without a zone is taken as UTC. */
function moment(text: string): Moment | undefined {
  const [, day = '', clock, zone = 'Z'] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,6})?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/i.exec(
      text.trim().slice(0, 40),
    ) ?? [];
  if (!isDate(day)) return undefined;
  const time =
    clock === undefined
      ? Number.NaN
      : Date.parse(`${day}T${clock}${/^(?:Z|UTC)$/i.test(zone) ? 'Z' : zone.replace(/^(.\d{2})(\d{2})$/, '$1:$2')}`);
  return Number.isNaN(time) ? { day } : { day, time };
}

/** Nothing where an hour is not said, or the end is before the beginning. */
function span(from: Moment | undefined, to: Moment | undefined): number | undefined {
  if (from?.time === undefined || to?.time === undefined || to.time < from.time) return undefined;
  return to.time - from.time;
}
