/** Registries' answers as they come: each kind's list, its days, what is taken back, and what is no answer at all. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openClient } from '../../src/online/http.ts';
import { registry as cargo } from '../../src/online/registries/cargo.ts';
import { depsDev } from '../../src/online/registries/deps-dev.ts';
import { registry as go } from '../../src/online/registries/go.ts';
import { registry as hex } from '../../src/online/registries/hex.ts';
import { registry as maven } from '../../src/online/registries/maven.ts';
import { registry as npm } from '../../src/online/registries/npm.ts';
import { registry as nuget } from '../../src/online/registries/nuget.ts';
import { registry as packagist } from '../../src/online/registries/packagist.ts';
import { registry as pypi } from '../../src/online/registries/pypi.ts';
import type { Registry } from '../../src/online/registries/registry.ts';
import { registry as rubygems } from '../../src/online/registries/rubygems.ts';
import { type KeptReleases, type RegistriesSetting, registrySource } from '../../src/online/registries.ts';
import type { Releases } from '../../src/releases/release.ts';
import type { Ecosystem } from '../../src/versions/order.ts';
import { loopback } from './loopback.ts';

const HEADERS = new Map<string, string>();
const ALL: readonly Registry[] = [cargo, go, hex, maven, npm, nuget, packagist, pypi, rubygems].concat(
  depsDev('npm') ?? [],
);

function read(registry: Registry, answer: unknown, name: string) {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  return registry.read({ text, headers: HEADERS }, name);
}

/** A source whose registries are all at one address. */
function source(base: string, more: Partial<RegistriesSetting> = {}) {
  const kept = new Map<string, Extract<Releases, { releases: unknown }>>();
  const memory: KeptReleases = {
    get: (ecosystem, name) => kept.get(`${ecosystem} ${name}`),
    put: (ecosystem, name, answer) => void kept.set(`${ecosystem} ${name}`, answer),
  };
  const every = ['npm', 'PyPI', 'crates.io', 'Go', 'Maven', 'RubyGems', 'Packagist', 'NuGet', 'Hex'] as const;
  return registrySource({
    client: openClient({
      agent: 'gonogo/0',
      attempts: 1,
      limits: { totalMs: 60_000, idleMs: 60_000, maxBytes: 100_000 },
    }),
    registries: Object.fromEntries(every.map((ecosystem) => [ecosystem, base])),
    kept: memory,
    today: '2026-11-16',
    ...more,
  });
}

