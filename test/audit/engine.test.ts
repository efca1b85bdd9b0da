/** Every target has its row, whoever judges how many at once in whatever order; and a stop keeps what is done. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryLedger, runAudit, type Work } from '../../src/audit/engine.ts';
import type { Target } from '../../src/model-audit.ts';
import { unjudgedRow } from './sample-audit.ts';

function targetsOf(count: number, fetched = 0): readonly Target[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `acme/${String(index).padStart(3, '0')}`,
    kind: index < fetched ? ('git' as const) : ('folder' as const),
    location: `/srv/${index}`,
  }));
}

function work(more: Partial<Work> = {}): Work {
  return {
    judge: async ({ id }) => unjudgedRow(id, { because: `judged ${id}` }),
    prepare: async (target) => ({ ...target, kind: 'folder' }),
    jobs: 2,
    fetches: 2,
    ...more,
  };
}

describe('an audit', () => {
  it('has one row for each target, whatever the order, the jobs and who is fetched', async () => {
    const all = targetsOf(12, 5);
    const expected = all.map(({ id }) => unjudgedRow(id, { because: `judged ${id}` }));
    const runs = fc.asyncProperty(
      fc.shuffledSubarray([...all], { minLength: all.length }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 9 }),
      fc.scheduler(),
      async (targets, jobs, fetches, scheduler) => {
        const ledger = memoryLedger();
        const { judge, prepare } = work();
        const run = runAudit(targets, ledger, {
          judge: scheduler.scheduleFunction(judge),
          prepare: scheduler.scheduleFunction(prepare),
          jobs,
          fetches,
        });
        await scheduler.waitFor(run);
        expect([...ledger.rows()]).toEqual(expected);
      },
    );
    await fc.assert(runs, { numRuns: 50 });
  });

  it('judges nothing whose row is there already', async () => {
    const ledger = memoryLedger();
    ledger.append(unjudgedRow('acme/000', { because: 'of an earlier run' }));
    await runAudit(targetsOf(2), ledger, work());
    expect([...ledger.rows()].map(({ because }) => because)).toEqual(['of an earlier run', 'judged acme/001']);
  });

  it('keeps the row of what could not be fetched', async () => {
    const ledger = memoryLedger();
    await runAudit(targetsOf(2, 1), ledger, work({ prepare: async ({ id }) => unjudgedRow(id) }));
    expect([...ledger.rows()].map(({ because }) => because)).toEqual(['nobody answered', 'judged acme/001']);
  });

  it('fetches no more at once than it may, and no further ahead than that', async () => {
    let [now, most, ahead, furthest] = [0, 0, 0, 0];
    const prepare: Work['prepare'] = async (target) => {
      most = Math.max(most, ++now);
      await Promise.resolve();
      now--;
      furthest = Math.max(furthest, ++ahead);
      return { ...target, kind: 'folder' };
    };
    const judge: Work['judge'] = async ({ id }) => {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      ahead--;
      return unjudgedRow(id);
    };
    await runAudit(targetsOf(40, 40), memoryLedger(), work({ prepare, judge, jobs: 1, fetches: 3 }));
    expect([most, furthest]).toEqual([3, 4]);
  });

  it('begins nothing new once it is stopped, and keeps what is done', async () => {
    const stop = new AbortController();
    const begun: string[] = [];
    const ledger = memoryLedger();
    await runAudit(targetsOf(10, 4), ledger, {
      ...work({ jobs: 1 }),
      stop: stop.signal,
      onBegin: ({ id }) => void begun.push(id),
      onRow: () => void (begun.length === 3 && stop.abort()),
    });
    expect([...ledger.rows()].map(({ repo }) => repo)).toEqual(begun);
    expect(begun).toHaveLength(3);
  });

  it('keeps no row of what was given up', async () => {
    const ledger = memoryLedger();
    await runAudit(targetsOf(3), ledger, work({ judge: async () => undefined }));
    expect([...ledger.rows()]).toEqual([]);
  });

  it('ends with the failure where a row cannot be kept, and begins nothing more', async () => {
    const kept: string[] = [];
    const ledger = {
      ...memoryLedger(),
      append({ repo }: { readonly repo: string }) {
        if (kept.length === 2) throw new Error('the disk is full');
        kept.push(repo);
      },
    };
    await expect(runAudit(targetsOf(9), ledger, work())).rejects.toThrow('the disk is full');
    expect(kept).toHaveLength(2);
  });
});
