/** Threads that judge: whatever becomes of one, its repository has a row, and the others go on. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { memoryLedger, runAudit } from '../../src/audit/engine.ts';
import { openPool, type Pool } from '../../src/audit/pool.ts';
import type { Target } from '../../src/model-audit.ts';
import { temporaryFolder, write } from '../repo/temporary.ts';

const WORKERPOOL = JSON.stringify(createRequire(import.meta.url).resolve('workerpool'));
const SCRIPT = `const { worker } = require(${WORKERPOOL});
const DOES = {
  loop: () => { for (;;); },
  wait: () => new Promise(() => {}),
  grow: () => { for (const kept = []; ; ) kept.push(new Array(10000).fill(kept.length)); },
  exit: () => process.exit(0),
  throw: () => { throw new Error('no such luck in ' + __filename); },
};
worker({
  async judge(setup, { id, location }) {
    await DOES[location]?.();
    return { repo: id, outcome: 'judged', services: [], notes: [setup.word, process.env.WORD] };
  },
});
`;

let pool: Pool | undefined;
afterEach(() => pool?.close());

function open(jobs: number, deadline = 60_000): Pool {
  const folder = temporaryFolder();
  write(folder, { 'worker.cjs': SCRIPT });
  const script = join(folder, 'worker.cjs');
  pool = openPool({ script, setup: { word: 'told' }, jobs, deadline, memory: 32, env: { WORD: 'around' } });
  return pool;
}

function target(id: string, does = ''): Target {
  return { id, kind: 'folder', location: does };
}

async function outcomes(targets: readonly Target[], { judge }: Pool, jobs: number) {
  const ledger = memoryLedger();
  await runAudit(targets, ledger, { judge, jobs, prepare: async (it) => it, fetches: 1 });
  return [...ledger.rows()].map(({ repo, outcome, because }) => [repo, outcome, because]);
}

describe('threads', () => {
  it('are told what to judge by, and see the environment they are given', async () => {
    const row = { repo: 'a', outcome: 'judged', services: [], notes: ['told', 'around'] };
    expect(await open(1).judge(target('a'))).toEqual(row);
  });

  it.each([1, 2])(
    'that take too long are ended, even in an endless loop, and the others go on (%i at once)',
    async (jobs) => {
      const all = [target('a', 'loop'), target('b'), target('c', 'wait'), target('d'), target('e')];
      const late = 'judging it took longer than 1.5 s';
      expect(await outcomes(all, open(jobs, 1500), jobs)).toEqual([
        ['a', 'timeout', late],
        ['b', 'judged', undefined],
        ['c', 'timeout', late],
        ['d', 'judged', undefined],
        ['e', 'judged', undefined],
      ]);
    },
  );

  it.each([1, 2])(
    'that take too much memory, end or throw have a row, and the others go on (%i at once)',
    async (jobs) => {
      const all = [target('a', 'grow'), target('b', 'exit'), target('c', 'throw'), target('d'), target('e')];
      expect(await outcomes(all, open(jobs), jobs)).toEqual([
        ['a', 'exhausted', 'judging it took more than 32 MiB of memory'],
        ['b', 'failed', 'gonogo itself failed: its thread ended'],
        ['c', 'failed', expect.stringMatching(/^gonogo itself failed: no such luck/)],
        ['d', 'judged', undefined],
        ['e', 'judged', undefined],
      ]);
    },
  );

  it('that are given up have no row', async () => {
    const its = open(1);
    const row = its.judge(target('a', 'loop'));
    await its.close();
    expect(await row).toBeUndefined();
  });
}, 60_000);
