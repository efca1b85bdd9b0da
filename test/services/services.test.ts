/** The sample services, judged whole: verdict, exit code, and what a person and a program read. `vitest -u` refreshes the goldens. */

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report, Verdict } from '../../src/model.ts';
import { diskRepo } from '../../src/repo/disk.ts';
import { format as json } from '../../src/report/json.ts';
import { format as terminal } from '../../src/report/terminal.ts';
import { judgeRepository } from '../../src/run.ts';
import { run } from '../cli/run.ts';
import { YARDSTICK } from '../yardstick.ts';

const AS_OF = '2026-11-16';

const SAMPLES: readonly { readonly name: string; readonly verdict: Verdict; readonly exit: number }[] = [
  { name: 'payments', verdict: 'GO', exit: 0 },
  { name: 'orders', verdict: 'NO-GO', exit: 1 },
  { name: 'notifications', verdict: 'CONDITIONAL GO', exit: 0 },
  { name: 'monorepo', verdict: 'GO', exit: 0 },
  { name: 'unclaimed', verdict: 'NO-GO', exit: 1 },
];

let folder = '';

beforeAll(() => {
  // Outside this repository, so that its history and its own files say nothing about the samples.
  folder = mkdtempSync(join(tmpdir(), 'gonogo-samples-'));
  cpSync('fixtures/services', folder, { recursive: true });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function judge(name: string): Promise<Report> {
  const options = {
    ...YARDSTICK,
  } as const;
  return judgeRepository({ repo: diskRepo(join(folder, name)), dir: '', rootNamed: () => undefined }, options);
}

describe.each(SAMPLES)('sample service $name', ({ name, verdict, exit }) => {
  it(`is a ${verdict}`, async () => {
    const report = await judge(name);
    const blocking = report.services.flatMap((service) =>
      service.findings.filter((it) => it.ruling === 'fail').map((it) => `${it.rule}: ${it.because}`),
    );
    expect(report.verdict, blocking.join('\n')).toBe(verdict);
  });

  it('reads as before', async () => {
    const report = await judge(name);
    const canvas = { width: 100, colour: 0, hyperlinks: false, unicode: true, quiet: false, verbose: true } as const;
    await expect(terminal.render(report, canvas)).toMatchFileSnapshot(`__golden__/${name}.txt`);
    await expect(json.render(report, canvas)).toMatchFileSnapshot(`__golden__/${name}.json`);
  });

  it(`exits with ${exit} where it stands in this repository`, () => {
    const { status, stderr } = run(['check', `fixtures/services/${name}`, '--as-of', AS_OF, '--quiet']);
    expect(status, stderr).toBe(exit);
  });
});

describe('the samples', () => {
  it('survive a JSON round trip with all their evidence', async () => {
    for (const { name } of SAMPLES) {
      const report = await judge(name);
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    }
  });

  it('give the same bytes twice', async () => {
    expect(JSON.stringify(await judge('orders'))).toBe(JSON.stringify(await judge('orders')));
  });

  it('block orders for at least ten different reasons', async () => {
    const [service] = (await judge('orders')).services;
    expect(
      new Set(service?.findings.filter((it) => it.ruling === 'fail').map((it) => it.rule)).size,
    ).toBeGreaterThanOrEqual(10);
  });
});
