import { chmodSync, mkdirSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/input-error.ts';
import { layOut } from '../../src/repo/bare-layout.ts';
import {
  discard,
  fileNameOf,
  keptClone,
  openShelf,
  shelve,
  tidyAround,
  waitingClone,
} from '../../src/repo/clone-shelf.ts';
import { temporaryFolder, write } from './temporary.ts';

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom('/', '..', '.', '~', '%', '%2f', 'A', 'a', '\\', '\0', ' ', 'con', 'é', '-'),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('the file name of an id', () => {
  it('is one plain name, and another for every other id, even where capitals do not count', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const name = fileNameOf(one);
        expect(name).toMatch(/^[a-z0-9_%~-]{1,160}$/);
        expect(basename(join('/x', name))).toBe(name);
        const same = Buffer.from(one).equals(Buffer.from(other));
        expect(name === fileNameOf(other)).toBe(same);
      }),
      { numRuns: 2000 },
    );
    expect(fileNameOf('h/a'.repeat(200))).toMatch(/^~[0-9a-f]{64}$/);
  });
});

function clone(shelf: string, id: string): string {
  const dir = waitingClone(shelf, id);
  layOut(dir, 'sha1', 'ref: refs/heads/none');
  return dir;
}

describe('a shelf', () => {
  it('keeps a clone once it is whole, and each id its own', () => {
    const shelf = temporaryFolder();
    const dir = clone(shelf, 'h/acme/a');
    expect(keptClone(shelf, 'h/acme/a')).toBeUndefined();
    const whole = shelve(dir);
    expect(keptClone(shelf, 'h/acme/a')?.git.own).toBe(whole);
    expect(basename(whole)).toBe('a.git');
    expect(keptClone(shelf, 'h/acme/A')).toBeUndefined();
    discard(clone(shelf, 'h/acme/a'));
    expect(keptClone(shelf, 'h/acme/a')?.git.own).toBe(whole);
  });

  it('is left by no id', () => {
    const shelf = temporaryFolder();
    for (const id of ['../../x', '/etc', '..', '', 'a/../..', '.git', 'a/\0', '\u001b[31m'])
      expect(dirname(dirname(dirname(shelve(clone(shelf, id)))))).toBe(shelf);
  });

  it('hands out no clone whose settings are not ours, that borrows objects, or that is none', () => {
    for (const spoilt of [
      { config: '[core]\n\tbare = true\n\tsshCommand = touch x\n' },
      { config: '' },
      { 'objects/info/alternates': '/elsewhere/objects\n' },
      Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`objects/pack/pack-${index}.pack`, ''])),
    ]) {
      const shelf = temporaryFolder();
      write(shelve(clone(shelf, 'a')), spoilt);
      expect(keptClone(shelf, 'a')).toBeUndefined();
    }
    const shelf = temporaryFolder();
    mkdirSync(join(shelf, fileNameOf('a')));
    symlinkSync(dirname(shelve(clone(shelf, 'b'))), join(shelf, fileNameOf('a'), 'clone-x'));
    expect(keptClone(shelf, 'a')).toBeUndefined();
  });

  it('removes what nobody has used for a day, and nothing younger', () => {
    const shelf = temporaryFolder();
    const [old, other, newest] = [1, 2, 3].map(() => shelve(clone(shelf, 'a'))) as [string, string, string];
    const killed = clone(shelf, 'a');
    const now = Date.now() + 2 * 86_400_000;
    for (const dir of [other]) utimesSync(dirname(dir), now / 1000, now / 1000);
    tidyAround(newest, now);
    expect([old, other, newest, killed].map((dir) => statSync(dir, { throwIfNoEntry: false }) !== undefined)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('is made for its user alone, and refused where others may write to it, unless the operator named it', () => {
    const made = openShelf(join(temporaryFolder(), 'x', 'clones'), false);
    expect(statSync(made).mode & 0o777).toBe(0o700);
    chmodSync(made, 0o777);
    expect(() => openShelf(made, false)).toThrow(InputError);
    expect(openShelf(made, true)).toBe(made);
    write(made, { file: '' });
    expect(() => openShelf(join(made, 'file'), true)).toThrow(InputError);
  });
});
