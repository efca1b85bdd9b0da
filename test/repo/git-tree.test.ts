import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/input-error.ts';
import { gitTreeRepo } from '../../src/repo/git-tree.ts';
import { resolveInTree } from '../../src/repo/tree-links.ts';
import { commit, git, pathsOf, repository, temporaryFolder, write } from './temporary.ts';

describe('a repository at a commit', () => {
  it('is what the commit holds, whatever the work tree looks like', async () => {
    const folder = repository({ 'a.md': 'one', 'dir/b ü.md': 'two', '.gitignore': 'kept\n', big: 'x'.repeat(50) });
    const first = git(folder, ['rev-parse', 'HEAD']).trim();
    commit(folder, 'second', { 'a.md': 'changed', 'c.md': '' });
    rmSync(join(folder, 'a.md'));
    const repo = await gitTreeRepo(folder, first);
    expect(repo.list()).toEqual({
      files: [
        { path: '.gitignore', size: 5 },
        { path: 'a.md', size: 3 },
        { path: 'big', size: 50 },
        { path: 'dir/b ü.md', size: 3 },
      ],
      skipped: [],
    });
    expect(repo.read('a.md')).toEqual({ ok: true, text: 'one' });
    expect(repo.read('dir/b ü.md')).toEqual({ ok: true, text: 'two' });
    expect(repo.read('big', 49)).toMatchObject({ ok: false, reason: 'too-large' });
    expect(repo.read('c.md')).toMatchObject({ ok: false, reason: 'unreadable' });
    expect(repo.state()).toEqual({ commit: first, dirty: false });
    expect((await repo.history(10)).commits.map((it) => it.subject)).toEqual(['first']);
    expect(await repo.versions('a.md', [first])).toEqual(new Map([[first, 'one']]));
  });

  it('is found by branch, remote branch, tag, annotated tag, id, short id and steps back', async () => {
    const folder = repository({ 'a.md': '1' });
    const first = git(folder, ['rev-parse', 'HEAD']).trim();
    git(folder, ['tag', '-a', '-m', 'release', 'v1']);
    git(folder, ['tag', 'light']);
    git(folder, ['update-ref', 'refs/remotes/origin/main', first]);
    git(folder, ['branch', 'feature/x']);
    git(folder, ['pack-refs', '--all']);
    commit(folder, 'second', { 'a.md': '2' });
    for (const name of [
      'v1',
      'light',
      'origin/main',
      'feature/x',
      'refs/heads/feature/x',
      first,
      first.slice(0, 8),
      'main~1',
      'HEAD^',
      'v1~0',
    ]) {
      expect((await gitTreeRepo(folder, name)).state().commit, name).toBe(first);
    }
  });

  it('refuses what names no commit, with a hint', async () => {
    const folder = repository({ 'a.md': '1' });
    const blob = git(folder, ['rev-parse', 'HEAD:a.md']).trim();
    for (const name of [
      'nope',
      '',
      '--all',
      '-1',
      'HEAD~9',
      'HEAD:a.md',
      blob,
      'f'.repeat(40),
      '../../etc/passwd',
      'main..main',
      '^main',
      'a\nb',
    ]) {
      const error = await gitTreeRepo(folder, name).catch((it: unknown) => it);
      expect(error, name).toBeInstanceOf(InputError);
      expect((error as InputError).hint, name).toMatch(/branch/);
    }
    await expect(gitTreeRepo(temporaryFolder(), 'HEAD')).rejects.toThrow(/not a git repository/);
    await expect(gitTreeRepo(repository(), 'HEAD')).rejects.toThrow(InputError);
    await expect(gitTreeRepo('/nonexistent', 'HEAD')).rejects.toThrow(InputError);
  });

  it('works in a bare repository and in a work tree beside', async () => {
    const folder = repository({ 'a.md': '1' });
    const place = temporaryFolder();
    git(place, ['clone', '-q', '--bare', folder, 'shop.git']);
    git(folder, ['worktree', 'add', '-q', '-b', 'topic', join(place, 'tree')]);
    const bare = await gitTreeRepo(join(place, 'shop.git'), 'main');
    expect([bare.name, pathsOf(bare.list())]).toEqual(['shop', ['a.md']]);
    expect(pathsOf((await gitTreeRepo(join(place, 'tree'), 'HEAD')).list())).toEqual(['a.md']);
  });

  it('resolves links inside the tree and names those that lead out, and submodules', async () => {
    const library = repository({ 'lib.md': '' });
    const folder = repository({ 'docs/real.md': 'text' });
    const links = {
      'a.md': 'docs/real.md',
      'b.md': 'a.md',
      'docs/c.md': '../b.md',
      'via.md': 'folder/real.md',
      folder: 'docs',
      'out.md': '../x',
      'abs.md': '/etc/passwd',
      'loop.md': 'loop.md',
      'gone.md': 'nowhere',
    };
    for (const [path, target] of Object.entries(links)) symlinkSync(target, join(folder, path));
    git(folder, ['-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library, 'lib']);
    commit(folder, 'links');
    const repo = await gitTreeRepo(folder, 'HEAD');
    expect(pathsOf(repo.list())).toEqual(['.gitmodules', 'a.md', 'b.md', 'docs/c.md', 'docs/real.md', 'via.md']);
    for (const path of ['a.md', 'b.md', 'docs/c.md', 'via.md'])
      expect(repo.read(path)).toEqual({ ok: true, text: 'text' });
    const skipped = repo.list().skipped.map(({ at, reason }) => `${at.path} ${reason}`);
    expect(skipped).toEqual([
      'abs.md link',
      'folder link',
      'gone.md link',
      'lib submodule',
      'loop.md link',
      'out.md link',
    ]);
  });

  it('names contents that a partial clone does not hold', async () => {
    const folder = repository({ 'a.md': 'one', 'b.md': 'two' });
    const blob = git(folder, ['rev-parse', 'HEAD:a.md']).trim();
    rmSync(join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    const repo = await gitTreeRepo(folder, 'HEAD');
    expect(pathsOf(repo.list())).toEqual(['b.md']);
    expect(repo.list().skipped).toMatchObject([{ at: { path: 'a.md' }, reason: 'unreadable' }]);
  });

  it('reads binary and large files one by one, and batches the rest', async () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`f${i}.md`, `text ${i}\n`]));
    const folder = repository({
      ...many,
      'logo.png': Buffer.from([0x89, 0x50, 0, 1]),
      'text.bin': 'plain',
      'large.md': 'y'.repeat(3_000_000),
      empty: '',
    });
    const repo = await gitTreeRepo(folder, 'HEAD');
    expect(repo.read('f199.md')).toEqual({ ok: true, text: 'text 199\n' });
    expect(repo.read('logo.png')).toMatchObject({ ok: false, reason: 'binary' });
    expect(repo.read('text.bin')).toEqual({ ok: true, text: 'plain' });
    expect(repo.read('large.md')).toMatchObject({ ok: false, reason: 'too-large' });
    expect(repo.read('large.md', 4_000_000)).toMatchObject({ ok: true });
    expect(repo.read('empty')).toEqual({ ok: true, text: '' });
    expect(
      repo.list().files.every(({ path }) => path === 'logo.png' || path === 'large.md' || repo.read(path).ok),
    ).toBe(true);
  });

  it('leaves out entries whose names no work tree could hold', async () => {
    const folder = repository({ 'a.md': 'one' });
    const blob = git(folder, ['rev-parse', 'HEAD:a.md']).trim();
    write(folder, {
      '.git/tree': Buffer.concat([
        Buffer.from('100644 ..\0'),
        Buffer.from(blob, 'hex'),
        Buffer.from('100644 ok\0'),
        Buffer.from(blob, 'hex'),
      ]),
    });
    const tree = git(folder, ['hash-object', '--literally', '-t', 'tree', '-w', '.git/tree']).trim();
    const id = git(folder, ['commit-tree', '-m', 'odd', tree]).trim();
    expect(pathsOf((await gitTreeRepo(folder, id)).list())).toEqual(['ok']);
  });
});

describe('links in a tree', () => {
  it('end in a path or in nothing', () => {
    const links = new Map(
      Object.entries({
        a: 'b/c',
        b: 'd',
        'd/up': '../..',
        'd/x': './y//z',
        loop: 'loop2',
        loop2: 'loop',
        abs: '/etc',
        out: '../o',
      }),
    );
    expect(resolveInTree('a', links)).toBe('d/c');
    expect(resolveInTree('d/x', links)).toBe('d/y/z');
    expect(resolveInTree('plain/path', links)).toBe('plain/path');
    for (const path of ['d/up/x', 'loop', 'abs', 'out', 'abs/passwd'])
      expect(resolveInTree(path, links), path).toBeUndefined();
  });
});
