import { chmodSync, linkSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/input-error.ts';
import { diskRepo, findRepositoryRoot } from '../../src/repo/disk.ts';
import { walk } from '../../src/repo/walk.ts';
import { commit, git, makePipe, pathsOf, repository, temporaryFolder, write } from './temporary.ts';

const skippedOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    diskRepo(folder)
      .list()
      .skipped.map(({ at, reason }) => [at.path, reason]),
  );

describe('a repository on disk', () => {
  it('lists tracked and new files by code unit, uncommitted ones included', () => {
    const folder = repository({ 'b.md': 'b', 'a/x.yaml': 'x', 'Z.md': 'z' });
    write(folder, { 'new.md': 'n' });
    rmSync(join(folder, 'b.md'));
    expect(diskRepo(folder).list()).toEqual({
      files: [
        { path: 'Z.md', size: 1 },
        { path: 'a/x.yaml', size: 1 },
        { path: 'new.md', size: 1 },
      ],
      skipped: [],
    });
  });

  it('works in a folder without git and honours its ignore files there, too', () => {
    const folder = temporaryFolder();
    write(folder, { '.gitignore': '*.log\n', 'a.log': '', 'a.md': '', 'node_modules/x/index.js': '' });
    expect(pathsOf(diskRepo(folder).list())).toEqual(['.gitignore', 'a.md']);
    expect(diskRepo(folder).state()).toEqual({});
  });

  it('counts tracked files although they are ignored or in node_modules', () => {
    const folder = repository({ '.gitignore': 'out/\n', 'a.md': '' });
    write(folder, {
      'out/kept.md': '1',
      'out/other.md': '2',
      'node_modules/patched/index.js': '3',
      'node_modules/other/index.js': '4',
    });
    git(folder, ['add', '-f', 'out/kept.md', 'node_modules/patched/index.js']);
    expect(pathsOf(diskRepo(folder).list())).toEqual([
      '.gitignore',
      'a.md',
      'node_modules/patched/index.js',
      'out/kept.md',
    ]);
  });

  it('reads listed files only, whatever the path looks like', () => {
    const folder = repository({ 'a.md': 'hello\n' });
    const repo = diskRepo(folder);
    expect(repo.read('a.md')).toEqual({ ok: true, text: 'hello\n' });
    for (const path of ['../a.md', './a.md', 'a.md/', '/etc/passwd', '.git/config', 'a.md\0', '', '.', 'A.md']) {
      expect(repo.read(path), path).toMatchObject({ ok: false, reason: 'unreadable' });
    }
  });

  it('applies the cap, and names what is no text', () => {
    const folder = repository({
      big: 'x'.repeat(100),
      bin: Buffer.from([1, 0, 2]),
      crypt: Buffer.from('\0GITCRYPT\0', 'latin1'),
    });
    const repo = diskRepo(folder);
    expect(repo.read('big', 100)).toMatchObject({ ok: true });
    expect(repo.read('big', 99)).toMatchObject({ ok: false, reason: 'too-large' });
    expect(repo.read('bin')).toMatchObject({ ok: false, reason: 'binary' });
    expect(repo.read('crypt')).toMatchObject({ ok: false, reason: 'encrypted' });
  });

  it('says so when a file vanishes or becomes something else after it was listed', () => {
    const folder = repository({ 'gone.md': '', 'fifo.md': '', 'dir/inner.md': 'ours' });
    const outside = temporaryFolder();
    write(outside, { 'inner.md': 'theirs' });
    const repo = diskRepo(folder);
    repo.list();
    rmSync(join(folder, 'gone.md'));
    rmSync(join(folder, 'fifo.md'));
    makePipe(join(folder, 'fifo.md'));
    renameSync(join(folder, 'dir'), join(folder, 'old'));
    symlinkSync(outside, join(folder, 'dir'));
    expect(repo.read('gone.md')).toMatchObject({ ok: false, reason: 'unreadable' });
    expect(repo.read('fifo.md')).toMatchObject({ ok: false, reason: 'unreadable' });
    expect(repo.read('dir/inner.md')).toMatchObject({ ok: false, reason: 'link' });
  });

  it('names places in a further evidence root', () => {
    const folder = repository({ 'a.md': '' });
    symlinkSync('/etc', join(folder, 'etc'));
    expect(diskRepo(folder, { root: 'lumenpay/rules', name: 'rules' })).toMatchObject({
      root: 'lumenpay/rules',
      name: 'rules',
    });
    expect(diskRepo(folder, { root: 'lumenpay/rules' }).list().skipped[0]?.at).toEqual({
      path: 'etc',
      root: 'lumenpay/rules',
    });
  });

  it('refuses a path where nothing is', () => {
    expect(() => diskRepo('/nonexistent/folder')).toThrow(InputError);
  });
});

