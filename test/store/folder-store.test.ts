/** Runs in a folder: whole or not at all, once however often and by however many, and what is damaged is named while the rest is used. */
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditHeader } from '../../src/model-audit.ts';
import type { Store } from '../../src/model-trend.ts';
import { folderStore } from '../../src/store/folder-store.ts';
import { parseKept } from '../../src/store/kept-text.ts';
import { keptOf } from '../../src/store/line.ts';
import { HEADER, rowOf, unjudgedRow } from '../audit/sample-audit.ts';
import { temporaryFolder } from '../repo/temporary.ts';
import { several } from '../report/sample-report.ts';

const ROWS = [unjudgedRow('acme/broken'), rowOf('acme/shop', several())];
const rows = () => ROWS;

function on(asOf: string): AuditHeader {
  return { ...HEADER, asOf };
}

function opened(folder: string): { readonly store: Store; readonly notes: readonly string[] } {
  const notes: string[] = [];
  return { store: folderStore(folder, (it) => notes.push(it)), notes };
}

describe('a folder of runs', () => {
  it('is made where it is missing, keeps a run once, and gives it back', async () => {
    const folder = join(temporaryFolder(), 'a/store');
    const { store, notes } = opened(folder);
    expect(await store.runs()).toEqual([]);
    expect(await store.push(HEADER, rows)).toBe('stored');
    expect(await store.push(HEADER, rows)).toBe('known');
    const { run, lines } = keptOf(HEADER, ROWS);
    expect(readdirSync(folder)).toEqual([`2026-11-16-${run.id}.jsonl.gz`]);
    expect(await store.runs()).toEqual([run]);
    expect(await store.lines(run.id)).toEqual(lines);
    await expect(store.lines('0000000000000000')).rejects.toThrow('there is no run 0000000000000000');
    expect(notes).toEqual([]);
  });

  it('lists the oldest day first, and runs of one day in the order in which they were pushed', async () => {
    const folder = temporaryFolder();
    const { store } = opened(folder);
    await store.push(on('2026-11-09'), rows);
    await store.push(on('2026-11-02'), rows);
    for (const [version, seconds] of [
      ['9', 2_000],
      ['8', 1_000],
    ] as const) {
      const header = { ...on('2026-11-02'), tool: { name: 'gonogo', version } } as const;
      await store.push(header, rows);
      utimesSync(join(folder, `2026-11-02-${keptOf(header, ROWS).run.id}.jsonl.gz`), seconds, seconds);
    }
    const runs = await store.runs();
    expect(runs.map(({ asOf, tool }) => `${asOf} ${tool.version}`)).toEqual([
      '2026-11-02 8',
      '2026-11-02 9',
      '2026-11-02 0.1.0',
      '2026-11-09 0.1.0',
    ]);
  });

  it('names a damaged file, uses the rest, and writes a damaged run anew', async () => {
    const folder = temporaryFolder();
    const { store, notes } = opened(folder);
    await store.push(on('2026-11-09'), rows);
    await store.push(HEADER, rows);
    const [first = '', second = ''] = readdirSync(folder).map((name) => join(folder, name));
    truncateSync(first, 200);
    expect((await store.runs()).map(({ asOf }) => asOf)).toEqual(['2026-11-16']);
    await store.runs();
    expect(notes).toEqual([`${first} is left out: it ends early`]);
    expect(await store.push(on('2026-11-09'), rows)).toBe('stored');
    expect(await store.runs()).toHaveLength(2);
    const text = gunzipSync(readFileSync(second)).toString();
    const damages: readonly (readonly [string | Buffer, string])[] = [
      ['not gzip', 'it is damaged'],
      [gzipSync(text.replace('NO-GO', 'GO')), 'its content is not what was written'],
      [gzipSync(text.replace('"format":1', '"format":2')), 'a newer version of gonogo wrote it'],
      [gzipSync('null\n'), 'it is damaged'],
      [gzipSync('{}\n'), 'it holds no run'],
      [gzipSync(''), 'it is damaged'],
      [gzipSync(Buffer.alloc(129 * 1024 * 1024)), 'it unfolds to more than 128 MB'],
    ];
    for (const [content, why] of damages) {
      writeFileSync(second, content);
      const again = opened(folder);
      expect(await again.store.runs()).toHaveLength(1);
      expect(again.notes).toEqual([`${second} is left out: ${why}`]);
    }
  });

  it('follows no link, and passes over what is no run', async () => {
    const [folder, other] = [temporaryFolder(), temporaryFolder()];
    await opened(other).store.push(HEADER, rows);
    const [name = ''] = readdirSync(other);
    symlinkSync(join(other, name), join(folder, name));
    writeFileSync(join(folder, 'README.md'), 'ours');
    mkdirSync(join(folder, name.replace('2026-11-16', '2026-11-17')));
    copyFileSync(join(other, name), join(folder, `${name}.bak`));
    const { store, notes } = opened(folder);
    expect(await store.runs()).toEqual([]);
    expect(notes.map((it) => it.replace(/.* is left/, 'is left'))).toEqual([
      'is left out: it is not a regular file',
      'is left out: it is not a regular file',
    ]);
  });

  it('says in a sentence that it cannot be opened or written', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    await expect(opened(join(folder, 'file')).store.runs()).rejects.toThrow('it is no folder');
    await expect(opened(join(folder, 'file/x')).store.push(HEADER, rows)).rejects.toThrow('could not be written');
  });
});

it('arbitrary text is a run or a reason, and never an error', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json().map((it) => `${it}\n`),
      ),
      (text) => {
        expect(typeof parseKept(text)).toBe('string');
      },
    ),
  );
});
