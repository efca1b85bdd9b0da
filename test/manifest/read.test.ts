import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { absentManifest } from '../../src/manifest/absent.ts';
import { loadManifest } from '../../src/manifest/load.ts';
import { placeOf } from '../../src/manifest/manifest.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import type { Repo } from '../../src/repo/repo.ts';
import { AS_OF, HEAD, problems, read, validate } from './reading.ts';

const TEN_LINES = `apiVersion: gonogo/v1
kind: Service
name: fx-rates
tier: 4
stage: beta
owner: team-treasury
support: "#help-treasury"
oncall: none, office hours only
dependencies: [redis, rates-feed]
runbooks: docs/runbooks
`;

describe('a short manifest', () => {
  it('is valid in ten lines, and checks see its long form', () => {
    const manifest = read(TEN_LINES);
    expect(manifest.problems).toEqual([]);
    expect(manifest.state).toBe('valid');
    expect(manifest.claims).toEqual({
      apiVersion: 'gonogo/v1',
      kind: 'Service',
      name: 'fx-rates',
      tier: 4,
      stage: 'beta',
      owner: { team: 'team-treasury' },
      support: { channels: [{ ref: '#help-treasury' }] },
      oncall: { ref: 'none, office hours only' },
      dependencies: [{ id: 'redis' }, { id: 'rates-feed' }],
      runbooks: { dir: 'docs/runbooks' },
    });
  });

  it('keeps the place of a short form for the keys it stands for', () => {
    const manifest = read(TEN_LINES);
    expect(placeOf(manifest, '/owner/team')).toEqual({ path: 'gonogo.yaml', line: 6, column: 1 });
    expect(placeOf(manifest, '/support/channels/0/ref').line).toBe(7);
    expect(placeOf(manifest, '/dependencies/1/id')).toEqual({ path: 'gonogo.yaml', line: 9, column: 23 });
    expect(placeOf(manifest, '/dependencies/1/timeout/request').line).toBe(9);
  });

  it('needs no more than four keys', () => {
    expect(read(HEAD)).toMatchObject({ state: 'valid', identity: { name: 'fx-rates', tier: 3 }, problems: [] });
  });
});

describe('the full manifest', () => {
  const text = readFileSync('test/manifest/payments-api.yaml', 'utf8');

  it('is valid', () => {
    expect(problems(text)).toEqual([]);
    expect(read(text).state).toBe('valid');
  });

  it('has every short form written out', () => {
    const { claims } = read(text);
    expect(claims.escalation?.[2]).toEqual({ who: 'head-of-payments' });
    expect(claims.nfrs?.latency_p95).toEqual({ target: '250ms' });
    expect(claims.nfrs?.error_rate).toEqual({ target: 0.1 });
    expect(claims.nfrs?.availability?.baselined).toEqual({ on: '2025-11-02' });
    expect(claims.slos?.[1]).toEqual({ evidence: ['slo/webhooks.yaml'] });
    expect(claims.dependencies?.[1]).toMatchObject({
      slo: { availability: 99.9 },
      timeout: { request: '2s' },
      retry: { max: 5 },
      fallback: { kind: 'kept in the outbox' },
    });
    expect(claims.observability?.traces).toEqual({ sampling: 0.1 });
    expect(claims.alerts?.page).toEqual(['page']);
    expect(claims.security?.least_privilege).toEqual({ evidence: ['infra/iam.tf'] });
    expect(claims.failure_modes?.[1]?.tested).toEqual({ on: '2026-07-14' });
    expect(claims.reviews?.[0]?.by).toEqual(['principal:z.ng']);
  });

  it('survives a JSON round trip, and means the same as JSON', () => {
    const manifest = read(text);
    expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
    const json = read(JSON.stringify(manifest.claims, null, '\t'), 'gonogo.json');
    expect(json.problems).toEqual([]);
    expect(json.claims).toEqual(manifest.claims);
  });
});

