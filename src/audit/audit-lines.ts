/** An audit that was written as JSON Lines, read again: its header, and its rows as often as they are asked for. */
import { closeSync, openSync } from 'node:fs';
import { validate as validateHeader } from '../generated/validate-audit-header.js';
import { validate as validateRow } from '../generated/validate-audit-row.js';
import { InputError } from '../input-error.ts';
import { describeError } from '../manifest/describe-error.ts';
import type { AuditHeader, AuditRow } from '../model-audit.ts';
import { type FileLine, fileLines } from './file-lines.ts';

/** An audit in a file. */
export interface AuditLines {
  readonly header: AuditHeader;
  /** Throws an InputError where a line is none of ours, or the last one is missing. */
  rows(): Iterable<AuditRow>;
  close(): void;
}

/** Opens one; throws an InputError where it is none, or an audit of which parts are missing. */
export function openAuditLines(path: string): AuditLines {
  const descriptor = opened(path);
  try {
    const [first] = fileLines(descriptor);
    const { what, missing, ...header } = first ? parsed(first, path) : {};
    if (what !== 'audit') throw notOurs(path, 1, 'it does not begin with an audit');
    if (!validateHeader(header)) throw notOurs(path, 1, describeError(validateHeader.errors?.[0]).message);
    if (missing)
      throw new InputError(`"${path}" is an audit of which parts are missing`, path, 'merge all of its shards first');
    return {
      header: header as unknown as AuditHeader,
      rows: () => rowsIn(descriptor, path),
      close: () => closeSync(descriptor),
    };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function* rowsIn(descriptor: number, path: string): Iterable<AuditRow> {
  let isWhole = false;
  for (const line of fileLines(descriptor)) {
    const { what, ...row } = parsed(line, path);
    isWhole = what === 'estate';
    if (what !== 'repository') continue;
    if (!validateRow(row)) throw notOurs(path, line.number, describeError(validateRow.errors?.[0]).message);
    yield row as unknown as AuditRow;
  }
  if (!isWhole) throw notOurs(path, 0, 'it ends early');
}

function opened(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new InputError(
      `"${path}" cannot be opened (${code})`,
      path,
      'give the folder of a run, or an audit as JSON Lines',
    );
  }
}

function parsed({ bytes, number }: FileLine, path: string): Readonly<Record<string, unknown>> {
  try {
    const data: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof data === 'object' && data !== null) return data as Readonly<Record<string, unknown>>;
  } catch {
    // Said below.
  }
  throw notOurs(path, number, 'it is no object in JSON');
}

function notOurs(path: string, line: number, why: string): InputError {
  const at = line > 0 ? `${path}:${line}` : path;
  return new InputError(
    `"${path}" is no audit as JSON Lines: ${why}`,
    at,
    'write it by `gonogo audit --format jsonl=FILE`',
  );
}
