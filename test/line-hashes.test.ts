/** GitHub's fingerprint of a line: by its published vectors, and by the plain definition for any text. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineHashes } from '../src/line-hashes.ts';
import { anyCharacter } from './any-character.ts';

interface Vectors {
  readonly vectors: readonly { readonly input: string; readonly hashes: readonly string[] }[];
}

const { vectors } = JSON.parse(
  readFileSync('test/report/conformance/sarif-primary-location-line-hash.vectors.json', 'utf8'),
) as Vectors;

function upTo(count: number): ReadonlySet<number> {
  return new Set(Array.from({ length: count }, (_, index) => index + 1));
}

/** The definition word for word: a polynomial over a hundred characters from each line's start, in whole numbers of 64 bits. */
function defined(text: string): readonly string[] {
  const plain = text.replace(/[ \t]*/g, (blank, at) => (text[at - 1] === '\r' && blank !== '' ? '\u{F0000}' : ''));
  // A blank between the two ends a pair of line ends; the mark keeps that, and goes afterwards.
  const lines = plain.replace(/\r\n?/g, '\n').replaceAll('\u{F0000}', '').split('\n');
  const counts = new Map<string, number>();
  return lines.map((_, index) => {
    const rest = `${lines.slice(index).join('\n')}\uFFFF`;
    const codes = Array.from({ length: 100 }, (__, at) => BigInt(at < rest.length ? rest.charCodeAt(at) : 0));
    const hash = BigInt.asUintN(
      64,
      codes.reduce((sum, code) => sum * 37n + code, 0n),
    ).toString(16);
    counts.set(hash, (counts.get(hash) ?? 0) + 1);
    return `${hash}:${counts.get(hash)}`;
  });
}

describe('the hash of a line', () => {
  it.each(vectors)('is as published for $input', ({ input, hashes }) => {
    const found = lineHashes(input, upTo(hashes.length + 1));
    expect([...found]).toEqual(hashes.map((hash, index) => [index + 1, hash]));
  });

  it('is as defined for any text', () => {
    const piece = fc.oneof(
      fc.constantFrom('\n', '\r', '\r\n', '\r \n', ' ', '\t', 'replicas: 2\n', '\uFFFF', '\u0000', '漢字', '\u{1F600}'),
      fc.string({ unit: anyCharacter, maxLength: 40 }).map((it) => it.replaceAll(/[\u{F0000}]/gu, '')),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const hashes = defined(text);
        expect([...lineHashes(text, upTo(hashes.length))]).toEqual(hashes.map((hash, index) => [index + 1, hash]));
      }),
    );
  });

  it('is told only of the lines that are wanted, and counts those before them', () => {
    const text = 'a\n'.repeat(300);
    expect([...lineHashes(text, new Set([7, 9999]))]).toEqual([[7, defined(text)[6]]]);
    expect([...lineHashes(text, new Set())]).toEqual([]);
  });
});
