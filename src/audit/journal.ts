/** The journal of a run: a line a repository, on the disk before the next is begun. Kept in memory is only where each line is. */
import { createHash } from 'node:crypto';
import { closeSync, constants, fdatasyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { digestOf } from '../checklist/digest.ts';
import { validate } from '../generated/validate-audit-row.js';
import { InputError } from '../input-error.ts';
import { describeError } from '../manifest/describe-error.ts';
import type { AuditRow, Outcome } from '../model-audit.ts';
import { bytesAt } from '../repo/bytes-at.ts';
import { asInputError } from '../repo/write.ts';
import { withoutSecrets } from '../secrets.ts';
import type { Ledger } from './engine.ts';
import { type FileLine, fileLines } from './file-lines.ts';
import type { Writer } from './writer.ts';

/** A journal that is read. */
export interface Journal {
  /** Names of the repositories whose rows are there, sorted by code units. */
  ids(): readonly string[];
  row(repo: string): AuditRow;
  outcome(repo: string): Outcome | undefined;
  /** Whether its last line says that nothing is to follow. */
  isComplete(): boolean;
  /** Of every row: equal ones mean equal rows, in whatever order they were written. */
  digest(): string;
  close(): void;
}

/** A journal that is written. */
export interface OpenJournal extends Journal, Ledger {
  /** Says that nothing is to follow. */
  complete(): void;
}

interface Entry {
  readonly offset: number;
  readonly length: number;
  readonly digest: string;
  readonly outcome: Outcome;
}

interface Index {
  readonly entries: Map<string, Entry>;
  /** Where the next line begins. */
  end: number;
  isComplete: boolean;
}

/** What makes another attempt worth while: it lay not in the repository alone. */
const WORTH_RETRYING: readonly Outcome[] = ['unreachable', 'timeout', 'exhausted', 'failed'];

const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
const APPEND = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0);

/** Opens one for reading; a torn last line is passed over. Throws an InputError with file and line where it holds anything else than rows. */
export function readJournal(path: string): Journal {
  const descriptor = opened(path, READ);
  const index = indexed(descriptor, path);
  return reading(descriptor, path, index);
}

/** Opens one for writing, or makes it; a torn last line is cut. With `retry`, rows of repositories that may fare better now count as not there. */
export function openJournal(
  path: string,
  writer: Writer,
  { retry = false }: { readonly retry?: boolean } = {},
): OpenJournal {
  const descriptor = opened(path, APPEND);
  const index = indexed(descriptor, path);
  const old = new Map(index.entries);
  ftruncateSync(descriptor, index.end);
  const journal = reading(descriptor, path, index);

  function write(data: unknown): Omit<Entry, 'outcome'> {
    writer.check();
    const bytes = Buffer.from(`${withoutSecrets(JSON.stringify(data))}\n`, 'utf8');
    appended(descriptor, bytes, index.end, path);
    const entry = { offset: index.end, length: bytes.length - 1, digest: digestOfLine(bytes.subarray(0, -1)) };
    index.end += bytes.length;
    return entry;
  }

  return {
    ...journal,
    has: (repo) => {
      const entry = index.entries.get(repo);
      return entry !== undefined && !(retry && entry === old.get(repo) && WORTH_RETRYING.includes(entry.outcome));
    },
    append: (row) => {
      index.entries.set(row.repo, { ...write(row), outcome: row.outcome });
      index.isComplete = false;
    },
    *rows() {
      for (const repo of journal.ids()) yield journal.row(repo);
    },
    complete: () => {
      if (index.isComplete) return;
      write({ complete: { rows: index.entries.size, digest: digestOfRows(index) } });
      index.isComplete = true;
    },
  };
}

function reading(descriptor: number, path: string, index: Index): Journal {
  return {
    ids: () => [...index.entries.keys()].sort(),
    row: (repo) => {
      const entry = index.entries.get(repo);
      const bytes = entry && bytesAt(descriptor, entry.offset, entry.length);
      if (!bytes || digestOfLine(bytes) !== entry.digest)
        throw new InputError(
          `"${path}" was changed while it was read`,
          path,
          'see that only one audit writes to the run',
        );
      return JSON.parse(bytes.toString('utf8')) as AuditRow;
    },
    outcome: (repo) => index.entries.get(repo)?.outcome,
    isComplete: () => index.isComplete,
    digest: () => digestOfRows(index),
    close: () => closeSync(descriptor),
  };
}

function opened(path: string, flags: number): number {
  try {
    return openSync(path, flags, 0o600);
  } catch (error) {
    if (flags === APPEND) throw asInputError(error, path);
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new InputError(`the journal "${path}" cannot be opened (${code})`, path, 'give the folder of a run');
  }
}

/** A later row of a repository replaces an earlier one. */
function indexed(descriptor: number, path: string): Index {
  const index: Index = { entries: new Map(), end: 0, isComplete: false };
  try {
    for (const line of fileLines(descriptor)) {
      take(line, index, path);
      index.end = line.offset + line.bytes.length + 1;
    }
    return index;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function take({ bytes, offset, number }: FileLine, index: Index, path: string): void {
  const data = parsed(bytes, `${path}:${number}`);
  index.isComplete = typeof data === 'object' && data !== null && 'complete' in data;
  if (index.isComplete) {
    const expected = JSON.stringify({ complete: { rows: index.entries.size, digest: digestOfRows(index) } });
    if (JSON.stringify(data) !== expected)
      refuse('its mark of completeness does not fit the lines before it', `${path}:${number}`);
  } else if (validate(data)) {
    const { repo, outcome } = data as AuditRow;
    index.entries.set(repo, { offset, length: bytes.length, digest: digestOfLine(bytes), outcome });
  } else refuse(describeError(validate.errors?.[0]).message.replace('the file', 'the line'), `${path}:${number}`);
}

function parsed(bytes: Buffer, at: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return refuse('it is no JSON', at);
  }
}

function refuse(why: string, at: string): never {
  throw new InputError(
    `${at} is no line of a journal: ${why}`,
    at,
    'gonogo wrote no such line: remove it and resume the run, and its repository is judged again',
  );
}

/** The whole line, then to the disk; what was written of it is taken back where either fails. */
function appended(descriptor: number, bytes: Buffer, end: number, path: string): void {
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
    fdatasyncSync(descriptor);
  } catch (error) {
    try {
      ftruncateSync(descriptor, end);
    } catch {
      // Then it is torn, and cut when the journal is opened again.
    }
    throw asInputError(error, path);
  }
}

function digestOfLine(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64');
}

function digestOfRows({ entries }: Index): string {
  const rows = [...entries].map(([repo, { digest }]) => [repo, digest]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return digestOf(JSON.stringify(rows));
}
