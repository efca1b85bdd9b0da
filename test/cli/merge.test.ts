/** `gonogo merge` as a user has it: the same bytes and exit code as of one audit, a refusal that names the part, and a run to keep. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
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

  it('writes a report of each repository and stores the whole as audit does, and refuses both beforehand', () => {
    const { folder: cwd } = shards();
    const output = ['--each', 'json=reports', '--store', 'kept', '--quiet'];
    const merged = run(['merge', 'part-1', 'part-2', ...output], { cwd });
    expect([merged.status, merged.stderr]).toEqual([2, expect.stringMatching(/^note: 2 repositories were not judged/)]);
    const reports = ['service-0000.json', 'service-0003.json', 'service-0004.json'];
    expect(readdirSync(join(cwd, 'reports'))).toEqual(reports);
    expect(run(['store', 'push', 'whole', '--store', 'kept'], { cwd }).stdout).toBe('it is in the store already\n');
    const again = run(['merge', 'part-1', 'part-2', '--out', 'all', ...output], { cwd });
    expect([again.status, again.stdout, again.stderr]).toEqual([2, '', expect.stringMatching(/json" already exists/)]);
    const some = run(['merge', 'part-1', '--allow-missing', '--out', 'all', '--store', 'kept'], { cwd });
    expect([some.status, some.stderr]).toEqual([2, expect.stringMatching(/parts are missing is not stored/)]);
    expect(existsSync(join(cwd, 'all'))).toBe(false);
    // What an earlier audit said of a repository is not left to stand for one that was not judged.
    writeFileSync(join(cwd, 'reports/service-0002.json'), '{}');
    run(['merge', 'part-1', 'part-2', '--force', ...output], { cwd });
    expect(readdirSync(join(cwd, 'reports'))).toEqual(reports);
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
