import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentsIn } from '../../src/evidence/capabilities/agents.ts';
import { bareCode } from '../../src/evidence/capabilities/bare-code.ts';
import { readProject } from '../../src/evidence/capabilities/dependencies/dotnet-manifests.ts';
import { readComposerJson, readPackageJson } from '../../src/evidence/capabilities/dependencies/json-manifests.ts';
import { readGradle, readPom } from '../../src/evidence/capabilities/dependencies/jvm-manifests.ts';
import {
  readGemfile,
  readGoMod,
  readMix,
  readRequirements,
} from '../../src/evidence/capabilities/dependencies/line-manifests.ts';
import type { ManifestReading } from '../../src/evidence/capabilities/dependencies/manifest-reading.ts';
import {
  readCargo,
  readPipfile,
  readPyproject,
  readVersionCatalog,
} from '../../src/evidence/capabilities/dependencies/toml-manifests.ts';
import { importOf, LIBRARIES } from '../../src/evidence/capabilities/libraries.ts';
import { readLogSettings } from '../../src/evidence/capabilities/log-settings.ts';
import { readXml } from '../../src/evidence/capabilities/xml-element.ts';
import { collector } from '../../src/evidence/capabilities.ts';
import { collected, spot } from './collected.ts';

function told({ dependencies }: ManifestReading): readonly string[] {
  return dependencies.map(({ name, scope, line }) => `${line} ${name} ${scope}`);
}

async function signsIn(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { facts } = await collected(collector, files);
  return facts.signs.map(({ capability, strength, by, at }) => `${capability} ${strength} ${by} ${spot(at)}`);
}

