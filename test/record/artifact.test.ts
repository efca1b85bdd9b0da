/** Which words name an artefact, and when two are the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/input-error.ts';
import { artifactWords, isSameArtifact, parseArtifact } from '../../src/record/artifact.ts';

const HEX = '0123456789abcdef'.repeat(4);

describe('an artefact on the command line', () => {
  it.each([
    [`sha256:${HEX}`, { digest: { sha256: HEX } }],
    [`sha256:${HEX.toUpperCase()}`, { digest: { sha256: HEX } }],
    [`sha512:${HEX}${HEX}`, { digest: { sha512: HEX + HEX } }],
    [`app=sha256:${HEX}`, { name: 'app', digest: { sha256: HEX } }],
    [`example.test:5000/team/app@sha256:${HEX}`, { name: 'example.test:5000/team/app', digest: { sha256: HEX } }],
    ['file:dist/app=1.tgz', { file: 'dist/app=1.tgz' }],
    ['app=file:dist/app.tgz', { name: 'app', file: 'dist/app.tgz' }],
  ])('%s', (word, artifact) => {
    expect(parseArtifact(word)).toEqual(artifact);
  });

  it.each([
    [HEX, 'is no digest of an artefact'],
    ['dist/app.tgz', 'is no digest of an artefact'],
    [`sha1:${HEX.slice(0, 40)}`, 'is no digest of an artefact'],
    [`__proto__:${HEX}`, 'is no digest of an artefact'],
    [`sha256:${HEX.slice(1)}`, 'has not the 64 hexadecimal digits of sha256'],
    [`sha256:${HEX.slice(1)}g`, 'has not the 64 hexadecimal digits of sha256'],
    [`sha512:${HEX}`, 'has not the 128 hexadecimal digits of sha512'],
    ['file:', 'is no digest of an artefact'],
    ['', 'is no digest of an artefact'],
  ])('%s is refused', (word, sentence) => {
    expect(() => parseArtifact(word)).toThrow(`"${word}" ${sentence}`);
  });

  it('is never answered otherwise', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((it) => `${it}sha256:${HEX}`),
        ),
        (word) => {
          try {
            parseArtifact(word);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        },
      ),
    );
  });
});

describe('the same artefact', () => {
  const digest = { sha256: HEX, sha512: HEX + HEX };
  it.each([
    ['by the digest alone', { name: 'a', digest: { sha256: HEX } }, true],
    ['by any algorithm that both have', { digest: { sha512: HEX + HEX } }, true],
    ['not where one of them differs', { digest: { sha256: HEX, sha512: 'f'.repeat(128) } }, false],
    ['not by an algorithm that is not accepted', { digest: { md5: 'x' } }, false],
  ])('%s', (_, other, same) => {
    expect(isSameArtifact({ name: 'b', digest: { ...digest, md5: 'x' } }, other)).toBe(same);
  });

  it('is said with its name and digest', () => {
    expect(artifactWords({ name: 'a', digest: { sha256: HEX } })).toBe(`a sha256:${HEX}`);
  });
});
