/** A run with a memory of earlier ones: it says what a run without one says, whatever changed between them, and does less. */
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openMemory } from '../../src/evidence/memory.ts';
import { EDITS, FOLDER, judged, OPTIONS, sampleOf, settled, write } from './memory-samples.ts';

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

const step = fc.record({
  what: fc.constantFrom(...Object.keys(EDITS)),
  at: fc.nat(10_000),
  pause: fc.boolean(),
  options: fc.constantFrom(...OPTIONS),
});

describe('a run with a memory', () => {
  it('says the same as one without, whatever changed in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('payments', 'monorepo', 'orders', 'notifications'),
        fc.record({ git: fc.boolean(), refers: fc.boolean() }),
        fc.array(step, { minLength: 1, maxLength: 5 }),
        async (name, how, steps) => {
          const sample = sampleOf(name, how);
          const memory = openMemory();
          await settled();
          await judged(sample, {}, memory);
          for (const { what, at, pause, options } of steps) {
            EDITS[what]?.(sample, at);
            if (pause) await settled();
            const remembered = await answer(judged(sample, options, memory));
            expect(remembered, what).toEqual(await answer(judged(sample, options)));
          }
          rmSync(dirname(sample.folder), { recursive: true });
        },
      ),
      { numRuns: process.env.PROPERTY_SEED === 'random' ? 60 : 8 },
    );
  }, 1_200_000);

  it('gathers nothing anew where nothing changed', async () => {
    const sample = sampleOf('payments');
    const memory = openMemory();
    await settled();
    const first = await judged(sample, {}, memory);
    expect(memory.tally().kept).toBe(0);
    expect(await judged(sample, {}, memory)).toEqual(first);
    const { all, kept } = memory.tally();
    expect(all).toBeGreaterThan(30);
    expect(all - kept).toBeLessThanOrEqual(4);
  });

  it('gathers anew what a saved file is part of, and little else', async () => {
    const sample = sampleOf('payments');
    const memory = openMemory();
    await settled();
    await judged(sample, {}, memory);
    write(sample.folder, 'docs/runbooks/card-gateway.md', (text) => `${text}\nOne more sentence.\n`);
    expect(await judged(sample, {}, memory)).toEqual(await judged(sample));
    const { all, kept } = memory.tally();
    expect(kept).toBeLessThan(all);
    expect(kept / all).toBeGreaterThan(0.4);
  });
});

/** A report, or the sentence of what hinders it: no rule may apply, e.g. to a manifest that is not there any more. */
function answer(run: Promise<unknown>): Promise<unknown> {
  return run.catch((error: Error) => error.message);
}
