/** The run in which an audit is kept: a new one, one that goes on, or none where no folder can hold it. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Ledger, memoryLedger } from '../audit/engine.ts';
import type { OpenJournal } from '../audit/journal.ts';
import {
  type Across,
  continueRun,
  createRun,
  type Inventory,
  isWhole,
  type Run,
  readInventory,
} from '../audit/run-folder.ts';
import { differenceOf } from '../audit/same-yardstick.ts';
import { inShard, otherShards, type Shard, shardName } from '../audit/shard.ts';
import { withoutCredentials } from '../audit/without-credentials.ts';
import { InputError } from '../input-error.ts';
import type { AuditHeader, Missing, Target } from '../model-audit.ts';
import { visible } from '../report/escape-terminal.ts';
import type { FailOn } from '../verdict/policy.ts';
import { barOf } from './audit-ending.ts';
import { newRunFolder } from './state-folder.ts';
import { complain } from './streams.ts';

/** Options that name the run. */
export interface RunFlags {
  readonly run?: string;
  readonly resume?: string;
  readonly retryFailed?: boolean;
  readonly shard?: Shard;
}

/** What an audit works on. */
export interface AuditRun {
  /** Those of its shard. */
  readonly targets: readonly Target[];
  readonly ledger: Ledger;
  /** From which severity on what blocks is exit code 1; absent where nothing is. */
  readonly bar: FailOn | undefined;
  /** Whether it is one shard of several. */
  readonly isPart: boolean;
  /** Absent where nothing is kept. */
  readonly folder?: string;
  /** Says in the run that every repository has its row. */
  complete(): void;
  close(): void;
}

/** Options that may differ when a run goes on: how it is shown, where it is kept, and how it is gone about. Every other one decides how or what is judged. */
const FREE: ReadonlySet<string> = new Set([
  ...['format', 'each', 'quiet', 'verbose', 'color', 'force', 'debug', 'explainOptions'],
  ...['run', 'resume', 'retryFailed', 'shard', 'store', 'jobs', 'timeoutPerRepo', 'progress', 'clones', 'cache'],
]);

/** The options that decide, with the files they name as this process finds them. */
function decidingFlags(command: Command): Readonly<Record<string, unknown>> {
  const flags = Object.entries(command.opts()).filter(([name, value]) => !FREE.has(name) && value !== undefined);
  return Object.fromEntries(flags.map(([name, value]) => [name, settled(name, value)]));
}

/** A run that is not opened yet. */
interface ClosedRun extends Pick<AuditRun, 'targets'> {
  /** What its shard leaves to others. */
  readonly missing?: Missing;
  /** Opens it; throws an InputError where that cannot be, or where it was begun with another yardstick. */
  open(header: AuditHeader): AuditRun;
}

/** A new run: in the folder that is named, else in one of its own, else in memory, and that is said. */
export function newRun(across: Across, targets: readonly Target[], command: Command, flags: RunFlags): ClosedRun {
  return { ...partOf(targets, flags.shard), open: (header) => beginRun({ header, across }, targets, command, flags) };
}

function partOf(targets: readonly Target[], shard: Shard | undefined): Omit<ClosedRun, 'open'> {
  const missing = otherShards(targets, shard);
  return { targets: inShard(targets, shard), ...(missing && { missing }) };
}

function beginRun(
  { header, across }: Pick<Inventory, 'header' | 'across'>,
  targets: readonly Target[],
  command: Command,
  { run: named, shard }: RunFlags,
): AuditRun {
  const gates = isGiven(command, 'failOn');
  const flags = { ...decidingFlags(command), asOf: header.asOf };
  const inventory: Inventory = { kind: 'gonogo-run', header, across, flags, gates, targets, ...(shard && { shard }) };
  try {
    return kept(createRun(named ?? newRunFolder(process.env), inventory));
  } catch (error) {
    if (named !== undefined || !(error instanceof InputError)) throw error;
    complain(`note: this audit cannot be resumed: ${visible(error.message)}; --run names another folder\n`);
    const none = (): void => undefined;
    return {
      targets: inShard(targets, shard),
      ledger: memoryLedger(),
      ...endingOf(inventory),
      complete: none,
      close: none,
    };
  }
}

