import { describe, expect, it } from 'vitest';
import { memoryRepo } from '../../src/repo/memory.ts';
import type { Commit } from '../../src/repo/repo.ts';

const commits: readonly Commit[] = ['c', 'b', 'a'].map((id) => ({
  id,
  date: '2026-01-01T00:00:00Z',
  author: 'Ada Byron',
  subject: id,
  paths: [],
}));

describe('a repository in memory', () => {
  it('lists its files by code unit and reads them', () => {
    const repo = memoryRepo({ files: { 'b.md': 'ü', 'a/x': '1', B: '' } });
    expect(repo.list()).toEqual({
      files: [
        { path: 'B', size: 0 },
        { path: 'a/x', size: 1 },
        { path: 'b.md', size: 2 },
      ],
      skipped: [],
    });
    expect(repo.read('b.md')).toEqual({ ok: true, text: 'ü' });
    expect(repo.read('b.md', 1)).toMatchObject({ ok: false, reason: 'too-large' });
    expect(repo.read('toString')).toMatchObject({ ok: false, reason: 'unreadable' });
    expect([repo.name, repo.root, repo.state()]).toEqual(['memory', '', {}]);
  });

  it('has the history it was given, bounded', async () => {
    const repo = memoryRepo({ files: {}, commits, versions: { 'a.yaml': { a: 'one', c: 'three' } } });
    expect(repo.state()).toEqual({ commit: 'c', dirty: false });
    expect((await repo.history(2)).commits.map((it) => it.id)).toEqual(['c', 'b']);
    expect((await repo.history(2)).truncated).toBe(true);
    expect((await repo.history(3)).truncated).toBe(false);
    expect([...(await repo.versions('a.yaml', ['a', 'b', 'c']))]).toEqual([
      ['a', 'one'],
      ['c', 'three'],
    ]);
  });

  it('says why there is no history', async () => {
    expect((await memoryRepo({ files: {} }).history(5)).absent).toBe('not a git repository');
    expect((await memoryRepo({ files: {}, commits, absent: 'no git here' }).history(5)).absent).toBe('no git here');
    expect((await memoryRepo({ files: {}, commits, truncated: true }).history(5)).truncated).toBe(true);
  });
});
