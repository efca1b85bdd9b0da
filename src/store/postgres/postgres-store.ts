/** Runs in a PostgreSQL database: each in one transaction, once however often and by however many it is pushed. */
import type { Client } from 'pg';
import { InputError } from '../../input-error.ts';
import type { AuditHeader, AuditRow } from '../../model-audit.ts';
import type { Kept, Store, StoredRun } from '../../model-trend.ts';
import { byKey, keptOf } from '../line.ts';
import type { Secrets } from './address.ts';
import { connected, inTransaction } from './connection.ts';
import { copyRows } from './copy.ts';
import {
  FINDING_COLUMNS,
  findingRows,
  lineOfRow,
  runRow,
  SERVICE_COLUMNS,
  type ServiceRow,
  serviceRows,
} from './rows.ts';
import { hasSchema, migrate } from './schema.ts';

/** The store at an address. Nothing is asked before it is needed, and no connection is kept open meanwhile. */
export function postgresStore(address: string, secrets: Secrets): Store {
  const reading = <T>(otherwise: T, read: (client: Client) => Promise<T>): Promise<T> =>
    connected(address, secrets, async (client) => ((await hasSchema(client)) ? read(client) : otherwise));
  return {
    async push(header, rows) {
      const kept = keptOf(header, rows());
      return connected(address, secrets, async (client) => {
        await migrate(client);
        return inTransaction(client, () => insert(client, kept, header, rows));
      });
    },
    runs: () =>
      reading([], async (client) => {
        const { rows } = await client.query<{ header: StoredRun }>(
          'select header from gonogo.runs order by as_of, run',
        );
        return rows.map(({ header }) => header);
      }),
    async lines(id) {
      const lines = await reading(undefined, (client) => linesOf(client, id));
      if (!lines) throw new InputError(`there is no run ${id} in the store`, '--store', 'see `gonogo store list`');
      return lines;
    },
    close: async () => undefined,
  };
}

/** Another one that pushes the same run meanwhile is waited for: it is there then, or it failed. */
async function insert(
  client: Client,
  { run, lines }: Kept,
  header: AuditHeader,
  rows: () => Iterable<AuditRow>,
): Promise<'stored' | 'known'> {
  const columns = Object.entries(runRow(run));
  const { rows: made } = await client.query<{ run: string }>(
    `insert into gonogo.runs (${columns.map(([name]) => name).join(', ')})
     values (${columns.map((_, index) => `$${index + 1}`).join(', ')})
     on conflict (id) do nothing returning run`,
    columns.map(([, value]) => value),
  );
  const key = made[0]?.run;
  if (key === undefined) return 'known';
  await copyRows(client, 'gonogo.services', SERVICE_COLUMNS, serviceRows(key, lines));
  await copyRows(client, 'gonogo.findings', FINDING_COLUMNS, findingRows(key, header, rows()));
  return 'stored';
}

async function linesOf(client: Client, id: string) {
  const { rows: runs } = await client.query<{ run: string }>('select run from gonogo.runs where id = $1', [id]);
  const run = runs[0]?.run;
  if (run === undefined) return undefined;
  const { rows } = await client.query<ServiceRow>('select * from gonogo.services where run = $1', [run]);
  return rows.map(lineOfRow).sort(byKey);
}
