/** Lockfiles of Python, Rust and Go that nobody's tool wrote: nothing throws, nothing takes long, and nothing is dropped without being counted. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { format as cargo } from '../../../src/evidence/lockfiles/formats/cargo.ts';
import { format as go } from '../../../src/evidence/lockfiles/formats/go.ts';
import { format as pdm } from '../../../src/evidence/lockfiles/formats/pdm.ts';
import { format as pipfile } from '../../../src/evidence/lockfiles/formats/pipfile.ts';
import { format as poetry } from '../../../src/evidence/lockfiles/formats/poetry.ts';
import { format as pylock } from '../../../src/evidence/lockfiles/formats/pylock.ts';
import { format as requirements } from '../../../src/evidence/lockfiles/formats/requirements.ts';
import { format as uv } from '../../../src/evidence/lockfiles/formats/uv.ts';
import type { LockFormat, LockResult } from '../../../src/evidence/lockfiles/locked.ts';
import { anyCharacter } from '../../any-character.ts';

interface Entry {
  readonly name: string | undefined;
  readonly version: string | undefined;
}

interface Case {
  readonly format: LockFormat;
  readonly path: string;
  readonly manifest: string;
  /** Writes a lockfile of entries, none of which is a project of its own. */
  write(entries: readonly Entry[]): string;
}

function tables(header: string, list: string, source: string): (entries: readonly Entry[]) => string {
  return (entries) =>
    `${header}\n${entries
      .map(({ name, version }) => {
        const lines = [
          ...(name === undefined ? [] : [`name = ${JSON.stringify(name)}`]),
          ...(version === undefined ? [] : [`version = ${JSON.stringify(version)}`]),
        ];
        return `[[${list}]]\n${[...lines, source].join('\n')}\n\n[${list}.dependencies-of-mine]\nx = [\n    "y",\n]\n`;
      })
      .join('\n')}`;
}

const REGISTRY = 'source = { registry = "https://index.example.org/simple" }';
const CASES: readonly Case[] = [
  { format: poetry, path: 'poetry.lock', manifest: 'pyproject.toml', write: tables('[metadata]', 'package', '') },
  { format: pdm, path: 'pdm.lock', manifest: 'pyproject.toml', write: tables('[metadata]', 'package', '') },
  { format: uv, path: 'uv.lock', manifest: 'pyproject.toml', write: tables('version = 1', 'package', REGISTRY) },
  {
    format: pylock,
    path: 'pylock.toml',
    manifest: 'pyproject.toml',
    write: tables('lock-version = "1.0"', 'packages', ''),
  },
  {
    format: cargo,
    path: 'Cargo.lock',
    manifest: 'Cargo.toml',
    write: tables('', 'package', 'source = "registry+https://e.org/i"'),
  },
  {
    format: pipfile,
    path: 'Pipfile.lock',
    manifest: 'Pipfile',
    write: (entries) =>
      `{"default":{${entries.map(({ name, version }, at) => `${JSON.stringify(name ?? `gone ${at}`)}:${JSON.stringify(version === undefined ? {} : { version: `==${version}` })}`).join(',\n')}}}`,
  },
  {
    format: requirements,
    path: 'requirements.txt',
    manifest: 'requirements.in',
    write: (entries) =>
      entries.map(({ name, version }) => `${name ?? '?'}${version === undefined ? '' : `==${version}`}`).join('\n'),
  },
  {
    format: go,
    path: 'go.mod',
    manifest: 'go.sum',
    write: (entries) =>
      `module m\ngo 1.22\nrequire (\n${entries.map(({ name, version }) => `\t${name ?? ''} ${version ?? ''}`).join('\n')}\n)\n`,
  },
];

const NAMES = ['__proto__', 'constructor', 'toString', 'a', 'B', 'a.b', 'x_y-z', 'hasOwnProperty'];
const ENTRIES = fc.uniqueArray(
  fc.record({
    name: fc.option(fc.constantFrom(...NAMES), { nil: undefined }),
    version: fc.option(fc.constantFrom('1.0', '0.0.1', '2.0rc1'), { nil: undefined }),
  }),
  { selector: ({ name, version }) => `${name} ${version}`, maxLength: 12 },
);

