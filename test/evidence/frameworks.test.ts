/** Frameworks: what lockfiles fix, what manifests and builds name where they do not tell, and that no text makes a reader throw. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameworksBuilt } from '../../src/evidence/frameworks/gradle.ts';
import { frameworksNamed, pinned } from '../../src/evidence/frameworks/named.ts';
import { collector } from '../../src/evidence/frameworks.ts';
import { collected, spot } from './collected.ts';

async function frameworksIn(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { facts } = await collected(collector, files);
  return facts.frameworks.map(
    ({ product, name, version, open, scope, at }) => `${spot(at)} ${product} ${name} ${version ?? open} ${scope}`,
  );
}

describe('what a range pins', () => {
  it.each([
    ['4.2.16', '4.2.16'],
    ['==4.2.16', '4.2.16'],
    ['= 7.0.8', '7.0.8'],
    ['v12.4.0', '12.4.0'],
    ['2.7.0.RELEASE', '2.7.0.RELEASE'],
    ['^4.2', undefined],
    ['~> 7.0', undefined],
    ['4.2.*', undefined],
    ['12.x', undefined],
    ['5', undefined],
    ['>=4, <5', undefined],
    ['==4.2.16, !=4.3', undefined],
    ['', undefined],
    ['dev-main', undefined],
  ])('of %s is %s', (range, version) => {
    expect(pinned(range)).toBe(version);
  });
});

describe('a manifest', () => {
  it.each([
    [
      'package.json',
      '{"dependencies":{"next":"15.1.0"},"devDependencies":{"vue":"^2"}}',
      'nextjs 15.1.0, vue ^2 development',
    ],
    ['package.json', '{"dependencies":{"__proto__":"1.0.0","constructor":"1.0.0"}}', ''],
    ['pyproject.toml', '[project]\ndependencies = ["Django>=4.2", "django-ninja==1.0"]\n', 'django >=4.2'],
    ['pyproject.toml', '[tool.poetry.dependencies]\ndjango = "4.2.1"\n', 'django 4.2.1'],
    ['Pipfile', '[packages]\ndjango = "==3.2.1"\n[dev-packages]\ndjango-debug-toolbar = "*"\n', 'django ==3.2.1'],
    ['setup.py', "setup(\n  install_requires=[\n    'django>=3.2,<4',\n  ],\n)\n", 'django >=3.2,<4'],
    ['setup.cfg', '[options]\ninstall_requires =\n  django==4.2.1\n', 'django ==4.2.1'],
    ['app-requirements.in', 'django\n', 'django '],
    ['Gemfile', 'gem "rails", "7.0.8"\ngroup :test do\n  gem "railties"\nend\n', 'rails = 7.0.8, rails  development'],
    ['composer.json', '{"require":{"Laravel/Framework":"^12.0"}}', 'laravel ^12.0'],
    [
      'pom.xml',
      '<project><dependencies><dependency><groupId>io.quarkus</groupId><artifactId>quarkus-arc</artifactId><version>$\u007bv}</version></dependency></dependencies></project>',
      'quarkus ',
    ],
    ['mix.exs', '{:phoenix, "~> 1.7"}', ''],
  ])('%s names %#', (path, text, expected) => {
    const named = frameworksNamed({ path, text });
    const said = named.map(
      ({ product, range, scope }) => `${product} ${range}${scope === 'development' ? ' development' : ''}`,
    );
    expect(said.join(', ')).toBe(expected);
  });
});

describe('a build of Gradle', () => {
  function built(text: string, around: Readonly<Record<string, string>> = {}, path = 'build.gradle'): string {
    const others = Object.entries(around).map(([at, its]) => ({ path: at, text: its }));
    return frameworksBuilt({ path, text }, others)
      .map(({ product, version, at }) => `${spot(at)} ${product} ${version}`)
      .join(', ');
  }

  it.each([
    ["id 'org.springframework.boot' version '3.4.2'", 'build.gradle:1 spring-boot 3.4.2'],
    ['id("org.springframework.boot") version "3.4.2" apply true', 'build.gradle:1 spring-boot 3.4.2'],
    ["classpath 'org.springframework.boot:spring-boot-gradle-plugin:2.7.1'", 'build.gradle:1 spring-boot 2.7.1'],
    [
      "implementation group: 'org.springframework.boot', name: 'spring-boot', version: '2.7.1'",
      'build.gradle:1 spring-boot 2.7.1',
    ],
    ["boot = '3.1.0'\nid 'org.springframework.boot' version \"$\u007bboot}\"", 'build.gradle:2 spring-boot 3.1.0'],
    ["def boot = '3.1.0'\nid 'org.springframework.boot' version \"$boot\"", 'build.gradle:2 spring-boot 3.1.0'],
    [
      'ext.boot = \'3.1.0\'\nimplementation "org.springframework.boot:spring-boot-starter:$boot"',
      'build.gradle:2 spring-boot 3.1.0',
    ],
    [
      "ext { boot = '3.1.0' }\nboot = '3.2.0'\nboot = '3.3.0'\nid 'org.springframework.boot' version boot",
      'build.gradle:4 spring-boot undefined',
    ],
    ["apply plugin: 'org.springframework.boot'", 'build.gradle:1 spring-boot undefined'],
    ["// id 'org.springframework.boot' version '3.4.2'", ''],
    ["exclude group: 'org.springframework.boot'", ''],
    ["testImplementation 'org.springframework.boot:spring-boot-starter-test:3.4.2'", ''],
    ["implementation 'com.acme:org.springframework.boot:1.0'", ''],
  ])('%j', (text, expected) => {
    expect(built(text)).toBe(expected);
  });

  it('is told by files around it', () => {
    expect(
      built("id 'io.quarkus'", {
        'settings.gradle': 'id \'io.quarkus\' version "$quarkusVersion"',
        'gradle.properties': 'quarkusVersion=3.33.1',
      }),
    ).toBe('settings.gradle:1 quarkus 3.33.1');
    expect(built("id 'java'", { 'settings.gradle': "id 'io.quarkus' version '3.33.1'" })).toBe('');
  });

  it('uses what it takes from a catalogue, and no more', () => {
    const catalogue = {
      'gradle/libs.versions.toml':
        '[versions]\nboot = "4.1.0"\n[plugins]\nspring-boot = { id = "org.springframework.boot", version.ref = "boot" }\n',
    };
    expect(built('alias(libs.plugins.spring.boot)', catalogue)).toBe('gradle/libs.versions.toml:4 spring-boot 4.1.0');
    expect(built('alias(libs.plugins.kotlin.jvm)', catalogue)).toBe('');
  });
});

describe('frameworks', () => {
  it('are told once by each lockfile and version, first by what runs', async () => {
    const lock = {
      name: 'ledger',
      lockfileVersion: 3,
      packages: {
        '': { name: 'ledger', dependencies: { vue: '^3' } },
        'node_modules/vue': { version: '3.5.1' },
        'node_modules/old/node_modules/vue': { version: '2.7.16', dev: true },
      },
    };
    const files = {
      'package.json': '{"name":"ledger","dependencies":{"vue":"^3"}}',
      'package-lock.json': JSON.stringify(lock, null, 1),
    };
    expect(await frameworksIn(files)).toEqual([
      'package-lock.json:11 vue vue 3.5.1 production',
      'package-lock.json:14 vue vue 2.7.16 development',
    ]);
  });

  it('are not asked of a manifest whose lockfile tells', async () => {
    expect(await frameworksIn({ 'requirements.txt': 'django==4.2.1\n' })).toEqual([
      'requirements.txt:1 django django 4.2.1 production',
    ]);
    expect(await frameworksIn({ 'requirements.txt': 'django>=4\n' })).toEqual([
      'requirements.txt:1 django django any version that meets >=4 may be installed unknown',
    ]);
  });

  it('are not those of tests and examples', async () => {
    expect(await frameworksIn({ 'examples/requirements.txt': 'django==1.11\n' })).toEqual([]);
  });

  it('say what could not be read', async () => {
    const { unread } = await collected(collector, {
      'package.json': '{"dependencies":{"a":"1"}}',
      'package-lock.json': '{',
    });
    expect(unread.map(({ at }) => at.path)).toEqual(['package-lock.json']);
  });
});

describe('any text', () => {
  const NAMES = [
    'package.json',
    'pyproject.toml',
    'Pipfile',
    'setup.py',
    'requirements.txt',
    'Gemfile',
    'composer.json',
    'pom.xml',
  ];
  const PIECES = [
    'org.springframework.boot',
    'django',
    '"',
    "'",
    ' version ',
    '==',
    '{',
    '}',
    '[packages]\n',
    '$',
    '\n',
    ':',
    '1.2.3',
    '__proto__',
  ];
  const texts = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom(...PIECES)).map((it) => it.join('')),
  );

  it('makes no reader throw', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...NAMES), (text, path) => {
        expect(Array.isArray(frameworksNamed({ path, text }))).toBe(true);
        expect(
          frameworksBuilt({ path: 'build.gradle', text }, [{ path: 'a.versions.toml', text }]).length,
        ).toBeLessThan(3);
      }),
    );
  });
});
