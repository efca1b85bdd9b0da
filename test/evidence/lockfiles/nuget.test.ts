/** packages.lock.json of NuGet: frameworks, kinds, projects, and whether the project file still asks for it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interval } from '../../../src/evidence/lockfiles/dotnet/interval.ts';
import { format } from '../../../src/evidence/lockfiles/formats/nuget.ts';
import { agree, disagreements, gaps, holdsForAny, hugeLines, named, read, told } from './reading.ts';

const LOCK = `\uFEFF${JSON.stringify(
  {
    version: 2,
    dependencies: {
      'net8.0': {
        'Acme.Http': {
          type: 'Direct',
          requested: '[2.1.0, )',
          resolved: '2.1.0',
          dependencies: { 'Acme.Log': '1.0.0' },
        },
        'Acme.Analyzers': {
          type: 'Direct',
          requested: '[1.0.0, )',
          resolved: '1.0.0',
          dependencies: { 'Acme.Rules': '1.0.0' },
        },
        'acme.log': { type: 'Transitive', resolved: '1.2.0' },
        'Acme.Rules': { type: 'Transitive', resolved: '1.0.0' },
        'Acme.Pinned': { type: 'CentralTransitive', requested: '[3.0.0, )', resolved: '3.0.0' },
        domain: { type: 'Project', dependencies: { 'Acme.Log': '[1.1.0, )', 'Acme.Pinned': '[2.0.0, )' } },
      },
      'net9.0/linux-x64': {
        'Acme.Http': {
          type: 'Direct',
          requested: '[2.1.0, )',
          resolved: '2.1.0',
          dependencies: { 'Acme.Log': '2.0.0' },
        },
        'Acme.Log': { type: 'Transitive', resolved: '2.0.0' },
      },
    },
  },
  undefined,
  2,
)}`;
const PROJECT = `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><HttpVersion>2.1</HttpVersion></PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Acme.Http" Version="$(HttpVersion)" />
    <PackageReference Include="acme.analyzers"><Version>1.0.0</Version><PrivateAssets>All</PrivateAssets></PackageReference>
    <ProjectReference Include="../Domain/Domain.csproj" />
  </ItemGroup>
</Project>`;
const FILES = { 'src/Api/packages.lock.json': LOCK, 'src/Api/Api.csproj': PROJECT };

describe('packages.lock.json', () => {
  it('tells each version of any framework once, with all that leads to it', () => {
    const result = read(format, FILES);
    expect(told(result)).toEqual([
      'acme.http 2.1.0 registry production direct',
      'acme.analyzers 1.0.0 registry development direct',
      'acme.log 1.2.0 registry production indirect',
      'acme.rules 1.0.0 registry development indirect',
      'acme.pinned 3.0.0 registry production indirect',
      'domain - path production ?',
      'acme.log 2.0.0 registry production indirect',
    ]);
    expect(named(result, 'acme.log').requiredBy).toEqual([
      { name: 'acme.http', range: '1.0.0' },
      { name: 'domain', range: '[1.1.0, )' },
    ]);
    expect(named(result, 'acme.pinned').requiredBy).toEqual([
      { name: '', range: '[3.0.0, )' },
      { name: 'domain', range: '[2.0.0, )' },
    ]);
    expect(result.packages.map(({ line }) => line)).toEqual([5, 13, 21, 25, 29, 34, 51]);
    expect(result.gaps).toEqual([]);
  });

  it('knows no scope without a project, and that of a project of tests with any', () => {
    const scopes = (files: Readonly<Record<string, string>>): unknown => [
      ...new Set(read(format, files).packages.map(({ scope }) => scope)),
    ];
    expect(scopes({ 'packages.lock.json': LOCK })).toEqual(['unknown']);
    expect(scopes({ ...FILES, 'src/Api/Other.csproj': PROJECT })).toEqual(['unknown']);
    const tests = LOCK.replace('"Acme.Analyzers"', '"xunit"').replace('net9.0/linux-x64', 'net9.0');
    expect(scopes({ 'packages.lock.json': tests })).toEqual(['development']);
    expect(
      scopes({
        ...FILES,
        'src/Api/Api.csproj': PROJECT.replace('<HttpVersion>', '<IsTestProject>true</IsTestProject><HttpVersion>'),
      }),
    ).toEqual(['development']);
    expect(
      scopes({ 'src/Api/packages.Api.lock.json': LOCK, 'src/Api/Api.csproj': PROJECT, 'src/Api/B.csproj': PROJECT }),
    ).toEqual(['production', 'development']);
  });

  it('says what it does not understand', () => {
    const section = {
      a: { type: 'Direct', requested: '[1, )' },
      b: { type: 'Odd', resolved: '1.0.0' },
      c: { type: 'Transitive', resolved: '1.0.0\u0007' },
      d: 3,
      __proto__x: { type: 'Transitive', resolved: '1.0.0' },
    };
    const text = JSON.stringify({ version: 1, dependencies: { net8: section } }).replace('__proto__x', '__proto__');
    const result = read(format, { 'packages.lock.json': text });
    expect(told(result)).toEqual(['__proto__ 1.0.0 registry unknown indirect']);
    expect(gaps(result)).toEqual([
      'unparsed 3: packages are not understood',
      'no-version 1: packages have no resolved version',
    ]);
    for (const broken of ['', '{', '[]', '{"dependencies":{}}', LOCK.slice(0, -9)])
      expect(gaps(read(format, { 'packages.lock.json': broken }))).toEqual([
        'unparsed 0: it is not the JSON that NuGet writes',
      ]);
  });

  it('loses no package, and reads any text', () => {
    const entry = fc.record(
      {
        type: fc.constantFrom('Direct', 'Transitive', 'Project', 'x', 1),
        resolved: fc.oneof(fc.string(), fc.constant('1.0')),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().map((it) => it.toLowerCase()),
          entry,
        ),
        (section) => {
          const result = read(format, {
            'packages.lock.json': JSON.stringify({ version: 1, dependencies: { net8: section } }),
          });
          const counted = result.gaps.reduce((sum, { count }) => sum + count, 0);
          expect(result.packages.length + counted).toBe(Object.keys(section).length);
        },
      ),
    );
    holdsForAny(format, {
      ...FILES,
      'Directory.Packages.props': '<Project><ItemGroup><PackageVersion Include="x" Version="1"/></ItemGroup></Project>',
    });
    for (const text of hugeLines('{"a":', '"', '$(', '<a>', '<a b="$(c)"/>'))
      expect(read(format, { 'packages.lock.json': text, 'A.csproj': `<Project>${text}` }).packages).toEqual([]);
  });
});

describe('packages.lock.json and the project', () => {
  it('agree where the same is asked for, however it is written', () => {
    expect(agree(format, FILES)).toEqual({ disagreements: [], compared: 2, untold: [] });
  });

  it('differ in versions and in packages', () => {
    const project = PROJECT.replace('<HttpVersion>2.1<', '<HttpVersion>[2.2.0]<').replace(
      'acme.analyzers',
      'Acme.Other',
    );
    expect(disagreements(format, { ...FILES, 'src/Api/Api.csproj': project })).toEqual([
      'acme.http: asks for [2.2.0, 2.2.0], and [2.1.0, ) was asked for when it was locked (src/Api/Api.csproj:4)',
      'acme.other: is asked for by the project and not locked as that (src/Api/Api.csproj:5)',
    ]);
  });

  it('take versions kept in one place from the nearest one above', () => {
    const project = PROJECT.replace(' Version="$(HttpVersion)"', '');
    const props = (version: string): string =>
      `<Project><ItemGroup><PackageVersion Include="Acme.Http" Version="${version}" /></ItemGroup></Project>`;
    const files = { ...FILES, 'src/Api/Api.csproj': project, 'Directory.Packages.props': props('9.0.0') };
    expect(disagreements(format, files)).toHaveLength(1);
    expect(disagreements(format, { ...files, 'src/Directory.Packages.props': props('2.1.0') })).toEqual([]);
    expect(disagreements(format, { ...files, 'other/Directory.Packages.props': props('2.1.0') })).toHaveLength(1);
  });

  it('do not guess what conditions, imports and unknown properties come to', () => {
    const project = `<Project>
      <Import Project="more.props" />
      <Choose><When Condition="'$(X)' == ''"><ItemGroup><PackageReference Include="Maybe" Version="1.0.0" /></ItemGroup></When></Choose>
      <ItemGroup><PackageReference Include="Acme.Http" Version="$(FromElsewhere)" /></ItemGroup>
    </Project>`;
    expect(agree(format, { ...FILES, 'src/Api/Api.csproj': project })).toEqual({
      disagreements: [],
      compared: 1,
      untold: [
        'what src/Api/Api.csproj imports',
        'which version of acme.http is asked for: it is not literal',
        'whether maybe is asked for: a condition decides',
        'what asks for acme.analyzers, which is locked as if the project named it',
      ],
    });
  });

  it('follow no entity', () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "1.0"><!ENTITY b "&a;&a;">]>${PROJECT.replace('$(HttpVersion)', '&b;')}`;
    expect(agree(format, { ...FILES, 'src/Api/Api.csproj': bomb }).untold[0]).toMatch(/no XML/);
  });

  it.each([
    ['1.2.3', '[1.2.3, )'],
    ['1', '[1.0.0, )'],
    ['1.2.3.0', '[1.2.3, )'],
    ['1.2.3.4-Beta+meta', '[1.2.3.4-beta, )'],
    ['[01.2]', '[1.2.0, 1.2.0]'],
    ['(1.0,2.0]', '(1.0.0, 2.0.0]'],
    ['(,2.0)', '(, 2.0.0)'],
    ['6.*', '[6.*, )'],
    ['$(x)', undefined],
    ['[1,2,3]', undefined],
    ['', undefined],
  ])('spell %s as %s', (words, spelled) => {
    expect(interval(words)).toBe(spelled);
  });
});
