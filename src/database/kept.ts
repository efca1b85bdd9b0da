/** What is remembered of an ecosystem's last update, so that the next one need not fetch everything. */
import { createHash } from 'node:crypto';
import type { DatabaseHeader } from '../advisories/database/database.ts';
import { members } from '../advisories/fields.ts';
import type { Ecosystem } from '../versions/order.ts';
import { filesOf } from './ecosystems.ts';
import type { Folder } from './folders.ts';
import { parsed, type RawRecord, unpacked } from './records.ts';
import type { NewFile } from './replace.ts';
import { readTrusted } from './trusted-file.ts';

/** Written last, and true only of the very files that it names by their sums. */
interface State {
  /** Where they came from. */
  readonly origin: string;
  /** The header's digest of the advisories. */
  readonly digest: string;
  /** SHA-256 of the packed records, in hex. */
  readonly records: string;
  /** Instant of the newest change. */
  readonly newest: string;
  /** Instant at which all records were fetched. */
  readonly fetched: string;
  readonly etag?: string;
}

/** What an update may start from. */
export interface Kept extends State {
  readonly advisories: readonly RawRecord[];
}

const MOST_RECORDS = 400 << 20;
const MOST_STATE = 64 << 10;

/** The file that remembers. */
export function stateFile(ecosystem: Ecosystem, files: readonly NewFile[], state: Omit<State, 'records'>): NewFile {
  const { records, state: name } = filesOf(ecosystem);
  const packed = files.find((file) => file.name === records)?.bytes ?? Buffer.alloc(0);
  return { name, bytes: Buffer.from(`${JSON.stringify({ ...state, records: sumOf(packed) }, undefined, 2)}\n`) };
}

/** What is remembered, where it is of these advisories and from that origin. */
export function keptOf(folder: Folder, header: DatabaseHeader | undefined, origin: string): Kept | undefined {
  if (!header) return undefined;
  const names = filesOf(header.ecosystem);
  const state = stateIn(folder, names.state);
  if (!state || state.origin !== origin || state.digest !== header.digest) return undefined;
  const read = readTrusted(folder, names.records, MOST_RECORDS);
  if (!read || 'trouble' in read || sumOf(read.bytes) !== state.records) return undefined;
  const advisories = unpacked(read.bytes);
  return advisories && { ...state, advisories };
}

function stateIn(folder: Folder, name: string): State | undefined {
  const read = readTrusted(folder, name, MOST_STATE);
  if (!read || 'trouble' in read) return undefined;
  const { origin, digest, records, newest, fetched, etag } = members(parsed(read.bytes.toString('utf8')));
  if (![origin, digest, records, newest, fetched].every((it) => typeof it === 'string')) return undefined;
  const state = { origin, digest, records, newest, fetched } as State;
  return typeof etag === 'string' ? { ...state, etag } : state;
}

function sumOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
