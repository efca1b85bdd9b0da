/** A run of an audit on the disk: its inventory, written before the first repository is judged, and its journal. */

import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { Override } from '../checklist/entry.ts';
import type { Campaign } from '../generated/policy.ts';
import { validate } from '../generated/validate-audit-run.js';
import { InputError } from '../input-error.ts';
import { describeError } from '../manifest/describe-error.ts';
import type { AuditHeader, Target } from '../model-audit.ts';
import { makeFolder } from '../repo/make-folder.ts';
import { writeFileSafely } from '../repo/write.ts';
import { type Journal, type OpenJournal, openJournal, readJournal } from './journal.ts';
import { inShard, type Shard } from './shard.ts';
import { withoutCredentials } from './without-credentials.ts';
import { claimRun } from './writer.ts';

/** By what a run judges, and what. */
export interface Inventory {
  readonly kind: 'gonogo-run';
  readonly header: AuditHeader;
  /** By what all repositories together are looked at. */
  readonly across: Across;
  /** Options that decide how is judged, by the names that the command line has for them. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** Whether a NO-GO is exit code 1. */
  readonly gates: boolean;
  /** Every repository of the audit, in all shards, sorted by id. */
  readonly targets: readonly Target[];
  /** Absent where the run judges all of them. */
  readonly shard?: Shard;
}

/** By what all repositories together are looked at, once each has its row: rules across services, and campaigns. */
export interface Across {
  /** Ids or areas; empty means every rule. */
  readonly only: readonly string[];
  /** What the policy changes about rules. */
  readonly rules?: Readonly<Record<string, Override>>;
  /** The campaigns of the policy. */
  readonly focus?: Readonly<Record<string, Campaign>>;
}

/** A run that is read. */
export interface Run<J extends Journal = Journal> {
  readonly folder: string;
  readonly inventory: Inventory;
  /** Those of its shard. */
  readonly targets: readonly Target[];
  readonly journal: J;
  close(): void;
}

const INVENTORY = 'inventory.json';
const JOURNAL = 'journal.jsonl';

/** An inventory of ten thousand repositories has a few MB. */
const MOST_BYTES = 256 * 1024 * 1024;

/** What a run that was killed while it began may have left: it holds nothing yet. */
const BEGINNINGS = /^(writer|\.(inventory\.json|writer)\.[0-9a-f]+\.tmp)$/;

/** Begins a run in a folder that is empty or not there; throws an InputError. */
export function createRun(folder: string, given: Inventory): Run<OpenJournal> {
  const inventory = publicInventory(given);
  refuseInside(folder, inventory.targets);
  makeFolder(resolve(folder));
  refuseOccupied(folder, readdirSync(folder));
  const writer = claimRun(folder);
  try {
    writeFileSafely(join(folder, INVENTORY), `${JSON.stringify(inventory, null, 2)}\n`, { force: false });
    return running(folder, inventory, openJournal(join(folder, JOURNAL), writer), writer.release);
  } catch (error) {
    writer.release();
    throw error;
  }
}

/** Goes on with a run, whose inventory was read before; throws an InputError. */
export function continueRun(
  folder: string,
  inventory: Inventory,
  { retry = false }: { readonly retry?: boolean } = {},
): Run<OpenJournal> {
  const writer = claimRun(folder);
  try {
    return running(folder, inventory, openJournal(join(folder, JOURNAL), writer, { retry }), writer.release);
  } catch (error) {
    writer.release();
    throw error;
  }
}

/** Opens a run for reading, whoever writes to it. */
export function readRun(folder: string): Run {
  const inventory = readInventory(folder);
  return running(folder, inventory, readJournal(join(folder, JOURNAL)), () => undefined);
}

/** Whether every repository of a run has its row, and the run says so itself. */
export function isWhole({ journal, targets }: Run): boolean {
  return journal.isComplete() && journal.ids().length === targets.length;
}

function running<J extends Journal>(folder: string, inventory: Inventory, journal: J, release: () => unknown): Run<J> {
  const targets = inShard(inventory.targets, inventory.shard);
  const known = new Set(targets.map(({ id }) => id));
  const stranger = journal.ids().find((id) => !known.has(id));
  if (stranger !== undefined) {
    journal.close();
    throw new InputError(
      `the journal of "${folder}" has a row of "${stranger}", which is not in its inventory`,
      folder,
      'the two files are not of one run: begin it anew',
    );
  }
  const close = (): void => {
    journal.close();
    release();
  };
  return { folder, inventory, targets, journal, close };
}

/** The inventory of a run; throws an InputError where the folder holds none, or one that is not ours. */
export function readInventory(folder: string): Inventory {
  const path = join(folder, INVENTORY);
  const data = parsed(textOf(path, folder), path);
  if (!validate(data)) {
    const { message, pointer } = describeError(validate.errors?.[0]);
    throw new InputError(
      `"${path}" is no inventory of a run that this gonogo reads: ${message}`,
      `${path}#${pointer}`,
      '`gonogo schema audit-run` prints its schema; begin the run anew where another version wrote it',
    );
  }
  const { targets, ...inventory } = data as Inventory;
  return { ...inventory, targets: sorted(targets) };
}

/** As it may be kept: no option and no address with a password in it. */
function publicInventory({ flags, targets, ...rest }: Inventory): Inventory {
  const named = sorted(targets).map((target) => ({ ...target, location: withoutCredentials(target.location) }));
  return { ...rest, flags: withoutCredentials(flags), targets: named };
}

function sorted(targets: readonly Target[]): readonly Target[] {
  return [...targets].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function textOf(path: string, folder: string): string {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const status = fstatSync(descriptor);
    if (!status.isFile() || status.size > MOST_BYTES) throw Object.assign(new Error(), { code: 'no regular file' });
    return readFileSync(descriptor, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new InputError(
      code === 'ENOENT' || code === 'ENOTDIR' ? `"${folder}" holds no run` : `"${path}" cannot be read (${code})`,
      folder,
      'give the folder that `gonogo audit --run` wrote',
    );
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new InputError(`"${path}" is no JSON`, path, 'give the folder that `gonogo audit --run` wrote');
  }
}

function refuseOccupied(folder: string, names: readonly string[]): void {
  if (names.includes(INVENTORY))
    throw new InputError(
      `"${folder}" holds a run already`,
      folder,
      `go on with it by --resume, or name another folder`,
    );
  const other = names.find((name) => !BEGINNINGS.test(name));
  if (other !== undefined)
    throw new InputError(
      `"${folder}" is not empty: it holds "${other}"`,
      folder,
      'name a folder that is empty or not there',
    );
}

/** Nothing is written into what is judged: it would be judged along. */
function refuseInside(folder: string, targets: readonly Target[]): void {
  const around = targets.find(
    ({ kind, location }) => kind === 'folder' && isWithin(resolve(folder), resolve(location)),
  );
  if (around !== undefined)
    throw new InputError(
      `"${folder}" lies in the repository "${around.id}", which is to be judged`,
      folder,
      'name a folder outside of what is judged',
    );
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || resolve(way) === way);
}
