/** What tests of formats share: one text read, told in short, and what must hold for any text. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type {
  Agreement,
  LockedPackage,
  LockFormat,
  LockResult,
  TextAt,
} from '../../../src/evidence/lockfiles/locked.ts';
import { anyCharacter } from '../../any-character.ts';

type Files = Readonly<Record<string, string>>;

function texts(files: Files): readonly TextAt[] {
  return Object.entries(files).map(([path, text]) => ({ path, text }));
}

/** The first file is the lockfile, the others are handed along. */
export function read(format: LockFormat, files: Files): LockResult {
  const [lock = { path: '', text: '' }, ...others] = texts(files);
  return format.read(lock, others);
}

export function agree(format: LockFormat, files: Files): Agreement {
  const [lock = { path: '', text: '' }, ...others] = texts(files);
  const answer = format.agree?.(lock, others);
  if (!answer) throw new Error('the format compares nothing');
  return answer;
}

/** `name 1.0 registry production direct`, with `?` for what is not told. */
export function told({ packages }: LockResult): readonly string[] {
  return packages.map(inShort);
}

function inShort({ name, version, source, commit, scope, direct }: LockedPackage): string {
  const what = version ?? commit?.slice(0, 7) ?? '-';
  const how = direct === undefined ? '?' : direct ? 'direct' : 'indirect';
  return `${name} ${what} ${source} ${scope} ${how}`;
}

/** `name: what is said`. */
export function disagreements(format: LockFormat, files: Files): readonly string[] {
  return agree(format, files).disagreements.map(({ name, say, at }) => `${name}: ${say} (${at.path}:${at.line})`);
}

export function gaps({ gaps: all }: LockResult): readonly string[] {
  return all.map(({ kind, count, say }) => `${kind} ${count}: ${say}`);
}

/** The package of a name. */
export function named(result: LockResult, name: string): LockedPackage {
  const found = result.packages.find((it) => it.name === name);
  if (!found) throw new Error(`${name} is not among ${told(result).join(', ')}`);
  return found;
}

/** Pieces of a text that are cut out, repeated and swapped for hostile ones: what a merge or a bad disk may leave. */
function spoilt(text: string): fc.Arbitrary<string> {
  const at = fc.nat(text.length);
  const piece = fc.oneof(
    fc.constantFrom(
      '',
      '\n',
      '\r\n',
      '"',
      '{',
      '}',
      '(',
      ')',
      ':',
      '=',
      '\0',
      '__proto__',
      '<<<<<<< HEAD\n',
      '\uFEFF',
      ' ',
    ),
    fc.string({ unit: anyCharacter, maxLength: 20 }),
    fc.tuple(at, at).map(([a, b]) => text.slice(Math.min(a, b), Math.max(a, b))),
  );
  return fc
    .array(fc.tuple(at, fc.nat(40), piece), { maxLength: 5 })
    .map((cuts) =>
      cuts.reduce((whole, [from, length, put]) => whole.slice(0, from) + put + whole.slice(from + length), text),
    );
}

/** Whatever is done to any of the files: no error, plain data, names and versions that can be shown, and lines that are there. */
export function holdsForAny(format: LockFormat, files: Files): void {
  const paths = Object.keys(files);
  const some = fc.tuple(...paths.map((path) => spoilt(files[path] ?? '').map((text) => [path, text] as const)));
  const any = fc.tuple(...paths.map((path) => fc.string({ unit: anyCharacter }).map((text) => [path, text] as const)));
  fc.assert(
    fc.property(fc.oneof({ weight: 9, arbitrary: some }, any), (pairs) => {
      const spoiled = Object.fromEntries(pairs);
      const result = read(format, spoiled);
      expect(JSON.parse(JSON.stringify(result)).packages).toHaveLength(result.packages.length);
      const lines = (spoiled[paths[0] ?? ''] ?? '').split('\n').length;
      for (const { name, version = '1', line, requiredBy } of result.packages) {
        expect(`${name}${version}`).not.toMatch(/[\s\p{C}]/u);
        expect(line >= 1 && line <= lines).toBe(true);
        for (const { range } of requiredBy) expect(range).not.toMatch(/\p{C}/u);
      }
      for (const { count } of result.gaps) expect(count).toBeGreaterThanOrEqual(0);
      if (format.agree) {
        const { compared, disagreements: all, untold } = agree(format, spoiled);
        expect(compared).toBeGreaterThanOrEqual(0);
        for (const { at } of all) expect(paths).toContain(at.path);
        for (const clause of untold) expect(clause).not.toBe('');
      }
    }),
    { numRuns: 100 },
  );
}

/** A text of half a million characters without a line's end, made of what the format's own marks are. */
export function hugeLines(...marks: readonly string[]): readonly string[] {
  return marks.map((mark) => mark.repeat(Math.ceil(500_000 / mark.length)));
}