describe('manifests of dependencies', () => {
  it('keep what runs apart from what only tests', () => {
    expect(
      told(readPackageJson('{\n"dependencies": {\n"pino": "9"\n},\n"devDependencies": {\n"jest-axe": "9"\n}}')),
    ).toEqual(['3 pino run', '6 jest-axe test']);
    expect(
      told(readComposerJson('{"require": {"monolog/monolog": "3"}, "require-dev": {"phpunit/phpunit": "11"}}')),
    ).toEqual(['1 monolog/monolog run', '1 phpunit/phpunit test']);
    expect(
      told(readRequirements('# tools\nFlask_Statsd>=1 # metrics\n-r base.txt\nstatsd==4\n', 'requirements.txt')),
    ).toEqual(['2 flask-statsd run', '4 statsd run']);
    expect(told(readRequirements('pytest==8\n', 'requirements-dev.txt'))).toEqual(['1 pytest test']);
    expect(
      told(
        readGemfile(
          'gem "rails"\ngroup :test, :development do\n  gem "axe-core-rspec"\nend\ngem "lograge", group: :production\ngem "pry", group: :test',
        ),
      ),
    ).toEqual(['1 rails run', '3 axe-core-rspec test', '5 lograge run', '6 pry test']);
    expect(
      told(readMix('defp deps do [\n  {:prom_ex, "~> 1.0"},\n  {:credo, "~> 1.0", only: [:dev, :test]}\n] end')),
    ).toEqual(['2 prom_ex run', '3 credo test']);
  });

  it('leave out what a Go module only has because of others, and what it replaces', () => {
    const text =
      'module a.io/b\n\nrequire (\n\tgo.uber.org/zap v1.27.0\n\tgithub.com/x/y v1.0.0 // indirect\n)\n\nrequire github.com/z/w v0.1.0\n\nreplace github.com/z/w => github.com/q/w v0.2.0\n';
    expect(told(readGoMod(text))).toEqual(['4 go.uber.org/zap run', '8 github.com/z/w run']);
  });

  it('read the forms of TOML', () => {
    expect(
      told(readPyproject('[project]\ndependencies = ["structlog>=24"]\n[dependency-groups]\ndev = ["locust"]\n')),
    ).toEqual(['2 structlog run', '4 locust test']);
    expect(
      told(
        readPyproject(
          '[tool.poetry.dependencies]\nddtrace = "^2"\n[tool.poetry.group.test.dependencies]\npytest = "*"\n',
        ),
      ),
    ).toEqual(['2 ddtrace run', '4 pytest test']);
    expect(told(readPipfile('[packages]\nstatsd = "*"\n[dev-packages]\npytest = "*"\n'))).toEqual([
      '2 statsd run',
      '4 pytest test',
    ]);
    expect(
      told(
        readCargo('[package]\nname = "a"\n[dependencies]\nprometheus = "0.13"\n[dev-dependencies]\ngoose = "0.17"\n'),
      ),
    ).toEqual(['4 prometheus run', '6 goose test']);
  });

  it('read builds of the JVM, with the aliases of a version catalog', () => {
    const pom =
      '<project>\n<artifactId>a</artifactId>\n<dependencies>\n<dependency><groupId>g</groupId><artifactId>b</artifactId></dependency>\n<dependency><groupId>g</groupId><artifactId>c</artifactId><scope>test</scope></dependency>\n</dependencies>\n<!-- <dependency><artifactId>d</artifactId></dependency> -->\n</project>';
    expect(told(readPom(pom))).toEqual(['4 g:b run', '5 g:c test']);
    const catalog = readVersionCatalog(
      '[libraries]\nmicrometer-prometheus = { module = "io.micrometer:micrometer-registry-prometheus" }\n[bundles]\nobs = ["micrometer-prometheus"]\n',
    );
    const gradle =
      'plugins { id("org.springframework.boot") }\ndependencies {\n  implementation(libs.micrometer.prometheus)\n  // implementation("g:commented:1")\n  testImplementation("g:t:1")\n  runtimeOnly "g:r:1"\n  implementation(project(":common"))\n}';
    const reading = readGradle(gradle, 'svc/build.gradle.kts', catalog);
    expect(told(reading)).toEqual(['3 io.micrometer:micrometer-registry-prometheus run', '5 g:t test', '6 g:r run']);
    expect(reading.uses).toEqual(['../common']);
    expect(reading.runs).toBe(1);
  });

  it('read coordinates in parts', () => {
    const text =
      "dependencies {\n  implementation group: 'com.a', name: 'b', version: '1'\n  testImplementation(group = \"com.a\", name = \"c\")\n}";
    expect(told(readGradle(text, 'build.gradle'))).toEqual(['2 com.a:b run', '3 com.a:c test']);
  });

  it('read projects of .NET', () => {
    const reading = readProject(
      '<Project Sdk="Microsoft.NET.Sdk.Web">\n<ItemGroup>\n<PackageReference Include="Serilog"/>\n<ProjectReference Include="..\\Defaults\\Defaults.csproj"/>\n</ItemGroup></Project>',
    );
    expect(told(reading)).toEqual(['3 Serilog run']);
    expect(reading.uses).toEqual(['../Defaults']);
  });

  it('throw nothing but what the collector notes, whatever the text', async () => {
    const names = [
      'package.json',
      'pyproject.toml',
      'pom.xml',
      'go.mod',
      'Gemfile',
      'build.gradle',
      'a.csproj',
      'mix.exs',
      'Cargo.toml',
      'requirements.txt',
      'composer.json',
      'Pipfile',
      'gradle/libs.versions.toml',
      'Dockerfile',
      'src/main/resources/logback.xml',
      'src/main/resources/application.yml',
      'a.py',
      'a.ts',
      'a.go',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.constantFrom('<project>', '[a]\nb=', '{"dependencies": 3}', '<Project><', '{"dependencies": {"pino": 3}}'),
        ),
        async (name, text) => {
          await expect(collected(collector, { [name]: text })).resolves.toBeDefined();
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('bare code', () => {
  it('blanks comments and the insides of strings, and keeps every line', () => {
    const text = 'a("x // y"); // b\n/* c\n d */ e(`f\n{g}`)';
    const { code, bare } = bareCode(text, 'a.ts');
    expect(code).toBe('a("x // y");     \n    \n      e(`f\n{g}`)');
    expect(bare).toBe('a(        );     \n    \n      e(  \n    )');
    expect(bareCode('x = 1 # y\n"""doc\ncall()"""', 'a.py').bare).toBe('x = 1    \n      \n         ');
  });

  it('is as long as the text and has its lines', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', "'", '`', '/', '*', '#', '\\', '\n', 'a', '(') }),
        fc.constantFrom('a.py', 'a.ts', 'a.rs', 'a.php', 'a.go'),
        (text, path) => {
          const { code, bare } = bareCode(text, path);
          for (const reading of [code, bare]) {
            expect(reading).toHaveLength(text.length);
            expect(reading.split('\n').map((it) => it.length)).toEqual(text.split('\n').map((it) => it.length));
          }
        },
      ),
    );
  });
});

describe('signs', () => {
  it('need an import and a call', async () => {
    expect(await signsIn({ 'a.ts': "import pino from 'pino';\nexport const log = pino();" })).toEqual([
      'logging-structured wired pino a.ts:2',
    ]);
    expect(await signsIn({ 'a.ts': "import pino from 'pino';" })).toEqual([]);
    expect(await signsIn({ 'a.ts': 'const log = pino();' })).toEqual([]);
    expect(await signsIn({ 'a.ts': "// import pino from 'pino';\nconst log = pino();" })).toEqual([]);
    expect(await signsIn({ 'a.ts': "import pino from 'pino';\nconst help = 'pino()';" })).toEqual([]);
  });

  it('tell a dependency from its use, and what frameworks set up by themselves', async () => {
    expect(await signsIn({ 'requirements.txt': 'ddtrace==2.14.0' })).toEqual([
      'tracing installed Datadog requirements.txt:1',
      'metrics installed Datadog requirements.txt:1',
      'log-correlation installed Datadog requirements.txt:1',
    ]);
    const bridge =
      '<dependency><groupId>io.micrometer</groupId><artifactId>micrometer-tracing-bridge-otel</artifactId></dependency>';
    const exporter =
      '<dependency><groupId>io.opentelemetry</groupId><artifactId>opentelemetry-exporter-otlp</artifactId></dependency>';
    const pom = (inside: string): Record<string, string> => ({
      'pom.xml': `<project><dependencies>${inside}</dependencies></project>`,
    });
    expect((await signsIn(pom(bridge))).filter((it) => it.startsWith('tracing configured'))).toEqual([]);
    expect((await signsIn(pom(exporter))).filter((it) => it.startsWith('tracing configured'))).toEqual([]);
    expect((await signsIn(pom(bridge + exporter))).filter((it) => it.startsWith('tracing configured'))).toEqual([
      'tracing configured OpenTelemetry pom.xml:1',
    ]);
  });

  it('are no signs in tests, in scripts, in what is vendored, or for people alone', async () => {
    const text = "import pino from 'pino';\nexport const log = pino();";
    expect(
      await signsIn({ 'test/a.ts': text, 'src/a.test.ts': text, 'scripts/a.ts': text, 'node_modules/b/a.js': text }),
    ).toEqual([]);
    expect(
      await signsIn({
        'a.ts': "import pino from 'pino';\nexport const log = pino({ transport: { target: 'pino-pretty' } });",
      }),
    ).toEqual([]);
  });

  it('are none where somewhere in the program the format is chosen', async () => {
    const json = 'package a\nimport "github.com/rs/zerolog"\nvar log = zerolog.New(out)\n';
    const people = 'package a\nimport "github.com/rs/zerolog"\nvar w = zerolog.ConsoleWriter{Out: out}\n';
    expect(await signsIn({ 'log.go': json })).toEqual(['logging-structured wired github.com/rs/zerolog log.go:3']);
    expect(await signsIn({ 'log.go': json, 'writer.go': people })).toEqual([]);
  });

  it('are as good as a dependency where code uses an interface that something else answers', async () => {
    const text =
      'import io.micrometer.core.instrument.Metrics;\nclass A { void b() { Metrics.counter("a").increment(); } }';
    expect(await signsIn({ 'src/main/java/A.java': text })).toEqual([
      'metrics installed micrometer-core src/main/java/A.java:2',
    ]);
  });

  it('say of agents which one it is, by the jar that was copied', () => {
    const lines =
      'FROM a\nCOPY libs/opentelemetry-javaagent.jar /agent.jar\n# ENTRYPOINT ["java", "-javaagent:/newrelic.jar"]\nENTRYPOINT ["java", \\\n  "-javaagent:/agent.jar", "-jar", "/app.jar"]\n';
    expect(agentsIn(lines, 'Dockerfile', () => false).map(({ family, line }) => `${family} ${line}`)).toEqual([
      'opentelemetry 4',
    ]);
    expect(agentsIn('ENTRYPOINT ["java", "-javaagent:/agent.jar"]', 'Dockerfile', () => false)).toEqual([]);
    expect(agentsIn('RUN pip install newrelic && newrelic-admin run-program true', 'Dockerfile', () => false)).toEqual(
      [],
    );
  });

  it('count for the innermost folder with dependencies, and for those that are built with it', async () => {
    const { facts } = await collected(collector, {
      'defaults/package.json': '{ "name": "@shop/defaults", "dependencies": { "prom-client": "15" } }',
      'defaults/index.js': "import { collectDefaultMetrics } from 'prom-client';\ncollectDefaultMetrics();",
      'cart/package.json': '{ "name": "@shop/cart", "dependencies": { "@shop/defaults": "workspace:*" } }',
      'cart/Dockerfile': 'FROM node:22',
      'web/package.json':
        '{ "name": "@shop/web", "devDependencies": { "react-dom": "18", "vite": "5" }, "dependencies": { "a": "1" } }',
    });
    expect(facts.units.map(({ dir, uses, browser, runs }) => [dir, uses, browser, runs?.path])).toEqual([
      ['cart', ['defaults'], false, 'cart/Dockerfile'],
      ['defaults', [], false, undefined],
      ['web', [], true, undefined],
    ]);
    expect(facts.signs.filter(({ strength }) => strength === 'wired').map(({ unit }) => unit)).toEqual(['defaults']);
  });
});

describe('units', () => {
  it('are also folders around several of them that one image is built from', async () => {
    const { facts } = await collected(collector, {
      'server/Dockerfile': 'FROM rust:1',
      'server/Cargo.toml': '[workspace]\nmembers = ["app"]',
      'server/app/Cargo.toml': '[package]\nname = "app"\n[dependencies]\naxum = "0.7"',
      'server/app/src/main.rs': 'fn main() {}',
      'docker/Dockerfile': 'FROM rust:1',
    });
    expect(facts.units.map(({ dir, runs }) => `${dir} ${runs?.path}`)).toEqual([
      'server server/Dockerfile',
      'server/app undefined',
    ]);
    expect(facts.code).toEqual({ 'server/app': 1 });
  });
});

describe("loggers' settings", () => {
  it('follow appenders that hand on, and profiles around them', () => {
    const text = `<configuration>
      <appender name="j" class="ch.qos.logback.core.ConsoleAppender"><encoder class="net.logstash.logback.encoder.LogstashEncoder"/></appender>
      <appender name="a" class="ch.qos.logback.classic.AsyncAppender"><appender-ref ref="j"/></appender>
      <springProfile name="prod"><root level="INFO"><appender-ref ref="a"/></root></springProfile>
    </configuration>`;
    expect(readLogSettings(text)).toEqual({ json: [{ line: 2, when: 'prod' }], plain: [] });
  });

  it('end with appenders that refer to each other', () => {
    const ring =
      '<c><appender name="a" class="A"><appender-ref ref="b"/></appender><appender name="b" class="B"><appender-ref ref="a"/></appender><root><appender-ref ref="a"/></root></c>';
    expect(readLogSettings(ring).json).toEqual([]);
  });

  it('never throw', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '/', '"', 'a', '=', ' ', '&', ';', '!', '-', '[', ']') }),
        (text) => void readLogSettings(text),
      ),
    );
    expect(readXml('<a>'.repeat(30_000)).broken).toBe(true);
    expect(readLogSettings('<a>'.repeat(30_000)).json).toEqual([]);
  });
});

describe('the table of libraries', () => {
  it('has an import or a name for each entry that code can use', () => {
    const unreachable = LIBRARIES.filter((it) => importOf(it) === undefined && it.names.length === 0 && !it.called);
    expect(unreachable).toEqual([]);
  });

  it('has patterns that keep nothing between looks', () => {
    const uses = LIBRARIES.flatMap(({ gives }) => Object.values(gives)).flatMap((use) =>
      use ? [use instanceof RegExp ? use : use.text] : [],
    );
    expect(uses.filter(({ global, sticky }) => global || sticky)).toEqual([]);
  });
});
