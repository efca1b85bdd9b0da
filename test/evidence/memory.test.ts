/** A run with a memory of earlier ones: it says what a run without one says, whatever changed between them, and does less. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type Memory, openMemory } from '../../src/evidence/memory.ts';
import { CHECKLISTS, PROFILES } from '../../src/generated/checklists.ts';
import type { Report } from '../../src/model.ts';
import { diskRepo } from '../../src/repo/disk.ts';
import { judgeRepository } from '../../src/run.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'memory-'));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

function copyOf(name: string): string {
  const folder = mkdtempSync(join(FOLDER, `${name}-`));
  cpSync(`fixtures/services/${name}`, folder, { recursive: true });
  return folder;
}

function judged(folder: string, memory?: Memory): Promise<Report> {
  return judgeRepository(
    { repo: diskRepo(folder, { name: 'copy' }), dir: '', rootNamed: () => undefined },
    {
      asOf: '2026-11-16',
      only: [],
      failOn: 'critical',
      checklists: CHECKLISTS,
      profiles: PROFILES,
      version: '0.0.0',
      ...(memory && { memory }),
    },
  );
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

/** One thing that somebody does between two runs; `at` picks the file. */
type Edit = readonly [what: 'append' | 'truncate' | 'remove' | 'rename' | 'add' | 'shuffle', at: number];

function apply(folder: string, [what, at]: Edit): void {
  const paths = filesIn(folder);
  const path = join(folder, paths[at % paths.length] ?? '');
  const text = readFileSync(path, 'utf8');
  if (what === 'append') writeFileSync(path, `${text}\n# one more line\n`);
  else if (what === 'truncate') writeFileSync(path, text.slice(0, Math.floor(text.length / 2)));
  else if (what === 'shuffle') writeFileSync(path, text.split('\n').reverse().join('\n'));
  else if (what === 'remove') rmSync(path);
  else if (what === 'rename') renameSync(path, `${path}.moved`);
  else writeFileSync(join(folder, `added-${at}.md`), text);
}

const edit: fc.Arbitrary<Edit> = fc.tuple(
  fc.constantFrom('append', 'truncate', 'remove', 'rename', 'add', 'shuffle'),
  fc.nat(10_000),
);

describe('a run with a memory', () => {
  it('says the same as one without, whatever changed in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('payments', 'monorepo', 'orders'),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        async (name, edits) => {
          const folder = copyOf(name);
          const memory = openMemory();
          await judged(folder, memory);
          for (const it of edits) {
            apply(folder, it);
            expect(await judged(folder, memory), JSON.stringify(it)).toEqual(await judged(folder));
          }
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);

  it('gathers nothing anew where nothing changed', async () => {
    const folder = copyOf('payments');
    const memory = openMemory();
    const first = await judged(folder, memory);
    expect(memory.tally().kept).toBe(0);
    expect(await judged(folder, memory)).toEqual(first);
    const { all, kept } = memory.tally();
    expect(all).toBeGreaterThan(30);
    expect(all - kept).toBeLessThanOrEqual(4);
  });

  it('gathers anew what a saved file is part of, and little else', async () => {
    const folder = copyOf('payments');
    const memory = openMemory();
    await judged(folder, memory);
    const page = filesIn(folder).find((path) => /runbook/.test(path) && path.endsWith('.md')) ?? '';
    apply(folder, ['append', filesIn(folder).indexOf(page)]);
    expect(await judged(folder, memory)).toEqual(await judged(folder));
    const { all, kept } = memory.tally();
    expect(kept).toBeLessThan(all);
    expect(kept / all).toBeGreaterThan(0.4);
  });
});
