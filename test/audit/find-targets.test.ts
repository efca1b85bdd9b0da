/** Which repositories words and lists stand for, and what each is called. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repositoriesBelow } from '../../src/audit/find-repositories.ts';
import { findTargets } from '../../src/audit/find-targets.ts';
import { parseList } from '../../src/audit/list-file.ts';
import { git, repository, temporaryFolder, write } from '../repo/temporary.ts';

function idsOf(...words: readonly string[]): readonly string[] {
  return findTargets(words).targets.map(({ id }) => id);
}

function listed(folder: string, text: string) {
  return findTargets([], { lines: parseList(text, 'repos.txt'), folder }).targets;
}

/** A folder of checkouts: work trees, a bare clone, one with a manifest alone, and what is none. */
function checkouts(): string {
  const folder = temporaryFolder();
  write(folder, {
    'payments/.git/HEAD': 'ref: refs/heads/main\n',
    'team/orders/gonogo.yaml': 'kind: Service\n',
    'team/orders/inner/gonogo.yaml': 'kind: Service\n',
    'team/search/.git': 'gitdir: ../elsewhere\n',
    'notes/readme.md': 'nothing\n',
    'node_modules/left-pad/.git/HEAD': 'ref: x\n',
    'vendor/lib/gonogo.yaml': 'kind: Service\n',
  });
  git(folder, ['init', '-q', '--bare', 'mirrors/shop.git']);
  symlinkSync(join(folder, 'payments'), join(folder, 'linked'));
  return folder;
}

describe('folders', () => {
  it('that hold repositories stand for each of them, by its path below', () => {
    const folder = checkouts();
    expect(findTargets([folder])).toEqual({
      targets: [
        { id: 'mirrors/shop', kind: 'folder', location: join(folder, 'mirrors/shop.git') },
        { id: 'payments', kind: 'folder', location: join(folder, 'payments') },
        { id: 'team/orders', kind: 'folder', location: join(folder, 'team/orders') },
        { id: 'team/search', kind: 'folder', location: join(folder, 'team/search') },
      ],
      notes: [],
    });
  });

  it('that are one are called as they are, be they named by a link or by their manifest', () => {
    const folder = checkouts();
    expect(idsOf(join(folder, 'payments'))).toEqual(['payments']);
    expect(idsOf(join(folder, 'linked'))).toEqual(['linked']);
    expect(idsOf(join(folder, 'team/orders/gonogo.yaml'), join(folder, 'mirrors/shop.git'))).toEqual([
      'orders',
      'shop',
    ]);
  });

  it('that are named twice stand for one', () => {
    const folder = checkouts();
    const twice = findTargets([join(folder, 'payments'), folder, `${folder}/payments/`]).targets;
    expect(twice.filter(({ location }) => location.endsWith('payments'))).toHaveLength(1);
  });

  it('of one name are told apart by the folders around them, in whatever order they are given', () => {
    const folder = temporaryFolder();
    write(folder, { 'a/shop/gonogo.yaml': '', 'b/shop/gonogo.yaml': '', 'b/cart/gonogo.yaml': '' });
    const ids = ['a/shop', 'b/shop', 'cart'];
    expect(idsOf(join(folder, 'a'), join(folder, 'b'))).toEqual(ids);
    expect(idsOf(join(folder, 'b'), join(folder, 'a'))).toEqual(ids);
  });

  it('without any, and words that are nothing, are refused with a way out', () => {
    const folder = temporaryFolder();
    write(folder, { 'list.txt': 'a\n' });
    expect(() => findTargets([folder])).toThrow(/there is no repository in/);
    expect(() => findTargets([join(folder, 'gone')])).toThrow(/there is nothing at/);
    expect(() => findTargets([join(folder, 'list.txt')])).toThrow(/is a file, not a folder/);
  });

  it('are looked through so deep and so far, and it is said where not', () => {
    const folder = temporaryFolder();
    write(folder, { 'a/b/c/gonogo.yaml': '', 'd/gonogo.yaml': '', 'e/x.md': '' });
    expect(repositoriesBelow(folder, { depth: 2, folders: 100 })).toEqual({
      paths: ['d'],
      notes: ['nothing was looked for below a/b: it lies 2 folders deep'],
    });
    const { paths, notes } = repositoriesBelow(folder, { depth: 8, folders: 3 });
    expect([paths, notes.length]).toEqual([[], 1]);
    expect(notes[0]).toMatch(/^only the first 3 folders below .+ were looked at$/);
  });

  it('that lead round in a circle end the walk', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'a'));
    symlinkSync(folder, join(folder, 'a/up'));
    write(folder, { 'a/shop/gonogo.yaml': '' });
    expect(repositoriesBelow(folder).paths).toEqual(['a/shop']);
  });
});

describe('a list', () => {
  it('stands for what its lines name, as they name it, from its own folder', () => {
    const folder = checkouts();
    const text =
      './payments\nteam/orders path=inner\nteam/orders ref=v1\n../gone\nhttps://github.com/acme/x ref=main\n/nowhere/else\n';
    expect(listed(folder, text)).toEqual([
      { id: 'else', kind: 'folder', location: '/nowhere/else' },
      { id: 'github.com/acme/x@main', kind: 'git', location: 'https://github.com/acme/x', ref: 'main' },
      { id: 'gone', kind: 'folder', location: join(folder, '../gone') },
      { id: 'payments', kind: 'folder', location: join(folder, 'payments') },
      { id: 'team/orders//inner', kind: 'folder', location: join(folder, 'team/orders'), dir: 'inner' },
      { id: 'team/orders@v1', kind: 'folder', location: join(folder, 'team/orders'), ref: 'v1' },
    ]);
  });

  it('may name a folder of repositories, and one that is neither is judged by what is in it', () => {
    const folder = checkouts();
    expect(listed(folder, 'team\nnotes\n').map(({ id }) => id)).toEqual(['notes', 'team/orders', 'team/search']);
  });

  it('may name one repository by two addresses: it is one', () => {
    const both = ['git@github.com:acme/x.git', 'https://github.com/acme/x'];
    const ids = (lines: readonly string[]) => listed('.', lines.join('\n')).map(({ id, location }) => [id, location]);
    expect(ids(both)).toEqual([['github.com/acme/x', 'git@github.com:acme/x.git']]);
    expect(ids(both.toReversed())).toEqual(ids(both));
  });

  it('gives the same targets in whatever order its lines stand', () => {
    const folder = repository({ 'gonogo.yaml': '' });
    write(folder, { 'a/shop/gonogo.yaml': '', 'b/shop/gonogo.yaml': '', 'b/cart/gonogo.yaml': '' });
    const lines = ['a/shop', 'b/shop', 'b/shop ref=x', './b/cart', `${folder}/a/shop`, 'b/../b/cart', '../shop'];
    const once = listed(folder, lines.join('\n'));
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
        expect(listed(folder, shuffled.join('\n'))).toEqual(once);
      }),
    );
  });
});
