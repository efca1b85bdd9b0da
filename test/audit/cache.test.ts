/** The cache of rows as files: what is found is what was kept, whatever happens to the files and however many use them. */
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openRowCache, type RowCache } from '../../src/audit/cache.ts';
import { packEntry, unpackEntry } from '../../src/audit/cache-entry.ts';
import { cacheFolderAt } from '../../src/audit/cache-folder.ts';
import { digestOfParts } from '../../src/repo/imprint.ts';
import { temporaryFolder } from '../repo/temporary.ts';
import { anyAudit, unjudgedRow } from './sample-audit.ts';

const NOW = Date.parse('2026-11-16T12:00:00Z');
const [KEY, OTHER] = [digestOfParts(['one']), digestOfParts(['two'])];
const ROW = unjudgedRow('acme/shop');
const IS_ROOT = process.getuid?.() === 0;

function cacheIn(folder: string, more: { readonly most?: number; readonly writable?: boolean } = {}): RowCache {
  return openRowCache({ folder, writable: true, most: 1 << 20, clock: () => NOW, ...more });
}

/** Paths of all files below a folder. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name));
}

describe('an entry', () => {
  it('gives back every row as JSON has it', () => {
    fc.assert(
      fc.property(anyAudit, (audit) => {
        for (const row of audit.rows()) {
          const again = unpackEntry(packEntry(KEY, row) ?? Buffer.alloc(0), KEY);
          expect(JSON.stringify(again)).toBe(JSON.stringify(row));
        }
      }),
    );
  });

  it('is no row under another key, nor with any byte changed, cut or added', () => {
    const entry = packEntry(KEY, ROW) ?? Buffer.alloc(0);
    expect(unpackEntry(entry, OTHER)).toBeUndefined();
    expect(unpackEntry(Buffer.concat([entry, Buffer.from('x')]), KEY)).toBeUndefined();
    for (let at = 0; at < entry.length; at++) {
      const changed = Buffer.from(entry);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(unpackEntry(changed, KEY)).toBeUndefined();
      expect(unpackEntry(entry.subarray(0, at), KEY)).toBeUndefined();
    }
  });

  it('is no row whatever bytes there are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(unpackEntry(Buffer.from(bytes), KEY)).toBeUndefined();
      }),
    );
  });
});

describe('a cache', () => {
  it('finds what was kept, in the next run as well', () => {
    const folder = temporaryFolder();
    cacheIn(folder).keep(KEY, ROW);
    expect(cacheIn(folder).find(KEY)).toEqual(ROW);
    expect(cacheIn(folder).find(OTHER)).toBeUndefined();
  });

  it('takes a damaged entry, a foreign one, a link and a folder in its place for none, and mends what it can', () => {
    const folder = temporaryFolder();
    const cache = cacheIn(folder);
    cache.keep(KEY, ROW);
    const [path = ''] = filesIn(folder);
    const good = readFileSync(path);
    writeFileSync(path, good.subarray(0, 20));
    expect(cache.find(KEY)).toBeUndefined();
    cache.keep(KEY, ROW);
    expect(cache.find(KEY)).toEqual(ROW);

    const foreign = join(folder, OTHER.slice(0, 2), `${OTHER.slice(2)}.row`);
    mkdirSync(join(folder, OTHER.slice(0, 2)), { recursive: true });
    writeFileSync(foreign, good);
    expect(cache.find(OTHER)).toBeUndefined();

    const linked = digestOfParts(['three']);
    mkdirSync(join(folder, linked.slice(0, 2)), { recursive: true });
    writeFileSync(join(folder, 'elsewhere'), packEntry(linked, ROW) ?? '');
    symlinkSync(join(folder, 'elsewhere'), join(folder, linked.slice(0, 2), `${linked.slice(2)}.row`));
    expect(cache.find(linked)).toBeUndefined();

    const occupied = digestOfParts(['four']);
    mkdirSync(join(folder, occupied.slice(0, 2), `${occupied.slice(2)}.row`), { recursive: true });
    cache.keep(occupied, ROW);
    expect(cache.find(occupied)).toBeUndefined();
  });

  it('is readable by its user alone, and leaves nothing half written', () => {
    const folder = temporaryFolder();
    cacheIn(folder).keep(KEY, ROW);
    expect(readdirSync(join(folder, KEY.slice(0, 2)))).toEqual([`${KEY.slice(2)}.row`]);
    expect(modeOf(join(folder, KEY.slice(0, 2)))).toBe(0o700);
    expect(modeOf(join(folder, KEY.slice(0, 2), `${KEY.slice(2)}.row`))).toBe(0o600);
  });

  it('goes on reading where it may not write, and where writing fails', () => {
    const folder = temporaryFolder();
    cacheIn(folder).keep(KEY, ROW);
    const reading = cacheIn(folder, { writable: false });
    reading.keep(OTHER, ROW);
    expect(reading.find(OTHER)).toBeUndefined();
    expect(reading.find(KEY)).toEqual(ROW);

    const shelf = join(folder, OTHER.slice(0, 2));
    writeFileSync(shelf, 'a file where a folder should be');
    const failing = cacheIn(folder);
    failing.keep(OTHER, ROW);
    expect(failing.find(OTHER)).toBeUndefined();
    expect(failing.find(KEY)).toEqual(ROW);
  });

  it('lets the oldest go where there is too much, and nothing that it did not write', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'notes.txt'), 'mine'.repeat(1000));
    const keys = Array.from({ length: 10 }, (_, index) => digestOfParts([index]));
    const size = packEntry(KEY, ROW)?.length ?? 0;
    for (const [age, key] of keys.entries()) {
      cacheIn(folder).keep(key, ROW);
      const time = new Date(NOW - age * 60_000);
      utimesSync(join(folder, key.slice(0, 2), `${key.slice(2)}.row`), time, time);
    }
    const abandoned = join(folder, (keys[0] ?? '').slice(0, 2), '.0123456789abcdef.tmp');
    writeFileSync(abandoned, 'half');
    utimesSync(abandoned, new Date(NOW - 2 * 3_600_000), new Date(NOW - 2 * 3_600_000));
    const full = cacheIn(folder, { most: size * 6 });
    // A thread kept it, and is not asked to make room.
    cacheIn(folder).keep(KEY, ROW);
    utimesSync(join(folder, KEY.slice(0, 2), `${KEY.slice(2)}.row`), new Date(NOW), new Date(NOW));
    full.close();
    const left = keys.filter((key) => full.find(key) !== undefined);
    expect(left).toEqual(keys.slice(0, left.length));
    expect(left.length).toBeLessThanOrEqual(5);
    expect(left.length).toBeGreaterThan(0);
    expect(filesIn(folder)).not.toContain(abandoned);
    expect(filesIn(folder)).toContain(join(folder, 'notes.txt'));
  });
});

describe('the folder of a cache', () => {
  it('is made for its user alone', () => {
    const path = join(temporaryFolder(), 'a', 'b');
    expect(cacheFolderAt(path)).toEqual({ ok: true, folder: path, writable: true });
    expect(modeOf(path)).toBe(0o700);
  });

  it('is refused where others may write to it, where it is a file, and where it cannot be', () => {
    const path = temporaryFolder();
    for (const mode of [0o777, 0o770, 0o702]) {
      chmodSync(path, mode);
      expect(cacheFolderAt(path)).toEqual({ ok: false, why: 'others may write to it' });
    }
    chmodSync(path, 0o700);
    writeFileSync(join(path, 'file'), '');
    expect(cacheFolderAt(join(path, 'file'))).toMatchObject({ ok: false });
    expect(cacheFolderAt(join(path, 'file', 'below'))).toMatchObject({ ok: false });
  });

  it.runIf(IS_ROOT)('is refused where it belongs to somebody else', () => {
    const path = temporaryFolder();
    chownSync(path, 12_345, 12_345);
    expect(cacheFolderAt(path)).toEqual({ ok: false, why: 'it belongs to another user' });
  });
});

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}
