/** Which lockfiles are a service's, which manifests they lock, and what is set aside. */
import { describe, expect, it } from 'vitest';
import { FORMATS, isWrittenByTools } from '../../src/evidence/lockfiles/formats.ts';
import { collector, type Facts } from '../../src/evidence/lockfiles.ts';
import { gatheredOnce } from '../../src/evidence/once.ts';
import type { Gathered } from '../../src/model.ts';
import { collected } from './collected.ts';
import { HEAD, sourcesOf } from './sources-of.ts';

type Files = Readonly<Record<string, string>>;

const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** A manifest that asks for packages, each in its version 1. */
function asks(...names: readonly string[]): string {
  return json({ dependencies: Object.fromEntries(names.map((name) => [name, '^1'])) });
}

/** A lockfile for folders and what each asks for. */
function locks(members: Readonly<Record<string, readonly string[]>>): string {
  const names = [...new Set(Object.values(members).flat())];
  const packages = Object.entries(members).map(([folder, its]) => [folder, JSON.parse(asks(...its))]);
  const installed = names.map((name) => [`node_modules/${name}`, { version: '1.0.0' }]);
  return json({ lockfileVersion: 3, packages: Object.fromEntries([...packages, ...installed]) });
}

async function gathered(files: Files, dir = ''): Promise<Gathered<Facts>> {
  return collector.collect(sourcesOf(files, { dir }));
}

/** "package-lock.json: a b (1 elsewhere) locks package.json". */
function shown({ facts }: Gathered<Facts>): readonly string[] {
  return [
    ...facts.lockfiles.map(({ path, packages, elsewhere, manifests }) => {
      const others = elsewhere > 0 ? ` (${elsewhere} elsewhere)` : '';
      return `${path}: ${packages.map(({ name }) => name).join(' ')}${others} locks ${manifests.join(' ')}`;
    }),
    ...facts.manifests.flatMap(({ at, gap }) => (gap ? [`${at.path}: ${gap.count} open, ${gap.say}`] : [])),
    ...facts.setAside.map(({ because, count, first }) => `${count} ${because}, first ${first.path}`),
  ];
}

