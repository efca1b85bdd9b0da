/** `gonogo merge` as a user has it: the same bytes and exit code as of one audit, a refusal that names the part, and a run to keep. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AS_OF, writeEstate } from '../../scripts/crash/estate.ts';
import { temporaryFolder } from '../repo/temporary.ts';
import { type Ran, run } from './run.ts';

const JUDGE = ['audit', '--as-of', AS_OF, '--only', 'manifest'];

describe('gonogo merge', () => {
  function shards(): { readonly folder: string; readonly whole: Ran } {
    const folder = temporaryFolder();
    writeEstate(join(folder, 'estate'), 5);
    const words = [...JUDGE, '--fail-on', 'major', 'estate'];
    const whole = run([...words, '--run', 'whole', '--format', 'jsonl'], { cwd: folder });
    for (const index of [1, 2]) run([...words, '--run', `part-${index}`, '--shard', `${index}/2`], { cwd: folder });
    return { folder, whole };
  }

  it('comes to the same bytes and exit code as the whole, and refuses less', () => {
    const { folder, whole } = shards();
    const merged = run(['merge', 'part-2', 'part-1', '--format', 'jsonl', '--out', 'merged'], { cwd: folder });
    expect([merged.status, merged.stdout, merged.stderr]).toEqual([whole.status, whole.stdout, '']);
    // What they come to is a run like any other.
    expect(run(['merge', 'merged', '--format', 'jsonl'], { cwd: folder }).stdout).toBe(whole.stdout);
    expect(run(['audit', '--resume', 'merged', '--format', 'jsonl'], { cwd: folder }).stdout).toBe(whole.stdout);
    const less = run(['merge', 'part-2'], { cwd: folder });
    expect([less.status, less.stdout]).toEqual([2, '']);
    expect(less.stderr).toContain('1 of 2 shards are missing: 1/2 (its run is not among them)');
    const shown = run(['merge', 'part-2', '--allow-missing', '--out', 'some'], { cwd: folder });
    expect([shown.status, shown.stdout]).toEqual([
      2,
      expect.stringContaining('This audit is incomplete: shard 1/2 is missing'),
    ]);
    // What is missing of it can still be judged.
    expect(run(['audit', '--resume', 'some', '--format', 'jsonl'], { cwd: folder }).stdout).toBe(whole.stdout);
  });

  it.each([
    [['merge'], /missing required argument/],
    [['merge', 'nowhere'], /"nowhere" holds no run/],
    [['audit', '--shard', '3/2', 'x'], /It is i\/n, from 1\/1/],
  ])('refuses %j with a sentence', (words, message) => {
    const { status, stderr } = run(words, { cwd: temporaryFolder() });
    expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});
