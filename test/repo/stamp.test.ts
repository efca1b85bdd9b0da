/** Stamps: whatever may have changed a file's content, or the past, changes them. */
import { mkdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskRepo } from '../../src/repo/disk.ts';
import { commit, git, repository, temporaryFolder, write } from './temporary.ts';

/** Two files of equal size that were written within one tick of the file system's clock. */
function twins(folder: string, a: string, b: string): void {
  for (let turn = 0; turn < 10_000; turn++) {
    rmSync(join(folder, a), { force: true });
    rmSync(join(folder, b), { force: true });
    writeFileSync(join(folder, a), 'one');
    writeFileSync(join(folder, b), 'two');
    if (statSync(join(folder, a)).ctimeMs === statSync(join(folder, b)).ctimeMs) return;
  }
  throw new Error('the clock of this file system is too fine');
}

/** The stamp as a look tells it, some milliseconds after the file changed. */
function stampAfter(folder: string, path: string, milliseconds: number): string | undefined {
  const now = statSync(join(folder, path)).ctimeMs + milliseconds;
  return diskRepo(folder, { clock: () => now }).stamp?.(path);
}

describe('the stamp of a file', () => {
  it('is another one where folders changed places, although the files are as old and as large', () => {
    const folder = temporaryFolder();
    for (const name of ['a', 'b']) mkdirSync(join(folder, name));
    twins(folder, 'a/x', 'b/x');
    const before = stampAfter(folder, 'a/x', 5000);
    renameSync(join(folder, 'a'), join(folder, 'c'));
    renameSync(join(folder, 'b'), join(folder, 'a'));
    expect(before).toBeDefined();
    expect(stampAfter(folder, 'a/x', 5000)).not.toBe(before);
  });

  it('is another one where a link leads elsewhere through another link', () => {
    const folder = temporaryFolder();
    twins(folder, 'one', 'two');
    symlinkSync('one', join(folder, 'between'));
    symlinkSync('between', join(folder, 'link'));
    const before = stampAfter(folder, 'link', 60_000);
    rmSync(join(folder, 'between'));
    symlinkSync('two', join(folder, 'between'));
    expect(diskRepo(folder).read('link')).toEqual({ ok: true, text: 'two' });
    expect(before).toBeDefined();
    expect(stampAfter(folder, 'link', 60_000)).not.toBe(before);
  });

  it('is told only of a file that has been left alone for longer than the clock ticks', () => {
    const folder = temporaryFolder();
    write(folder, { 'a.md': 'a' });
    expect(stampAfter(folder, 'a.md', 5000)).toBeDefined();
    expect(stampAfter(folder, 'a.md', 5000)).toBe(stampAfter(folder, 'a.md', 9000));
    expect(stampAfter(folder, 'a.md', 1)).toBeUndefined();
    expect(stampAfter(folder, 'a.md', -5000)).toBeUndefined();
    expect(diskRepo(folder, { clock: Date.now }).stamp?.('b.md')).toBeUndefined();
    expect(diskRepo(folder).stamp?.('a.md')).toBeUndefined();
  });
});

describe('the stamp of the past', () => {
  const past = (folder: string) => diskRepo(folder).past?.();

  it('is another one after a commit, a tag, and where history is cut off', () => {
    const folder = repository({ 'a.md': 'a' });
    const seen = [past(folder)];
    commit(folder, 'second', { 'a.md': 'b' });
    seen.push(past(folder));
    git(folder, ['tag', 'v1.0.0']);
    seen.push(past(folder));
    write(folder, { '.git/shallow': `${git(folder, ['rev-parse', 'HEAD'])}` });
    seen.push(past(folder));
    expect(seen).not.toContain(undefined);
    expect(new Set(seen).size).toBe(4);
  });

  it('is the same where only files changed, and nothing where there is none', () => {
    const folder = repository({ 'a.md': 'a' });
    const before = past(folder);
    write(folder, { 'a.md': 'b' });
    git(folder, ['add', '-A']);
    expect(past(folder)).toBe(before);
    expect(past(temporaryFolder())).toBeUndefined();
  });
});