/** A run that was begun before, and the options with which it goes on. */
interface ResumedRun extends ClosedRun {
  /** As they were when it was begun, and as given now those that decide nothing. */
  readonly flags: Readonly<Record<string, unknown>>;
}

/** The run that `--resume` names; throws an InputError where something else than then is asked for. */
export function resumedRun(folder: string, words: readonly string[], command: Command): ResumedRun {
  const inventory = readInventory(folder);
  refuseOther(inventory, words, command);
  const { asOf } = inventory.header;
  // A password is not in the inventory: where an address needs one, it is given again.
  const given = Object.entries(command.opts()).filter(([name]) => FREE.has(name) || isGiven(command, name));
  return {
    ...partOf(inventory.targets, inventory.shard),
    flags: { ...inventory.flags, ...Object.fromEntries(given), asOf },
    open(header) {
      const difference = differenceOf(inventory.header, header);
      if (difference !== undefined)
        throw new InputError(
          `the run "${folder}" judges by another yardstick than this command would: ${difference}`,
          '--resume',
          'begin a new run: rows of two yardsticks make no audit',
        );
      return kept(continueRun(folder, inventory, { retry: command.opts<RunFlags>().retryFailed ?? false }));
    },
  };
}

/** How an audit that ended early goes on. */
export function resumeHint({ folder }: Pick<AuditRun, 'folder'>): string {
  return folder === undefined
    ? ''
    : `note: what was judged is kept; to go on: gonogo audit --resume ${quoted(resolve(folder))}\n`;
}

function endingOf(inventory: Inventory): Pick<AuditRun, 'bar' | 'isPart'> {
  return { bar: barOf(inventory), isPart: (inventory.shard?.of ?? 1) > 1 };
}

function kept(run: Run<OpenJournal>): AuditRun {
  const { folder, journal, targets, inventory, close } = run;
  const complete = (): void => {
    journal.complete();
    if (!isWhole(run)) throw new Error('a repository has no row although all were judged');
  };
  return { folder, targets, ledger: journal, ...endingOf(inventory), complete, close };
}

function refuseOther({ flags, shard }: Inventory, words: readonly string[], command: Command): void {
  const list = words[0];
  if (list !== undefined)
    throw new InputError(
      `a run that is resumed has its list, and "${list}" would be another`,
      '--resume',
      'leave the repositories out',
    );
  const now = decidingFlags(command);
  const other = Object.keys(now).find((name) => isGiven(command, name) && !isSame(now[name], flags[name]));
  const given = command.opts<RunFlags>().shard;
  const name = other ?? (given && !isSame(given, shard) ? 'shard' : undefined);
  if (name === undefined) return;
  const flag = command.options.find((option) => option.attributeName() === name)?.long ?? name;
  const then = name === 'shard' ? shard && shardName(shard) : flags[name];
  const before = then === undefined || isSame(then, []) ? 'without it' : `with ${JSON.stringify(then)}`;
  throw new InputError(
    `${flag} is not as it was when the run was begun: ${before}`,
    flag,
    'leave it out, or begin a new run',
  );
}

function isGiven(command: Command, name: string): boolean {
  return ['cli', 'env'].includes(command.getOptionValueSource(name) ?? '');
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(withoutCredentials(one)) === JSON.stringify(withoutCredentials(other));
}

/** A path as it is from anywhere: a run may go on from another folder. */
function settled(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => settled(name, item));
  if (typeof value !== 'string') return value;
  if (name === 'evidenceRoot') return value.replace(/(?<==)[\s\S]*$/, (path) => resolve(path));
  return ['policy', 'db', 'checklist'].includes(name) ? resolve(value) : value;
}

/** A word that a shell takes as it is. */
export function quoted(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${visible(word).replaceAll("'", "'\\''")}'`;
}
