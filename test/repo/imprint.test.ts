import { appendFileSync, chmodSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diskRepo } from '../../src/repo/disk.ts';
import { gitTreeRepo } from '../../src/repo/git-tree.ts';
import { commit, git, repository, temporaryFolder, write } from './temporary.ts';

const imprintOf = (folder: string): string | undefined => diskRepo(folder).imprint?.()?.digest;

describe('the imprint of a work tree', () => {
  it('is the same in a clone of the same commit', () => {
    const folder = repository({ 'a.md': 'a', 'dir/b.md': 'b' });
    const clone = join(temporaryFolder(), 'clone');
    git('/', ['clone', '-q', `file://${folder}`, clone]);
    expect(imprintOf(clone)).toMatch(/^[0-9a-f]{64}$/);
    expect(imprintOf(clone)).toBe(imprintOf(folder));
  });

  it('is another one after any change that an answer could tell', () => {
    const changes: Record<string, (folder: string) => void> = {
      edit: (folder) => appendFileSync(join(folder, 'a.md'), 'more'),
      'edit of the same size': (folder) => write(folder, { 'a.md': 'b' }),
      deletion: (folder) => rmSync(join(folder, 'a.md')),
      'untracked file': (folder) => write(folder, { 'new.md': '' }),
      'what may be done with a file': (folder) => chmodSync(join(folder, 'a.md'), 0o600),
      'a link out of it': (folder) => symlinkSync('/etc/hostname', join(folder, 'out')),
      commit: (folder) => void commit(folder, 'second', { 'a.md': 'b' }),
      'commit of nothing': (folder) => void git(folder, ['commit', '-q', '--allow-empty', '-m', 'again']),
      tag: (folder) => void git(folder, ['tag', 'v1']),
      'a file that is left out of the checkout': (folder) => {
        git(folder, ['update-index', '--skip-worktree', 'a.md']);
        rmSync(join(folder, 'a.md'));
      },
      'no git any more': (folder) => rmSync(join(folder, '.git'), { recursive: true }),
    };
    for (const [name, change] of Object.entries(changes)) {
      const folder = repository({ 'a.md': 'a', 'dir/b.md': 'b' });
      const before = imprintOf(folder);
      change(folder);
      expect(imprintOf(folder), name).not.toBe(before);
    }
  });

  it('tells contents of the same size and time apart where nothing is committed', () => {
    const folder = temporaryFolder();
    const moment = new Date('2026-01-01');
    const withText = (text: string): string | undefined => {
      write(folder, { 'a.md': text });
      utimesSync(join(folder, 'a.md'), moment, moment);
      return imprintOf(folder);
    };
    const texts = fc.uniqueArray(fc.string({ minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(texts, ([a = '', b = '']) => {
        expect(withText(a)).not.toBe(withText(b));
        expect(withText(a)).toBe(withText(a));
      }),
      { numRuns: 30 },
    );
  });

  it('knows how far history reaches', () => {
    const folder = repository({ 'a.md': 'a' });
    commit(folder, 'second', { 'b.md': 'b' });
    const shallow = join(temporaryFolder(), 'clone');
    git('/', ['clone', '-q', '--depth', '1', `file://${folder}`, shallow]);
    expect(imprintOf(shallow)).not.toBe(imprintOf(folder));
  });

  it('holds until something changes', () => {
    const folder = repository({ 'a.md': 'a' });
    const imprint = diskRepo(folder).imprint?.();
    expect(imprint?.holds()).toBe(true);
    write(folder, { 'a.md': 'b' });
    expect(imprint?.holds()).toBe(false);
  });
});

describe('the imprint of a commit', () => {
  it('is that of the commit and of its history, whatever lies in the work tree', async () => {
    const folder = repository({ 'a.md': 'a' });
    const head = git(folder, ['rev-parse', 'HEAD']).trim();
    const before = (await gitTreeRepo(folder, head)).imprint?.();
    write(folder, { 'new.md': '' });
    commit(folder, 'second', { 'b.md': 'b' });
    expect((await gitTreeRepo(folder, head)).imprint?.()?.digest).toBe(before?.digest);
    expect((await gitTreeRepo(folder, 'HEAD')).imprint?.()?.digest).not.toBe(before?.digest);
    git(folder, ['tag', 'v1', head]);
    expect(before?.holds()).toBe(false);
  });

  it('is never that of a work tree', async () => {
    const folder = repository({ 'a.md': 'a' });
    expect((await gitTreeRepo(folder, 'HEAD')).imprint?.()?.digest).not.toBe(imprintOf(folder));
  });
});
