/** Statements of runtimes' versions: where they are found, what they mean, and that no text makes the readers throw. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../src/evidence/runtimes/functions.ts';
import { MANIFESTS } from '../../src/evidence/runtimes/manifests.ts';
import { meaningOf } from '../../src/evidence/runtimes/meaning.ts';
import { VERSION_FILES } from '../../src/evidence/runtimes/version-files.ts';
import { WORKFLOWS } from '../../src/evidence/runtimes/workflows.ts';
import { collector } from '../../src/evidence/runtimes.ts';
import { collected, spot } from './collected.ts';

async function statedIn(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { facts } = await collected(collector, files);
  return facts.stated.map(
    ({ family, product, says, version, written, matrix, at }) =>
      `${spot(at)} ${family}${product === family ? '' : `(${product})`} ${says} ${version ?? written}${matrix ? ' of several' : ''}`,
  );
}

describe('a version', () => {
  it.each([
    ['node', '20', 'exact', 'version 20'],
    ['node', 'v20.11.1', 'exact', 'version 20.11.1'],
    ['node', 'lts/iron', 'exact', 'version 20'],
    ['node', 'lts/*', 'exact', 'moving'],
    ['node', 'latest', 'exact', 'moving'],
    ['node', '20.x', 'npm', 'version 20'],
    ['node', '^20.9.0', 'npm', 'version 20'],
    ['node', '>=18', 'npm', 'minimum'],
    ['node', '^18 || ^20', 'npm', 'range'],
    ['node', '>=18 <21', 'npm', 'range'],
    ['node', '*', 'npm', 'moving'],
    ['node', '${{ matrix.node }}', 'exact', 'open'],
    ['python', '3.x', 'exact', 'range'],
    ['python', 'python-3.11.4', 'exact', 'version 3.11.4'],
    ['python', 'pypy3.9', 'exact', 'open'],
    ['python', '>=3.9,<4', 'pep440', 'range'],
    ['python', '>=3.11,<3.12', 'pep440', 'version 3.11'],
    ['python', '==3.11.*', 'pep440', 'version 3.11'],
    ['python', '~=3.11.2', 'pep440', 'version 3.11'],
    ['python', '>=3.9,!=3.10.1', 'pep440', 'minimum'],
    ['python', '^3.11', 'poetry', 'range'],
    ['go', 'go1.22.3', 'minimum', 'minimum'],
    ['go', '1.22.x', 'exact', 'version 1.22'],
    ['temurin', '1.8', 'exact', 'version 8'],
    ['temurin', 'temurin-17.0.9+9', 'exact', 'version 17.0.9'],
    ['ruby', '~> 3.2.0', 'gem', 'version 3.2'],
    ['ruby', '~> 3.2', 'gem', 'range'],
    ['ruby', 'jruby-9.4', 'exact', 'open'],
    ['php', '~8.1.0', 'composer', 'version 8.1'],
    ['php', '^7.4|^8.0', 'composer', 'range'],
    ['php', '>=8.1', 'composer', 'minimum'],
    ['aws-lambda', 'nodejs22.x', 'exact', 'version nodejs22.x'],
  ] as const)('of %s as %j (%s) is %s', (product, written, dialect, expected) => {
    const { says, version } = meaningOf(product, written, dialect);
    expect([says, ...(version === undefined ? [] : [version])].join(' ')).toBe(expected);
  });
});

describe('files of version managers and platforms', () => {
  it('state what is installed', async () => {
    const stated = await statedIn({
      '.nvmrc': '# the one of production\nv24.1.0\n',
      '.python-version': '3.13.1\n3.12\n',
      '.ruby-version': 'ruby-3.4.1\n',
      '.java-version': 'corretto-21\n',
      '.tool-versions': 'nodejs 24.1.0\npython 3.13 3.12\njava temurin-21.0.1+12\nterraform 1.9\ngolang system # yes\n',
      'mise.toml': '[env]\nnode = "18"\n\n[tools]\nnode = "24"\npython = ["3.13", "3.12"]\ngo = { version = "1.26" }\n',
      '.sdkmanrc': 'java=21.0.1-amzn\ngradle=8.5\n',
      'global.json': '{\n  "sdk": {\n    "version": "10.0.100"\n  }\n}\n',
      'runtime.txt': 'python-3.13.1\n',
      'system.properties': 'java.runtime.version=21\n',
      'rust-toolchain.toml': '[toolchain]\nchannel = "1.90"\n',
    });
    expect(stated).toEqual([
      '.java-version:1 java(corretto) version 21',
      '.nvmrc:2 node version 24.1.0',
      '.python-version:1 python version 3.13.1',
      '.ruby-version:1 ruby version 3.4.1',
      '.sdkmanrc:1 java(corretto) version 21.0.1',
      '.tool-versions:1 node version 24.1.0',
      '.tool-versions:2 python version 3.13',
      '.tool-versions:3 java(temurin) version 21.0.1',
      '.tool-versions:5 go open system',
      'global.json:3 dotnet-sdk(dotnet) version 10.0.100',
      'mise.toml:5 node version 24',
      'mise.toml:6 python version 3.13',
      'mise.toml:7 go version 1.26',
      'runtime.txt:1 python version 3.13.1',
      'rust-toolchain.toml:2 rust version 1.90',
      'system.properties:1 java(temurin) version 21',
    ]);
  });
});

describe('manifests', () => {
  it('state what the package or project asks for', async () => {
    const stated = await statedIn({
      'package.json':
        '{\n  "engines": {\n    "npm": ">=10",\n    "node": ">=22"\n  },\n  "volta": { "node": "24.1.0" }\n}\n',
      'pyproject.toml': '[project]\nrequires-python = ">=3.11"\n\n[tool.other]\npython = "2"\n',
      'go.mod': 'module x\n\ngo 1.25.0\n\ntoolchain go1.26.1\n',
      Gemfile: 'source "https://rubygems.org"\nruby "3.4.1"\n',
      'composer.json': '{ "require": { "php": "^8.3" } }',
      'Cargo.toml': '[package]\nrust-version = "1.85"\n',
      'pom.xml':
        '<project>\n<properties><java.version>21</java.version>\n<!-- <java.version>8</java.version> -->\n</properties></project>',
      'build.gradle.kts': '// jvmToolchain(8)\nkotlin { jvmToolchain(21) }\n',
      'Web.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web">\n<TargetFramework>net10.0</TargetFramework>\n</Project>',
      'Lib.csproj':
        '<Project Sdk="Microsoft.NET.Sdk">\n<TargetFrameworks>netstandard2.0;net8.0</TargetFrameworks>\n</Project>',
    });
    expect(stated).toEqual([
      'Cargo.toml:2 rust minimum 1.85',
      'Gemfile:2 ruby version 3.4.1',
      'Lib.csproj:2 dotnet minimum 8.0',
      'Web.csproj:2 dotnet version 10.0',
      'build.gradle.kts:2 java(temurin) minimum 21',
      'composer.json:1 php range ^8.3',
      'go.mod:3 go minimum 1.25.0',
      'go.mod:5 go minimum go1.26.1',
      'package.json:4 node minimum >=22',
      'package.json:6 node version 24.1.0',
      'pom.xml:2 java(temurin) minimum 21',
      'pyproject.toml:2 python minimum >=3.11',
    ]);
  });

  it('are listed whether they state a version or not; tests, examples and documentation are left aside', async () => {
    const { facts } = await collected(collector, {
      'package.json': '{}',
      'examples/a/package.json': '{ "engines": { "node": "10" } }',
      'docs/go.mod': 'go 1.10\n',
      'node_modules/x/package.json': '{ "engines": { "node": "8" } }',
    });
    expect([facts.stated, facts.projects.map(spot)]).toEqual([[], ['package.json']]);
  });
});

describe('pipelines and functions', () => {
  it('state what is set up and what runs', async () => {
    const stated = await statedIn({
      '.github/workflows/ci.yml': `jobs:
  test:
    strategy:
      matrix:
        node: [22, '24']
        python-version:
          - '3.12'
          - '3.13'
    steps:
      - uses: actions/setup-node@v6
        with: 
          node-version: \${{ matrix.node }}
      - uses: actions/setup-go@v6
        with:
          go-version: 1.26.x # newest patch
          node-version-file: .nvmrc
`,
      'azure-pipelines.yml':
        'steps:\n- task: NodeTool@0\n  inputs:\n    versionSpec: 24.x\n- script: x\n  inputs:\n    versionSpec: 8\n',
      '.gitlab-ci.yml': 'test:\n  image: node:24-alpine\n',
      '.circleci/config.yml': 'jobs:\n  a:\n    docker:\n      - image: cimg/go:1.26\n',
      'serverless.yml': 'provider:\n  runtime: nodejs22.x\n',
      'template.yaml': 'Resources:\n  F:\n    Properties:\n      Runtime: python3.13\n',
      'infra/f.tf':
        'resource "aws_lambda_function" "f" {\n  runtime = "java21"\n}\nresource "g" "g" {\n  runtime = var.runtime\n}\n',
      'app.yaml': 'runtime: python311\n',
    });
    expect(stated).toEqual([
      'infra/f.tf:2 aws-lambda version java21',
      'serverless.yml:2 aws-lambda version nodejs22.x',
      'template.yaml:4 aws-lambda version python3.13',
      '.circleci/config.yml:4 go version 1.26',
      '.github/workflows/ci.yml:5 node version 22 of several',
      '.github/workflows/ci.yml:5 node version 24 of several',
      '.github/workflows/ci.yml:6 python version 3.12 of several',
      '.github/workflows/ci.yml:6 python version 3.13 of several',
      '.github/workflows/ci.yml:12 node open ${{ matrix.node }}',
      '.github/workflows/ci.yml:15 go version 1.26',
      '.gitlab-ci.yml:2 node version 24',
      'azure-pipelines.yml:4 node version 24',
    ]);
  });
});

describe('hostile texts', () => {
  const READERS = [...VERSION_FILES, ...MANIFESTS, ...WORKFLOWS, ...FUNCTIONS];
  const words = fc.constantFrom(
    '"sdk"',
    '"version":',
    'runtime:',
    'node-version:',
    '[',
    ']',
    '{',
    '\n',
    ' ',
    '- ',
    '20',
    '>=',
    '__proto__',
    '<java.version>',
    '[tools]',
    'node = "',
    '"',
    "'",
    '=',
    '${',
    '|',
    '\r',
    '\0',
  );

  it('make no reader throw, and every statement has a line of the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words, { maxLength: 40 }).map((it) => it.join('')),
        ),
        fc.constantFrom('.nvmrc', '.tool-versions', 'rust-toolchain'),
        (text, path) => {
          for (const { tool, written, dialect, line } of READERS.flatMap((reader) => reader.read(text, path))) {
            expect(line).toBeGreaterThan(0);
            expect(line).toBeLessThanOrEqual(text.split('\n').length);
            meaningOf(tool.product, written, dialect);
          }
        },
      ),
    );
  });

  it('are read up to a limit, however long a line is', () => {
    const long = `node-version: ${'[20, '.repeat(200_000)}`;
    for (const reader of READERS) expect(reader.read(long, '.nvmrc').length).toBeLessThanOrEqual(100);
  });
});
