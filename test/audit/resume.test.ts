/** A run that goes on comes to what a run comes to that was never cut, wherever the cut. */
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runAudit } from '../../src/audit/engine.ts';
import type { OpenJournal } from '../../src/audit/journal.ts';
import { continueRun, createRun, isWhole, type Run, readInventory } from '../../src/audit/run-folder.ts';
import { differenceOf } from '../../src/audit/same-yardstick.ts';
import type { AuditRow, Target } from '../../src/model-audit.ts';
import { temporaryFolder } from '../repo/temporary.ts';
import { anyRows, inventoryOf, linesOf } from './run-sample.ts';
import { HEADER, unjudgedRow } from './sample-audit.ts';

/** Judges what a run has not, and answers for whom that was. */
async function goOn(run: Run<OpenJournal>, rows: readonly AuditRow[], atOnce = 2): Promise<readonly string[]> {
  const judged: string[] = [];
  const judge = async ({ id }: Target): Promise<AuditRow> => {
    judged.push(id);
    return rows.find(({ repo }) => repo === id) ?? unjudgedRow(id);
  };
  await runAudit(run.targets, run.journal, { judge, prepare: async (it) => it, jobs: atOnce, fetches: 1 });
  run.journal.complete();
  return judged;
}

describe('resuming', () => {
  it('a run cut at any byte comes to the same output, and judges exactly what has no whole line', async () => {
    const folder = temporaryFolder();
    let count = 0;
    await fc.assert(
      fc.asyncProperty(anyRows, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), async (rows, cuts) => {
        const whole = createRun(join(folder, `${count++}`), inventoryOf(rows));
        await goOn(whole, rows);
        const expected = linesOf(() => whole.journal.rows());
        whole.close();
        const text = readFileSync(join(whole.folder, 'journal.jsonl'));
        const cut = join(folder, `${count++}`);
        mkdirSync(cut);
        copyFileSync(join(whole.folder, 'inventory.json'), join(cut, 'inventory.json'));
        writeFileSync(join(cut, 'journal.jsonl'), text);
        for (const at of cuts) {
          const now = readFileSync(join(cut, 'journal.jsonl'));
          const left = now.subarray(0, at % (now.length + 1));
          writeFileSync(join(cut, 'journal.jsonl'), left);
          const lines = left.toString('utf8').split('\n').slice(0, -1);
          const run = continueRun(cut, readInventory(cut));
          const there = lines.filter((line) => !line.startsWith('{"complete"')).length;
          expect((await goOn(run, rows)).length).toBe(rows.length - there);
          expect(linesOf(() => run.journal.rows())).toBe(expected);
          expect([isWhole(run), run.journal.digest()]).toEqual([true, whole.journal.digest()]);
          run.close();
        }
      }),
      { numRuns: 25 },
    );
  });

  it('a run that is complete judges and writes nothing', async () => {
    const rows = [unjudgedRow('a', { outcome: 'failed' }), unjudgedRow('b', { outcome: 'refused' })];
    const run = createRun(join(temporaryFolder(), 'run'), inventoryOf(rows));
    await goOn(run, rows);
    run.close();
    const file = join(run.folder, 'journal.jsonl');
    const { size } = statSync(file);
    const again = continueRun(run.folder, run.inventory);
    expect(await goOn(again, rows)).toEqual([]);
    again.close();
    expect(statSync(file).size).toBe(size);
  });

  it('tries again what may fare better now, only where that is asked for', async () => {
    const outcomes = ['unreachable', 'timeout', 'exhausted', 'failed', 'empty', 'refused'] as const;
    const rows = outcomes.map((outcome) => unjudgedRow(outcome, { outcome }));
    const run = createRun(join(temporaryFolder(), 'run'), inventoryOf(rows));
    await goOn(run, rows);
    run.close();
    const again = continueRun(run.folder, run.inventory, { retry: true });
    expect([...(await goOn(again, rows))].sort()).toEqual(['exhausted', 'failed', 'timeout', 'unreachable']);
    again.close();
  });
});

describe('two yardsticks', () => {
  it('are told apart by what differs first', () => {
    const other = { ...HEADER, yardstick: 'fedcba9876543210' };
    const [first, ...rest] = HEADER.checklists;
    const changed = { name: first?.name ?? '', digest: '0' };
    expect(differenceOf(HEADER, { ...HEADER })).toBeUndefined();
    expect(differenceOf(HEADER, { ...other, tool: { name: 'gonogo', version: '9.0.0' } })).toBe(
      'one is of gonogo 0.1.0, the other of 9.0.0',
    );
    expect(differenceOf(HEADER, { ...other, asOf: '2020-01-01' })).toBe(
      `one counts from ${HEADER.asOf}, the other from 2020-01-01`,
    );
    expect(differenceOf(HEADER, { ...other, policy: { name: 'p.yaml', digest: '1' } })).toBe(
      'the policies differ (none and p.yaml 1)',
    );
    expect(differenceOf(HEADER, { ...other, checklists: [changed, ...rest] })).toBe(
      `the checklists differ (${first?.name})`,
    );
    expect(differenceOf(HEADER, { ...other, checklists: [...HEADER.checklists, { name: 'own', digest: '1' }] })).toBe(
      'the checklists differ (own)',
    );
    expect(differenceOf(HEADER, other)).toBe('the flags or the data by which they judge differ');
  });
});
