/** Runs of `gonogo audit` as a user has them: kept, interrupted, resumed, and where the disk does not play along. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { AS_OF, writeEstate } from '../../scripts/crash/estate.ts';
import { crash } from '../../scripts/crash/kills.ts';
import { temporaryFolder, write } from '../repo/temporary.ts';
import { BIN, run } from './run.ts';
import { runUntouched, treeOf } from './untouched.ts';

const JUDGE = ['audit', '--as-of', AS_OF, '--only', 'manifest'];
const MINUTES = 240_000;

/** A folder with an estate in it. */
function place(count = 4): string {
  const folder = temporaryFolder();
  writeEstate(join(folder, 'estate'), count);
  return folder;
}

/** Takes the last rows out of a finished run, as if it had been killed before them. */
function cutShort(journal: string, rows: number): void {
  const lines = readFileSync(journal, 'utf8').split('\n').slice(0, rows);
  writeFileSync(journal, `${lines.join('\n')}\n{"repo":"torn`);
}

describe('a run', () => {
  it('is kept below the state folder by default, for this user alone, and changes nothing that is judged', () => {
    const cwd = place();
    const before = treeOf(join(cwd, 'estate'));
    const { status, stderr } = run([...JUDGE, 'estate'], { cwd, env: { XDG_STATE_HOME: join(cwd, 'state') } });
    expect([status, stderr]).toEqual([2, '']);
    const [name = ''] = readdirSync(join(cwd, 'state/gonogo/runs'));
    expect(name).toMatch(/^\d{4}-\d\d-\d\dT\d{6}-\w{6}$/);
    expect(statSync(join(cwd, 'state/gonogo/runs', name)).mode & 0o777).toBe(0o700);
    expect(treeOf(join(cwd, 'estate'))).toEqual(before);
  });

  it('goes on without being kept where there is no home, and says so', () => {
    const cwd = place();
    const { status, stdout, stderr } = run([...JUDGE, 'estate'], { cwd, env: { HOME: '/dev/null/home' } });
    expect([status, stdout]).toEqual([2, expect.stringContaining('4 repositories, 2 of them not judged')]);
    expect(stderr).toMatch(/^note: this audit cannot be resumed: .*--run names another folder\n$/);
  });

  it('is resumed by its own flags and list, from any folder, and shown in whatever format', () => {
    const cwd = place();
    const policy = 'apiVersion: gonogo/v1\nkind: Policy\nname: p\n';
    writeFileSync(join(cwd, 'p.yaml'), policy);
    const whole = run([...JUDGE, '--tier', '1', '--run', 'run', '--format', 'jsonl', 'estate'], { cwd });
    cutShort(join(cwd, 'run/journal.jsonl'), 2);
    const again = run(['audit', '--resume', join(cwd, 'run'), '--format', 'jsonl'], { cwd: '/' });
    expect([again.status, again.stdout, again.stderr]).toEqual([whole.status, whole.stdout, '']);
    const shown = run(['audit', '--resume', 'run', '--tier', '1', '--as-of', AS_OF, '--no-color'], { cwd });
    expect([shown.status, shown.stdout]).toEqual([2, expect.stringContaining('4 repositories, 2 of them not judged')]);
  });

  it('tries again what was out of reach where that is asked for, and only then', () => {
    const cwd = place(1);
    writeFileSync(join(cwd, 'list.txt'), 'estate/service-0000\nlate\n');
    const words = [...JUDGE, '--format', 'jsonl', '--repos', 'list.txt', '--run'];
    const before = run([...words, 'run'], { cwd });
    expect([before.status, before.stdout]).toEqual([2, expect.stringContaining('there is nothing at \\"late\\"')]);
    write(cwd, { 'late/gonogo.yaml': 'apiVersion: gonogo/v1\nkind: Service\nname: late\n' });
    const resume = ['audit', '--resume', join(cwd, 'run'), '--format', 'jsonl'];
    expect(run(resume).stdout).toBe(before.stdout);
    const after = run([...words, 'other'], { cwd });
    expect([run([...resume, '--retry-failed']).stdout, run(resume).stdout]).toEqual([after.stdout, after.stdout]);
  });

  it('is not resumed with other flags or another list', () => {
    const cwd = place(1);
    run([...JUDGE, '--run', 'run', 'estate'], { cwd });
    for (const [more, message] of [
      [['--tier', '2'], /--tier is not as it was when the run was begun: without it/],
      [['--fail-on', 'critical'], /--fail-on is not as it was when the run was begun: with "major"/],
      [['--shard', '1/2'], /--shard is not as it was .* without it/],
      [['estate'], /a run that is resumed has its list, and "estate" would be another/],
    ] as const) {
      const { status, stderr } = run(['audit', '--resume', 'run', ...more], { cwd });
      expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
    }
  });

  it('is not resumed once what it judges by has changed', () => {
    const cwd = place(1);
    const rule = (statement: string): string =>
      `  - id: acme/readme\n    statement: ${statement}\n    severity: { tier1: major }\n    check: generic/file-exists\n    with: { files: [README.md] }\n    why: Somebody reads it.\n    fix: Write it.\n`;
    const own = (statement: string): string => `area: acme\ntitle: Acme\nintro: Ours.\nrules:\n${rule(statement)}`;
    writeFileSync(join(cwd, 'own.yaml'), own('There is a README.'));
    const first = run([...JUDGE, '--checklist', 'own.yaml', '--run', 'run', 'estate'], { cwd });
    expect(first.stderr).toBe('');
    writeFileSync(join(cwd, 'own.yaml'), own('There is a page to read.'));
    const { status, stderr } = run(['audit', '--resume', 'run'], { cwd });
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/another yardstick .*: the checklists differ \(acme\)/),
    ]);
  });

  it('tells how to go on when its output cannot be written', () => {
    const cwd = place(2);
    const { status, stderr } = run([...JUDGE, '--run', 'a run', '--format', 'jsonl=/dev/full', 'estate'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain(`note: what was judged is kept; to go on: gonogo audit --resume '${cwd}/a run'\n`);
  });

  it.each([
    [['--format', 'jsonl=old.jsonl'], /"old\.jsonl" already exists/],
    [['--format', 'jsonl=nowhere/new.jsonl'], /nowhere\/new\.jsonl" could not be written: its folder does not exist/],
    [['--each', 'sarif=reports'], /"reports\/service-0000\.sarif" already exists/],
    [['--shard', '1/2', '--store', 'kept'], /an audit of which parts are missing is not stored/],
  ])('that could not be written in the end is not begun: %j', (words, message) => {
    const cwd = place(2);
    writeFileSync(join(cwd, 'old.jsonl'), 'old\n');
    mkdirSync(join(cwd, 'reports'));
    writeFileSync(join(cwd, 'reports/service-0000.sarif'), 'old\n');
    const { status, stdout, stderr } = runUntouched(cwd, [...JUDGE, '--run', 'run', ...words, 'estate']);
    expect([status, stdout, stderr]).toEqual([2, '', expect.stringMatching(message)]);
  });

  it('of a shard says that it is not all, and leaves what stands across services to the whole', () => {
    const cwd = temporaryFolder();
    const service = (name: string): string =>
      `apiVersion: gonogo/v1\nkind: Service\nname: ${name}\ntier: 3\ndependencies:\n  - { id: ${name === 'a' ? 'c' : 'a'}, kind: http }\n`;
    // They are in different shards.
    for (const name of ['a', 'c']) write(cwd, { [`estate/${name}/gonogo.yaml`]: service(name) });
    const words = ['--only', 'estate/unknown-dependency', '--format', 'jsonl', '--run'];
    for (const index of [1, 2]) {
      const { status, stdout } = run(['audit', 'estate', ...words, `run-${index}`, '--shard', `${index}/2`], { cwd });
      const [head, ...rest] = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      const own = rest.filter(({ what }) => what === 'repository').map(({ repo }) => repo);
      const others = ['a', 'c'].filter((name) => !own.includes(name));
      expect([status, head.missing]).toEqual([0, { shards: [`${3 - index}/2`], repositories: others }]);
      // What stands across services is asked of all of them together.
      expect([rest.at(-1).findings, own.length]).toEqual([[], 1]);
    }
    const merged = run(['merge', 'run-1', 'run-2', '--format', 'jsonl'], { cwd }).stdout;
    expect(JSON.parse(merged.split('\n')[0] ?? '')).not.toHaveProperty('missing');
  });
});

describe('an audit that is killed', () => {
  it(
    'at random points comes to the same bytes, with nothing lost and at most one repository redone a worker and kill',
    async () => {
      const came = await crash(temporaryFolder(), { repositories: 12, kills: 5, seed: 3 });
      expect(came.identical).toBe(came.audits);
      expect(came.mostRedone).toBeLessThanOrEqual(availableParallelism());
      expect([came.twice, came.kills]).toEqual([0, 5]);
    },
    MINUTES,
  );

  it(
    'by Ctrl-C has a whole journal, and goes on',
    async () => {
      const cwd = place(12);
      const words = [...JUDGE, '--run', 'run', 'estate'];
      const child = spawn(process.execPath, [BIN, ...words], {
        cwd,
        env: { PATH: process.env.PATH, HOME: '/nonexistent' },
      });
      const journal = join(cwd, 'run/journal.jsonl');
      while (child.exitCode === null && !(existsSync(journal) && statSync(journal).size > 0))
        await new Promise((resolve) => setImmediate(resolve));
      child.kill('SIGINT');
      const [code, signal] = await once(child, 'exit');
      expect(signal ?? code).toBeOneOf(['SIGINT', 130, 2]);
      expect(readFileSync(journal, 'utf8')).toMatch(/\n$/);
      const whole = run([...JUDGE, '--run', 'other', '--format', 'jsonl', 'estate'], { cwd });
      expect(run(['audit', '--resume', 'run', '--format', 'jsonl'], { cwd }).stdout).toBe(whole.stdout);
    },
    MINUTES,
  );

  it('by a closed pipe has written its files and keeps its exit code', () => {
    const cwd = place(3);
    const words = [...JUDGE, '--run', 'run', '--format', 'jsonl', '--format', 'terminal=out.txt', 'estate'];
    const command = `{ "$0" "$@"; echo "code $?" >&2; } | true`;
    const { stderr } = spawnSync('sh', ['-c', command, process.execPath, BIN, ...words], { cwd, encoding: 'utf8' });
    expect(stderr).toBe('code 2\n');
    expect(readFileSync(join(cwd, 'out.txt'), 'utf8')).toContain('3 repositories, 2 of them not judged');
    expect(run(['audit', '--resume', 'run'], { cwd }).stdout).toBe(readFileSync(join(cwd, 'out.txt'), 'utf8'));
  });
});

/** A small file system of our own; only root may have one. */
function mounted(size: string): string | undefined {
  const at = mkdtempSync(join(tmpdir(), 'gonogo-test-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', at]);
  if (status !== 0) {
    rmSync(at, { recursive: true });
    return undefined;
  }
  mounts.push(at);
  return at;
}

const mounts: string[] = [];
function unmount(): void {
  for (const at of mounts.splice(0)) {
    spawnSync('umount', ['-l', at]);
    rmSync(at, { recursive: true });
  }
}
afterEach(unmount);

const MAY_MOUNT = mounted('64k') !== undefined;
unmount();

const PAGE = 4096;

function pagesOf(file: string): number {
  return Math.ceil(statSync(file).size / PAGE);
}

function freePages(disk: string): number {
  const { bavail, bsize } = statfsSync(disk);
  return Math.floor((bavail * bsize) / PAGE);
}

describe.skipIf(!MAY_MOUNT)('a disk (only root may mount one to try)', () => {
  it('that is full ends the audit with a sentence; what was there stays, and the run goes on once there is room', () => {
    const cwd = place(12);
    const whole = run([...JUDGE, '--run', 'whole', '--format', 'jsonl', 'estate'], { cwd });
    const [inventory, journal] = ['inventory.json', 'journal.jsonl'].map((it) => pagesOf(join(cwd, 'whole', it)));
    const size = 2 * ((inventory ?? 0) + (journal ?? 0));
    const disk = mounted(`${4 * size}k`) ?? '';
    const ballast = join(disk, 'ballast');
    writeFileSync(join(disk, 'old.jsonl'), 'old\n');
    // What is left: the inventory, who writes, and half of the journal.
    const left = (inventory ?? 0) + Math.floor((journal ?? 0) / 2) + 2;
    writeFileSync(ballast, Buffer.alloc((freePages(disk) - left) * PAGE));
    const full = run([...JUDGE, '--run', join(disk, 'run'), 'estate'], { cwd });
    expect([full.status, full.stderr]).toEqual([
      2,
      expect.stringMatching(/journal\.jsonl" could not be written: the disk is full/),
    ]);
    expect(full.stderr).toContain('--resume');
    rmSync(ballast);
    const again = run(['audit', '--resume', join(disk, 'run'), '--format', 'jsonl'], { cwd });
    expect(again.stdout).toBe(whole.stdout);
    writeFileSync(ballast, Buffer.alloc((freePages(disk) - 2) * PAGE));
    const output = join(disk, 'old.jsonl');
    const late = run(['audit', '--resume', join(disk, 'run'), '--force', '--format', `jsonl=${output}`], { cwd });
    expect([late.status, late.stderr]).toEqual([
      2,
      expect.stringMatching(/old\.jsonl" could not be written: the disk is full/),
    ]);
    expect(readFileSync(output, 'utf8')).toBe('old\n');
  });

  it('that is read-only refuses a run that is named, and keeps none of one that is not', () => {
    const cwd = place(1);
    const disk = mounted('256k') ?? '';
    mkdirSync(join(disk, 'kept'));
    run([...JUDGE, '--run', join(disk, 'kept'), 'estate'], { cwd });
    spawnSync('mount', ['-o', 'remount,ro', disk]);
    for (const words of [
      ['--run', join(disk, 'run'), 'estate'],
      ['--resume', join(disk, 'kept')],
    ]) {
      const { status, stderr } = run(['audit', ...words], { cwd });
      expect([status, stderr]).toEqual([2, expect.stringMatching(/could not be written: the disk is read-only/)]);
    }
    const { status, stderr } = run([...JUDGE, 'estate'], { cwd, env: { XDG_STATE_HOME: disk } });
    expect([status, stderr]).toEqual([0, expect.stringMatching(/^note: this audit cannot be resumed/)]);
    expect(run(['merge', join(disk, 'kept')], { cwd }).status).toBe(0);
  });
});
