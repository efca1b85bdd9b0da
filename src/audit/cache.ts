/** Rows of earlier audits, each in a file of its own under the digest of all that it rests on. Several runs may use one folder at once. */
import { join } from 'node:path';
import type { AuditRow } from '../model-audit.ts';
import { readBytes } from '../repo/read-file.ts';
import { MOST_ENTRY, packEntry, unpackEntry } from './cache-entry.ts';
import { ENTRY, evict, SHELF } from './cache-eviction.ts';
import { writeEntry } from './cache-write.ts';

/** Keeps rows from one audit to the next. Nothing about it fails: what cannot be read is not there, what cannot be written is not kept. */
export interface RowCache {
  find(key: string): AuditRow | undefined;
  keep(key: string, row: AuditRow): void;
  /** Makes room where there is too much, whoever kept it: threads have caches of their own. */
  close(): void;
}

/** How a cache is kept. */
export interface CacheOptions {
  /** Real path of a folder that nobody else may write to. */
  readonly folder: string;
  readonly writable: boolean;
  /** Bytes on disk; the oldest entries go where there are more. */
  readonly most: number;
  /** Milliseconds since 1970, now. */
  readonly clock: () => number;
}

/** Opens nothing yet. */
export function openRowCache({ folder, writable, most, clock }: CacheOptions): RowCache {
  let keeps = writable;
  /** Bytes written since room was made. */
  let fresh = 0;
  function makeRoom(): void {
    fresh = 0;
    evict(folder, most, clock());
  }
  return {
    find(key) {
      const read = readBytes(folder, pathOf(folder, key), MOST_ENTRY);
      return read.ok ? unpackEntry(read.bytes, key) : undefined;
    },
    keep(key, row) {
      const bytes = keeps ? packEntry(key, row) : undefined;
      if (bytes === undefined) return;
      // A disk that is full or read-only will be so for the next row as well.
      keeps = writeEntry(pathOf(folder, key), bytes);
      fresh += bytes.length;
      if (fresh > most / 8) makeRoom();
    },
    close() {
      if (keeps) makeRoom();
    },
  };
}

function pathOf(folder: string, key: string): string {
  return join(folder, key.slice(0, SHELF), key.slice(SHELF) + ENTRY);
}
