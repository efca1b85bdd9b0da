import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diskRepo } from '../../src/repo/disk.ts';
import { parseLog } from '../../src/repo/history.ts';
import { shareSeals } from '../../src/repo/sealed-git.ts';
import { anyCharacter } from '../any-character.ts';
import { commit, git, repository, temporaryFolder, write } from './temporary.ts';

describe('history', () => {
  it('is newest first, in UTC, with the paths each commit touched', async () => {
    const folder = repository();
    const first = commit(
      folder,
      'first',
      { 'a.md': '1', 'dir/ü b.md': '1' },
      '2026-01-05T23:30:00-05:00',
      'Grace Hopper',
    );
    const second = commit(folder, 'second: a | b\n\nbody', { 'a.md': '2' }, '2026-01-07T08:00:00+01:00');
    const third = commit(folder, 'nothing', {}, '2026-01-08T08:00:00Z');
    expect(await diskRepo(folder).history(10)).toEqual({
      truncated: false,
      commits: [
        {
          id: third,
          date: '2026-01-08T08:00:00Z',
          author: 'Ada Byron',
          subject: 'nothing',
          paths: [],
          parents: [second],
        },
        {
          id: second,
          date: '2026-01-07T07:00:00Z',
          author: 'Ada Byron',
          subject: 'second: a | b',
          paths: ['a.md'],
          parents: [first],
        },
        {
          id: first,
          date: '2026-01-06T04:30:00Z',
          author: 'Grace Hopper',
          subject: 'first',
          paths: ['a.md', 'dir/ü b.md'],
          parents: [],
        },
      ],
    });
  });

  it('is bounded and says when there is more', async () => {
    const folder = repository({ 'a.md': '1' });
    commit(folder, 'second', { 'a.md': '2' });
    const repo = diskRepo(folder);
    expect((await repo.history(1)).commits.map((it) => it.subject)).toEqual(['second']);
    expect((await repo.history(1)).truncated).toBe(true);
    expect((await repo.history(2)).truncated).toBe(false);
  });

  it('names both paths of a rename and the commits of merged branches', async () => {
    const folder = repository({ 'old.md': 'same content\n'.repeat(20) });
    git(folder, ['checkout', '-q', '-b', 'side']);
    commit(folder, 'on the side', { 'side.md': '' });
    git(folder, ['checkout', '-q', 'main']);
    git(folder, ['mv', 'old.md', 'new.md']);
    commit(folder, 'rename');
    git(folder, ['merge', '-q', '--no-ff', '-m', 'merge', 'side']);
    const { commits } = await diskRepo(folder).history(10);
    expect(commits.find((it) => it.subject === 'rename')?.paths).toEqual(['new.md', 'old.md']);
    expect(commits.map((it) => it.subject).sort()).toEqual(['first', 'merge', 'on the side', 'rename']);
  });

  it('of a shallow clone is truncated', async () => {
    const folder = repository({ 'a.md': '1' });
    commit(folder, 'second', { 'a.md': '2' });
    commit(folder, 'third', { 'a.md': '3' });
    const clone = join(temporaryFolder(), 'clone');
    git('/', ['clone', '-q', '--depth', '2', `file://${folder}`, clone]);
    const history = await diskRepo(clone).history(10);
    expect(history.commits.map((it) => it.subject)).toEqual(['third', 'second']);
    expect(history.truncated).toBe(true);
  });

  it('is the same where one folder does for the seals of many repositories, whichever came before', async () => {
    const [old, broken] = [repository({ 'a.md': '1' }), repository({ 'a.md': '' })];
    commit(old, 'second', { 'a.md': '2' });
    const [shallow, other] = [join(temporaryFolder(), 'clone'), temporaryFolder()];
    git('/', ['clone', '-q', '--depth', '1', `file://${old}`, shallow]);
    git(other, ['init', '-q', '-b', 'main', '--object-format', 'sha256']);
    commit(other, 'of another kind', { 'a.md': '3' });
    write(broken, { '.git/objects/info/alternates': '/nowhere\n' });
    const answers = async () => {
      const all: unknown[] = [];
      for (const folder of [shallow, old, broken, other, old, shallow]) {
        const repo = diskRepo(folder);
        const { commits, ...rest } = await repo.history(10);
        const ids = commits.map(({ id }) => id);
        all.push(rest, commits, [...(await repo.versions('a.md', ids))]);
      }
      return all;
    };
    const alone = await answers();
    const end = shareSeals();
    try {
      expect(await answers()).toEqual(alone);
    } finally {
      end();
    }
  });

  it('is absent, with the reason, where there is none', async () => {
    expect((await diskRepo(temporaryFolder()).history(5)).absent).toBe('not a git repository');
    expect((await diskRepo(repository()).history(5)).absent).toBe('the repository has no commits yet');
    const broken = repository({ 'a.md': '' });
    rmSync(join(broken, '.git/objects'), { recursive: true });
    write(broken, { '.git/objects/none': '' });
    expect((await diskRepo(broken).history(5)).absent).toMatch(/^git could not read it: /);
  });

  it('of a work tree is that of its own branch', async () => {
    const folder = repository({ 'a.md': '1' });
    const tree = join(temporaryFolder(), 'tree');
    git(folder, ['worktree', 'add', '-q', '-b', 'topic', tree]);
    const id = commit(tree, 'on the topic', { 'b.md': '' });
    expect((await diskRepo(tree).history(5)).commits.map((it) => it.subject)).toEqual(['on the topic', 'first']);
    expect(diskRepo(tree).state()).toEqual({ commit: id, dirty: false });
    expect(
      diskRepo(tree)
        .list()
        .files.map((it) => it.path),
    ).toEqual(['a.md', 'b.md']);
    expect((await diskRepo(folder).history(5)).commits.map((it) => it.subject)).toEqual(['first']);
  });

  it('of packed and SHA-256 repositories is read, too', async () => {
    const folder = temporaryFolder();
    git(folder, ['init', '-q', '-b', 'main', '--object-format=sha256']);
    commit(folder, 'first', { 'a.md': '1' });
    const id = commit(folder, 'second', { 'a.md': '2' });
    git(folder, ['gc', '-q']);
    const repo = diskRepo(folder);
    expect((await repo.history(5)).commits.map((it) => it.subject)).toEqual(['second', 'first']);
    expect([...(await repo.versions('a.md', [id])).values()]).toEqual(['2']);
  });

  it('is asked for once', async () => {
    const repo = diskRepo(repository({ 'a.md': '' }));
    expect(repo.history(5)).toBe(repo.history(5));
  });

  it('is read from a folder that may not be written to', async () => {
    const folder = repository({ 'a.md': '' });
    chmodSync(join(folder, '.git'), 0o555);
    expect((await diskRepo(folder).history(5)).commits).toHaveLength(1);
    chmodSync(join(folder, '.git'), 0o755);
  });
});