describe('links', () => {
  it('stand for listed files of the repository and for nothing else', () => {
    const outside = temporaryFolder();
    write(outside, { secret: 'token' });
    const folder = repository({ 'docs/real.md': 'text\n', '.gitignore': '.env\n' });
    write(folder, { '.env': 'TOKEN=1' });
    const links = {
      'inside.md': 'docs/real.md',
      'docs/up.md': '../inside.md',
      'out.md': join(outside, 'secret'),
      'dangling.md': 'nowhere',
      'folder.md': 'docs',
      'config.md': '.git/config',
      'ignored.md': '.env',
      'circle.md': 'circle.md',
      'environ.md': '/proc/self/environ',
    };
    for (const [path, target] of Object.entries(links)) symlinkSync(target, join(folder, path));
    const repo = diskRepo(folder);
    expect(pathsOf(repo.list())).toEqual(['.gitignore', 'docs/real.md', 'docs/up.md', 'inside.md']);
    expect(repo.read('inside.md')).toEqual({ ok: true, text: 'text\n' });
    expect(repo.read('docs/up.md')).toEqual({ ok: true, text: 'text\n' });
    expect(repo.read('out.md').ok).toBe(false);
    const left = ['circle.md', 'config.md', 'dangling.md', 'environ.md', 'folder.md', 'ignored.md', 'out.md'];
    expect(skippedOf(folder)).toEqual(Object.fromEntries(left.map((path) => [path, 'link'])));
  });

  it('to folders are never entered, even where the index says that files are there', () => {
    const outside = temporaryFolder();
    write(outside, { 'inner.md': 'theirs' });
    const folder = repository({ 'dir/inner.md': 'ours' });
    rmSync(join(folder, 'dir'), { recursive: true });
    symlinkSync(outside, join(folder, 'dir'));
    expect(pathsOf(diskRepo(folder).list())).toEqual([]);
    expect(skippedOf(folder)).toEqual({ dir: 'link' });
  });

  it('that share a prefix with the root are outside', () => {
    const parent = temporaryFolder();
    write(parent, { 'shop/a.md': '', 'shop-secrets/key': 'k' });
    symlinkSync('../shop-secrets/key', join(parent, 'shop', 'key'));
    expect(skippedOf(join(parent, 'shop'))).toEqual({ key: 'link' });
  });
});

describe('what is not a file', () => {
  it('is never opened: FIFOs are named, folders without permission too', () => {
    const folder = repository({ 'a.md': '' });
    makePipe(join(folder, 'pipe'));
    expect(skippedOf(folder)).toEqual({ pipe: 'unreadable' });
  });

  it.skipIf(process.getuid?.() === 0)('a folder that may not be opened is unread, and so is a file', () => {
    const folder = repository({ 'a.md': '', 'closed/b.md': '', 'c.md': '' });
    chmodSync(join(folder, 'closed'), 0);
    chmodSync(join(folder, 'c.md'), 0);
    const repo = diskRepo(folder);
    expect(pathsOf(repo.list())).toEqual(['a.md', 'c.md']);
    expect(skippedOf(folder)).toEqual({ closed: 'unreadable' });
    expect(repo.read('c.md')).toMatchObject({ ok: false, reason: 'unreadable' });
    expect(repo.state().dirty).toBeUndefined();
    chmodSync(join(folder, 'closed'), 0o755);
  });

  it('a name that is not UTF-8 is named and not read', () => {
    const folder = repository({ 'a.md': '' });
    const odd = Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9]), Buffer.from('.md')]);
    writeFileSync(odd, '');
    expect(Object.values(skippedOf(folder))).toEqual(['encoding']);
    git(folder, ['add', '-A']);
    expect(Object.values(skippedOf(folder))).toEqual(['encoding']);
  });
});

