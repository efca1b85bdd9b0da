/** Test files share a process only where nothing of one can reach another: how they are sorted, and that a change which nobody announced is found. */
import fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import config from '../../vitest.config.ts';
import { temporaryFolder, write } from '../repo/temporary.ts';
import { changesProcess, filesAlone } from './alone.ts';
import { changedSince, processState } from './process-state.ts';

describe('a file gets a process of its own where it', () => {
  it.each([
    ["import { expect, it, vi } from 'vitest';"],
    ["import { vi } from 'vitest';"],
    ["import { chromium } from 'playwright-core';"],
    ["process.env.TMPDIR = '/x';"],
    ["process.env['TMPDIR'] ??= '/x';"],
    ['delete process.env.TMPDIR;'],
    ["Object.assign(process.env, { A: 'b' });"],
    ["process.chdir('/');"],
    ['process.umask(0o77);'],
    ['process.exitCode = 1;'],
    ['globalThis.fetch = none;'],
    ["Object.defineProperty(globalThis, 'fetch', none);"],
    ['Array.prototype.at = none;'],
    ['fc.configureGlobal({ seed: 2 });'],
  ])('says `%s`', (text) => {
    expect(changesProcess(`it('a', () => {\n  ${text}\n});\n`)).toBe(true);
  });

  it('imports such a file of the tests, through others as well', () => {
    const folder = temporaryFolder();
    write(folder, {
      'a.test.ts': "import { b } from './in/b.ts';\n",
      'in/b.ts': "export { c } from '../c.ts';\n",
      'c.ts': "process.chdir('/');\n",
      'd.test.ts': "import { it } from 'vitest';\n",
      'e.test.ts': "const { b } = await import('./in/b.ts');\n",
    });
    expect(filesAlone(folder)).toEqual(['a.test.ts', 'e.test.ts'].map((it) => join(folder, it)));
  });
});

describe('a file shares a process where it', () => {
  it.each([
    ["import { expect, it } from 'vitest';"],
    ["import { via } from './vi.ts';"],
    ['const env = { PATH: process.env.PATH };'],
    ["if (process.env.PROPERTY_SEED === 'random') more();"],
    ['expect(process.exitCode === 0).toBe(true);'],
    ['const same = (it) => it === globalThis;'],
  ])('says `%s`', (text) => {
    expect(changesProcess(text)).toBe(false);
  });

  it('is none of the others, and is held to leaving the process as it is', () => {
    const [together, alone] = (config.test?.projects ?? []).map((it) => (typeof it === 'object' ? it : undefined)) as {
      readonly test?: { readonly exclude?: string[]; readonly include?: string[]; readonly setupFiles?: string[] };
    }[];
    expect(together?.test?.exclude).toEqual(alone?.test?.include);
    expect(together?.test?.exclude).toEqual(filesAlone());
    expect(together?.test?.setupFiles).toContain('test/setup/unchanged.ts');
  });
});

describe('a change of the process', () => {
  const undo: (() => void)[] = [];
  afterEach(() => {
    for (const it of undo.splice(0)) it();
  });

  it.each<[string, () => () => void]>([
    [
      'env GONOGO_ODD',
      () => {
        process.env.GONOGO_ODD = 'x';
        return () => delete process.env.GONOGO_ODD;
      },
    ],
    ['globalThis.setTimeout', () => changing(globalThis, 'setTimeout', () => 0)],
    ['globalThis.Date', () => changing(globalThis, 'Date', class extends Date {})],
    ['globalThis.Date.now', () => changing(Date, 'now', () => 0)],
    ['globalThis.Array.prototype.at', () => changing(Array.prototype, 'at', () => 0)],
    ['node:fs.writeFileSync', () => changing(fs, 'writeFileSync', () => undefined)],
    ['stdout.write', () => changing(process.stdout, 'write', () => true)],
    [
      'umask',
      () => {
        const before = process.umask(0o76);
        return () => process.umask(before);
      },
    ],
  ])('is found: %s', (name, change) => {
    const before = processState();
    expect(changedSince(before)).toEqual([]);
    undo.push(change());
    const changed = changedSince(before);
    for (const it of undo.splice(0)) it();
    expect(changed).toContain(name);
    expect(changedSince(before)).toEqual([]);
  });
});

/** Puts something else in a place, and answers how to undo it. */
function changing(owner: object, name: string, value: unknown): () => void {
  const before = Reflect.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { configurable: true, writable: true, value });
  return () => {
    if (before) Object.defineProperty(owner, name, before);
    else Reflect.deleteProperty(owner, name);
  };
}
