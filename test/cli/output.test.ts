import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { repository, temporaryFolder, write } from '../repo/temporary.ts';
import { BIN, run } from './run.ts';
import { AS_OF, GOOD, runUntouched, treeOf } from './untouched.ts';

const CHECK = ['check', '.', '--only', 'manifest', '--as-of', AS_OF];
const ENV = { PATH: process.env.PATH, HOME: '/nonexistent', TZ: 'UTC' };

function service(manifest = GOOD): string {
  const folder = temporaryFolder();
  write(folder, { 'gonogo.yaml': manifest });
  return folder;
}

/** Runs a shell line in a folder with `$GONOGO` as the command. */
function shell(folder: string, line: string): { status: number | null; stdout: string; stderr: string } {
  const env = { ...ENV, GONOGO: `${process.execPath} ${BIN}` };
  const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', line], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('stdout carries the report and stderr the rest', () => {
  it('writes nothing to stderr when nothing is to be said', () => {
    expect(runUntouched(service(), CHECK)).toMatchObject({ status: 0, stderr: '' });
  });

  it('is valid JSON and one line end', () => {
    const { stdout } = runUntouched(service(), [...CHECK, '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, verdict: 'GO' });
    expect(stdout.endsWith('}\n')).toBe(true);
  });

  it('writes nothing to stdout when the report goes to a file', () => {
    const folder = service();
    const ran = run([...CHECK, '--format', 'json=report.json'], { cwd: folder });
    expect(ran).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toMatchObject({ verdict: 'GO' });
  });

  it('writes one report to stdout and others to files, uncoloured', () => {
    const folder = service();
    const { stdout } = run([...CHECK, '--color', '--format', 'terminal=report.txt', '--format', 'json'], {
      cwd: folder,
    });
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'GO' });
    expect(readFileSync(join(folder, 'report.txt'), 'utf8')).toMatch(/^✔ GO {2}parcels/);
  });
});

