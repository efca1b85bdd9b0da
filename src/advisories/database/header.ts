/** The first line of an `.adv` file. Reading trusts nothing and never throws. */
import type { Ecosystem } from '../../versions/order.ts';
import { items, members, text, word } from '../fields.ts';
import { ecosystemNamed } from '../package-name.ts';
import type { DatabaseBytes, DatabaseHeader, DatabaseSource } from './database.ts';

/** Longest first line. */
const LONGEST_HEADER = 64 * 1024;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** The header, and how many bytes its line takes. */
export interface HeaderLine {
  readonly header: DatabaseHeader;
  readonly length: number;
}

/** Reads the first line, or says why it is not that of a whole database. */
export function readHeader(bytes: DatabaseBytes): HeaderLine | { readonly trouble: string } {
  const line = firstLine(bytes);
  if (line === undefined) return { trouble: 'it is no advisory database: its first line is not a header' };
  const fields = jsonOf(line.text);
  if (members(fields).gonogoDb === undefined)
    return { trouble: 'it is no advisory database: its first line is not a header' };
  if (members(fields).gonogoDb !== 1)
    return { trouble: 'it is of another version of the format; update it, or update gonogo' };
  const header = headerOf(members(fields));
  if (header === undefined) return { trouble: 'its header is damaged' };
  const missing = line.length + header.bytes - bytes.size;
  if (missing > 0) return { trouble: `it is cut short: ${missing} bytes are missing` };
  if (missing < 0) return { trouble: `it is damaged: it has ${-missing} bytes too many` };
  return { header, length: line.length };
}

/** The line of a header, with its end. */
export function headerLine(header: DatabaseHeader): string {
  return `${JSON.stringify(header)}\n`;
}

function firstLine(bytes: DatabaseBytes): { readonly text: string; readonly length: number } | undefined {
  const start = readOrNothing(bytes, 0, Math.min(LONGEST_HEADER, bytes.size));
  const end = start.indexOf(10);
  return end < 0 ? undefined : { text: new TextDecoder().decode(start.subarray(0, end)), length: end + 1 };
}

/** What can be read there; nothing where reading fails. */
export function readOrNothing(bytes: DatabaseBytes, offset: number, length: number): Uint8Array {
  try {
    return bytes.read(offset, length);
  } catch {
    return new Uint8Array();
  }
}

/** The value of a JSON text; undefined where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An instant in ISO, with time and zone. */
export function instantIn(value: unknown): string | undefined {
  const found = text(value, 40);
  return found !== undefined && INSTANT.test(found) && !Number.isNaN(Date.parse(found)) ? found : undefined;
}

function headerOf(fields: Readonly<Record<string, unknown>>): DatabaseHeader | undefined {
  const ecosystem = ecosystemIn(fields.ecosystem);
  const asOf = instantIn(fields.asOf);
  const digest = word(fields.digest, 64);
  const sources = items(fields.sources, 100)?.map(sourceIn);
  const { newestModified, records, packages, complete, builder, bytes } = fields;
  if (ecosystem === undefined || asOf === undefined || digest === undefined || !sources) return undefined;
  if (!isCount(records) || !isCount(packages) || !isCount(bytes) || typeof complete !== 'boolean') return undefined;
  return {
    gonogoDb: 1,
    ecosystem,
    asOf,
    newestModified: instantIn(newestModified) ?? '',
    records,
    packages,
    complete,
    sources: sources.flatMap((source) => source ?? []),
    builder: text(builder, 100) ?? '',
    bytes,
    digest,
  };
}

/** The ecosystem of that very name. */
export function ecosystemIn(value: unknown): Ecosystem | undefined {
  const ecosystem = ecosystemNamed(text(value, 50) ?? '');
  return ecosystem === value ? ecosystem : undefined;
}

/** A count of things: whole, not negative, and exact. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function sourceIn(value: unknown): DatabaseSource | undefined {
  const { name, licence, url, asOf } = members(value);
  const known = text(name, 200);
  return known === undefined
    ? undefined
    : { name: known, licence: text(licence, 200) ?? '', url: text(url, 2000) ?? '', asOf: instantIn(asOf) ?? '' };
}
