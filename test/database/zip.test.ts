import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, openFile } from '../../src/database/byte-source.ts';
import { openZip, type ZipCaps, ZipError } from '../../src/database/zip.ts';
import { temporaryFolder, write } from '../repo/temporary.ts';
import { type Made, zipOf } from './zip-maker.ts';

/** Names and texts of all members. */
function contents(zip: Buffer, caps: Partial<ZipCaps> = {}): readonly (readonly [string, string])[] {
  const opened = openZip(bytesOf(zip), caps);
  return [...opened.members()].map((member) => [member.name, opened.read(member).toString()]);
}

const TEXT = '{"id":"GHSA-0001"}'.repeat(20);

describe('a zip', () => {
  it('gives what is in it: deflated, stored, empty, with a comment, with odd names', () => {
    const members = [
      { name: 'GHSA-0001.json', content: TEXT },
      { name: 'stored.json', content: TEXT, stored: true },
      { name: 'empty', content: '' },
      { name: '../../etc/passwd', content: 'x' },
      { name: '__proto__', content: 'y' },
      { name: 'é.json', content: 'ü' },
    ];
    const expected = members.map(({ name, content }) => [name, content]);
    expect(contents(zipOf(members))).toEqual(expected);
    expect(contents(zipOf(members, { comment: 'PK\u0005\u0006 not the end' }))).toEqual(expected);
    expect(contents(zipOf([]))).toEqual([]);
  });

  it('may be of the ZIP64 kind', () => {
    const members = [
      { name: 'a', content: TEXT },
      { name: 'b', content: TEXT, stored: true },
    ];
    expect(contents(zipOf(members, { wide: true }))).toEqual([
      ['a', TEXT],
      ['b', TEXT],
    ]);
  });

  it('is read from a file as well', () => {
    const folder = temporaryFolder();
    write(folder, { 'all.zip': zipOf([{ name: 'a', content: TEXT }]) });
    const file = openFile(`${folder}/all.zip`);
    const zip = openZip(file);
    expect([...zip.members()].map((member) => zip.read(member).toString())).toEqual([TEXT]);
    file.close();
  });

  it('is filtered by name before anything is unpacked', () => {
    const zip = openZip(
      bytesOf(
        zipOf([
          { name: 'MAL-1', content: 'x', method: 99 },
          { name: 'a', content: 'y' },
        ]),
      ),
    );
    expect([...zip.members()].filter(({ name }) => !name.startsWith('MAL-')).map((it) => `${zip.read(it)}`)).toEqual([
      'y',
    ]);
  });
});

const LIES: Readonly<Record<string, [Partial<Made>, string]>> = {
  'a wrong sum': [{ crc: 1 }, 'is damaged at the member "a"'],
  'a size that is too small': [{ size: 3 }, 'is damaged at the member "a"'],
  'a size that is too large': [{ size: 4000 }, 'is damaged at the member "a"'],
  'another packing': [{ method: 99 }, 'packs a member in a way that is not read ("a")'],
  'bytes that do not unpack': [{ stored: true, method: 8 }, 'is damaged at the member "a"'],
  encryption: [{ flags: 1 }, 'is encrypted'],
};

describe('a zip that cannot be trusted', () => {
  it.each(Object.entries(LIES))('says so: %s', (_, [lie, sentence]) => {
    expect(() => contents(zipOf([{ name: 'a', content: TEXT, ...lie }]))).toThrow(new ZipError(sentence));
  });

  it('is no zip at all', () => {
    for (const bytes of ['', 'PK', '<html></html>'.repeat(9), '\0'.repeat(100)]) {
      expect(() => contents(Buffer.from(bytes))).toThrow(new ZipError('is no zip, or is cut off'));
    }
  });

  it('is refused when it would unpack to too much', () => {
    const bomb = zipOf([{ name: 'a', content: '0'.repeat(3 << 20) }]);
    const sentence = 'has a member that unpacks to more than is read ("a")';
    expect(() => contents(bomb)).toThrow(new ZipError(sentence));
    expect(() => contents(zipOf([{ name: 'a', content: TEXT }]), { memberBytes: 100 })).toThrow(new ZipError(sentence));
    const two = zipOf([
      { name: 'a', content: TEXT },
      { name: 'b', content: TEXT },
    ]);
    expect(() => contents(two, { totalBytes: 500 })).toThrow(new ZipError('unpacks to more than is read'));
    expect(() => contents(two, { members: 1 })).toThrow(new ZipError('has 2 members, more than are read'));
  });

  it('never unpacks more than the directory admits, whatever follows in the stream', () => {
    const lying = zipOf([{ name: 'a', content: '0'.repeat(3 << 20), size: 10 }]);
    expect(() => contents(lying)).toThrow(new ZipError('is damaged at the member "a"'));
  });

  it('is told apart wherever it is cut off', () => {
    const whole = zipOf(
      [
        { name: 'a', content: TEXT },
        { name: 'b', content: TEXT },
      ],
      { wide: true },
    );
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => contents(whole.subarray(0, length))).toThrow(ZipError);
    }
  });

  it('gives a ZipError or what it says, whatever bytes are changed', () => {
    const whole = zipOf(
      [
        { name: 'a', content: TEXT },
        { name: 'b', content: TEXT, stored: true },
      ],
      { wide: true },
    );
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        try {
          for (const [, text] of contents(bytes)) expect([TEXT, '']).toContain(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ZipError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
