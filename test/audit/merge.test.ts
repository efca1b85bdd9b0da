/** Merging: the shards of an audit are the audit, byte for byte, and nothing less passes for it. */
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeRuns } from '../../src/audit/merge.ts';
import type { Inventory } from '../../src/audit/run-folder.ts';
import type { AuditRow, Missing } from '../../src/model-audit.ts';
import { format as terminal } from '../../src/report/audit/terminal.ts';
import { temporaryFolder } from '../repo/temporary.ts';
import { anyRows, inventoryOf, linesOf, runOf } from './run-sample.ts';
import { auditOf, HEADER, unjudgedRow } from './sample-audit.ts';

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((repo) => unjudgedRow(repo));
const ALL = { allowMissing: false };
const SOME = { allowMissing: true };

/** The run of a shard, complete unless `without` leaves a row out. */
function part(index: number, of: number, more: Partial<Inventory> = {}, rows: readonly AuditRow[] = ROWS): string {
  const folder = join(temporaryFolder(), `part-${index}`);
  const run = runOf(folder, rows, inventoryOf(ROWS, { shard: { index, of }, ...more }));
  if (rows === ROWS) run.journal.complete();
  run.close();
  return folder;
}

function merged(folders: readonly string[], how = ALL): { readonly lines: string; readonly missing?: Missing } {
  const { rows, missing, close } = mergeRuns(folders, how);
  const lines = linesOf(rows, missing);
  close();
  return { lines, ...(missing && { missing }) };
}

describe('merging', () => {
  it('comes to the whole, for any rows, any number of shards and any order', () => {
    const folder = temporaryFolder();
    let count = 0;
    const split = fc.integer({ min: 1, max: 4 }).chain((of) => {
      const indices = Array.from({ length: of }, (_, at) => at + 1);
      return fc.shuffledSubarray(indices, { minLength: of });
    });
    fc.assert(
      fc.property(anyRows, split, fc.infiniteStream(fc.integer()), (rows, order, ranks) => {
        const at = join(folder, `${count++}`);
        const shuffled = rows.map((row) => [ranks.next().value, row] as const).sort(([a], [b]) => a - b);
        const folders = order.map((index) => {
          const run = runOf(
            join(at, `${index}`),
            shuffled.map(([, row]) => row),
            inventoryOf(rows, { shard: { index, of: order.length } }),
          );
          run.journal.complete();
          run.close();
          return run.folder;
        });
        expect(merged(folders).lines).toBe(linesOf(() => rows));
      }),
      { numRuns: 20 },
    );
  });

  it('takes a whole run alone, and the same one twice', () => {
    const run = runOf(join(temporaryFolder(), 'run'), ROWS);
    run.journal.complete();
    run.close();
    expect(merged([run.folder, run.folder]).lines).toBe(linesOf(() => ROWS));
  });

  it('names every shard that is missing, and every one that is not complete', () => {
    const half = part(3, 4, {}, ROWS.slice(0, 6));
    expect(() => merged([part(1, 4), half])).toThrow(
      /3 of 4 shards are missing: 2\/4 \(its run is not among them\), 3\/4 \(".*part-3" has \d of its \d repositories and is not complete\), 4\/4 \(/,
    );
    const run = runOf(join(temporaryFolder(), 'run'), ROWS.slice(1), inventoryOf(ROWS));
    run.close();
    expect(() => merged([run.folder])).toThrow(/the run is incomplete: ".*" has 7 of its 8 repositories/);
  });

  it('shows what there is where that is allowed, and says what is missing', () => {
    const { lines, missing } = merged([part(1, 2)], SOME);
    const there = lines.split('\n').filter((line) => line.includes('"what":"repository"'));
    expect(missing?.shards).toEqual(['2/2']);
    expect(there.length + (missing?.repositories.length ?? 0)).toBe(ROWS.length);
    expect(JSON.parse(lines.split('\n')[0] ?? '').missing).toEqual(missing);
  });

  it('says so in the terminal first', () => {
    const canvas = { width: 80, colour: 0, hyperlinks: false, unicode: true, quiet: false, verbose: false } as const;
    const missing = { shards: ['2/4', '3/4'], repositories: ['x'] };
    expect([...terminal.render(auditOf(ROWS, { missing }), { ...canvas, width: 0 })].join('')).toContain(
      'This audit is incomplete: shards 2/4, 3/4 are missing, and 1 repository was not judged.',
    );
    expect([...terminal.render(auditOf(ROWS), canvas)].join('')).not.toContain('incomplete');
  });

  it.each<[string, Partial<Inventory>, RegExp]>([
    ['number of shards', { shard: { index: 2, of: 3 } }, /one is shard 1\/2, the other 2\/3/],
    ['yardstick', { header: { ...HEADER, yardstick: '0', asOf: '2020-01-01' } }, /the other from 2020-01-01/],
    ['gate', { gates: true }, /only one was begun with --fail-on/],
    [
      'list',
      { targets: inventoryOf([...ROWS, unjudgedRow('z')]).targets },
      /lists of 8 and 9 repositories differ, e\.g\. in "z"/,
    ],
  ])('refuses runs of another %s', (_, more, message) => {
    const [one, other] = [part(1, 2), part(2, 2, more, [])];
    expect(() => merged([one, other])).toThrow(message);
    expect(() => merged([one, other], SOME)).toThrow(message);
  });

  it('refuses a shard that is there twice and says two things', () => {
    const changed = ROWS.map((row) => ({ ...row, because: 'something else' }));
    const [one, other, rest] = [part(1, 2), part(1, 2, {}, changed), part(2, 2)];
    expect(() => merged([one, other, rest])).toThrow(/are both shard 1\/2 and say different things/);
  });

  it('refuses nothing at all', () => {
    expect(() => merged([])).toThrow(/nothing to merge/);
    expect(() => merged([temporaryFolder()])).toThrow(/holds no run/);
  });
});
