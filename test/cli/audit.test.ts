/** `gonogo audit` in a process of its own: which repositories, the same bytes however it runs, exit codes, no trace left. */
import { cpSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { git, repository, temporaryFolder, write } from '../repo/temporary.ts';
import { run } from './run.ts';
import { AS_OF, runUntouched } from './untouched.ts';

const ROWS = ['--format', 'jsonl', '--as-of', AS_OF, '--no-progress'];

/** Sample services, a bare repository, and two that cannot be judged. */
function estate(): string {
  const folder = temporaryFolder();
  for (const name of ['payments', 'orders'])
    cpSync(`fixtures/services/${name}`, join(folder, 'team', name), { recursive: true });
  git(folder, ['init', '-q', '--bare', 'mirrors/new.git']);
  const shop = repository({ 'gonogo.yaml': 'apiVersion: gonogo/v1\nkind: Service\nname: shop\n' });
  git(folder, ['clone', '-q', '--bare', shop, 'mirrors/shop.git']);
  write(folder, { 'broken/gonogo.policy.yaml': 'apiVersion: nobody/v9\n', 'broken/gonogo.yaml': 'kind: Service\n' });
  return folder;
}

interface Line {
  readonly what: string;
  readonly repo: string;
  readonly outcome: string;
  readonly because?: string;
  readonly verdict?: string;
}

function rowsOf(jsonl: string): readonly Line[] {
  const lines = jsonl.split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Line).filter(({ what }) => what === 'repository');
}

function summary(jsonl: string): readonly string[] {
  return rowsOf(jsonl).map(({ repo, verdict, outcome, because }) => `${repo} ${verdict ?? `${outcome}: ${because}`}`);
}

describe('audit', () => {
  it('gives each repository a row and exit code 2 where one was not judged, and leaves nothing behind', () => {
    const { status, stdout, stderr } = runUntouched(estate(), ['audit', '.', ...ROWS]);
    // Where there is no home, nothing is kept.
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^note: this audit cannot be resumed: .*\n$/)]);
    expect(summary(stdout)).toEqual([
      expect.stringMatching(/^broken refused: /),
      'mirrors/new empty: there is no commit in it',
      'mirrors/shop NO-GO',
      'team/orders NO-GO',
      'team/payments GO',
    ]);
  });

  it('is the same, byte for byte, however many at once, in whatever order, and wherever the copies lie', () => {
    const folder = estate();
    const once = run(['audit', folder, '--jobs', '1', ...ROWS]).stdout;
    const moved = join(temporaryFolder(), 'elsewhere');
    renameSync(folder, moved);
    write(moved, { 'all.txt': 'team\nmirrors/shop.git\nmirrors/new.git\nbroken\n' });
    expect(run(['audit', '--repos', 'all.txt', '--jobs', '3', ...ROWS], { cwd: moved }).stdout).toBe(once);
    expect(once).not.toContain(folder);
  });

  it('judges a repository as check does', () => {
    const folder = temporaryFolder();
    cpSync('fixtures/services/orders', join(folder, 'orders'), { recursive: true });
    const checked = JSON.parse(run(['check', 'orders', '--format', 'json', '--as-of', AS_OF], { cwd: folder }).stdout);
    const [row] = rowsOf(run(['audit', 'orders', ...ROWS], { cwd: folder }).stdout) as readonly (Line &
      typeof checked)[];
    expect(row.services[0].score).toEqual(checked.services[0].score);
    expect(row.services[0].findings.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).toEqual(
      checked.services[0].findings.map(({ fingerprint }: { fingerprint: string }) => fingerprint),
    );
  });

  it('reads a list from stdin; a folder that is gone and an address are rows of their own', () => {
    const folder = estate();
    write(folder, { 'repos.txt': 'team/payments\nteam/gone\n' });
    const { status, stdout } = run(['audit', '--repos', `${folder}/repos.txt`, ...ROWS]);
    expect([status, summary(stdout)]).toEqual([
      2,
      ['team/gone unreachable: there is nothing at "team/gone"', 'team/payments GO'],
    ]);
  });

  it('has exit code 1 only where a gate was asked for, and 0 where all were judged', () => {
    const folder = estate();
    const status = (...more: readonly string[]) =>
      run(['audit', `${folder}/team`, '--quiet', '--as-of', AS_OF, ...more]).status;
    expect([status(), status('--fail-on', 'major')]).toEqual([0, 1]);
  });

  it.each([
    [[], 'error: no repository was named (targets)\n  give folders that are'],
    [['--repos', 'list.txt'], 'error: a line of the list has a word behind the repository'],
    [['--timeout-per-repo', '5'], "error: option '--timeout-per-repo <duration>' argument '5' is invalid"],
    [['https://ghp_s3cret@github.com/acme/x'], 'error: an address carries credentials'],
  ])('%j is refused with exit code 2 and a way out, and nothing is judged', (words, sentence) => {
    const folder = temporaryFolder();
    write(folder, { 'list.txt': 'a\nb branch=main\n' });
    const { status, stdout, stderr } = runUntouched(folder, ['audit', ...words]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('s3cret');
    if (words.includes('list.txt')) expect(stderr).toContain('list.txt:2');
  });

  it('ends the judging of one that takes too long, which is a row', () => {
    const folder = estate();
    const { status, stdout } = runUntouched(folder, ['audit', 'team/payments', '--timeout-per-repo', '1ms', ...ROWS]);
    expect([status, summary(stdout)]).toEqual([2, ['payments timeout: judging it took longer than 0.001 s']]);
  });

  it('takes the policy that is named, and a repository’s own where none is', () => {
    const folder = temporaryFolder();
    const policy =
      'apiVersion: gonogo/v1\nkind: Policy\nrules:\n  ownership/owner-named: { severity: { tier1: critical } }\n';
    write(folder, {
      'a/gonogo.yaml': 'kind: Service\n',
      'a/gonogo.policy.yaml': policy,
      'b/gonogo.yaml': 'kind: Service\n',
    });
    const policies = (...more: readonly string[]) =>
      rowsOf(run(['audit', 'a', 'b', ...ROWS, ...more], { cwd: folder }).stdout).map((row) => 'policy' in row);
    expect(policies()).toEqual([true, false]);
    write(folder, { 'ours.yaml': policy });
    expect(policies('--policy', 'ours.yaml')).toEqual([false, false]);
  });
}, 120_000);

describe('the built package', () => {
  it('holds each module once, so that a thread has the same code as the command line', () => {
    const built = readdirSync('dist').filter((name) => name.endsWith('.cjs'));
    const holding = (text: string) => built.filter((name) => readFileSync(join('dist', name), 'utf8').includes(text));
    expect(holding('the release is blocked')).toHaveLength(1);
    expect(holding('there is no file in it')).toHaveLength(1);
  });
});
