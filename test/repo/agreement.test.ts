/** A repository is the same whatever holds it: memory, a folder, a commit. */
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diskRepo } from '../../src/repo/disk.ts';
import { gitTreeRepo } from '../../src/repo/git-tree.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import type { Repo } from '../../src/repo/repo.ts';
import { anyCharacter } from '../any-character.ts';
import { commit, git, pathsOf, repository, temporaryFolder, write } from './temporary.ts';

function contentOf(repo: Repo): unknown {
  const { files, skipped } = repo.list();
  return { files, skipped, reads: files.map(({ path }) => repo.read(path, 200)) };
}

describe('the kinds of repositories', () => {
  it('agree on arbitrary small trees', async () => {
    const part = fc.constantFrom('a', 'B', 'docs', 'ü', 'x y', 'a.b', 'a-b', '-rf', '#x', '"q"', 'é\u0301', '😀');
    const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => `${parts.join('/')}.md`);
    const text = fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 40 }),
      fc.constantFrom('\uFEFFa\r\n', 'x'.repeat(300), 'a\0b', ''),
    );
    const tree = fc.dictionary(path, text, { minKeys: 1, maxKeys: 6, noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(tree, async (files) => {
        const folder = repository();
        commit(folder, 'all', files);
        const expected = contentOf(memoryRepo({ files }));
        expect(contentOf(diskRepo(folder))).toEqual(expected);
        expect(contentOf(await gitTreeRepo(folder, 'main'))).toEqual(expected);
        expect(diskRepo(folder).state().dirty).toBe(false);
      }),
      { numRuns: 12 },
    );
  });

  it('agree on a clone of some size, and with git itself', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 2000 }, (_, i) => [
        `services/s${i % 40}/${i % 3 ? 'src' : 'deploy'}/file-${i}.${i % 5 ? 'ts' : 'yaml'}`,
        `# ${i}\n`.repeat(1 + (i % 9)),
      ]),
    );
    const folder = repository({ ...files, '.gitignore': 'dist/\n*.log\n' });
    const clone = join(temporaryFolder(), 'clone');
    git('/', ['clone', '-q', folder, clone]);
    write(clone, { 'dist/out.js': '', 'new/untracked.md': '', 'x.log': '' });
    const byGit = git(clone, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
      .split('\0')
      .filter(Boolean);
    expect(pathsOf(diskRepo(clone).list())).toEqual(byGit.sort());
    const walkAlone = pathsOf(diskRepo(clone).list());
    git(clone, ['update-index', '--split-index']);
    expect(pathsOf(diskRepo(clone).list())).toEqual(walkAlone);
    const tree = await gitTreeRepo(clone, 'HEAD');
    expect(pathsOf(tree.list())).toEqual(Object.keys({ ...files, '.gitignore': '' }).sort());
    expect(tree.list().files.every(({ path }) => tree.read(path).ok)).toBe(true);
  });
});