function read({ format, path, manifest }: Case, text: string, other = ''): LockResult {
  const lock = { path, text };
  const others = [{ path: manifest, text: other }];
  const folders = format.members?.(lock, others);
  const result = format.read(lock, others, folders);
  format.governs?.(lock, { path: manifest, text: other });
  format.agree?.(lock, others);
  return result;
}

function counted({ packages, gaps, elsewhere = 0 }: LockResult): number {
  return packages.length + elsewhere + gaps.reduce((sum, { count }) => sum + count, 0);
}

describe.each(CASES)('$path', (its) => {
  it('gives every entry as a package or as a gap', () => {
    fc.assert(
      fc.property(ENTRIES, (entries) => {
        // A line without a name is no line in these, and one key is one entry in JSON.
        const lines = its.format === go ? entries.filter(({ name, version }) => name ?? version) : entries;
        const keys = new Set(lines.map(({ name }, at) => name ?? at));
        const expected = its.format === pipfile ? keys.size : lines.length;
        expect(counted(read(its, its.write(entries)))).toBe(expected);
      }),
    );
  });

  it('says where each package is', () => {
    // A name of Python's begins with a letter or digit.
    const names = NAMES.filter((name) => its.format !== requirements || !name.startsWith('_'));
    const text = its.write(names.map((name) => ({ name, version: '1.0' })));
    const lines = text.split('\n');
    for (const { line } of read(its, text).packages) {
      const shows = [lines[line - 1], lines[line]].join(' ');
      expect(names.some((name) => shows.includes(name))).toBe(true);
    }
    expect(read(its, text).packages).toHaveLength(names.length);
  });

  it('reads the same with a byte-order mark and carriage returns', () => {
    fc.assert(
      fc.property(ENTRIES, (entries) => {
        const text = its.write(entries);
        expect(read(its, `\uFEFF${text.replaceAll('\n', '\r\n')}`)).toEqual(read(its, text));
      }),
    );
  });

  it('does not throw where something is cut off, cut out or put in', () => {
    const piece = fc.constantFrom(
      '[[package]]',
      '[',
      ']',
      '"',
      "'",
      '"""',
      '{',
      '}',
      '=',
      '\n',
      '\\',
      '#',
      'require (',
      '=>',
      '//',
      '-r x',
      'via',
      '\u0000',
    );
    fc.assert(
      fc.property(ENTRIES, fc.nat(), fc.nat(40), fc.array(piece, { maxLength: 6 }), (entries, at, length, pieces) => {
        const text = its.write(entries);
        const start = at % (text.length + 1);
        const broken = text.slice(0, start) + pieces.join('') + text.slice(start + length);
        const result = read(its, broken, broken);
        expect(JSON.parse(JSON.stringify(result))).toEqual(result);
      }),
      { numRuns: 300 },
    );
  });

  it('does not throw on any text, and finds nothing in what is none of its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 200 }), (text) => {
        expect(Array.isArray(read(its, text, text).packages)).toBe(true);
      }),
    );
  });

  it('takes one endless line as it comes', () => {
    const units = [
      'a',
      ' ',
      '[',
      '{',
      '"',
      "'",
      '\\',
      '#',
      ',',
      '=',
      'a =',
      '-',
      '==',
      ' #',
      ' --',
      '/',
      'a\n',
      'a==1\n',
      '"a":{"version":"==1"},',
      '[[package]]\nname = "a"\nversion = "1"\n',
      '[[package]]\nname = "a"\nversion = "1"\ndependencies = ["a"]\n',
      'a = [\n',
      '[[package]]\n',
      'a = """\n',
      '# via\n',
      '\\\n',
      'require (\n',
      '-e git+x:#egg=',
      "'a' in extras ",
    ];
    for (const unit of units) {
      const endless = unit.repeat(Math.ceil(40_000 / unit.length));
      read(its, endless, endless);
      read(
        its,
        its.write([
          { name: 'a', version: '1.0' },
          { name: 'b', version: endless },
        ]),
        '',
      );
      read(its, its.write([{ name: endless, version: '1.0' }]), '');
    }
  });

  it('keeps names that are words of the language apart from it', () => {
    expect(counted(read(its, its.write([{ name: '__proto__', version: '1.0' }])))).toBe(1);
    expect(read(its, its.write([{ name: 'constructor', version: '1.0' }])).packages).toHaveLength(1);
    expect(({} as Record<string, unknown>).version).toBeUndefined();
  });
});
