/** The store that an operator names: a folder, or the address of a PostgreSQL database, whose code is loaded only then. */
import { InputError } from '../input-error.ts';
import type { Store } from '../model-trend.ts';
import { isPostgres, type Secrets } from './postgres/address.ts';

/** Opens it; `note` is told what had to be left out. */
export async function openStore(where: string, secrets: Secrets, note: (sentence: string) => void): Promise<Store> {
  if (isPostgres(where)) return (await import('./postgres/postgres-store.ts')).postgresStore(where, secrets);
  const scheme = /^[a-z][a-z0-9+.-]+:\/\//i.exec(where)?.[0];
  if (scheme === undefined) return (await import('./folder-store.ts')).folderStore(where, note);
  throw new InputError(
    `there is no store behind ${scheme}`,
    '--store',
    'name a folder, or a database as postgres://user@host:5432/database',
  );
}