describe('an answer of a registry', () => {
  it('of npm has days, deprecations and licences', () => {
    const answer = {
      name: '@acme/mailer',
      time: { created: '2020-01-01T00:00:00Z', '1.0.0': '2026-01-02T03:04:05.000Z' },
      versions: { '1.0.0': { license: 'MIT' }, '1.1.0': { deprecated: 'use 2' }, 'bad version': {} },
    };
    expect(npm.path('@acme/mailer')).toBe('/@acme%2Fmailer');
    expect(read(npm, answer, '@acme/mailer')?.releases).toEqual([
      { version: '1.0.0', published: '2026-01-02', licence: 'MIT' },
      { version: '1.1.0', deprecated: 'use 2' },
    ]);
    expect(read(npm, answer, 'other')).toBeUndefined();
  });

  it('of PyPI is as old as its first file, and yanked with all of them', () => {
    const answer = {
      info: { name: 'mailer' },
      releases: {
        '1.0': [{ upload_time_iso_8601: '2026-02-02T00:00:00Z' }, { upload_time_iso_8601: '2026-01-01T00:00:00Z' }],
        '1.1': [{ yanked: true }],
        '1.2': [],
      },
    };
    expect(read(pypi, answer, 'mailer')?.releases).toEqual([
      { version: '1.0', published: '2026-01-01' },
      { version: '1.1', yanked: true },
    ]);
  });

  it('of Cargo is a line for each version, in folders by the first letters', () => {
    const lines =
      '{"name":"Mailer","vers":"1.0.0","yanked":true}\n{"name":"Mailer","vers":"1.1.0","pubtime":"2026-01-02T00:00:00Z"}\n';
    expect(['a', 'ab', 'abc', 'Abcd'].map((name) => cargo.path(name))).toEqual([
      '/1/a',
      '/2/ab',
      '/3/a/abc',
      '/ab/cd/abcd',
    ]);
    expect(cargo.path('../x')).toBeUndefined();
    expect(read(cargo, lines, 'mailer')?.releases).toEqual([
      { version: '1.0.0', yanked: true },
      { version: '1.1.0', published: '2026-01-02' },
    ]);
    expect(read(cargo, lines, 'other')).toBeUndefined();
  });

  it('of Go is a list, its capitals escaped, its days apart', () => {
    expect(go.path('github.com/Acme/mailer/v2')).toBe('/github.com/!acme/mailer/v2/@v/list');
    expect(go.dayPath?.('github.com/Acme/mailer', 'v1.0.0')).toBe('/github.com/!acme/mailer/@v/v1.0.0.info');
    expect(read(go, 'v1.0.0\nv1.1.0\n', 'x')?.releases.map(({ version }) => version)).toEqual(['v1.0.0', 'v1.1.0']);
    expect(read(go, '<html>', 'x')).toBeUndefined();
    expect(go.readDay?.({ text: '{"Time":"2026-01-02T00:00:00Z"}', headers: HEADERS })).toBe('2026-01-02');
  });

  it('of Maven is a document without entities, its days those of the poms', () => {
    const text =
      '<metadata><version>9</version><versioning><versions><version>1.0</version><version>1.1</version></versions></versioning></metadata>';
    expect(maven.path('org.acme:mailer')).toBe('/org/acme/mailer/maven-metadata.xml');
    expect(maven.path('mailer')).toBeUndefined();
    expect(maven.dayPath?.('org.acme:mailer', '1.0')).toBe('/org/acme/mailer/1.0/mailer-1.0.pom');
    expect(read(maven, text, 'org.acme:mailer')?.releases).toEqual([{ version: '1.0' }, { version: '1.1' }]);
    expect(read(maven, '<html></html>', 'org.acme:mailer')).toBeUndefined();
    expect(read(maven, '<metadata><versions>', 'org.acme:mailer')).toBeUndefined();
  });

  it('of RubyGems has a version once, whatever the platforms', () => {
    const answer = [
      { number: '1.0', created_at: '2026-01-02T00:00:00Z' },
      { number: '1.0', created_at: '2026-01-01T00:00:00Z', platform: 'java' },
    ];
    expect(read(rubygems, answer, 'x')?.releases).toEqual([{ version: '1.0', published: '2026-01-01' }]);
    expect(read(rubygems, {}, 'x')).toBeUndefined();
  });

  it('of Packagist repeats only what differs', () => {
    const answer = {
      packages: { 'acme/mailer': [{ version: '1.1.0', time: '2026-02-01T00:00:00Z' }, { version: '1.0.0' }] },
    };
    expect(read(packagist, answer, 'Acme/Mailer')?.releases).toEqual([
      { version: '1.1.0', published: '2026-02-01' },
      { version: '1.0.0', published: '2026-02-01' },
    ]);
    expect(read(packagist, answer, '__proto__/x')).toBeUndefined();
  });

  it('of NuGet has pages, and unlists what is dated 1900', () => {
    const entry = (version: string, more = {}) => ({ catalogEntry: { version, ...more } });
    const answer = {
      items: [
        { '@id': 'https://x/page', count: 2 },
        {
          items: [
            entry('1.0.0', { published: '1900-01-01T00:00:00Z' }),
            entry('1.1.0', { published: '2026-01-02T00:00:00Z', deprecation: { reasons: ['Legacy'] } }),
          ],
        },
      ],
    };
    expect(read(nuget, answer, 'x')).toEqual({
      releases: [
        { version: '1.0.0', yanked: true },
        { version: '1.1.0', published: '2026-01-02', deprecated: 'Legacy' },
      ],
      more: ['https://x/page'],
    });
    expect(read(nuget, { items: [entry('2.0.0')] }, 'x')?.releases).toEqual([{ version: '2.0.0' }]);
  });

  it('of Hex names what is retired', () => {
    const answer = {
      name: 'mailer',
      releases: [{ version: '1.0.0', inserted_at: '2026-01-02T00:00:00Z' }, { version: '1.1.0' }],
      retirements: { '1.1.0': { reason: 'security' } },
    };
    expect(read(hex, answer, 'mailer')?.releases).toEqual([
      { version: '1.0.0', published: '2026-01-02' },
      { version: '1.1.0', yanked: true },
    ]);
  });

  it('of deps.dev has one form for its ecosystems', () => {
    const answer = {
      packageKey: { system: 'NPM', name: 'mailer' },
      versions: [{ versionKey: { version: '1.0.0' }, publishedAt: '2026-01-02T00:00:00Z', isDeprecated: true }],
    };
    const adapter = depsDev('npm');
    expect(adapter?.path('@acme/mailer')).toBe('/v3/systems/npm/packages/%40acme%2Fmailer');
    expect(adapter && read(adapter, answer, 'mailer')?.releases).toEqual([
      { version: '1.0.0', published: '2026-01-02', deprecated: 'deprecated' },
    ]);
    expect(depsDev('Hex')).toBeUndefined();
  });

  it('is read whatever it is', () => {
    const json = fc.jsonValue().map((value) => JSON.stringify(value));
    fc.assert(
      fc.property(fc.oneof(fc.string(), json), fc.string(), (text, name) => {
        for (const registry of ALL) {
          registry.read({ text, headers: HEADERS }, name);
          registry.readDay?.({ text, headers: HEADERS });
          const path = registry.path(name);
          expect(path === undefined || path.startsWith('/')).toBe(true);
        }
      }),
    );
  });
});

