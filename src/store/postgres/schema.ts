/** Brings the tables to our version, once however many try at the same time, and refuses those of a newer gonogo. */
import type { Client } from 'pg';
import { InputError } from '../../input-error.ts';
import { inTransaction } from './connection.ts';
import { MIGRATIONS } from './migrations.ts';

/** Taken by whoever changes the schema: "gono" in ASCII, then 1. */
const LOCK = 0x676f6e6f31;

/** Whether there is anything to read. Throws an InputError where the tables are not ours to read. */
export async function hasSchema(client: Client): Promise<boolean> {
  return (await versionIn(client)) > 0;
}

/** Makes the tables, or changes them to what this version knows. */
export async function migrate(client: Client): Promise<void> {
  if ((await versionIn(client)) === MIGRATIONS.length) return;
  await inTransaction(client, async () => {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    const version = await versionIn(client);
    if (version === 0) await begin(client);
    for (const statements of MIGRATIONS.slice(version)) await client.query(statements);
    await client.query('update gonogo.schema_version set version = $1', [MIGRATIONS.length]);
  });
}

/** The schema may have been made for us by somebody who may. */
async function begin(client: Client): Promise<void> {
  const { rows } = await client.query("select 1 from pg_namespace where nspname = 'gonogo'");
  if (rows.length === 0) await client.query('create schema gonogo');
  await client.query('create table gonogo.schema_version (version integer not null)');
  await client.query('insert into gonogo.schema_version values (0)');
}

async function versionIn(client: Client): Promise<number> {
  // The catalogue's tables are asked and no function on names: within a transaction that may answer from before it waited.
  const { rows: found } = await client.query(
    "select 1 from pg_class join pg_namespace on relnamespace = pg_namespace.oid where nspname = 'gonogo' and relname = 'schema_version'",
  );
  if (found.length === 0) return 0;
  const { rows } = await client.query<{ version: number }>('select version from gonogo.schema_version');
  const version = rows[0]?.version ?? 0;
  if (version <= MIGRATIONS.length) return version;
  throw new InputError(
    `the store's tables are of a newer gonogo: version ${version}, and this one knows ${MIGRATIONS.length}`,
    '--store',
    'use the newer gonogo, or another database',
  );
}
