import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diskRepo } from '../../src/repo/disk.ts';
import { addRules, enter, ignoresFile, type Rules } from '../../src/repo/ignore-rules.ts';
import { git, pathsOf, temporaryFolder, write } from './temporary.ts';

/** What git itself would list in a folder. */
function gitLists(folder: string): readonly string[] {
  const output = git(folder, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  return [...new Set(output.split('\0').filter(Boolean))].sort();
}

describe('ignore rules', () => {
  it('are those of git, at every level, with the exclude file of the clone', () => {
    const folder = temporaryFolder();
    git(folder, ['init', '-q']);
    write(folder, {
      '.gitignore': '*.log\n/build\nout/\n!keep.log\nvendor/\ndoc/**/*.tmp\n\\#odd\n',
      '.git/info/exclude': 'private*\n',
      'a.log': '',
      'keep.log': '',
      'build/x': '',
      'sub/build/x': '',
      'sub/out/x': '',
      'sub/out.md': '',
      'sub/.gitignore': '!b.log\nlocal\n!vendor/\n',
      'sub/b.log': '',
      'sub/c.log': '',
      'sub/local/x': '',
      'sub/vendor/kept.md': '',
      'sub/vendor/inner/vendor/ignored.md': '',
      'local/x': '',
      'vendor/x': '',
      'doc/a/b/c.tmp': '',
      'doc/c.tmp': '',
      'doc/c.md': '',
      'private.md': '',
      '#odd': '',
      'A.LOG': '',
    });
    const expected = gitLists(folder);
    expect(expected).toContain('sub/vendor/kept.md');
    expect(pathsOf(diskRepo(folder).list())).toEqual(expected);
  });

  it('agree with git on generated trees and patterns', () => {
    const name = fc.constantFrom('a', 'b', 'a.b', 'ab', 'A', 'x y');
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    const piece = fc.constantFrom('a', 'b', '*', '**', '?', 'a*', '*.b', '[ab]', 'x y');
    const pattern = fc
      .tuple(
        fc.constantFrom('', '!'),
        fc.constantFrom('', '/'),
        fc.array(piece, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', '/'),
      )
      .map(([not, start, pieces, end]) => not + start + pieces.join('/') + end);
    const rules = fc.array(pattern, { minLength: 1, maxLength: 5 }).map((lines) => `${lines.join('\n')}\n`);
    const tree = fc.record({
      paths: fc.array(path, { minLength: 1, maxLength: 12 }),
      root: rules,
      inner: rules,
      at: name,
    });
    fc.assert(
      fc.property(tree, ({ paths, root, inner, at }) => {
        const folder = temporaryFolder();
        git(folder, ['init', '-q']);
        const files = Object.fromEntries(paths.map((it) => [`${it}/f`, '']));
        write(folder, { ...files, '.gitignore': root, [`${at}/.gitignore`]: inner });
        expect(pathsOf(diskRepo(folder).list())).toEqual(gitLists(folder));
      }),
      { numRuns: 40 },
    );
  });

  it('leave a pattern with many globstars aside rather than hang on it', () => {
    const slow = `${'a/**/'.repeat(12)}b`;
    const rules: Rules = addRules([], '', `${slow}\n*.log\n`);
    expect(ignoresFile(rules, Array.from({ length: 60 }, () => 'a').join('/'))).toBe(false);
    expect(ignoresFile(rules, 'x.log')).toBe(true);
  });

  it('treat names that look like patterns as names when a folder is taken back in', () => {
    const outer = addRules([], '', '*\n');
    const inner = addRules(outer, 's/', '![[]x[]]/\n');
    expect(enter(inner, 's/[x]')?.length).toBe(2);
    expect(enter(inner, 's/x')).toBeUndefined();
  });
});
