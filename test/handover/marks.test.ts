/** A line is verified only where this very thing is shown; every other way of being there has a mark of its own. */
import { describe, expect, it } from 'vitest';
import { compileHandover } from '../../src/handover/compile.ts';
import type { Line, Section } from '../../src/handover/handover.ts';
import { judgedFiles } from './judged.ts';

const HEAD = 'apiVersion: gonogo/v1\nkind: Service\nname: basket\ntier: 3\nowner: team-market\n';

type Files = Readonly<Record<string, string>>;

async function sections(
  manifest: string,
  files: Files = {},
  only: readonly string[] = [],
): Promise<readonly Section[]> {
  const { services } = compileHandover(await judgedFiles({ 'gonogo.yaml': `${HEAD}${manifest}`, ...files }, only));
  return services[0]?.sections ?? [];
}

function find(all: readonly Section[], id: string, label: string): Line | undefined {
  const groups = all.filter((section) => section.id === id).flatMap((section) => section.groups);
  return groups.flatMap(({ lines }) => lines).find((line) => line.label === label);
}

function alertFile(...alerts: readonly (readonly [name: string, runbook: string])[]): Files {
  const rules = alerts.map(([name, runbook]) =>
    [
      `      - alert: ${name}`,
      '        expr: rate(http_requests_total{code="500"}[5m]) > 1',
      '        labels: { severity: critical }',
      ...(runbook ? [`        annotations: { runbook_url: "${runbook}" }`] : []),
    ].join('\n'),
  );
  return { 'ops/alerts.yaml': `groups:\n  - name: basket\n    rules:\n${rules.join('\n')}\n` };
}

const PAGE =
  '# Basket\n\n## Full\n\nDelete old baskets: `make prune`, then watch the disk for ten minutes.\n\n## Empty\n';

describe('an alert and its section', () => {
  it.each([
    ['docs/runbooks/basket.md#full', 'verified'],
    ['docs/runbooks/basket.md#empty', 'contradicted'],
    ['docs/runbooks/basket.md#elsewhere', 'contradicted'],
    ['docs/runbooks/gone.md', 'contradicted'],
    ['https://wiki.lumenpay.io/basket', 'declared'],
    ['{{ .Values.runbook }}', 'unknown'],
    ['', 'missing'],
  ])('%s is %s', async (link, mark) => {
    const files = { ...alertFile(['BasketFull', link]), 'docs/runbooks/basket.md': PAGE };
    expect(find(await sections('', files), 'alerts', 'BasketFull')).toMatchObject({ mark });
  });

  it('is not verified by a rule that others fail, and not spoilt by them either', async () => {
    const links = [
      ['Good', 'docs/runbooks/basket.md#full'],
      ['Bad', 'docs/runbooks/basket.md#empty'],
    ] as const;
    const all = await sections('', { ...alertFile(...links), 'docs/runbooks/basket.md': PAGE });
    expect(find(all, 'alerts', 'Good')).toMatchObject({ mark: 'verified' });
    expect(find(all, 'alerts', 'Bad')).toMatchObject({
      mark: 'contradicted',
      because: expect.stringContaining('is empty'),
    });
  });

  it('is the same where its rule was not asked for', async () => {
    const files = { ...alertFile(['BasketFull', 'docs/runbooks/basket.md#empty']), 'docs/runbooks/basket.md': PAGE };
    const all = await sections('', files, ['manifest/present']);
    expect(find(all, 'alerts', 'BasketFull')).toMatchObject({ mark: 'contradicted' });
  });
});

