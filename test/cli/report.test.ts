/** `gonogo report`: the same bytes that check writes, from the file alone. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/generated/formats.ts';
import { BIN, run } from './run.ts';
import { AS_OF } from './untouched.ts';

const NAMES = Object.keys(FORMATS);
const folder = mkdtempSync(join(tmpdir(), 'gonogo-report-'));
const stored = join(folder, 'report.json');

/** `--format` for each format, into files of a prefix. */
function toFiles(prefix: string): readonly string[] {
  return NAMES.flatMap((name) => ['--format', `${name}=${join(folder, `${prefix}.${name}`)}`]);
}

function ask(...words: readonly string[]) {
  return run(['report', ...words], { cwd: folder });
}

function piped(input: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, 'report', ...words], {
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

beforeAll(() => {
  const words = ['check', resolve('fixtures/services/orders'), '--as-of', AS_OF];
  const ran = run([...words, '--format', `json=${stored}`, ...toFiles('check')]);
  expect(ran).toMatchObject({ status: 1, stderr: '' });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('gonogo report', () => {
  it('writes what check writes, in every format', () => {
    expect(ask(stored, ...toFiles('again'))).toMatchObject({ status: 0, stdout: '', stderr: '' });
    // A page that check writes knows its way to the files; a stored report is of no folder.
    for (const name of NAMES.filter((it) => it !== 'html')) {
      const [before, after] = ['check', 'again'].map((it) => readFileSync(join(folder, `${it}.${name}`), 'utf8'));
      expect(before?.length).toBeGreaterThan(0);
      expect(after === before, name).toBe(true);
    }
  });

  it('shows the page in HTML that check shows', () => {
    const { stdout } = run(['check', resolve('fixtures/services/orders'), '--as-of', AS_OF, '--format', 'html']);
    expect(stdout.length).toBeGreaterThan(1000);
    expect(ask(stored, '--format', 'html').stdout).toBe(stdout);
  });

  it('shows it to a person, whatever the verdict is with exit code 0', () => {
    expect(ask(stored, '--quiet')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(/^✖ NO-GO {2}orders-api/),
    });
    expect(ask(stored, '--color').stdout).toContain('\u001B[');
  });

  it('takes it from stdin, and writes exactly the report to stdout', () => {
    const text = readFileSync(stored, 'utf8');
    expect(piped(text, '-', '--format', 'json')).toEqual({ status: 0, stdout: text, stderr: '' });
  });

  it('says the notes of the run where the report does not', () => {
    const noted = JSON.stringify({ ...JSON.parse(readFileSync(stored, 'utf8')), notes: ['\u001B[2Jsomething failed'] });
    expect(piped(noted, '-', '--format', 'badge').stderr).toBe('note: \\u{1b}[2Jsomething failed\n');
    expect(piped(noted, '-').stderr).toBe('');
  });

  it('refuses a format that needs more than the file holds', () => {
    const report = JSON.parse(readFileSync(stored, 'utf8')) as { services: { components?: unknown }[] };
    for (const service of report.services) delete service.components;
    writeFileSync(join(folder, 'lean.json'), JSON.stringify(report));
    expect(ask('lean.json', '--format', 'cyclonedx', '--format', 'json=never.json')).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'error: cyclonedx shows `components`, and "lean.json" holds none of orders-api\n  judge again for both: gonogo check --format cyclonedx=FILE --format json=FILE\n',
    });
    expect(() => readFileSync(join(folder, 'never.json'))).toThrow(/ENOENT/);
  });

  it.each([
    [['nope.json'], 'error: cannot read "nope.json": there is no such file\n  check the path\n'],
    [['.'], 'error: cannot read ".": it is a folder\n  check the path\n'],
    [
      ['/dev/zero'],
      'error: "/dev/zero" is larger than 64 MB\n  give a file that `gonogo check --format json=FILE` wrote\n',
    ],
    [[stored, '--format', 'junti'], 'error: there is no format "junti" (--format)\n  did you mean "junit"?\n'],
  ])('%j cannot be shown', (words, stderr) => {
    expect(ask(...words)).toEqual({ status: 2, stdout: '', stderr });
  });

  it('overwrites nothing unless told to', () => {
    const before = readFileSync(stored, 'utf8');
    expect(ask(stored, '--format', `tap=${stored}`).status).toBe(2);
    expect(readFileSync(stored, 'utf8')).toBe(before);
    writeFileSync(join(folder, 'old.tap'), '');
    expect(ask(stored, '--format', 'tap=old.tap', '--force').status).toBe(0);
    expect(readFileSync(join(folder, 'old.tap'), 'utf8')).toMatch(/^TAP version 14\n/);
  });

  it('names every format in its help, as check does', () => {
    for (const words of [
      ['report', '--help'],
      ['check', '--help'],
    ])
      expect(run(words).stdout.replace(/\s+/g, ' ')).toContain(`how to show it: ${NAMES.join(', ')}`);
  });
});