describe('versions of a file', () => {
  it('are not mistaken where the path was a folder in between', async () => {
    const folder = repository();
    const first = commit(folder, 'file', { a: 'one' });
    git(folder, ['rm', '-q', 'a']);
    const second = commit(folder, 'folder', { 'a/b.md': 'x'.repeat(500) });
    git(folder, ['rm', '-rq', 'a']);
    const third = commit(folder, 'file again', { a: 'three' });
    expect(await diskRepo(folder).versions('a', [third, second, first])).toEqual(
      new Map([
        [third, 'three'],
        [first, 'one'],
      ]),
    );
  });

  it('are its texts at the commits that have it as text', async () => {
    const folder = repository({ 'other.md': '' });
    const none = git(folder, ['rev-parse', 'HEAD']).trim();
    const one = commit(folder, 'one', { 'dir/a ü.yaml': 'stage: build\n' });
    const two = commit(folder, 'two', { 'dir/a ü.yaml': 'stage: live\n' });
    const binary = commit(folder, 'three', { 'dir/a ü.yaml': Buffer.from([0, 1]) });
    const texts = await diskRepo(folder).versions('dir/a ü.yaml', [
      binary,
      two,
      one,
      none,
      'HEAD',
      '--all',
      `${one}\n${two}`,
    ]);
    expect(texts).toEqual(
      new Map([
        [two, 'stage: live\n'],
        [one, 'stage: build\n'],
      ]),
    );
    expect(await diskRepo(folder).versions('dir', [one])).toEqual(new Map());
    expect(await diskRepo(folder).versions('a\nb', [one])).toEqual(new Map());
    expect(await diskRepo(temporaryFolder()).versions('a.md', [one])).toEqual(new Map());
  });

  it('too large to be read are left out', async () => {
    const folder = repository({ 'a.md': 'x'.repeat(2 * 1024 * 1024 + 1) });
    const small = commit(folder, 'small', { 'a.md': 'x' });
    const first = git(folder, ['rev-parse', 'HEAD^']).trim();
    expect(await diskRepo(folder).versions('a.md', [first, small])).toEqual(new Map([[small, 'x']]));
  });
});

describe('the log format', () => {
  it('survives anything that names and subjects can hold', () => {
    const word = fc.string({ unit: anyCharacter, maxLength: 8 }).map((it) => it.replaceAll('\0', ''));
    const path = fc.string({ unit: anyCharacter, minLength: 1, maxLength: 8 }).map((it) => it.replaceAll('\0', 'x'));
    const entry = fc.record({ author: word, subject: word, paths: fc.array(path, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), (entries) => {
        const id = 'a'.repeat(40);
        const output = entries
          .map(({ author, subject, paths }) => {
            const tail = paths.length > 0 ? `\n${paths.map((it) => `${it}\0`).join('')}` : '';
            return `\0\0${id}\0${id}\x000\0${author}\0${subject}\0\0${tail}`;
          })
          .join('');
        const parsed = parseLog(output).map(({ author, subject, paths }) => ({ author, subject, paths }));
        expect(parsed).toEqual(entries);
      }),
    );
  });

  it('bounds dates that are out of range', () => {
    const log = (seconds: string): string | undefined =>
      parseLog(`\0\0${'a'.repeat(40)}\0\0${seconds}\0x\0y\0\0`)[0]?.date;
    expect(log('-5')).toBe('1970-01-01T00:00:00Z');
    expect(log('99999999999999999999')).toBe('9999-12-31T23:59:59Z');
    expect(log('')).toBe('1970-01-01T00:00:00Z');
  });
});