describe('a restore', () => {
  const store = (rest: string) => `data: { stores: [{ id: baskets, kind: postgres, ${rest} }] }\n`;
  const record =
    '# Restore rehearsal, 2026-06-20\n\nAll of baskets came back in 12 minutes.\n\n## Findings and actions\n\n- None.\n';
  const files = { 'docs/drills/2026-06-20-restore.md': record, 'docs/notes.md': '# Notes\n\nThe restore went well.\n' };
  const test = (on: string, page: string) =>
    store(`restore_test: { on: ${on}, duration: 12m, result: passed, evidence: ${page} }`);
  const drills = 'operations: { drills: docs/drills }\n';

  it.each([
    ['2026-06-20', 'docs/drills/2026-06-20-restore.md', 'verified'],
    ['2026-06-21', 'docs/drills/2026-06-20-restore.md', 'contradicted'],
    ['2026-06-20', 'docs/drills/gone.md', 'contradicted'],
    ['2026-06-20', 'docs/notes.md', 'unknown'],
    ['2027-01-01', 'docs/drills/2026-06-20-restore.md', 'contradicted'],
  ])('on %s with %s is %s', async (on, page, mark) => {
    const all = await sections(`${drills}${test(on, page)}`, files);
    expect(find(all, 'stores', 'Last restored')).toMatchObject({ mark });
  });

  it('leaves how it went to the manifest', async () => {
    const all = await sections(`${drills}${test('2026-06-20', 'docs/drills/2026-06-20-restore.md')}`, files);
    expect(find(all, 'stores', 'How that went')).toMatchObject({ mark: 'declared' });
  });

  it('quotes the steps, and none where there are none', async () => {
    const page =
      '# Basket\n\n## Restore\n\n1. Run `make restore` and compare the counts.\n\n## Backup\n\n## Promise\n\nThe restore of the baskets works, and everybody is very happy about it.\n';
    const restored = async (anchor: string) =>
      find(
        await sections(store(`restore_runbook: docs/runbooks/basket.md#${anchor}`), {
          'docs/runbooks/basket.md': page,
        }),
        'stores',
        'How it is restored',
      );
    expect(await restored('restore')).toMatchObject({
      mark: 'verified',
      quote: ['Run make restore and compare the counts.'],
    });
    for (const anchor of ['backup', 'promise']) {
      const hollow = await restored(anchor);
      expect(hollow).toMatchObject({ mark: 'contradicted' });
      expect(hollow?.quote).toBeUndefined();
    }
  });

  it('that nobody tried or wrote down is missing, but not of a cache', async () => {
    const all = await sections(store('rpo: 1h'));
    expect(
      ['Backed up', 'Last restored', 'How it is restored'].map((label) => find(all, 'stores', label)?.mark),
    ).toEqual(['missing', 'missing', 'missing']);
    expect(find(await sections(store('ephemeral: true')), 'stores', 'Last restored')).toBeUndefined();
  });
});

describe('an objective', () => {
  const manifest = 'slos: [{ id: basket-availability, target: 99.9, window: 30d, evidence: ops/slo.yaml }]\n';
  const slo = (objective: number) => ({
    'ops/slo.yaml': `version: prometheus/v1\nservice: basket\nslos:\n  - name: basket-availability\n    objective: ${objective}\n    sli: { events: { error_query: a, total_query: b } }\n`,
  });

  it('with the numbers of its specification is verified, with others contradicted, without one declared', async () => {
    expect(find(await sections(manifest, slo(99.9)), 'objectives', 'basket-availability')).toMatchObject({
      mark: 'verified',
      text: '99.9 % over 30d, which leaves 0.1 %, or 43m12s',
    });
    expect(find(await sections(manifest, slo(99.5)), 'objectives', 'basket-availability')).toMatchObject({
      mark: 'contradicted',
    });
    const alone = manifest.replace(', evidence: ops/slo.yaml', '');
    expect(find(await sections(alone), 'objectives', 'basket-availability')).toMatchObject({ mark: 'declared' });
  });
});

describe('a failure mode', () => {
  it('names an alert that is not there', async () => {
    const manifest =
      'failure_modes: [{ id: full, cause: host, alert: BasketGone, runbook: docs/runbooks/basket.md#full }]\n';
    const all = await sections(manifest, { ...alertFile(['BasketFull', '']), 'docs/runbooks/basket.md': PAGE });
    expect(find(all, 'failure-modes', 'Alert')).toMatchObject({ mark: 'contradicted' });
    expect(find(all, 'failure-modes', 'Runbook')).toMatchObject({ mark: 'verified' });
    expect(find(all, 'failure-modes', 'Last tried')).toMatchObject({ mark: 'missing' });
  });
});

describe('where nothing is said', () => {
  it('each section says so in a sentence', async () => {
    const { services } = compileHandover(await judgedFiles({ 'README.md': '# Basket\n' }));
    const silent = services[0]?.sections.filter(({ id }) => !['risks', 'history'].includes(id)) ?? [];
    for (const { lead, id } of silent) expect(lead ?? id).toMatch(/^(There is no manifest|No )/);
  });

  it('has no line that only a claim could make', async () => {
    const { services } = compileHandover(await judgedFiles({ 'README.md': '# Basket\n' }));
    expect(services[0]?.marks.declared).toBe(0);
  });
});

describe('open risks', () => {
  it('are every rule that is not met, those of one reason on one line', async () => {
    const judgement = await judgedFiles({ 'gonogo.yaml': HEAD });
    const { services } = compileHandover(judgement);
    const risks = services[0]?.sections.find(({ id }) => id === 'risks');
    const said = JSON.stringify(risks);
    const open =
      judgement.report.services[0]?.findings.filter(({ ruling }) => ['fail', 'warn', 'waived'].includes(ruling)) ?? [];
    expect(open.length).toBeGreaterThan(10);
    for (const { rule } of open) expect(said).toContain(rule);
    expect(risks?.lead).toContain(String(open.length));
  });
});