describe('lockfiles of a service', () => {
  it('lock the manifest beside them; what has none is open', async () => {
    const files = {
      'package.json': asks('a'),
      'package-lock.json': locks({ '': ['a'] }),
      'web/package.json': asks('b', 'c'),
    };
    expect(shown(await gathered(files))).toEqual([
      'package-lock.json: a locks package.json',
      'web/package.json: 2 open, there is no package-lock.json, yarn.lock, pnpm-lock.yaml or bun.lock',
    ]);
  });

  it('may lie above it, at the root of its workspace; then only its own packages count', async () => {
    const files = {
      'package.json': asks('tool'),
      'package-lock.json': locks({ '': ['tool'], 'services/api': ['a'], 'services/web': ['b'] }),
      'services/api/gonogo.yaml': HEAD,
      'services/api/package.json': asks('a'),
      'services/web/package.json': asks('b'),
    };
    expect(shown(await gathered(files, 'services/api'))).toEqual([
      'package-lock.json: a (2 elsewhere) locks services/api/package.json',
    ]);
  });

  it('do not lie above it where they know nothing of it', async () => {
    const files = {
      'package.json': asks('tool'),
      'package-lock.json': locks({ '': ['tool'] }),
      'services/api/gonogo.yaml': HEAD,
      'services/api/package.json': asks('a'),
    };
    expect(shown(await gathered(files, 'services/api'))).toEqual([
      'services/api/package.json: 1 open, there is no package-lock.json, yarn.lock, pnpm-lock.yaml or bun.lock',
    ]);
  });

  it('are those of the package around it, where it has code and no manifest', async () => {
    const root = { 'package.json': asks('a'), 'package-lock.json': locks({ '': ['a'] }) };
    const service = { 'services/api/gonogo.yaml': HEAD, 'services/api/main.ts': 'run();\n' };
    expect(shown(await gathered({ ...root, ...service }, 'services/api'))).toEqual([
      'package-lock.json: a locks package.json',
    ]);
    const other = { 'services/api/gonogo.yaml': HEAD, 'services/api/main.py': 'run()\n' };
    expect(shown(await gathered({ ...root, ...other }, 'services/api'))).toEqual([]);
  });

  it('are set aside in tests, examples, documentation and vendored trees, and where the manifest says so', async () => {
    const paths = ['test/a', 'examples/a', 'docs', 'node_modules/a', 'tools/a'];
    const files = Object.fromEntries(paths.map((path) => [`${path}/package-lock.json`, locks({ '': ['a'] })]));
    const { facts } = await collected(collector, files, { manifest: 'packages: { ignore: ["tools/**"] }\n' });
    expect([facts.lockfiles, facts.setAside.map(({ because, count }) => `${count} ${because}`)]).toEqual([
      [],
      ['1 in documentation', '1 in examples', '1 vendored', '1 in tests', '1 ignored by the manifest'],
    ]);
  });

  it('count although they are marked as generated', async () => {
    const files = {
      '.gitattributes': 'package-lock.json linguist-generated=true\n',
      'package.json': asks('a'),
      'package-lock.json': locks({ '': ['a'] }),
    };
    expect(shown(await gathered(files))).toEqual(['package-lock.json: a locks package.json']);
  });

  it('give way to a shrinkwrap beside them', async () => {
    const files = { 'package.json': asks('a'), 'package-lock.json': '{', 'npm-shrinkwrap.json': locks({ '': ['a'] }) };
    expect(shown(await gathered(files))).toEqual([
      'npm-shrinkwrap.json: a locks package.json',
      '1 npm-shrinkwrap.json beside it is used instead, first package-lock.json',
    ]);
  });

  it('are there and unread where they are binary, and say so', async () => {
    const { facts, unread } = await gathered({ 'package.json': asks('a'), 'bun.lockb': '\0\0bun' });
    expect(facts.lockfiles).toMatchObject([
      { path: 'bun.lockb', packages: [], gaps: [{ kind: 'unparsed', count: 0 }], manifests: ['package.json'] },
    ]);
    expect(unread.map(({ reason }) => reason)).toEqual(['binary']);
  });

  it('need no manifest', async () => {
    expect(shown(await gathered({ 'package-lock.json': locks({ '': ['a'] }) }))).toEqual([
      'package-lock.json: a locks ',
    ]);
  });

  it('are read above the usual size of a file', async () => {
    const long = {
      lockfileVersion: 3,
      packages: { '': {}, 'node_modules/a': { version: '1.0.0', x: 'x'.repeat(3e6) } },
    };
    expect(shown(await gathered({ 'package-lock.json': json(long) }))).toEqual(['package-lock.json: a locks ']);
  });

  it('are read once for all who ask', async () => {
    const sources = sourcesOf({ 'package-lock.json': locks({ '': ['a'] }) });
    const [first, second] = await Promise.all([gatheredOnce(collector, sources), gatheredOnce(collector, sources)]);
    expect(second).toBe(first);
  });
});

