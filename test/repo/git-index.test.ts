import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locateGit } from '../../src/repo/git-dir.ts';
import { type Index, isPlainPath, parseIndex, readIndex } from '../../src/repo/git-index.ts';
import { commit, git, repository, temporaryFolder, write } from './temporary.ts';

function indexOf(folder: string): Index | undefined {
  const located = locateGit(folder);
  if (!located.ok) throw new Error(located.reason);
  return readIndex(located.git);
}

/** `mode id stage path`, as git itself lists its index. */
function listedByGit(folder: string): readonly string[] {
  return git(folder, ['ls-files', '-s', '-z'])
    .split('\0')
    .filter(Boolean)
    .map((line) => line.replace('\t', ' '));
}

function listedByUs(index: Index | undefined): readonly string[] | undefined {
  return index?.entries.map((it) => `${it.mode.toString(8)} ${index.idOf(it).toString('hex')} ${it.stage} ${it.path}`);
}

const MANY = Object.fromEntries(
  Array.from({ length: 300 }, (_, i) => [
    `${i % 7 ? 'services/cart' : 'docs'}/${'n'.repeat(i % 40)}/file-${i}-ü.md`,
    `${i}`,
  ]),
);

describe('the index', () => {
  it.each([2, 3, 4])('version %i is read as git reads it', (version) => {
    const folder = repository({ ...MANY, [`${'long/'.repeat(900)}end.md`.slice(-4000)]: 'x' });
    write(folder, { 'intended.md': '' });
    if (version > 2) git(folder, ['add', '-N', 'intended.md']);
    git(folder, ['update-index', '--index-version', String(version)]);
    expect(readFileSync(join(folder, '.git/index')).readUInt32BE(4)).toBe(version);
    const index = indexOf(folder);
    expect(listedByUs(index)).toEqual(listedByGit(folder));
    expect(index?.entries.some((entry) => entry.intended)).toBe(version > 2);
  });

  it('of a SHA-256 repository has longer ids', () => {
    const folder = temporaryFolder();
    git(folder, ['init', '-q', '--object-format=sha256']);
    commit(folder, 'first', MANY);
    expect(listedByUs(indexOf(folder))).toEqual(listedByGit(folder));
  });

  it('keeps all sides of a conflict', () => {
    const folder = repository({ 'a.md': 'base' });
    git(folder, ['checkout', '-q', '-b', 'other']);
    commit(folder, 'theirs', { 'a.md': 'theirs' });
    git(folder, ['checkout', '-q', 'main']);
    commit(folder, 'ours', { 'a.md': 'ours' });
    expect(() => git(folder, ['merge', '-q', 'other'])).toThrow();
    expect(indexOf(folder)?.entries.map((entry) => entry.stage)).toEqual([1, 2, 3]);
  });

  it('is empty when it is absent, and not understood when it is split, sparse or damaged', () => {
    expect(indexOf(repository())?.entries).toEqual([]);
    const split = repository({ 'a.md': '' });
    git(split, ['update-index', '--split-index']);
    expect(indexOf(split)).toBeUndefined();
    const sparse = repository({ 'a.md': '', 'big/b.md': '', 'kept/c.md': '' });
    git(sparse, ['sparse-checkout', 'set', '--cone', '--sparse-index', 'kept']);
    expect(indexOf(sparse)).toBeUndefined();
    const damaged = repository({ 'a.md': '' });
    write(damaged, { '.git/index': readFileSync(join(damaged, '.git/index')).subarray(0, 50) });
    expect(indexOf(damaged)).toBeUndefined();
  });

  it('is refused as a whole when it names places outside', () => {
    for (const path of ['../a', 'a/../../b', '/etc/passwd', '.git/config', 'a/.GIT/x', 'a//b', './a', 'a/', '']) {
      expect(isPlainPath(path), path).toBe(false);
    }
    for (const path of ['a', '.github/x', 'a/..b', 'a.git/b', '...', 'a b/c'])
      expect(isPlainPath(path), path).toBe(true);
    const folder = repository({ 'aaa.md': '' });
    const bytes = readFileSync(join(folder, '.git/index'));
    const evil = Buffer.from(bytes.toString('latin1').replace('aaa.md', '../a.m'), 'latin1');
    expect(parseIndex(evil, 20)).toBeUndefined();
  });

  it('never hangs or reads outside on damaged bytes', () => {
    const bytes = readFileSync(join(repository(Object.fromEntries(Object.entries(MANY).slice(0, 5))), '.git/index'));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.nat(bytes.length),
        (edits, length) => {
          const copy = Buffer.from(bytes);
          for (const [at, value] of edits) copy[at] = value;
          for (const damaged of [copy, copy.subarray(0, length)]) {
            try {
              for (const entry of parseIndex(damaged, 20)?.entries ?? []) expect(isPlainPath(entry.path)).toBe(true);
            } catch (error) {
              expect(error).toBeInstanceOf(RangeError);
            }
          }
        },
      ),
    );
  });
});
