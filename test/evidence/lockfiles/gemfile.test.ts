/** Lockfiles of Bundler: where gems are from, what leads to them, and whether the Gemfile still asks for them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { format } from '../../../src/evidence/lockfiles/formats/gemfile.ts';
import { agree, disagreements, gaps, holdsForAny, hugeLines, named, read, told } from './reading.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const LOCK = `GIT
  remote: https://git.example/forks/tint.git
  revision: ${COMMIT}
  branch: main
  specs:
    tint (2.1.0)
      colour (>= 1)

PATH
  remote: engines/billing
  specs:
    billing (0.1.0)
      money (~> 6.0, >= 6.0.2)

PLUGIN SOURCE
  remote: https://plugins.example
  type: odd
  specs:
    shelf (0.3.0)

GEM
  remote: https://user:pass@gems.example/private/
  specs:
    inner (1.0.0)

GEM
  remote: https://rubygems.org/
  specs:
    colour (1.4.0)
    lint (3.0.0)
      colour
    money (6.0.2)
    noko (1.18.0)
      money (~> 6.0)
    noko (1.18.0-aarch64-linux)
    noko (1.18.0-x86_64-linux-gnu)
    spec (3.1.0.pre.2)

PLATFORMS
  aarch64-linux
  ruby

DEPENDENCIES
  billing!
  inner!
  lint
  noko (~> 1.18)
  shelf!
  spec (= 3.1.0.pre.2)
  tint!

CHECKSUMS
  colour (1.4.0) sha256=00

RUBY VERSION
   ruby 3.3.6p108

BUNDLED WITH
   2.6.2
`;
const GEMFILE = `# frozen_string_literal: true
source "https://rubygems.org"
git_source(:local) { |repo| "https://git.example/#{repo}.git" }
ruby file: ".ruby-version"

gem "noko", "~> 1.18" # a comment, "with" quotes
gem 'tint',
    git: 'https://git.example/forks/tint.git',
    branch: 'main'
path "engines" do
  gem "billing"
end
source "https://gems.example/private" do
  gem "inner"
end
gem "shelf", source: "https://plugins.example"

group :development, :test do
  gem "lint", require: false
end
gem "spec", "3.1.0.pre.2", group: [:test]
`;
const FILES = { 'app/Gemfile.lock': LOCK, 'app/Gemfile': GEMFILE };

describe('Gemfile.lock', () => {
  it('tells where gems are from, counts a gem of many platforms once, and follows groups of the Gemfile', () => {
    const result = read(format, FILES);
    expect(told(result)).toEqual([
      'tint 0123456 git production direct',
      'billing - path production direct',
      'shelf 0.3.0 unknown production direct',
      'inner 1.0.0 registry production direct',
      'colour 1.4.0 registry production indirect',
      'lint 3.0.0 registry development direct',
      'money 6.0.2 registry production indirect',
      'noko 1.18.0 registry production direct',
      'spec 3.1.0.pre.2 registry development direct',
    ]);
    expect(result.gaps).toEqual([]);
    expect(named(result, 'inner').registry).toBe('gems.example');
    expect(named(result, 'noko')).toMatchObject({ registry: 'rubygems.org', line: 33 });
    expect(named(result, 'money').requiredBy).toEqual([
      { name: 'billing', range: '~> 6.0, >= 6.0.2' },
      { name: 'noko', range: '~> 6.0' },
    ]);
    expect(named(result, 'noko').requiredBy).toEqual([{ name: '', range: '~> 1.18' }]);
  });

  it('knows no scope without a Gemfile of its name', () => {
    const scopes = (files: Readonly<Record<string, string>>): unknown => [
      ...new Set(read(format, files).packages.map(({ scope }) => scope)),
    ];
    expect(scopes({ 'Gemfile.lock': LOCK })).toEqual(['unknown']);
    expect(scopes({ 'Gemfile.next.lock': LOCK, Gemfile: GEMFILE })).toEqual(['unknown']);
    expect(scopes({ 'gems.locked': LOCK, 'gems.rb': GEMFILE })).toEqual(['production', 'development']);
    expect(scopes({ 'a/rails7.gemfile.lock': LOCK, 'a/rails7.gemfile': GEMFILE })).toEqual([
      'production',
      'development',
    ]);
  });

  it('reads the ends of lines of Windows alike', () => {
    const windows = Object.fromEntries(
      Object.entries(FILES).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]),
    );
    expect(read(format, windows)).toEqual(read(format, FILES));
    expect(disagreements(format, windows)).toEqual([]);
  });

  it('says what it does not understand', () => {
    expect(gaps(read(format, { 'Gemfile.lock': '' }))).toEqual([
      'unparsed 0: no section of a lockfile of Bundler is in it',
    ]);
    const odd = LOCK.replace('    money (6.0.2)', '    money (6.0.2\0)')
      .replace('GEM\n  remote: https://user', '<<<<<<< HEAD\nGEM\n  remote: https://user')
      .replace('    lint (3.0.0)', '    lint (3.0.0) (4)');
    expect(gaps(read(format, { 'Gemfile.lock': odd }))).toEqual(['unparsed 3: lines are not understood']);
    const cut = LOCK.slice(0, LOCK.indexOf('PLATFORMS'));
    const result = read(format, { 'Gemfile.lock': cut });
    expect(gaps(result)).toEqual(['incomplete 0: the section DEPENDENCIES is missing, so the file may be cut off']);
    expect(named(result, 'money').direct).toBeUndefined();
  });

  it('keeps names that objects are made with', () => {
    const lock =
      'GEM\n  remote: x\n  specs:\n    __proto__ (1.0)\n      constructor (> 0)\n    constructor (2.0)\n\nDEPENDENCIES\n  __proto__\n';
    const result = read(format, { 'Gemfile.lock': lock, Gemfile: 'gem "__proto__"\n' });
    expect(told(result)).toEqual([
      '__proto__ 1.0 registry production direct',
      'constructor 2.0 registry production indirect',
    ]);
  });

  it('loses no gem: those of any list are packages or counted', () => {
    const gem = fc.tuple(fc.stringMatching(/^[a-z_]{1,6}$/), fc.stringMatching(/^[0-9a-z. \0-]{0,6}$/));
    fc.assert(
      fc.property(fc.uniqueArray(gem, { selector: ([name]) => name }), (gems) => {
        const specs = gems.map(([name, version]) => `    ${name} (${version})\n`).join('');
        const result = read(format, { 'Gemfile.lock': `GEM\n  remote: x\n  specs:\n${specs}\nDEPENDENCIES\n` });
        expect(result.packages.length + result.gaps.reduce((sum, { count }) => sum + count, 0)).toBe(gems.length);
      }),
    );
  });

  it('reads any text, and long lines in one go', () => {
    holdsForAny(format, FILES);
    for (const text of hugeLines('a', '    a (', ' ', '(', ')', '!', '\r'))
      expect(read(format, { 'Gemfile.lock': `GEM\n  specs:\n    a (1)\n    ${text}` }).packages.length).toBeLessThan(3);
    for (const text of hugeLines('"', "gem 'a', ", 'do |', '#', '\\', ':group => ['))
      expect(agree(format, { 'Gemfile.lock': LOCK, Gemfile: `gem ${text}` }).compared).toBeLessThan(3);
  });
});

describe('Gemfile.lock and Gemfile', () => {
  it('agree where the same gems are asked for in the same words', () => {
    expect(disagreements(format, FILES)).toEqual([]);
    expect(agree(format, FILES).compared).toBe(7);
  });

  it('differ in gems that are missing, gone, or asked for in other words', () => {
    const changed = GEMFILE.replace('"~> 1.18"', '"~> 1.19", ">= 1.19.1"').replace('gem "lint"', 'gem "lynt"');
    expect(disagreements(format, { ...FILES, 'app/Gemfile': changed })).toEqual([
      'noko: asks for ~> 1.19, >= 1.19.1, and ~> 1.18 was asked for when it was locked (app/Gemfile:6)',
      'lynt: is asked for and not in DEPENDENCIES of the lockfile (app/Gemfile:19)',
      'lint: is in DEPENDENCIES and the Gemfile does not ask for it (app/Gemfile.lock:46)',
    ]);
  });

  it('differ where the locked version is not the one that both ask for', () => {
    const lock = LOCK.replaceAll('noko (1.18.0', 'noko (1.17.0');
    expect(disagreements(format, { ...FILES, 'app/Gemfile.lock': lock })).toEqual([
      'noko: asks for ~> 1.18, and 1.17.0 is locked (app/Gemfile:6)',
    ]);
  });

  it.each([
    ['a loop', '%w[lint shelf].each do |it|\n  gem it\nend\n'],
    ['another file', 'eval_gemfile "Gemfile.common"\n'],
    ['a name that is made', 'gem "a#{1}"\n'],
    ['a gemspec', 'gemspec\n'],
  ])('does not guess what is asked for by %s', (_, code) => {
    const answer = agree(format, { 'Gemfile.lock': LOCK, Gemfile: `gem "noko", "~> 1.18"\n${code}` });
    expect(answer.disagreements).toEqual([]);
    expect(answer.untold[0]).toMatch(/line 2 of Gemfile/);
  });

  it.each([
    'gem "other" if ENV["OTHER"]',
    'if windows?\n  gem "other"\nend',
    'install_if -> { true } do\n  gem "other"\nend',
  ])('does not miss what a condition asks for: %s', (code) => {
    const answer = agree(format, { ...FILES, 'app/Gemfile': `${GEMFILE}${code}\n` });
    expect(answer.disagreements).toEqual([]);
    expect(answer.untold).toContain('whether other is asked for: a condition decides');
  });

  it('takes a version that is not literal for untold, and leaves comments alone', () => {
    const files = {
      ...FILES,
      'app/Gemfile': GEMFILE.replace('"~> 1.18"', 'NOKO').replace('gem "lint"', '# gem "x"\n  gem "lint"'),
    };
    expect(disagreements(format, files)).toEqual([]);
    expect(
      disagreements(format, { ...FILES, 'app/Gemfile': `${GEMFILE}=begin\ngem "x"\n=end\n__END__\ngem "y"\n` }),
    ).toEqual([]);
  });

  it('says where there is nothing to compare with', () => {
    expect(agree(format, { 'Gemfile.lock': LOCK }).untold).toEqual([
      'what it is asked for: no Gemfile of its name is beside it',
    ]);
  });
});