describe('formats', () => {
  it('are listed by the names that they themselves say', async () => {
    for (const { files, load } of FORMATS) expect((await load()).files.source).toBe(files.source);
  });

  it.each([
    ['dependencies:\n- name: db\n  repository: https://charts.example\n  version: 1.2.3\ndigest: sha256:ab\n', 'helm'],
    ['# generated by rye\n\n-e file:.\na==1.0.0\n    # via ledger\n', 'requirements'],
    ['a==1.0.0\n', 'requirements'],
  ])('of one name are told by what is in the file', async (text, name) => {
    const { facts } = await gathered({ 'requirements.lock': text });
    expect(facts.lockfiles.map(({ format, packages }) => [format, packages.length])).toEqual([[name, 1]]);
  });

  it('know a list of requirements by the folder that it is in, and constraints are none', async () => {
    const files = {
      'requirements/base.txt': 'a==1\n',
      'requirements/constraints.txt': 'b==1\n',
      'other/base.txt': 'c==1\n',
    };
    const { facts } = await gathered(files);
    expect(facts.lockfiles.map(({ path }) => path)).toEqual(['requirements/base.txt']);
    expect(facts.manifests.map(({ at }) => at.path)).toEqual(['requirements/base.txt']);
  });

  it.each([
    ['package-lock.json', true],
    ['web/pnpm-lock.yaml', true],
    ['go.sum', true],
    ['go.work.sum', true],
    ['app/pubspec.lock', true],
    ['requirements.lock', true],
    ['go.mod', false],
    ['pom.xml', false],
    ['requirements.txt', false],
    ['package.json', false],
  ])('tell whether only tools write %s: %s', (path, is) => {
    expect(isWrittenByTools(path)).toBe(is);
  });
});

describe('manifests of other languages', () => {
  it.each<[string, string, string | undefined]>([
    ['build.gradle.kts', 'dependencies {\n  implementation("a:b:1")\n}\n', 'there is no gradle.lockfile'],
    ['build.gradle', "plugins { id 'java' }\n", undefined],
    [
      'src/A.csproj',
      '<Project><ItemGroup><PackageReference Include="A" /></ItemGroup></Project>',
      'there is no packages.lock.json',
    ],
    ['src/A.csproj', '<Project><PropertyGroup /></Project>', undefined],
    [
      'setup.py',
      'setup(install_requires=["a"])\n',
      'there is no uv.lock, poetry.lock, pylock.toml or a compiled requirements.txt',
    ],
    [
      'pyproject.toml',
      '[project]\ndependencies = [\n  "a",\n]\n',
      'there is no uv.lock, poetry.lock, pylock.toml or a compiled requirements.txt',
    ],
    [
      'pyproject.toml',
      '[tool.poetry.dependencies]\npython = "^3.12"\na = "1"\n',
      'there is no uv.lock, poetry.lock, pylock.toml or a compiled requirements.txt',
    ],
    ['pyproject.toml', '[tool.ruff]\nline-length = 100\n', undefined],
    ['pyproject.toml', '[project]\ndependencies = []\n', undefined],
    ['Cargo.toml', '[package]\nname = "a"\n\n[dependencies]\nb = "1"\n', 'there is no Cargo.lock'],
    ['Gemfile', "source 'https://gems.example'\ngem 'a'\n", 'there is no Gemfile.lock'],
    ['gems.rb', "source 'https://gems.example'\ngem 'a'\n", 'there is no Gemfile.lock'],
    ['composer.json', '{"require":{"php":"^8","a/b":"1"}}', 'there is no composer.lock'],
    ['composer.json', '{"require":{"php":"^8","ext-json":"*"}}', undefined],
    ['mix.exs', 'defp deps do\n  [{:a, "~> 1.0"}]\nend\n', 'there is no mix.lock'],
    ['package.json', '{"scripts":{}}', undefined],
  ])('%s %s', async (path, text, say) => {
    const { facts } = await gathered({ [path]: text });
    expect(facts.manifests.map(({ gap }) => gap?.say)).toEqual(say === undefined ? [] : [say]);
  });

  it('of Maven have none', async () => {
    const { facts } = await gathered({
      'pom.xml': '<project><dependencies><dependency></dependency></dependencies></project>',
    });
    expect(facts.manifests.map(({ tool, lock }) => [tool, lock])).toEqual([['Maven', undefined]]);
  });

  it('of Go need the sums beside them', async () => {
    const { facts } = await gathered({ 'go.mod': 'module a\n\ngo 1.24\n\nrequire b.example/b v1.0.0\n' });
    expect(facts.manifests).toMatchObject([{ tool: 'Go', lockedBy: [], gap: { say: 'there is no go.sum' } }]);
  });
});
