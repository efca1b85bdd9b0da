/** OSV records as one line of JSON each: taken from zips and files, kept packed, and given to whatever builds from them. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { instant, items, members } from '../advisories/fields.ts';
import { ecosystemNamed } from '../advisories/package-name.ts';
import type { Ecosystem } from '../versions/order.ts';
import type { ByteSource } from './byte-source.ts';
import { type Member, openZip } from './zip.ts';

/** One record that is not understood yet beyond its id, its date and whom it concerns. */
export interface RawRecord {
  readonly id: string;
  /** An instant as written; empty where there is none. */
  readonly modified: string;
  readonly ecosystems: ReadonlySet<Ecosystem>;
  /** JSON without line ends. */
  readonly line: string;
}

/** Takes sentences on what could not be read. */
export type Complain = (sentence: string) => void;

const MALWARE = 'MAL-';
const MOST_UNPACKED = 480 << 20;

/** A parsed record, or undefined where it is none. */
export function rawRecord(value: unknown): RawRecord | undefined {
  const { id, modified, affected } = members(value);
  if (typeof id !== 'string' || id === '') return undefined;
  const ecosystems = new Set<Ecosystem>();
  for (const it of items(affected, 20_000) ?? []) {
    const { ecosystem } = members(members(it).package);
    const known = typeof ecosystem === 'string' ? ecosystemNamed(ecosystem) : undefined;
    if (known) ecosystems.add(known);
  }
  return { id, modified: instant(modified) ?? '', ecosystems, line: JSON.stringify(value) };
}

/** Records of a zip. Malware, which outnumbers all else, is in files of its own and is not even unpacked unless it is what is wanted. */
export function* recordsInZip(
  source: ByteSource,
  kind: 'advisories' | 'malware',
  complain: Complain,
): Generator<RawRecord> {
  const zip = openZip(source);
  for (const member of zip.members()) {
    if (!member.name.endsWith('.json') || isMalware(member) !== (kind === 'malware')) continue;
    const record = rawRecord(parsed(zip.read(member).toString('utf8')));
    if (record) yield record;
    else complain(`${member.name.slice(0, 80)} is no record`);
  }
}

function isMalware({ name }: Member): boolean {
  return isMalwareId(name.slice(name.lastIndexOf('/') + 1));
}

/** Whether an id is one of a malicious package. */
export function isMalwareId(id: string): boolean {
  return id.startsWith(MALWARE);
}

/** Records by id, of which the one that was modified last counts, in the order of their ids. */
export function newestOf(records: Iterable<RawRecord>): readonly RawRecord[] {
  const kept = new Map<string, RawRecord>();
  for (const record of records) {
    const known = kept.get(record.id);
    if (!known || isLater(record.modified, known.modified)) kept.set(record.id, record);
  }
  return [...kept.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The latest instant at which one of them was changed; empty where none tells. */
export function newestChange(records: readonly RawRecord[]): string {
  return records.reduce((latest, { modified }) => (isLater(modified, latest) ? modified : latest), '');
}

/** Whether an instant is after another; what is none is before all. */
export function isLater(instant: string, other: string): boolean {
  const [a, b] = [Date.parse(instant), Date.parse(other)];
  return !Number.isNaN(a) && (Number.isNaN(b) || a > b);
}

/** The values of records, parsed one by one. */
export function* valuesOf(records: Iterable<RawRecord>): Generator<unknown> {
  for (const { line } of records) yield JSON.parse(line);
}

/** Packs records into the bytes of a file. */
export function packed(records: readonly RawRecord[]): Buffer {
  return gzipSync(records.map(({ line }) => `${line}\n`).join(''), { level: 6 });
}

/** The records of such a file; undefined where it is none. */
export function unpacked(bytes: Buffer): readonly RawRecord[] | undefined {
  try {
    const lines = gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED }).toString('utf8').split('\n');
    const records = lines.filter((line) => line !== '').map((line) => rawRecord(parsed(line)));
    return records.every((record) => record !== undefined) ? records : undefined;
  } catch {
    return undefined;
  }
}

/** The value of a JSON text; undefined where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}
