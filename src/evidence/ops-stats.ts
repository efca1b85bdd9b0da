/** Weekly numbers of running the service and its list of incidents, from CSV, YAML and JSON. Compares nothing with any target or any day. */
import type { Delegated, Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import type { Column } from './ops-stats/columns.ts';
import { incidentsOf, type ListedIncident } from './ops-stats/incidents.ts';
import { readStructured } from './ops-stats/structured.ts';
import { MOST_ROWS, type Table, type TableReading } from './ops-stats/table.ts';
import { type DatedRow, type Fault, weeksOf } from './ops-stats/weeks.ts';
import { resolveReference } from './references/resolve-reference.ts';
import { placeIn } from './sources.ts';

/** The numbers of one week. */
export interface StatsRow extends Omit<DatedRow, 'line'> {
  readonly at: Place;
}

/** Something in a file of numbers that is not taken. */
export interface StatsFault extends Omit<Fault, 'line'> {
  readonly at: Place;
}

/** One incident of a register. */
export interface IncidentEntry extends Omit<ListedIncident, 'line'> {
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
  /** Files that list incidents. */
  readonly registers: readonly Place[];
  readonly incidents: readonly IncidentEntry[];
}

const NUMBERS =
  /(?:^|\/)(?:ops|operations)\/(?:.*\/)?stats\/[^/]+\.(?:csv|tsv|ya?ml|json)$|(?:^|\/)(?:ops|operations)[-_]?stats(?:[-_][\w-]+)?\.(?:csv|tsv|ya?ml|json)$/i;
const REGISTER = /(?:^|\/)(?:ops|operations)\/(?:.*\/)?incidents?(?:[-_][\w-]+)?\.(?:csv|tsv|ya?ml|json)$/i;
const TABLE = /\.(?:csv|tsv|ya?ml|json)$/i;
const SEPARATED = /\.(?:csv|tsv)$/i;
const MOST_FILES = 200;

export const collector = defineCollector<Facts>({
  summary:
    'weekly numbers (`operations.stats`, ops/stats, ops-stats.*) and lists of incidents (`operations.incidents`, ops/incidents.*) in CSV, YAML and JSON: columns by name with their units, every cell that cannot be read one way only set aside with its line',
  parses: ['yaml', 'markdown'],
  async collect(sources) {
    const unread: Unread[] = [];
    const delegated: Delegated[] = [];
    const { operations } = sources.manifest.claims;
    const numbers = filesFor(operations?.stats, NUMBERS, sources, { unread, delegated });
    const registers = filesFor(operations?.incidents, REGISTER, sources, { unread, delegated });
    const csv = [...numbers, ...registers].some(({ path }) => SEPARATED.test(path))
      ? (await import('./ops-stats/csv.ts')).readCsv
      : undefined;
    const read = (file: SourceFile, keys: readonly string[]): Table | undefined =>
      tableIn(file, keys, csv, sources, unread);
    const service = sources.manifest.identity.name;
    const facts = together([
      ...numbers.map((file) => numbersIn(file, read(file, ['weeks', 'stats']), service, unread)),
      ...registers.map((file) => registerIn(file, read(file, ['incidents']), service, unread)),
    ]);
    return {
      facts,
      looked: {
        files: numbers.length + registers.length,
        note: `${facts.rows.length} rows of numbers, ${facts.incidents.length} incidents`,
      },
      unread,
      delegated,
    };
  },
});

interface Notes {
  readonly unread: Unread[];
  readonly delegated: Delegated[];
}

/** What the manifest names; where it names nothing, what is called so. */
function filesFor(
  reference: string | undefined,
  named: RegExp,
  sources: Sources,
  { unread, delegated }: Notes,
): readonly SourceFile[] {
  const files =
    reference === undefined
      ? sources.files.filter((file) => file.class === 'source' && named.test(file.path))
      : claimed(reference);
  if (files.length > MOST_FILES)
    unread.push({ at: { path: '.' }, reason: 'limit', detail: `only ${MOST_FILES} files of numbers are read` });
  return files.slice(0, MOST_FILES);

  function claimed(written: string): readonly SourceFile[] {
    const { outcome, files: its } = resolveReference(written, sources, unread);
    if (outcome === 'root-not-at-hand') delegated.push({ at: { path: sources.manifest.path }, to: written });
    return its.filter(({ path }) => TABLE.test(path));
  }
}

type CsvReader = (text: string) => TableReading;

function tableIn(
  file: SourceFile,
  keys: readonly string[],
  csv: CsvReader | undefined,
  sources: Sources,
  unread: Unread[],
): Table | undefined {
  const reading =
    SEPARATED.test(file.path) && csv ? separated(file, csv, sources, unread) : structured(file, keys, sources, unread);
  if (!reading) return undefined;
  if ('trouble' in reading) {
    unread.push({ at: placeIn(file), reason: 'invalid-syntax', detail: reading.trouble });
    return undefined;
  }
  if (reading.table.cut)
    unread.push({ at: placeIn(file), reason: 'limit', detail: `only its first ${MOST_ROWS} rows are read` });
  return reading.table;
}

function separated(file: SourceFile, csv: CsvReader, sources: Sources, unread: Unread[]): TableReading | undefined {
  const text = sources.text(file, unread);
  return text === undefined ? undefined : csv(text);
}

function structured(
  file: SourceFile,
  keys: readonly string[],
  sources: Sources,
  unread: Unread[],
): TableReading | undefined {
  const yaml = sources.yaml(file, unread);
  if (!yaml) return undefined;
  const [error] = yaml.errors;
  if (error) return { trouble: `line ${error.line} cannot be read: ${error.message.slice(0, 120)}` };
  const [document] = yaml.documents;
  return document ? readStructured(document, keys) : { trouble: 'it is empty' };
}

function numbersIn(file: SourceFile, table: Table | undefined, service: string | undefined, unread: Unread[]): Facts {
  const weeks = table && weeksOf(table, service);
  if (table && !weeks)
    unread.push({ at: placeIn(file, 1), reason: 'invalid-syntax', detail: 'no column is called `week` or `date`' });
  if (!table || !weeks) return NOTHING;
  return {
    ...NOTHING,
    files: [placeIn(file)],
    rows: weeks.rows.map(({ line, ...row }) => ({ ...row, at: placeIn(file, line) })),
    columns: weeks.columns.map((column) => ({ ...column, at: placeIn(file, 1) })),
    faults: weeks.faults.map(({ line, ...fault }) => ({ ...fault, at: placeIn(file, line) })),
    ...innerIncidents(file, table, service),
  };
}

/** Incidents that are written out below the week they fell in. */
function innerIncidents(
  file: SourceFile,
  { rows }: Table,
  service: string | undefined,
): Pick<Facts, 'registers' | 'incidents'> {
  const inner = rows.flatMap((row) => row.inner ?? []);
  if (inner.length === 0) return { registers: [], incidents: [] };
  return {
    registers: [placeIn(file)],
    incidents: inner.flatMap((table) => entries(file, incidentsOf(table, service) ?? [])),
  };
}

function registerIn(file: SourceFile, table: Table | undefined, service: string | undefined, unread: Unread[]): Facts {
  const incidents = table && incidentsOf(table, service);
  if (table && table.columns.length > 0 && !incidents)
    unread.push({ at: placeIn(file, 1), reason: 'invalid-syntax', detail: 'no column is called `started` or `date`' });
  return table ? { ...NOTHING, registers: [placeIn(file)], incidents: entries(file, incidents ?? []) } : NOTHING;
}

function entries(file: SourceFile, incidents: readonly ListedIncident[]): readonly IncidentEntry[] {
  return incidents.map(({ line, ...incident }) => ({ ...incident, at: placeIn(file, line) }));
}

const NOTHING: Facts = { files: [], rows: [], columns: [], faults: [], registers: [], incidents: [] };

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
    registers: parts.flatMap((part) => part.registers),
    incidents: parts.flatMap((part) => part.incidents),
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
