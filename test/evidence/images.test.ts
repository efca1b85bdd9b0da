/** Dockerfiles: stages, bases, users and what sets an image aside; and that no text makes the reader throw. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { userOfBase } from '../../src/evidence/images/bases.ts';
import { collector } from '../../src/evidence/images.ts';
import { collected, spot } from './collected.ts';

async function imagesIn(files: Readonly<Record<string, string>>) {
  return (await collected(collector, files)).facts.images;
}

async function userOf(text: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const [image] = await imagesIn({ Dockerfile: text, ...more });
  return `${image?.runsAs.kind} ${image?.runsAs.at.line} ${image?.runsAs.because}`;
}

describe('the user', () => {
  it.each([
    ['FROM node:24\nUSER node\n', 'other 2 USER node'],
    ['FROM node:24\nUSER node\nUSER root\n', 'root 3 USER root'],
    ['FROM node:24\nUSER 0:0\n', 'root 2 USER 0:0'],
    ['FROM node:24\n#USER 9001\nENV USER="node"\n', 'root 1 no USER, and node:24 runs as root'],
    ['FROM node:24 AS base\nUSER node\nFROM base\nCMD ["x"]\n', 'other 2 USER node'],
    [
      'FROM node:24 AS build\nUSER node\nFROM alpine\nCOPY --from=build /a /a\n',
      'root 3 no USER, and alpine runs as root',
    ],
    ['FROM node:24\nARG UID=1000\nUSER ${UID}\n', 'other 3 USER 1000'],
    ['FROM node:24\nARG UID\nUSER $UID\n', 'unknown 3 USER $UID is filled in when it is built'],
    ['FROM node:24\nENV RUN_AS root\nUSER ${RUN_AS:-x}\n', 'root 3 USER root'],
    ['ARG BASE\nFROM ${BASE}\n', 'unknown 2 no USER, and the base ${BASE} is filled in when it is built'],
    ['FROM node:24\nRUN <<EOF\nUSER fake\nEOF\n', 'root 1 no USER, and node:24 runs as root'],
    ['FROM node:24\nUSER \\\n  node\n', 'other 2 USER node'],
    ['FROM postgres:17\n', 'unknown 1 no USER; postgres:17 starts as root and its entry point steps down'],
    ['FROM scratch\n', 'root 1 no USER, and scratch runs as root'],
    [
      'FROM debian\nENTRYPOINT ["gosu", "app", "x"]\n',
      'unknown 1 no USER, and debian runs as root, and its start command may step down from it',
    ],
  ])('of %j', async (text, expected) => {
    expect(await userOf(text)).toBe(expected);
  });
});

describe('what a stage copies from', () => {
  it('is an image, a stage of the same file, or nothing', async () => {
    const [image] = await imagesIn({
      Dockerfile:
        'FROM a:1 AS build\nFROM b:1\nCOPY --from=build /x /x\nCOPY --chown=1 --from=0 /x /x\nCOPY --from=c:1 /x /x\nCOPY . .\n',
    });
    expect(image?.stages.map(({ copies }) => copies?.map((it) => `${it.image} ${it.stage} ${it.at.line}`))).toEqual([
      undefined,
      ['build 0 3', '0 0 4', 'c:1 undefined 5'],
    ]);
  });
});

describe('a base', () => {
  it.each([
    ['gcr.io/distroless/java21-debian12:nonroot', 'other'],
    ['gcr.io/distroless/java21-debian12', 'root'],
    ['cgr.dev/chainguard/jre:latest', 'other'],
    ['nginxinc/nginx-unprivileged:1.29', 'other'],
    ['bitnami/redis:8', 'other'],
    ['mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled', 'other'],
    ['mcr.microsoft.com/dotnet/aspnet:10.0', 'root'],
    ['registry.access.redhat.com/ubi9/nodejs-22', 'other'],
    ['registry.access.redhat.com/ubi9/ubi-minimal:9.6', 'root'],
    ['docker.io/library/python:3.14-slim@sha256:abc', 'root'],
    ['public.ecr.aws/docker/library/node:24', 'root'],
    ['registry.lumenpay.io/node:24', 'unknown'],
    ['europe-docker.pkg.dev/x/jre:25', 'unknown'],
  ])('%s is known as %s', (image, expected) => {
    expect(userOfBase(image)).toBe(expected);
  });
});

describe('an image', () => {
  it('has stages with bases, digests, health checks and start commands', async () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const [image] = await imagesIn({
      Dockerfile: `ARG V=24\nFROM node:$V@${digest} AS build\nFROM build\nHEALTHCHECK CMD curl -f http://localhost/\nENTRYPOINT ["node"]\nCMD ["server.js"]\n`,
      'b/Dockerfile': 'FROM node:24\nHEALTHCHECK NONE\nCMD node server.js\n',
    });
    expect(image?.stages).toMatchObject([
      { name: 'build', base: { image: `node:24@${digest}`, digest: true, open: false } },
      {
        base: { image: 'build', stage: 0 },
        healthcheck: { none: false },
        start: { form: 'exec', text: '["node"] ["server.js"]' },
      },
    ]);
    expect(spot(image?.stages[1]?.start?.at ?? { path: '' })).toBe('Dockerfile:5');
    const [, other] = await imagesIn({
      Dockerfile: 'FROM a\n',
      'b/Dockerfile': 'FROM node:24\nHEALTHCHECK NONE\nCMD node server.js\n',
    });
    expect(other?.stages[0]).toMatchObject({ healthcheck: { none: true }, start: { form: 'shell' } });
  });

  it('is set aside for development, tests and pipelines, and where only Compose builds it', async () => {
    const from = 'FROM node:24\n';
    const images = await imagesIn({
      'docker/api.Dockerfile': from,
      'docker/Dockerfile': from,
      'Dockerfile.dev': from,
      'e2e/Dockerfile': from,
      'ci/Dockerfile': from,
      '.devcontainer/Dockerfile': from,
      'backend/Dockerfile': from,
      'backend/Dockerfile.prod': from,
      'compose.yaml': 'services:\n  api:\n    build:\n      dockerfile: docker/Dockerfile\n',
      '.github/workflows/build.yml': 'jobs:\n  a:\n    steps:\n      - run: docker build -f docker/api.Dockerfile .\n',
    });
    expect(images.map(({ file, aside }) => `${file}: ${aside?.because ?? '-'}`)).toEqual([
      '.devcontainer/Dockerfile: it is kept in .devcontainer/',
      'Dockerfile.dev: its name says dev',
      'backend/Dockerfile: backend/Dockerfile.prod is the one for production',
      'backend/Dockerfile.prod: -',
      'ci/Dockerfile: -',
      'docker/Dockerfile: built by compose.yaml only',
      'docker/api.Dockerfile: -',
      'e2e/Dockerfile: a test',
    ]);
    const built = images.find(({ file }) => file === 'docker/api.Dockerfile')?.built ?? [];
    expect(built.map(spot)).toEqual(['.github/workflows/build.yml:4']);
  });

  it('has many names', async () => {
    const names = [
      'Dockerfile-fpm',
      'Dockerfile.hookd',
      'Containerfile',
      'production-api.Dockerfile',
      'service.dockerfile',
    ];
    const images = await imagesIn(Object.fromEntries(names.map((name) => [name, 'FROM node:24\n'])));
    expect(images.map(({ file }) => file).sort()).toEqual([...names].sort());
  });

  it('that is a template is unread; notes and ignore files are none', async () => {
    const { facts, unread } = await collected(collector, {
      'Dockerfile.j2': 'FROM {{ base }}\n',
      'Dockerfile.md': 'FROM node\n',
      '.dockerignore': 'FROM\n',
      'Dockerfile.dockerignore': 'x\n',
    });
    expect(facts.images).toEqual([]);
    expect(unread).toEqual([
      { at: { path: 'Dockerfile.j2' }, reason: 'template', detail: 'the Dockerfile is a template' },
    ]);
  });

  it('may be built without a Dockerfile', async () => {
    const { facts } = await collected(collector, {
      'build.gradle.kts': 'plugins {\n  id("com.google.cloud.tools.jib")\n}\n',
    });
    expect(facts.imageless).toEqual([{ tool: 'jib', at: { path: 'build.gradle.kts', line: 2 } }]);
  });
});

const LINES = [
  'FROM a AS b',
  'FROM b',
  'FROM ${X',
  'FROM',
  'USER',
  'USER $',
  'USER "x',
  'ARG A=$A',
  'ENV A=${A}',
  'ENV',
  'CMD [',
  'CMD ["a"',
  'HEALTHCHECK',
  'RUN <<E',
  'E',
  '\\',
  '# escape=`',
  'ONBUILD USER x',
  'FROM --platform=$X a',
];

describe('any text', () => {
  it('is read without a throw', async () => {
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...LINES), { maxLength: 25 }).map((lines) => lines.join('\n')),
    );
    await fc.assert(
      fc.asyncProperty(text, async (it) => {
        expect(Array.isArray(await imagesIn({ Dockerfile: it }))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
