import * as fs from 'node:fs';
import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replaceFiles, type Steps } from '../../src/database/replace.ts';
import { InputError } from '../../src/input-error.ts';
import { temporaryFolder, write } from '../repo/temporary.ts';

const OLD = { 'npm.adv': 'old advisories', 'npm.idx': 'old index', 'PyPI.adv': 'left alone' };
const NEW = [
  { name: 'npm.adv', bytes: Buffer.from('new advisories') },
  { name: 'npm.idx', bytes: Buffer.from('new index') },
];

type Step = (...given: unknown[]) => unknown;

/** Steps of which the nth fails; after a crash none does anything any more. */
function failingAt(nth: number, crash: boolean): { readonly steps: Steps; readonly reached: () => boolean } {
  let count = 0;
  function step(real: Step): Step {
    return (...given) => {
      count += 1;
      if (count === nth || (crash && count > nth))
        throw Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' });
      return real(...given);
    };
  }
  const steps = {
    mkdirSync: step(fs.mkdirSync as Step),
    lstatSync: step(fs.lstatSync as Step),
    mkdtempSync: step(fs.mkdtempSync as Step),
    openSync: step(fs.openSync as Step),
    writeSync: step(fs.writeSync as Step),
    fsyncSync: step(fs.fsyncSync as Step),
    closeSync: step(fs.closeSync as Step),
    renameSync: step(fs.renameSync as Step),
    rmSync: step(fs.rmSync as Step),
  } as unknown as Steps;
  return { steps, reached: () => count >= nth };
}

function filesIn(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => !name.startsWith('.new-'));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

describe('replacing files', () => {
  it('makes the folder, and leaves nothing else behind', () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    replaceFiles(folder, NEW);
    expect(filesIn(folder)).toEqual({ 'npm.adv': 'new advisories', 'npm.idx': 'new index' });
    expect(readdirSync(folder).length).toBe(2);
  });

  it.each([false, true])('leaves every file whole whichever step fails (crash: %s)', (crash) => {
    let failures = 0;
    for (let nth = 1; ; nth += 1) {
      const folder = temporaryFolder();
      write(folder, OLD);
      const { steps, reached } = failingAt(nth, crash);
      let failed: unknown;
      try {
        replaceFiles(folder, NEW, steps);
      } catch (error) {
        failed = error;
      }
      if (!reached()) break;
      failures += 1;
      const after = filesIn(folder);
      expect(['old advisories', 'new advisories']).toContain(after['npm.adv']);
      expect(['old index', 'new index']).toContain(after['npm.idx']);
      // The index never comes before what it belongs to.
      if (after['npm.idx'] === 'new index') expect(after['npm.adv']).toBe('new advisories');
      expect(after['PyPI.adv']).toBe('left alone');
      if (failed !== undefined) expect(failed).toBeInstanceOf(InputError);
      else expect(after).toEqual({ ...OLD, 'npm.adv': 'new advisories', 'npm.idx': 'new index' });
      if (!crash && failed !== undefined)
        expect(readdirSync(folder).filter((it) => it.startsWith('.new-'))).toEqual([]);
    }
    expect(failures).toBeGreaterThan(12);
  });

  it('says what the system says', () => {
    const folder = temporaryFolder();
    expect(() => replaceFiles(folder, NEW, failingAt(6, false).steps)).toThrow(
      `"${folder}" could not be written: the disk is full`,
    );
    write(folder, { file: 'x' });
    expect(() => replaceFiles(join(folder, 'file'), NEW)).toThrow(/could not be written/);
  });

  it('does not write through a link', () => {
    const folder = temporaryFolder();
    const elsewhere = temporaryFolder();
    symlinkSync(elsewhere, join(folder, 'db'));
    expect(() => replaceFiles(join(folder, 'db'), NEW)).toThrow('is a link, and links are not followed');
    write(elsewhere, { 'npm.adv': 'theirs' });
    symlinkSync(join(elsewhere, 'npm.adv'), join(folder, 'npm.adv'));
    replaceFiles(folder, NEW);
    expect(readFileSync(join(elsewhere, 'npm.adv'), 'utf8')).toBe('theirs');
    expect(readFileSync(join(folder, 'npm.adv'), 'utf8')).toBe('new advisories');
  });

  it.skipIf(process.getuid?.() === 0)('says so where it may not write', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o500);
    expect(() => replaceFiles(folder, NEW)).toThrow('the folder may not be written to');
    expect(existsSync(join(folder, 'npm.adv'))).toBe(false);
  });
});
