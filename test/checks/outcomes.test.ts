/** The arithmetic of outcomes, and checks of outcomes on manifests with anything left out: every one answers, none throws, every problem says what to do. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStatus, recordsTradeOff } from '../../src/checks/outcomes/decision.ts';
import { directionOf, progressWords, shareOfWay } from '../../src/checks/outcomes/progress.ts';
import { loadManifest } from '../../src/manifest/load.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import { judgeRepository } from '../../src/run.ts';
import { YARDSTICK } from '../yardstick.ts';

const number = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((it) => it / 100);

describe('progress', () => {
  it('is the same seen from the other side of zero', () => {
    fc.assert(
      fc.property(number, number, number, (baseline, target, current) => {
        const mirrored = { baseline: -baseline, target: -target, current: -current };
        expect(directionOf(mirrored)).toBe(directionOf({ baseline, target, current }));
      }),
    );
  });

  it('is 0 at the baseline, 100 at the target, negative only when it moves away', () => {
    fc.assert(
      fc.property(number, number, number, (baseline, target, current) => {
        fc.pre(Math.abs(target - baseline) > 0.001);
        expect(shareOfWay({ baseline, target, current: baseline })).toBeCloseTo(0);
        expect(shareOfWay({ baseline, target, current: target })).toBeCloseTo(100);
        const share = shareOfWay({ baseline, target, current }) ?? 0;
        const wanted = {
          away: share < 0,
          unmoved: Math.abs(share) < 1e-6,
          towards: share > 0 && share < 100,
          reached: share > 100 - 1e-6,
        };
        expect(wanted[directionOf({ baseline, target, current })]).toBe(true);
      }),
    );
  });

  it('has nowhere to go where the target is the baseline', () => {
    expect(shareOfWay({ baseline: 5, target: 5, current: 7 })).toBeUndefined();
    expect(directionOf({ baseline: 5, target: 5, current: 5 })).toBe('reached');
    expect(directionOf({ baseline: 5, target: 5, current: 7 })).toBe('away');
  });

  it('is told in words', () => {
    expect(progressWords({ baseline: 91.2, target: 94, current: 93.1 }, 'percent')).toBe(
      '91.2 → 93.1 of 94 percent, 67 % of the way',
    );
    expect(progressWords({ baseline: 95, target: 20, current: 96 }, undefined)).toBe('95 → 96 of 20, moving away');
  });
});

describe('a decision', () => {
  it.each(['accepted', 'Superseded by 4', 'proposed', 'accepted 2026-02-01'])('has the status %s', (it) =>
    expect(isStatus(it)).toBe(true),
  );
  it.each([undefined, '', '{proposed | rejected | accepted}', 'proposed / accepted / superseded', 'see below'])(
    'has no status: %s',
    (it) => expect(isStatus(it)).toBe(false),
  );

  const record = (title: string, text: string, status = 'accepted') =>
    ({ kind: 'decision', title, text, status, at: { path: 'a' }, parts: [], shared: false }) as const;
  it('records a trade-off only where it weighs, and while it holds', () => {
    expect(recordsTradeOff(record('Stability over flexibility', ''), 'stability')).toBe(true);
    expect(recordsTradeOff(record('Driver', 'A trade-off.\n\nMore stability.'), 'stability')).toBe(false);
    expect(recordsTradeOff(record('Stability over flexibility', '', 'superseded by 3'), 'stability')).toBe(false);
    expect(recordsTradeOff(record('Stability over flexibility', ''), 'balanced')).toBe(false);
  });
});

describe('any manifest', () => {
  const lines = [
    'audience: []',
    'audience: [customers, services]',
    'profile: stability',
    'support: "#a"',
    'support: { channels: [{ ref: b, hours: x, response_time: 4h, measured: { response_time: 9h, as_of: 2026-11-01, evidence: [docs/a.md, gone.md] } }] }',
    'consumers: []',
    'consumers: [web, { id: job, manifest: "repo:a/b//gonogo.yaml" }]',
    'outcomes: [{ id: a }, { id: b, metric: m, baseline: 1, target: 1, current: 1, as_of: 2030-01-01, source: TBD, evidence: gone.csv }]',
    'outcomes: [{ id: b, metric: m, baseline: 1, target: 3, current: 2, as_of: 2026-11-01, source: s, evidence: docs/a.md }]',
    'feedback: TBD',
    'feedback: { channels: [a], owner: b, cadence: daily, marker: "(", last_summary: docs/a.md, acted: [2026-11-01, { on: 2026-10-01, evidence: gone.md }] }',
    'user_research: [docs/a.md, gone.md, { on: 2030-01-01, participants: 3, findings: much }]',
    'user_research: [{ kind: survey }]',
    'accessibility: { level: AA, audit: 2030-01-01 }',
    'accessibility: docs/a.md',
    'status: "https://status.lumenpay.io"',
    'status: { template: docs/a.md, writer: TBD, every: 30m }',
    'operations: { decisions: docs }',
  ];
  const page = fc.constantFrom(
    '',
    '# A\n\n## Participants\n\nsix\n\n## Findings\n\n2 of m on 2026-11-01\n',
    'Date: 2026-11-01\nStatus: accepted\nstability rather than speed\nWCAG 2.2 AA, tested on 2026-10-01\n',
  );
  it.each(lines)('may hold %s', (line) => {
    const files = { 'gonogo.yaml': `apiVersion: gonogo/v1\nkind: Service\nname: shop\ntier: 1\n${line}\n` };
    expect(loadManifest(memoryRepo({ files }), 'gonogo.yaml', '2030-01-02').state).toBe('valid');
  });

  it('gets an answer to every question, and every problem a way out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(lines), page, fc.boolean(), async (chosen, text, browser) => {
        const keys = new Map(chosen.map((line) => [line.split(':')[0], line]));
        const manifest = ['apiVersion: gonogo/v1', 'kind: Service', 'name: shop', 'tier: 1', ...keys.values()].join(
          '\n',
        );
        const files = {
          'gonogo.yaml': manifest,
          'docs/a.md': text,
          ...(browser && { 'web/index.html': '<p>' }),
          'web/gonogo.yaml': 'apiVersion: gonogo/v1\nkind: Service\nname: web\ntier: 3\ndependencies: [shop]\n',
        };
        const report = await judgeRepository(
          { repo: memoryRepo({ files }), dir: '', rootNamed: () => undefined },
          {
            ...YARDSTICK,
            only: ['outcomes'],
          },
        );
        const findings = report.services.find(({ service }) => service.name === 'shop')?.findings ?? [];
        expect(findings).toHaveLength(9);
        for (const { problems, because, standing } of findings) {
          expect(because).toMatch(/\S/);
          expect(because).not.toMatch(/undefined|NaN|\[object/);
          for (const { fix, message } of problems) expect(`${message} ${fix}`).not.toMatch(/undefined|NaN/);
          if (standing === 'missing' || standing === 'contradicted') expect(problems.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 60 },
    );
  });
});
