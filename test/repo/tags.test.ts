import { describe, expect, it } from 'vitest';
import { diskRepo } from '../../src/repo/disk.ts';
import { commit, git, repository } from './temporary.ts';

describe('tags in the history', () => {
  it('stand on their commits: light, annotated, nested and packed ones', async () => {
    const folder = repository({ 'a.md': '1' });
    git(folder, ['tag', 'v1']);
    git(folder, ['tag', '-a', '-m', 'release', 'release/1.0']);
    git(folder, ['pack-refs', '--all']);
    const second = commit(folder, 'second', { 'a.md': '2' });
    git(folder, ['tag', '-a', '-m', 'release', 'v2']);
    git(folder, ['tag', 'tree', 'HEAD^{tree}']);
    commit(folder, 'third', { 'a.md': '3' });
    const { commits } = await diskRepo(folder).history(10);
    expect(commits.map(({ subject, tags }) => [subject, tags])).toEqual([
      ['third', undefined],
      ['second', ['v2']],
      ['first', ['release/1.0', 'v1']],
    ]);
    expect(commits[0]?.parents).toEqual([second]);
  });
});
