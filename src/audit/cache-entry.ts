/** One row as bytes that say themselves whether they are whole, and for which key they were kept. No secret is in them. */
import { createHash } from 'node:crypto';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { AuditRow } from '../model-audit.ts';
import { withoutSecrets } from '../secrets.ts';

/** Compressed bytes; a row that takes more is not kept. */
export const MOST_ENTRY = 16 * 1024 * 1024;
const MOST_ROW = 256 * 1024 * 1024;
const MARK = Buffer.from('gonogo row 1\n');
const SUM = 32;

/** The entry; undefined where it would be too large. */
export function packEntry(key: string, row: AuditRow): Buffer | undefined {
  const packed = deflateRawSync(withoutSecrets(JSON.stringify([key, row])), { level: constants.Z_BEST_SPEED });
  const entry = Buffer.concat([MARK, sumOf(packed), packed]);
  return entry.length > MOST_ENTRY ? undefined : entry;
}

/** The row; undefined for what is damaged, of another format, or was kept for another key. */
export function unpackEntry(bytes: Buffer, key: string): AuditRow | undefined {
  const packed = bytes.subarray(MARK.length + SUM);
  const isWhole =
    bytes.subarray(0, MARK.length).equals(MARK) && bytes.subarray(MARK.length, MARK.length + SUM).equals(sumOf(packed));
  if (!isWhole) return undefined;
  try {
    const text = inflateRawSync(packed, { maxOutputLength: MOST_ROW }).toString('utf8');
    const [keptFor, row] = JSON.parse(text) as [string, AuditRow];
    return keptFor === key ? row : undefined;
  } catch {
    return undefined;
  }
}

function sumOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
