/** Weekly numbers of running the service and what they say of incidents, from CSV, YAML and JSON. Compares nothing with any target or any day. */
import type { Place } from '../model.ts';
import { defineCollector } from './collector.ts';
import type { Column } from './ops-stats/columns.ts';
import { type FileTable, type Notes, tablesFor } from './ops-stats/files.ts';
import { type IncidentEntry, incidentEntries } from './ops-stats/incidents.ts';
import { type DatedRow, type Fault, weeksOf } from './ops-stats/weeks.ts';
import { placeIn } from './sources.ts';

/** The numbers of one week. */
export interface StatsRow extends Omit<DatedRow, 'line'> {
  readonly at: Place;
}

/** Something in a file of numbers that is not taken. */
export interface StatsFault extends Omit<Fault, 'line'> {
  readonly at: Place;
}

/** Facts of this kind. */
export interface Facts {
  /** Files of weekly numbers that were read. */
  readonly files: readonly Place[];
  /** Oldest first. */
  readonly rows: readonly StatsRow[];
  readonly columns: readonly (Column & { readonly at: Place })[];
  readonly faults: readonly StatsFault[];
  /** Incidents that are written out below their week; absent where no file does so. */
  readonly incidents?: readonly IncidentEntry[];
}

const NUMBERS =
  /(?:^|\/)(?:ops|operations)\/(?:.*\/)?stats\/[^/]+\.(?:csv|tsv|ya?ml|json)$|(?:^|\/)(?:ops|operations)[-_]?stats(?:[-_][\w-]+)?\.(?:csv|tsv|ya?ml|json)$/i;

export const collector = defineCollector<Facts>({
  summary:
    'weekly numbers in CSV, YAML and JSON (`operations.stats`, ops/stats, ops-stats.*): columns by name with their units; every cell that cannot be read one way only is set aside with its line',
  parses: ['yaml', 'markdown'],
  async collect(sources) {
    const notes: Notes = { unread: [], delegated: [] };
    const wanted = { reference: sources.manifest.claims.operations?.stats, named: NUMBERS, keys: ['weeks', 'stats'] };
    const tables = await tablesFor(wanted, sources, notes);
    const facts = together(tables.flatMap((it) => numbersIn(it, sources.manifest.identity.name, notes)));
    return { facts, looked: { files: tables.length, note: `${facts.rows.length} rows of numbers` }, ...notes };
  },
});

function numbersIn({ file, table }: FileTable, service: string | undefined, { unread }: Notes): readonly Facts[] {
  const weeks = weeksOf(table, service);
  if (!weeks) {
    unread.push({ at: placeIn(file, 1), reason: 'invalid-syntax', detail: 'no column is called `week` or `date`' });
    return [];
  }
  const inner = table.rows.flatMap((row) => row.inner ?? []);
  return [
    {
      files: [placeIn(file)],
      rows: weeks.rows.map(({ line, ...row }) => ({ ...row, at: placeIn(file, line) })),
      columns: weeks.columns.map((column) => ({ ...column, at: placeIn(file, 1) })),
      faults: weeks.faults.map(({ line, ...fault }) => ({ ...fault, at: placeIn(file, line) })),
      ...(inner.length > 0 && { incidents: inner.flatMap((it) => incidentEntries(file, it, service) ?? []) }),
    },
  ];
}

/** All files as one; numbers of one week in several files are put together. */
function together(parts: readonly Facts[]): Facts {
  const rows = new Map<string, StatsRow>();
  const faults = parts.flatMap((part) => part.faults);
  for (const row of parts.flatMap((part) => part.rows)) {
    const known = rows.get(row.date);
    const clash = Object.keys(row.values).find(
      (name) => known?.values[name] !== undefined && known.values[name] !== row.values[name],
    );
    if (clash !== undefined)
      faults.push({
        of: clash,
        message: `${row.date} has another ${clash.replaceAll('_', ' ')} in ${known?.at.path}`,
        at: row.at,
        date: row.date,
      });
    rows.set(row.date, known ? joined(known, row) : row);
  }
  return {
    files: parts.flatMap((part) => part.files),
    rows: [...rows.values()].sort((a, b) => (a.date < b.date ? -1 : 1)),
    columns: parts.flatMap((part) => part.columns),
    faults,
    ...(parts.some((part) => part.incidents) && { incidents: parts.flatMap((part) => part.incidents ?? []) }),
  };
}

function joined(first: StatsRow, second: StatsRow): StatsRow {
  const action = [first.action, second.action].filter((it) => it !== undefined).join('; ');
  return {
    ...first,
    values: { ...second.values, ...first.values },
    own: { ...second.own, ...first.own },
    ...(action !== '' && { action }),
  };
}
