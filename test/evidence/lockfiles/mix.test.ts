/** mix.lock of Elixir: packages of Hex and of git, what leads to them, and whether mix.exs still asks for them. */
import { describe, expect, it } from 'vitest';
import { format } from '../../../src/evidence/lockfiles/formats/mix.ts';
import { agree, disagreements, gaps, holdsForAny, hugeLines, named, read, told } from './reading.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const LOCK = `%{
  "http": {:hex, :http, "2.1.0", "ab", [:mix], [{:log, "~> 1.2 or ~> 2.0", [hex: :log_hex, repo: "hexpm", optional: false]}], "hexpm", "cd"},
  "log": {:hex, :log_hex, "1.4.0", "ab", [:mix], [], "hexpm", "cd"},
  "inner": {:hex, :inner, "0.3.0", "ab", [:mix], [], "hexpm:acme", "cd"},
  "fork": {:git, "https://git.example/fork.git", "${COMMIT}", [branch: "main"]},
  "lint": {:hex, :lint, "1.7.0-rc.1", "ab", [:mix], [{:http, ">= 0.0.0", [hex: :http, repo: "hexpm", optional: true]}, {:rules, "~> 1.0", [hex: :rules, repo: "hexpm", optional: false]}], "hexpm", "cd"},
  "rules": {:hex, :rules, "1.0.1", "ab", [:mix], [], "hexpm", "cd"},
  "unused": {:hex, :unused, "9.0.0", "ab"},
}
`;
const MIX = `defmodule Shop.MixProject do
  use Mix.Project

  def project, do: [app: :shop, deps: deps()]

  # Run "mix help deps" to learn about dependencies.
  defp deps do
    [
      {:http, "~> 2.0"}, # {:not, "~> 1.0"}
      {:log, ">= 0.0.0", hex: :log_hex},
      {:inner, "~> 0.3", organization: "acme"},
      {:fork, git: "https://git.example/fork.git",
        branch: "main"},
      {:lint, "~> 1.7-rc", only: [:dev, :test], runtime: false},
      {:own, path: "../own"},
      {:sibling, in_umbrella: true}
    ]
  end
end
`;
const FILES = { 'mix.lock': LOCK, 'mix.exs': MIX };

describe('mix.lock', () => {
  it('tells packages of Hex and of git by the names that Hex has for them', () => {
    const result = read(format, FILES);
    expect(told(result)).toEqual([
      'http 2.1.0 registry production direct',
      'log_hex 1.4.0 registry production direct',
      'inner 0.3.0 registry production direct',
      'fork 0123456 git production direct',
      'lint 1.7.0-rc.1 registry development direct',
      'rules 1.0.1 registry development indirect',
      'unused 9.0.0 registry unknown indirect',
    ]);
    expect(named(result, 'log_hex')).toMatchObject({
      alias: 'log',
      registry: 'hex.pm',
      line: 3,
      requiredBy: [
        { name: 'http', range: '~> 1.2 or ~> 2.0' },
        { name: '', range: '>= 0.0.0' },
      ],
    });
    expect(named(result, 'inner').registry).toBe('hexpm:acme');
    expect(result.gaps).toEqual([]);
    expect(
      new Set(read(format, { 'mix.lock': LOCK }).packages.map(({ scope, direct }) => `${scope} ${direct}`)),
    ).toEqual(new Set(['unknown undefined']));
  });

  it('is shared by the apps of an umbrella', () => {
    const root = 'defmodule Root do\n  def project, do: [apps_path: "apps"]\n  defp deps do\n    []\n  end\nend\n';
    const manifests = [
      { path: 'up/mix.exs', text: root },
      { path: 'up/apps/web/mix.exs', text: MIX },
      { path: 'up/deps/x/mix.exs', text: MIX },
    ];
    expect(format.members?.({ path: 'up/mix.lock', text: LOCK }, manifests)).toEqual(['up/apps/web']);
    expect(format.members?.({ path: 'mix.lock', text: LOCK }, [{ path: 'mix.exs', text: MIX }])).toEqual([]);
  });

  it('reads a first entry on the line that opens, and the ends of lines of Windows', () => {
    const old =
      '%{"a": {:hex, :a, "1.0.0", "x", [:mix], []},\r\n  "__proto__": {:hex, :__proto__, "1.0.0", "x", [:mix], [], "hexpm"}}\r\n';
    expect(told(read(format, { 'mix.lock': old }))).toEqual([
      'a 1.0.0 registry unknown ?',
      '__proto__ 1.0.0 registry unknown ?',
    ]);
  });

  it('says what it does not understand', () => {
    const odd = LOCK.replace('{:hex, :rules', '{:svn, :rules')
      .replace(COMMIT, 'main')
      .replace('"2.1.0"', '"2.1.0\x07"');
    const result = read(format, { 'mix.lock': odd });
    expect(gaps(result)).toEqual(['unparsed 3: lines are not understood']);
    expect(result.packages).toHaveLength(4);
    expect(gaps(read(format, { 'mix.lock': LOCK.slice(0, 700) }))).toEqual(['unparsed 1: lines are not understood']);
    expect(gaps(read(format, { 'mix.lock': 'x' }))).toEqual(['unparsed 0: it is not the map that Mix writes']);
    expect(gaps(read(format, { 'mix.lock': '%{\n}\n' }))).toEqual([]);
  });

  it('reads any text, and long lines in one go', () => {
    holdsForAny(format, FILES);
    for (const text of hugeLines('{:a, "', '"', '],', '\\', '"a": {:hex, :a, "1",', '{', '}'))
      expect(
        agree(format, { 'mix.lock': `%{\n"a": ${text}`, 'mix.exs': `  defp deps do\n${text}\n  end` }).disagreements
          .length,
      ).toBeLessThan(2);
  });
});

describe('mix.lock and mix.exs', () => {
  it('agree where all that is asked for is locked', () => {
    expect(agree(format, FILES)).toEqual({ disagreements: [], compared: 5, untold: [] });
  });

  it('differ where the locked version is not one that is asked for', () => {
    expect(
      disagreements(format, { ...FILES, 'mix.exs': MIX.replace('{:http, "~> 2.0"}', '{:http, "~> 2.2"}') }),
    ).toEqual(['http: asks for ~> 2.2, and 2.1.0 is locked (mix.exs:9)']);
  });

  it('differ where something is not locked', () => {
    expect(disagreements(format, { ...FILES, 'mix.exs': MIX.replace('{:inner,', '{:outer,') })).toEqual([
      'outer: is asked for and not locked (mix.exs:11)',
    ]);
  });

  it('do not take a requirement that is not literal for none', () => {
    const files = { ...FILES, 'mix.exs': MIX.replace('{:http, "~> 2.0"}', '{:http, @http}') };
    expect(agree(format, files).untold).toEqual(['whether the locked version meets what is asked of http']);
    expect(named(read(format, files), 'http').requiredBy).toContainEqual({ name: '', range: '?' });
  });

  it.each([
    ['more lists', MIX.replace('    ]\n', '    ] ++ more()\n')],
    ['calls', MIX.replace('{:http, "~> 2.0"}', '{:http, "~> 2.0"}, local(:x)')],
    ['names that are made', MIX.replace('{:http, "~> 2.0"}', '{name(), "~> 2.0"}')],
    ['no list of its own', 'defmodule A do\n  def project, do: [deps: []]\nend\n'],
  ])('do not guess what is asked for by %s', (_, text) => {
    const answer = agree(format, { ...FILES, 'mix.exs': text });
    expect(answer.disagreements).toEqual([]);
    expect(answer.untold[0]).toMatch(/mix\.exs asks for/);
  });
});
