import { appendFileSync, chmodSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskRepo } from '../../src/repo/disk.ts';
import { commit, git, repository, temporaryFolder, write } from './temporary.ts';

const dirtyOf = (folder: string): boolean | undefined => diskRepo(folder).state().dirty;

describe('the state of a work tree', () => {
  it('is the commit, clean after a commit and after a clone', () => {
    const folder = repository({ 'a.md': 'a', 'dir/b.md': 'b', 'dir-2/c.md': 'c', 'dir/sub/d.md': 'd' });
    const head = git(folder, ['rev-parse', 'HEAD']).trim();
    expect(diskRepo(folder).state()).toEqual({ commit: head, dirty: false });
    const clone = join(temporaryFolder(), 'clone');
    git('/', ['clone', '-q', `file://${folder}`, clone]);
    expect(diskRepo(clone).state()).toEqual({ commit: head, dirty: false });
  });

  it('is dirty after any change that counts', () => {
    const changes: Record<string, (folder: string) => void> = {
      edit: (folder) => appendFileSync(join(folder, 'a.md'), 'more'),
      'edit of the same size in the same moment': (folder) => writeFileSync(join(folder, 'a.md'), 'b'),
      deletion: (folder) => rmSync(join(folder, 'a.md')),
      'untracked file': (folder) => write(folder, { 'new.md': '' }),
      'staged new file': (folder) => {
        write(folder, { 'new.md': '' });
        git(folder, ['add', '-A']);
      },
      'staged edit': (folder) => {
        write(folder, { 'a.md': 'b' });
        git(folder, ['add', '-A']);
      },
      'staged edit taken back on disk': (folder) => {
        write(folder, { 'a.md': 'b' });
        git(folder, ['add', '-A']);
        write(folder, { 'a.md': 'a' });
      },
      'staged deletion': (folder) => void git(folder, ['rm', '-q', '--cached', 'a.md']),
      'intent to add': (folder) => {
        write(folder, { 'new.md': '' });
        git(folder, ['add', '-N', 'new.md']);
      },
      'file become a link': (folder) => {
        rmSync(join(folder, 'a.md'));
        symlinkSync('dir/b.md', join(folder, 'a.md'));
      },
      'edit behind assume-unchanged': (folder) => {
        git(folder, ['update-index', '--assume-unchanged', 'a.md']);
        write(folder, { 'a.md': 'changed' });
      },
      'a tree written and not committed': (folder) => {
        write(folder, { 'a.md': 'b' });
        git(folder, ['add', '-A']);
        git(folder, ['write-tree']);
      },
    };
    for (const [name, change] of Object.entries(changes)) {
      const folder = repository({ 'a.md': 'a', 'dir/b.md': 'b' });
      change(folder);
      expect(dirtyOf(folder), name).toBe(true);
    }
  });

  it('looks into files as young as the index: they may have changed within one tick of the clock', () => {
    const folder = repository();
    write(folder, { 'a.md': 'a' });
    utimesSync(join(folder, 'a.md'), 1_700_000_000, 1_700_000_000);
    git(folder, ['add', '-A']);
    git(folder, ['commit', '-q', '-m', 'first']);
    write(folder, { 'a.md': 'b' });
    utimesSync(join(folder, 'a.md'), 1_700_000_000, 1_700_000_000);
    utimesSync(join(folder, '.git/index'), 1_700_000_000, 1_700_000_000);
    expect(dirtyOf(folder)).toBe(true);
  });

  it('stays clean where nothing really changed', () => {
    const folder = repository({ 'a.md': 'a', 'dir/b.md': 'b', '.gitignore': '*.log\n', 'lf.txt': 'one\ntwo\n' });
    symlinkSync('a.md', join(folder, 'link.md'));
    commit(folder, 'a link');
    utimesSync(join(folder, 'a.md'), 1_700_000_000, 1_700_000_000);
    utimesSync(join(folder, 'dir/b.md'), 1_700_000_000, 1_700_000_000);
    write(folder, { 'x.log': 'ignored' });
    chmodSync(join(folder, 'a.md'), 0o644);
    expect(dirtyOf(folder)).toBe(false);
  });

  it('sees through an out-of-date tree cache: an edit staged and taken back is no difference', () => {
    const folder = repository({ 'a.md': 'a', 'dir/b.md': 'b', 'dir/c/d.md': 'd', 'dir.md': '' });
    write(folder, { 'dir/b.md': 'other' });
    git(folder, ['add', '-A']);
    write(folder, { 'dir/b.md': 'b' });
    git(folder, ['add', '-A']);
    expect(dirtyOf(folder)).toBe(false);
    git(folder, ['repack', '-adq']);
    expect(dirtyOf(folder)).toBe(false);
  });

  it('compares an index with a commit that is packed', () => {
    const folder = repository({ 'a.md': 'a' });
    git(folder, ['repack', '-adq']);
    write(folder, { 'a.md': 'b' });
    git(folder, ['add', '-A']);
    git(folder, ['write-tree']);
    expect(dirtyOf(folder)).toBe(true);
  });

  it('takes line ends of another system for the same text', () => {
    const folder = repository({ 'a.txt': 'one\ntwo\n' });
    git(folder, ['config', 'core.autocrlf', 'true']);
    rmSync(join(folder, 'a.txt'));
    git(folder, ['checkout', '-q', '--', 'a.txt']);
    utimesSync(join(folder, 'a.txt'), 1_700_000_000, 1_700_000_000);
    expect(dirtyOf(folder)).toBe(false);
  });

  it('is unknown where attributes convert files, for bytes that differ prove nothing', () => {
    const folder = repository({ '.gitattributes': '*.bin filter=lfs\n', 'a.bin': 'pointer' });
    write(folder, { 'a.bin': 'the real content' });
    expect(dirtyOf(folder)).toBeUndefined();
  });

  it('is nothing without commits, and the commit alone where the index is not understood', () => {
    expect(diskRepo(repository()).state()).toEqual({});
    const folder = repository({ 'a.md': 'a' });
    git(folder, ['update-index', '--split-index']);
    const state = diskRepo(folder).state();
    expect(state.commit).toMatch(/^[0-9a-f]{40}$/);
    expect(state).not.toHaveProperty('dirty');
  });

  it('follows a detached HEAD, a packed branch and a SHA-256 repository', () => {
    const folder = repository({ 'a.md': 'a' });
    const head = git(folder, ['rev-parse', 'HEAD']).trim();
    git(folder, ['pack-refs', '--all']);
    expect(diskRepo(folder).state()).toEqual({ commit: head, dirty: false });
    git(folder, ['checkout', '-q', '--detach']);
    expect(diskRepo(folder).state()).toEqual({ commit: head, dirty: false });
    const modern = temporaryFolder();
    git(modern, ['init', '-q', '--object-format=sha256']);
    commit(modern, 'first', { 'a.md': 'a', 'b/c.md': 'c' });
    expect(diskRepo(modern).state()).toEqual({ commit: git(modern, ['rev-parse', 'HEAD']).trim(), dirty: false });
  });
});
