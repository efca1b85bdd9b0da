import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../src/repo/decode.ts';

const reasonOf = (bytes: Buffer, cap?: number): string => {
  const read = decode(bytes, cap);
  return read.ok ? `text:${read.text}` : read.reason;
};

describe('decoding', () => {
  it('keeps UTF-8 as it is, line ends included, and removes a byte-order mark', () => {
    expect(reasonOf(Buffer.from('a: ü\r\nb: 運用\n'))).toBe('text:a: ü\r\nb: 運用\n');
    expect(reasonOf(Buffer.from('\uFEFFa: 1\n'))).toBe('text:a: 1\n');
    expect(reasonOf(Buffer.alloc(0))).toBe('text:');
  });

  it('reads UTF-16 of both byte orders', () => {
    const little = Buffer.from('\uFEFFowner: Łukasz\n', 'utf16le');
    expect(reasonOf(little)).toBe('text:owner: Łukasz\n');
    expect(reasonOf(Buffer.from(little).swap16())).toBe('text:owner: Łukasz\n');
  });

  it('says what is not text', () => {
    expect(reasonOf(Buffer.from('PNG\0\x1a'))).toBe('binary');
    expect(reasonOf(Buffer.from([0x61, 0xff, 0x62]))).toBe('encoding');
    expect(reasonOf(Buffer.from([0xff, 0xfe, 0x00, 0xd8]))).toBe('encoding');
    expect(reasonOf(Buffer.from([0xff, 0xfe, 0x61]))).toBe('encoding');
    expect(reasonOf(Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]))).toBe('binary');
    expect(reasonOf(Buffer.from('\0GITCRYPT\0abc', 'latin1'))).toBe('encrypted');
    expect(reasonOf(Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n'))).toBe(
      'large-file-pointer',
    );
  });

  it('takes a NUL byte after the first 8 KiB as text, like git', () => {
    expect(reasonOf(Buffer.concat([Buffer.alloc(8192, 0x61), Buffer.alloc(1)]))).toMatch(/^text:/);
    expect(reasonOf(Buffer.concat([Buffer.alloc(8191, 0x61), Buffer.alloc(1)]))).toBe('binary');
  });

  it('applies the cap to bytes', () => {
    expect(reasonOf(Buffer.from('ü'), 2)).toBe('text:ü');
    expect(reasonOf(Buffer.from('ü'), 1)).toBe('too-large');
  });

  it('never throws and never invents a replacement character', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const read = decode(Buffer.from(bytes));
        if (read.ok && !Buffer.from(bytes).includes(Buffer.from('\uFFFD')) && bytes[0] !== 0xff && bytes[0] !== 0xfe) {
          expect(read.text).not.toContain('\uFFFD');
        }
      }),
    );
  });
});