describe('notes on trouble of our own', () => {
  /** A run in which one check throws. */
  function broken(...flags: readonly string[]): { stdout: string; stderr: string; status: number | null } {
    const breaker = temporaryFolder();
    const module =
      "const sorted = Array.prototype.toSorted;\nArray.prototype.toSorted = function (...args) {\n  if (this[0]?.pointer !== undefined) throw new Error('broken on purpose');\n  return sorted.apply(this, args);\n};\n";
    write(breaker, { 'break.mjs': module });
    const env = { NODE_OPTIONS: `--import=${join(breaker, 'break.mjs')}` };
    return runUntouched(service(`${GOOD}handover: gonogo.yaml\n`), [...CHECK, ...flags], env);
  }

  it('stand in the report on stdout when a person reads it there', () => {
    const { stdout, stderr, status } = broken();
    expect(stdout).toContain('broken on purpose');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it.each([[['--format', 'json']], [['--quiet']]])('go to stderr with %j', (flags) => {
    const { stderr } = broken(...flags);
    expect(stderr).toMatch(/^note: .*manifest\/paths-exist.*broken on purpose.*\n$/);
  });
});

describe('--format', () => {
  it.each([
    [
      ['json', 'terminal'],
      'error: json and terminal would both go to stdout (--format)\n  give all but one a file: --format json=report.json\n',
    ],
    [
      ['json', 'json=-'],
      'error: json and json would both go to stdout (--format)\n  give all but one a file: --format json=report.json\n',
    ],
    [
      ['json=report', 'junit=./report'],
      'error: two files would both be "./report" (--format)\n  give each a name of its own\n',
    ],
    [['jsn'], 'error: there is no format "jsn" (--format)\n  did you mean "json"?\n'],
    [['json='], 'error: --format json= names no file\n  write --format json=FILE, or --format json for stdout\n'],
    [['json=gonogo.yaml'], 'error: "gonogo.yaml" already exists\n  use --force to replace it, or give another path\n'],
    [
      ['json=no/report.json'],
      'error: "no/report.json" could not be written: its folder does not exist\n  create the folder first\n',
    ],
    [['json=docs'], 'error: "docs" is a folder\n  give the path of a file\n'],
    [
      ['json=gonogo.yaml/x'],
      'error: "gonogo.yaml/x" could not be written: a part of its path is not a folder\n  give another path\n',
    ],
    [
      ['json=/dev/full'],
      'error: "/dev/full" could not be written: the disk is full\n  free some space and try again\n',
    ],
  ])('%j', (words, stderr) => {
    const folder = service();
    mkdirSync(join(folder, 'docs'));
    expect(runUntouched(folder, [...CHECK, ...words.flatMap((word) => ['--format', word])])).toEqual({
      status: 2,
      stdout: '',
      stderr,
    });
  });

  it('names the formats when none is close', () => {
    expect(runUntouched(service(), [...CHECK, '--format', 'powerpoint']).stderr).toMatch(
      /^error: there is no format "powerpoint" \(--format\)\n {2}formats: .*json.*\n$/,
    );
  });

  it('overwrites with --force', () => {
    const folder = service();
    write(folder, { 'report.json': 'old' });
    expect(run([...CHECK, '--format', 'json=report.json', '--force'], { cwd: folder }).status).toBe(0);
    expect(readFileSync(join(folder, 'report.json'), 'utf8')).toMatch(/^\{/);
  });
});

describe('a disk or a reader that takes no more', () => {
  it('a full stdout is said in a sentence', () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [BIN, ...CHECK], {
      cwd: service(),
      env: ENV,
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    expect(stderr).toBe(
      'error: could not write the output: no space left on the device (stdout)\n  free some space or write elsewhere, then run it again\n',
    );
    expect(status).toBe(2);
  });

  it('a full disk leaves no half a file', ({ skip }) => {
    const tiny = temporaryFolder();
    const mounted = spawnSync('sh', ['-c', 'mount -t tmpfs -o size=4k tmpfs "$1"', 'sh', tiny]);
    if (mounted.status !== 0) skip('no tmpfs can be mounted here');
    try {
      const { status, stdout, stderr } = run(['check', '.', '--format', `json=${tiny}/report.json`], {
        cwd: service('{'),
      });
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toBe(
        `error: "${tiny}/report.json" could not be written: the disk is full\n  free some space and try again\n`,
      );
      expect(readdirSync(tiny)).toEqual([]);
    } finally {
      execFileSync('sh', ['-c', 'umount "$1"', 'sh', tiny]);
    }
  });

  it.each([
    ['GO', GOOD, 0],
    ['NO-GO', '{', 1],
  ])('a reader that went away leaves the verdict %s as it is', (_verdict, manifest, status) => {
    const line = '$GONOGO check . --only manifest --as-of 2026-11-16 --verbose --format json | head -1';
    expect(shell(service(manifest), line)).toEqual({ status, stdout: '{\n', stderr: '' });
    expect(shell(service(manifest), '$GONOGO check . --only manifest --as-of 2026-11-16 | true')).toEqual({
      status,
      stdout: '',
      stderr: '',
    });
  });

  it('a reader that is slow gets all of it', () => {
    const { stdout, status } = shell(service(), '$GONOGO rules --format json | (sleep 0.3; cat)');
    expect(JSON.parse(stdout).length).toBeGreaterThan(10);
    expect(status).toBe(0);
  });
});

describe('Ctrl-C', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('%s ends a run by that signal and leaves nothing behind', async (signal) => {
    const folder = repository({ 'gonogo.yaml': GOOD });
    const [temporary, bin] = [temporaryFolder(), temporaryFolder()];
    // A git that answers late, so that the run is surely under way.
    writeFileSync(join(bin, 'git'), `#!/bin/sh\necho $$ > ${bin}/started\nexec sleep 300\n`);
    chmodSync(join(bin, 'git'), 0o755);
    const before = treeOf(folder);
    const env = { ...ENV, PATH: `${bin}:${process.env.PATH}`, TMPDIR: temporary };
    const child = spawn(process.execPath, [BIN, 'check', '.', '--ref', 'HEAD'], { cwd: folder, env });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    const exited = new Promise<NodeJS.Signals | null>((done) => child.on('exit', (_code, by) => done(by)));
    const isStarted = () => existsSync(join(bin, 'started')) && readFileSync(join(bin, 'started'), 'utf8') !== '';
    // A command that ends before it asks git would be waited for until the test runs out of time.
    while (child.exitCode === null && !isStarted()) await wait(20);
    expect(readdirSync(temporary)).toHaveLength(1);
    child.kill(signal);
    expect(await exited).toBe(signal);
    process.kill(Number(readFileSync(join(bin, 'started'), 'utf8')));
    expect(readdirSync(temporary)).toEqual([]);
    expect(treeOf(folder)).toEqual(before);
    expect(Buffer.concat(output).toString()).toBe('');
  });
});

describe('colour', () => {
  const ESCAPE = '\u001b[';

  it.each([
    ['a pipe has none', {}, [], false],
    ['FORCE_COLOR gives it', { FORCE_COLOR: '1' }, [], true],
    ['FORCE_COLOR=0 does not', { FORCE_COLOR: '0' }, [], false],
    ['NO_COLOR takes it', { FORCE_COLOR: '1', NO_COLOR: '1' }, [], false],
    ['an empty NO_COLOR is none', { FORCE_COLOR: '1', NO_COLOR: '' }, [], true],
    ['CLICOLOR_FORCE gives it', { CLICOLOR_FORCE: '1' }, [], true],
    ['a CI log shows it', { GITHUB_ACTIONS: 'true' }, [], true],
    ['--color wins', { NO_COLOR: '1' }, ['--color'], true],
    ['--no-color wins', { FORCE_COLOR: '3' }, ['--no-color'], false],
  ])('%s', (_what, env, flags, coloured) => {
    const { stdout, stderr, status } = runUntouched(service(), [...CHECK, ...flags], { NO_COLOR: undefined, ...env });
    expect(stdout.includes(ESCAPE)).toBe(coloured);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('is never in JSON', () => {
    expect(runUntouched(service(), [...CHECK, '--color', '--format', 'json']).stdout).not.toContain(ESCAPE);
  });
});

describe('--quiet and --verbose', () => {
  it('show less and more', () => {
    const folder = service('{');
    const [quiet, plain, verbose] = [['--quiet'], [], ['--verbose']].map(
      (flags) => runUntouched(folder, [...CHECK, ...flags]).stdout.split('\n').length,
    );
    expect(quiet).toBeLessThan(plain ?? 0);
    expect(plain).toBeLessThan(verbose ?? 0);
    expect(runUntouched(folder, [...CHECK, '--quiet']).stdout).toContain('manifest/schema-valid');
  });
});
