/** Incidents that somebody wrote down: a list of its own, or those below the weeks of the operations' numbers. Judges none. */
import type { Place } from '../model.ts';
import { defineCollector } from './collector.ts';
import { gatheredOnce } from './once.ts';
import { type FileTable, type Notes, tablesFor } from './ops-stats/files.ts';
import { type IncidentEntry, incidentEntries } from './ops-stats/incidents.ts';
import { collector as numbers } from './ops-stats.ts';
import { placeIn } from './sources.ts';

/** Facts of this kind. */
export interface Facts {
  /** Files that list incidents, also those that list none yet. */
  readonly registers: readonly Place[];
  /** Latest first, those without a day last. */
  readonly incidents: readonly IncidentEntry[];
}

const NAMED = /(?:^|\/)(?:ops|operations)\/(?:.*\/)?incidents?(?:[-_][\w-]+)?\.(?:csv|tsv|ya?ml|json)$/i;

export const collector = defineCollector<Facts>({
  summary:
    'lists of incidents in CSV, YAML and JSON (`operations.incidents`, ops/incidents.*), and those written out below the weeks of `operations.stats`: id, severity, when each began, was reacted to and was over',
  parses: ['yaml', 'markdown'],
  async collect(sources) {
    const notes: Notes = { unread: [], delegated: [] };
    const wanted = { reference: sources.manifest.claims.operations?.incidents, named: NAMED, keys: ['incidents'] };
    const tables = await tablesFor(wanted, sources, notes);
    const listed = tables.map((it) => registerIn(it, sources.manifest.identity.name, notes));
    const { facts: stats } = await gatheredOnce(numbers, sources);
    const incidents = [...listed.flat(), ...(stats.incidents ?? [])].sort((a, b) => order(b.on) - order(a.on));
    const registers = [...tables.map(({ file }) => placeIn(file)), ...(stats.incidents ? stats.files : [])];
    return {
      facts: { registers, incidents },
      looked: { files: tables.length, note: `${incidents.length} incidents` },
      ...notes,
    };
  },
});

function registerIn(
  { file, table }: FileTable,
  service: string | undefined,
  { unread }: Notes,
): readonly IncidentEntry[] {
  const incidents = incidentEntries(file, table, service);
  if (!incidents && table.columns.length > 0)
    unread.push({ at: placeIn(file, 1), reason: 'invalid-syntax', detail: 'no column is called `started` or `date`' });
  return incidents ?? [];
}

/** Milliseconds; what has no day comes last. */
function order(on: string | undefined): number {
  return on === undefined ? 0 : Date.parse(on);
}