describe('positions', () => {
  it('are known in JSON too, also behind tabs', () => {
    const manifest = read(
      '{\n\t"apiVersion": "gonogo/v1",\n\t"kind": "Service",\n\t"name": "a",\n\t"tier": 9\n}',
      'gonogo.json',
    );
    expect(manifest.problems.map(({ at }) => at)).toEqual([{ path: 'gonogo.json', line: 5, column: 2 }]);
  });

  it('of aliased and merged keys are where the text is', () => {
    const manifest = read(
      `${HEAD}x-slow: &slow { request: 2s }\ndependencies:\n  - { id: a, timeout: *slow }\n  - id: b\n    timeout:\n      <<: *slow\n      connect: 1s\n`,
    );
    expect(manifest.problems).toEqual([]);
    expect(manifest.claims.dependencies?.map(({ timeout }) => timeout)).toEqual([
      { request: '2s' },
      { request: '2s', connect: '1s' },
    ]);
    expect(placeOf(manifest, '/dependencies/0/timeout/request').line).toBe(5);
    expect(placeOf(manifest, '/dependencies/0/timeout').line).toBe(7);
    expect(placeOf(manifest, '/dependencies/1/timeout/request').line).toBe(5);
  });

  it('survive CRLF and a comment at the top', () => {
    expect(problems(`# ours\r\n${HEAD.replaceAll('\n', '\r\n')}teir: 1\r\n`)[0]).toMatch(/^6:1 /);
  });
});

describe('what is salvaged from an invalid manifest', () => {
  it('is who the service is, each field on its own', () => {
    expect(read('name: fx-rates\ntier: 2\nstage: prod\nprofile: balanced\nteam: x\n').identity).toEqual({
      name: 'fx-rates',
      tier: 2,
      profile: 'balanced',
    });
  });

  it('is what stands before a syntax error', () => {
    const manifest = read(`${HEAD}owner: team: x\n`);
    expect(manifest).toMatchObject({ state: 'invalid', identity: { name: 'fx-rates', tier: 3 }, claims: {} });
  });

  it('is not a field that is given twice', () => {
    expect(read(`${HEAD}tier: 1\n`).identity).toEqual({ name: 'fx-rates' });
  });
});

describe('the file itself', () => {
  it('may be missing', () => {
    expect(absentManifest('services/fx', ['a note'])).toMatchObject({
      state: 'absent',
      path: 'services/fx/gonogo.yaml',
      claims: {},
      notes: ['a note'],
    });
    expect(absentManifest('', []).path).toBe('gonogo.yaml');
  });

  it('may be unreadable, and says why', () => {
    const repo: Repo = {
      ...memoryRepo({ files: { 'gonogo.yaml': HEAD } }),
      read: () => ({ ok: false, reason: 'encoding', detail: 'it is UTF-16' }),
    };
    expect(readManifest(repo, 'gonogo.yaml', AS_OF, validate)).toMatchObject({
      state: 'invalid',
      identity: {},
      problems: [{ message: 'the manifest cannot be read: it is UTF-16', at: { path: 'gonogo.yaml', line: 1 } }],
    });
  });

  it('may be too large', () => {
    const [problem] = problems(`${HEAD}# ${'x'.repeat(1024 * 1024)}`);
    expect(problem).toMatch(/^1:1 the manifest cannot be read: /);
  });

  it('may have a rival in the same folder', () => {
    const repo = memoryRepo({ files: { 'a/gonogo.yaml': HEAD, 'a/.gonogo.yaml': HEAD, 'gonogo.yaml': HEAD } });
    expect(readManifest(repo, 'a/gonogo.yaml', AS_OF, validate)).toMatchObject({
      state: 'invalid',
      dir: 'a',
      identity: { name: 'fx-rates', tier: 3 },
      problems: [{ message: 'the folder has 2 manifests: a/gonogo.yaml and a/.gonogo.yaml', fix: 'Keep one of them.' }],
    });
    expect(readManifest(repo, 'gonogo.yaml', AS_OF, validate).state).toBe('valid');
  });

  it('is read by the validator that was compiled ahead, too', () => {
    const repo = memoryRepo({ files: { 'gonogo.yaml': `${TEN_LINES}teir: 1\n` } });
    expect(loadManifest(repo, 'gonogo.yaml', AS_OF)).toEqual(readManifest(repo, 'gonogo.yaml', AS_OF, validate));
  });
});