describe('other repositories inside', () => {
  it('are not entered; submodules are named', () => {
    const library = repository({ 'lib.md': 'lib' });
    const folder = repository({ 'a.md': '' });
    git(folder, ['-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library, 'vendor/lib']);
    commit(folder, 'add the library');
    mkdirSync(join(folder, 'nested'));
    git(join(folder, 'nested'), ['init', '-q']);
    write(folder, { 'nested/n.md': '' });
    expect(pathsOf(diskRepo(folder).list())).toEqual(['.gitmodules', 'a.md']);
    expect(skippedOf(folder)).toEqual({ 'vendor/lib': 'submodule' });
    // As a tarball would have it: no git, the declaration alone.
    rmSync(join(folder, '.git'), { recursive: true });
    expect(skippedOf(folder)).toEqual({ 'vendor/lib': 'submodule' });
  });

  it('may be judged by themselves: a submodule knows its own state', () => {
    const library = repository({ 'lib.md': 'lib' });
    const folder = repository({ 'a.md': '' });
    git(folder, ['-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library, 'lib']);
    const head = git(library, ['rev-parse', 'HEAD']).trim();
    expect(diskRepo(join(folder, 'lib')).state()).toEqual({ commit: head, dirty: false });
  });
});

describe('limits', () => {
  it('cut a tree that is too deep and say where', () => {
    const folder = temporaryFolder();
    const deep = Array.from({ length: 66 }, () => 'd').join('/');
    write(folder, { [`${deep}/bottom.md`]: '', 'top.md': '' });
    expect(pathsOf(diskRepo(folder).list())).toEqual(['top.md']);
    expect(Object.values(skippedOf(folder))).toEqual(['limit']);
  });

  it('cut a tree that is too large at the same place for everybody', () => {
    const folder = temporaryFolder();
    write(folder, { 'b/1.md': '', 'b/2.md': '', 'a/1.md': '', 'c.md': '' });
    const within = (entries: number): unknown => {
      const { seen, skipped } = walk(folder, {
        tracked: new Set(),
        submodules: new Set(),
        limits: { depth: 64, entries },
      });
      return [[...seen.keys()], skipped.map(({ reason }) => reason)];
    };
    expect(within(6)).toEqual([['a/1.md', 'b/1.md', 'b/2.md', 'c.md'], []]);
    expect(within(5)).toEqual([['a/1.md', 'b/1.md', 'b/2.md'], ['limit']]);
    expect(within(2)).toEqual([['a/1.md'], ['limit']]);
  });

  it('take hard links for what they are: files', () => {
    const folder = repository({ 'a.md': 'one' });
    linkSync(join(folder, 'a.md'), join(folder, 'b.md'));
    expect(diskRepo(folder).read('b.md')).toEqual({ ok: true, text: 'one' });
  });
});

describe('a sparse checkout', () => {
  it('names what was not checked out, once per top folder', () => {
    const folder = repository({ 'a.md': '', 'big/1.md': '', 'big/2.md': '', 'kept/k.md': '' });
    git(folder, ['sparse-checkout', 'set', '--no-cone', '/*', '!big/']);
    expect(pathsOf(diskRepo(folder).list())).toEqual(['a.md', 'kept/k.md']);
    expect(skippedOf(folder)).toEqual({ big: 'unreadable' });
    expect(diskRepo(folder).state().dirty).toBe(false);
  });
});

describe('the repository around a folder', () => {
  it('is the nearest folder above that holds .git', () => {
    const folder = repository({ 'services/cart/a.md': '' });
    expect(findRepositoryRoot(join(folder, 'services/cart'))).toEqual({
      root: folder,
      dir: 'services/cart',
      git: true,
    });
    expect(findRepositoryRoot(folder)).toEqual({ root: folder, dir: '', git: true });
  });

  it('is the folder itself where there is no git, or only a stray .git folder', () => {
    const folder = temporaryFolder();
    write(folder, { 'inner/a.md': '', '.git/note': '' });
    expect(findRepositoryRoot(join(folder, 'inner'))).toEqual({ root: join(folder, 'inner'), dir: '', git: false });
  });

  it('has no files of its own when it is bare', () => {
    const folder = repository({ 'a.md': '' });
    const bare = temporaryFolder();
    git(bare, ['clone', '-q', '--bare', folder, 'b.git']);
    expect(diskRepo(join(bare, 'b.git')).list().files).toEqual([]);
    expect(diskRepo(join(bare, 'b.git')).list().skipped).toHaveLength(1);
  });
});