describe('the source', () => {
  it('asks each package once a day, and tells what it does not know apart from what fails', async () => {
    const server = await loopback(({ path }, response) => {
      if (path === '/gone') response.statusCode = 404;
      if (path === '/broken') response.statusCode = 500;
      response.end(path === '/odd' ? 'hello' : JSON.stringify({ name: 'fine', versions: { '1.0.0': {} } }));
    });
    const registries = source(server.url);
    const answers = await registries.lookup('npm', ['fine', 'gone', 'broken', 'odd']);
    expect(answers.get('fine')).toEqual({ releases: [{ version: '1.0.0' }], asOf: '2026-11-16' });
    expect(answers.get('gone')).toEqual({ trouble: 'the registry does not know it' });
    expect(answers.get('broken')).toMatchObject({ trouble: expect.stringContaining('500') });
    expect(answers.get('odd')).toMatchObject({ trouble: expect.stringContaining('no list of releases') });
    await registries.lookup('npm', ['fine']);
    expect(server.asked.filter(({ path }) => path === '/fine')).toHaveLength(1);
  });

  it('asks for the days of the newest versions only, and does without one that it cannot have', async () => {
    const versions = Array.from({ length: 30 }, (_, index) => `v1.${index}.0`);
    const server = await loopback(({ path }, response) => {
      if (path.endsWith('/v1.28.0.info')) response.statusCode = 500;
      response.end(path.endsWith('/list') ? versions.join('\n') : '{"Time":"2026-01-02T00:00:00Z"}');
    });
    const answer = (await source(server.url).lookup('Go', ['example.com/x'])).get('example.com/x');
    const releases = answer && 'releases' in answer ? answer.releases : [];
    expect(releases).toHaveLength(30);
    expect(releases.filter(({ published }) => published !== undefined)).toHaveLength(11);
    expect(releases[1]).toEqual({ version: 'v1.28.0' });
  });

  it('follows pages below its own address only', async () => {
    const server = await loopback(({ path }, response) => {
      const base = `http://${String(response.req.headers.host)}`;
      const index = { items: [{ '@id': `${base}/x/page/1.json` }, { '@id': 'http://192.0.2.1/x' }] };
      response.end(
        JSON.stringify(path === '/x/index.json' ? index : { items: [{ catalogEntry: { version: '1.0.0' } }] }),
      );
    });
    const answer = (await source(server.url).lookup('NuGet', ['X'])).get('X');
    expect(answer).toMatchObject({ releases: [{ version: '1.0.0' }] });
    expect(server.asked.map(({ path }) => path)).toEqual(['/x/index.json', '/x/page/1.json']);
  });

  it('names its host as lockfiles are read, without a port', () => {
    const registries = { npm: 'https://packages.example:4873/npm' };
    expect(source('', { registries }).hostsOf('npm')).toEqual(['packages.example']);
    expect(source('', { registries }).hostsOf('PyPI')).toEqual([]);
  });

  it('asks nobody about an ecosystem that no registry is named of', async () => {
    const answers = await source('http://127.0.0.1:1', { registries: {} }).lookup('RubyGems' as Ecosystem, ['x']);
    expect(answers.size).toBe(0);
  });
});
