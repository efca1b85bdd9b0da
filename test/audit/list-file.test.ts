/** Lists of repositories: what a line may say, and that one that cannot be understood is named by file and line. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseList } from '../../src/audit/list-file.ts';
import { InputError } from '../../src/input-error.ts';

function refusal(text: string): string {
  try {
    parseList(text, 'repos.txt');
    return 'none';
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return `${error.at}: ${error.message}`;
  }
}

describe('a list', () => {
  it('names a repository a line, with words behind it; comments and empty lines are none', () => {
    const text =
      '\uFEFF# ours\n\n../payments\r\n  acme/mono path=services/shop/ ref=release-1  # the shop\nmy checkout/orders ref=v1.0\nhttps://github.com/acme/search\n';
    expect(parseList(text, 'repos.txt')).toEqual([
      { word: '../payments', at: 'repos.txt:3' },
      { word: 'acme/mono', dir: 'services/shop', ref: 'release-1', at: 'repos.txt:4' },
      { word: 'my checkout/orders', ref: 'v1.0', at: 'repos.txt:5' },
      { word: 'https://github.com/acme/search', at: 'repos.txt:6' },
    ]);
  });

  it.each([
    [
      'a\nb branch=main',
      'repos.txt:2: a line of the list has a word behind the repository that is neither path= nor ref=',
    ],
    ['a ref=x main', 'repos.txt:1: a line of the list has a word behind the repository that is neither path= nor ref='],
    ['a ref=x ref=y', 'repos.txt:1: a line of the list has ref= twice'],
    ['a path=../b', 'repos.txt:1: a line of the list has a path= that is no folder in the repository'],
    ['a path=/etc', 'repos.txt:1: a line of the list has a path= that is no folder in the repository'],
    ['a path=', 'repos.txt:1: a line of the list has a path= that is no folder in the repository'],
    ['a ref=--upload-pack=x', 'repos.txt:1: a line of the list has a ref= that is no name of a branch, tag or commit'],
    ['a ref=', 'repos.txt:1: a line of the list has a ref= that is no name of a branch, tag or commit'],
    ['a\0b', 'repos.txt:1: a line of the list holds what is no text'],
    [`a\n${'x'.repeat(5000)}`, 'repos.txt:2: a line of the list is longer than 4096 characters'],
    ['# nothing\n', 'repos.txt: the list names no repository'],
    ['a\n'.repeat(100_001), 'repos.txt: the list is longer than 100000 lines'],
  ])('%j is refused with its place', (text, sentence) => {
    expect(refusal(text)).toBe(sentence);
  });

  it('is read or refused, whatever is in it', () => {
    const word = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('path=', 'ref=', '#', '\n', ' ', 'a/b', '..'));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        expect(refusal(words.join(''))).toMatch(/^none$|^repos\.txt(:\d+)?: /);
      }),
    );
  });
});
