/** The store that `--store` names, opened with what this process knows: an address in a command may hold no password. */
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { InputError } from '../input-error.ts';
import type { Audit } from '../model-audit.ts';
import type { Kept, Store } from '../model-trend.ts';
import { visible } from '../report/escape-terminal.ts';
import { earlierRuns, pointsIn } from '../store/earlier.ts';
import { openStore } from '../store/open.ts';
import { holdsPassword, isPostgres, shownAddress } from '../store/postgres/address.ts';
import { quoted } from './audit-run.ts';
import { sentence } from './guarded.ts';
import type { Outcome } from './program.ts';
import { complain } from './streams.ts';

/** The option. */
interface StoreFlags {
  readonly store?: string;
}

/** The store; undefined where none is named. Throws an InputError. */
export async function storeFor(command: Command): Promise<Store | undefined> {
  const { store: where } = command.opts<StoreFlags>();
  if (where === undefined) return undefined;
  const isPublic = command.getOptionValueSource('store') === 'cli';
  if (isPublic && isPostgres(where) && holdsPassword(where))
    throw new InputError(
      'an address with a password is read by whoever lists the processes of this machine',
      '--store',
      'leave the password out and set PGPASSWORD, or a line in ~/.pgpass; or set the whole address as GONOGO_STORE',
    );
  return openStore(where, secretsHere(process.env), (it) => complain(`note: ${visible(it)}\n`));
}

/** The same for a command that is nothing without one. */
export async function storeNeeded(command: Command): Promise<Store> {
  const store = await storeFor(command);
  if (store) return store;
  throw new InputError('no store is named', '--store', 'name a folder, or a database as postgres://user@host/database');
}

function secretsHere(env: NodeJS.ProcessEnv): { readonly passwordFile?: string } {
  const path = env.PGPASSFILE ?? join(env.HOME ?? homedir(), '.pgpass');
  try {
    const { mode } = statSync(path);
    if (process.platform === 'win32' || (mode & 0o077) === 0) return { passwordFile: readFileSync(path, 'utf8') };
    complain(`note: ${visible(path)} is left out: others may read it; chmod 600 it\n`);
  } catch {
    // There is none.
  }
  return {};
}

/** What earlier runs say of each service, and the runs; nothing, with a note, where the store does not answer. */
export async function pastOf(
  store: Store,
  asOf: string,
): Promise<Pick<Audit, 'trends'> & { readonly earlier?: readonly Kept[] }> {
  try {
    const runs = await earlierRuns(store, asOf);
    return { trends: pointsIn(runs), earlier: runs };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    complain(`note: nothing is known of earlier runs: ${visible(error.message)}\n`);
    return {};
  }
}

/** Pushes an audit whose outputs are written. Where that fails the exit code is 2, and it is said how it is completed. */
export async function pushAudit(
  store: Store,
  audit: Audit,
  {
    runs,
    command,
    outcome,
  }: { readonly runs: readonly string[]; readonly command: Command; readonly outcome: Outcome },
): Promise<void> {
  try {
    await store.push(audit, audit.rows);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    outcome.exitCode = 2;
    complain(sentence(error));
    complain(completion(runs, command));
  }
}

function completion(runs: readonly string[], command: Command): string {
  if (runs.length === 0) return 'note: this audit is kept in no run; store its JSON Lines: gonogo store push FILE\n';
  const where = command.opts<StoreFlags>().store ?? '';
  const isAddress = isPostgres(where);
  const shown = isAddress ? shownAddress(where) : quoted(resolve(where));
  // An address with a password is not repeated: it came from the environment, and is there the next time.
  const store =
    isAddress && command.getOptionValueSource('store') !== 'cli' ? '' : ` --store ${isAddress ? quoted(where) : shown}`;
  return `note: the run is kept; this completes it in the store, once: gonogo store push ${runs.map((run) => quoted(resolve(run))).join(' ')}${store}\n`;
}
