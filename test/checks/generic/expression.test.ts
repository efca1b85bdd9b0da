/** The check by expression: what a true and a false answer stand as, and what documentation shows really works. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { judgedBy, MANIFEST } from './judged-by.ts';

const ALERTS = `groups:
  - name: shop
    rules:
      - alert: ShopDown
        expr: up{job="shop"} == 0
        labels: { team: team-shop }
      - alert: ShopSlow
        expr: latency_seconds > 1
`;
const FILES = { 'gonogo.yaml': MANIFEST, 'deploy/alerts.yaml': ALERTS };
const TEAMS = { needs: ['alerts'], expression: 'evidence.alerts.alerts.all(a, has(a.labels.team))' };
const ANY = { needs: ['alerts'], expression: 'evidence.alerts.alerts.exists(a, has(a.labels.team))' };

describe('what an answer stands as', () => {
  it.each<[string, Record<string, unknown>, Record<string, string>, string]>([
    ['true by evidence', ANY, FILES, 'verified'],
    ['true by evidence, declared', { ...ANY, proves: 'declared' }, FILES, 'declared'],
    ['true by the manifest', { expression: 'manifest.tier == 2' }, FILES, 'declared'],
    [
      'true by the manifest, though evidence is named',
      { ...ANY, expression: `manifest.tier == 2 || ${ANY.expression}` },
      FILES,
      'declared',
    ],
    [
      'true by the manifest, after evidence that does not show it',
      { ...ANY, expression: 'evidence.alerts.alerts.exists(a, a.name == "x") || manifest.tier == 2' },
      FILES,
      'declared',
    ],
    [
      'none of nothing, though a file was read',
      { ...ANY, expression: '!evidence.alerts.alerts.exists(a, a.name == "x")' },
      { ...FILES, 'deploy/alerts.yaml': 'groups:\n  - name: shop\n    rules: []\n' },
      'missing',
    ],
    ['false', TEAMS, FILES, 'missing'],
    ['false and contradicted', { ...TEAMS, otherwise: 'contradicted' }, FILES, 'contradicted'],
    ['all of nothing', TEAMS, { 'gonogo.yaml': MANIFEST }, 'missing'],
    ['none of nothing', { ...ANY, expression: `!${ANY.expression}` }, { 'gonogo.yaml': MANIFEST }, 'missing'],
    ['not applicable', { ...TEAMS, when: 'manifest.tier == 1' }, FILES, 'not-applicable'],
    ['applicable', { ...TEAMS, when: 'manifest.tier == 2' }, FILES, 'missing'],
    ['no such key', { ...ANY, expression: 'evidence.alerts.alerts.all(a, a.labels.team != "")' }, FILES, 'unknown'],
    ['no such key in `when`', { ...TEAMS, when: 'manifest.nope' }, FILES, 'unknown'],
    ['no bool', { expression: 'manifest.name' }, FILES, 'unknown'],
    ['no manifest', { expression: 'has(manifest.name)' }, { 'a.md': '' }, 'not-applicable'],
    ['problems that are none', { ...TEAMS, problems: '[1]' }, FILES, 'unknown'],
    ['a reason that is none', { ...ANY, because: '= manifest.nope' }, FILES, 'unknown'],
  ])('%s', async (_, params, files, standing) => {
    expect(await judgedBy('generic/expression', params, files)).toMatchObject({ standing });
  });

  const unread = {
    ...FILES,
    'deploy/more.yaml': 'groups:\n  - name: x\n    rules: [\n      - alert: A\n        expr: up\n',
  };

  it.each<[string, Record<string, unknown>, string]>([
    ['a false answer', { ...TEAMS, otherwise: 'contradicted' }, 'unknown'],
    ['a true one', ANY, 'unknown'],
    ['a true one where one is enough', { ...ANY, partial: true }, 'verified'],
    ['whether it applies', { ...ANY, when: 'evidence.alerts.alerts.exists(a, a.name == "A")' }, 'unknown'],
    [
      'nothing where that evidence was not looked at',
      { ...ANY, expression: `manifest.tier == 2 || ${ANY.expression}` },
      'declared',
    ],
  ])('of a file that could not be read: %s', async (_, params, standing) => {
    expect(await judgedBy('generic/expression', params, unread)).toMatchObject({ standing });
  });
});

describe('a text that a template fills in', () => {
  const chart = {
    'gonogo.yaml': MANIFEST,
    'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'chart/templates/alerts.yaml': `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: shop }
spec:
  groups:
    - name: shop
      rules:
        - alert: ShopDown
          expr: up == 0
          labels: { team: "{{ .Values.team }}" }
          annotations: { summary: "{{ $labels.instance }} is down" }
`,
  };

  it.each([
    ['evidence.alerts.alerts.all(a, a.labels.team.startsWith("team-"))', 'unknown'],
    ['evidence.alerts.alerts.all(a, a.labels.team != "nobody")', 'unknown'],
    ['evidence.alerts.alerts.all(a, size(a.labels.team) > 3)', 'unknown'],
    ['evidence.alerts.alerts.all(a, a.labels.team < "zz")', 'unknown'],
    ['evidence.alerts.alerts.all(a, has(a.labels.team))', 'verified'],
    ['evidence.alerts.alerts.all(a, a.name == "ShopDown")', 'verified'],
  ])('is compared with nothing: %s', async (expression, standing) => {
    const params = { needs: ['alerts'], expression, otherwise: 'contradicted' };
    expect(await judgedBy('generic/expression', params, chart)).toMatchObject({ standing });
  });
});

describe('places', () => {
  it('are those of the facts that were gone through', async () => {
    expect(await judgedBy('generic/expression', ANY, FILES)).toMatchObject({
      evidence: [
        { path: 'deploy/alerts.yaml', line: 4 },
        { path: 'deploy/alerts.yaml', line: 7 },
      ],
    });
  });

  it('are those of what `all` is not true of', async () => {
    expect(await judgedBy('generic/expression', TEAMS, FILES)).toMatchObject({
      problems: [{ message: 'ShopSlow does not meet has(a.labels.team)', at: { path: 'deploy/alerts.yaml', line: 7 } }],
    });
  });

  it.each([
    ['[{"message": "m", "path": "a/b.md", "line": 3}]', [{ message: 'm', at: { path: 'a/b.md', line: 3 } }]],
    ['[{"message": "m", "path": "a/b.md", "line": -3}]', [{ message: 'm', at: { path: 'a/b.md' } }]],
    [
      'evidence.alerts.alerts.filter(a, !has(a.labels.team)).map(a, {"message": a.name, "at": a.at, "fix": "Do."})',
      [{ message: 'ShopSlow', at: { path: 'deploy/alerts.yaml', line: 7, column: 9 }, fix: 'Do.' }],
    ],
  ])('are what `problems` says: %s', async (problems, found) => {
    expect((await judgedBy('generic/expression', { ...TEAMS, problems }, FILES)).problems).toMatchObject(found);
  });

  it('of a claim are those of the manifest', async () => {
    const finding = await judgedBy(
      'generic/expression',
      { expression: 'manifest.tier == 2', because: '= "tier " + string(manifest.tier)' },
      FILES,
    );
    expect(finding).toMatchObject({ because: 'tier 2', claim: { path: 'gonogo.yaml', line: 4 } });
  });
});

describe('what evidence holds', () => {
  it('cannot take a run hostage', async () => {
    const many = Array.from(
      { length: 1500 },
      (_, index) => `      - { alert: A${index}, expr: up, labels: { team: ${'a'.repeat(40)}! } }`,
    );
    const files = {
      'gonogo.yaml': MANIFEST,
      'deploy/alerts.yaml': `groups:\n  - name: x\n    rules:\n${many.join('\n')}\n`,
    };
    const all = 'evidence.alerts.alerts';
    const params = {
      needs: ['alerts'],
      expression: `${all}.all(a, ${all}.all(b, ${all}.exists(c, c.name == a.name || c.name == b.name)))`,
    };
    expect(await judgedBy('generic/expression', params, files)).toMatchObject({
      standing: 'unknown',
      because: expect.stringMatching(/more than 1000000 steps/),
    });
    const pattern = { needs: ['alerts'], expression: `${all}.exists(a, a.labels.team.matches("^(a+)+$"))` };
    expect(await judgedBy('generic/expression', pattern, files)).toMatchObject({ standing: 'missing' });
  });
});

describe('the examples in the documentation', () => {
  const text = readFileSync('docs/own-rules.md', 'utf8');
  const examples = [...text.matchAll(/^```yaml\n(with:\n[\s\S]*?)^```/gm)].map(
    ([, yaml = '']) => (parse(yaml) as { with: Record<string, unknown> }).with,
  );

  it('are three', () => expect(examples).toHaveLength(3));

  const slo = (target: number) =>
    `version: prometheus/v1\nservice: shop\nslos: [{ name: availability, objective: ${target} }]\n`;
  const claims = `${MANIFEST}nfrs: { availability: { target: 99.9, window: 30d } }\n`;
  const board = (title: string) =>
    JSON.stringify({ title, schemaVersion: 39, panels: [{ title: 'x', type: 'graph', targets: [{ expr: 'up' }] }] });

  it.each<[number, Record<string, string>, string, string]>([
    [0, FILES, 'contradicted', 'it is not so'],
    [0, { 'gonogo.yaml': MANIFEST }, 'not-applicable', ''],
    [1, { 'gonogo.yaml': claims, 'slo.yaml': slo(99.95) }, 'verified', 'it is so'],
    [1, { 'gonogo.yaml': claims, 'slo.yaml': slo(99) }, 'missing', 'no objective reaches 99.9 %'],
    [1, FILES, 'not-applicable', ''],
    [2, { 'dashboards/a.json': board('Shop') }, 'verified', 'it is so'],
    [2, { 'dashboards/a.json': board('shop') }, 'missing', 'it is not so'],
  ])('number %i over %j', async (index, files, standing, because) => {
    const finding = await judgedBy('generic/expression', examples[index] ?? {}, files);
    expect(finding).toMatchObject({ standing, because: expect.stringContaining(because) });
  });
});
