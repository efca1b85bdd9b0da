/** What each shell offers with our script: the real shells are asked, as many of them as there are on this machine. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AUDIT_FORMATS } from '../../src/generated/audit-formats.ts';
import { CHECKLISTS } from '../../src/generated/checklists.ts';
import { FORMATS } from '../../src/generated/formats.ts';
import { TREND_FORMATS } from '../../src/generated/trend-formats.ts';
import { temporaryFolder, write } from '../repo/temporary.ts';
import { run } from './run.ts';
import { runUntouched } from './untouched.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

const ids = CHECKLISTS.flatMap(({ rules }) => rules.map(({ id }) => id));
const RUNBOOKS = ids.filter((id) => id.startsWith('runbooks/a'));

/** A line, and the words it may go on with; the last word is what is typed of it. */
const ASKED: readonly (readonly [line: string, words: readonly string[]])[] = [
  ['gonogo ch', ['check']],
  ['gonogo db ', ['status', 'update', 'import', 'export', 'build', 'help']],
  ['gonogo db update --fr', ['--from']],
  ['gonogo check --st', ['--stage']],
  ['gonogo check --stage ', ['design', 'build', 'beta', 'live', 'sunset']],
  ['gonogo check . --stage live --tier 2 --profile s', ['stability']],
  ['gonogo check --format ', Object.keys(FORMATS)],
  ['gonogo audit --format ', Object.keys(AUDIT_FORMATS)],
  ['gonogo audit --each sar', ['sarif']],
  ['gonogo merge --format json', ['jsonl']],
  ['gonogo trend --format ', Object.keys(TREND_FORMATS)],
  ['gonogo trend --by o', ['owner']],
  ['gonogo store ', ['push', 'list', 'help']],
  ['gonogo dig', ['digest']],
  ['gonogo schema audit-r', ['audit-row', 'audit-run']],
  ['gonogo check --only runbooks/a', RUNBOOKS],
  ['gonogo check --only ownership,runbooks/a', RUNBOOKS.map((id) => `ownership,${id}`)],
  ['gonogo explain runbooks/a', RUNBOOKS],
  ['gonogo waive runbooks/a', RUNBOOKS],
  ['gonogo schema dec', ['decision']],
  ['gonogo scaffold post', ['postmortem']],
  ['gonogo page Down --format mark', ['markdown']],
  ['gonogo completion ', SHELLS],
  ['gonogo help expl', ['explain']],
  ['gonogo explain `touch$IFS./harm` --h', ['--help']],
];

function scriptOf(shell: Shell): string {
  const { status, stdout, stderr } = runUntouched(temporaryFolder(), ['completion', shell]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

/** What a shell offers for each line, in a folder with one file. */
function offered(shell: Shell, lines: readonly string[]): readonly (readonly string[])[] {
  const folder = temporaryFolder();
  write(folder, { [`script.${shell}`]: scriptOf(shell), 'policies/a.yaml': '' });
  const flags = shell === 'bash' ? ['--norc', '--noprofile'] : shell === 'zsh' ? ['-f'] : ['--no-config'];
  const { stdout, stderr } = spawnSync(
    shell,
    [...flags, resolve(`test/cli/shells/drive.${shell}`), join(folder, `script.${shell}`), ...lines],
    { cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH, HOME: folder, TERM: 'dumb', LC_ALL: 'C.UTF-8' } },
  );
  expect(stderr).toBe('');
  expect(existsSync(join(folder, 'harm'))).toBe(false);
  const rows = stdout.replaceAll('\r', '').trimEnd().split('\n');
  return lines.map((_, index) => (rows[index] ?? '').split('|').filter(Boolean).sort());
}

const THERE = SHELLS.filter((shell) => spawnSync(shell, ['-c', 'true']).status === 0);

describe.each(SHELLS)('%s', (shell) => {
  it.skipIf(!THERE.includes(shell))(
    'offers commands, flags, choices, rules and formats, and runs nothing that was typed',
    () => {
      const offers = offered(
        shell,
        ASKED.map(([line]) => line),
      );
      expect(Object.fromEntries(ASKED.map(([line], index) => [line, offers[index]]))).toEqual(
        Object.fromEntries(ASKED.map(([line, words]) => [line, [...words].sort()])),
      );
    },
  );

  it.skipIf(!THERE.includes(shell))('offers a value after the sign as well, and a word with a space', () => {
    const [stage = [], verdict = []] = offered(shell, ['gonogo check --stage=b', 'gonogo verify d.json --require C']);
    expect(stage.map((it) => it.replace('--stage=', ''))).toEqual(['beta', 'build']);
    expect(verdict.map((it) => it.replace('\\', ''))).toEqual(['CONDITIONAL GO']);
  });

  it.skipIf(!THERE.includes(shell))('leaves paths to the shell', () => {
    const offers = offered(shell, [
      'gonogo check --policy pol',
      'gonogo check pol',
      'gonogo audit pol',
      'gonogo merge pol',
      'gonogo audit --store pol',
    ]);
    // Bash falls back to files by itself where a function offers nothing.
    for (const words of offers)
      expect(words.map((it) => it.replace('/', ''))).toEqual(shell === 'bash' ? [] : ['policies']);
    if (shell === 'bash') expect(scriptOf(shell)).toContain('complete -o bashdefault -o default -F _gonogo gonogo');
  });

  it('knows every flag of every command that the help shows', () => {
    const script = scriptOf(shell);
    for (const command of ['check', 'audit', 'merge', 'trend', 'verify', 'waive', 'handover', 'scaffold']) {
      const { stdout } = run([command, '--help']);
      const flags = [...stdout.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm)].map(([, name = '']) => name);
      expect(flags.length).toBeGreaterThan(1);
      for (const flag of flags) expect(script).toMatch(new RegExp(`(--|-l )${flag}\\b`));
    }
  });
});

describe('gonogo completion', () => {
  it('refuses another shell', () => {
    expect(run(['completion', 'tcsh'])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining(
        "value 'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.",
      ),
    });
  });

  it('costs a check nothing: none of the files that it loads holds it', () => {
    const script = `const { load, scripts } = require(${JSON.stringify(resolve('bin/load.js'))});
      load(${JSON.stringify(resolve('dist/cli.cjs'))})
        .main(['check', 'fixtures/services/unclaimed', '--as-of', '2026-11-16', '--format', 'json=/dev/null'])
        .then(() => console.log(JSON.stringify([...scripts.keys()])));`;
    const { stdout } = spawnSync(process.execPath, ['-e', script], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    });
    const loaded = JSON.parse(stdout) as readonly string[];
    const holding = (it: string) => readFileSync(it, 'utf8').includes('_gonogo_words');
    expect(loaded.length).toBeGreaterThan(1);
    expect(loaded.filter(holding)).toEqual([]);
    expect(readdirSync('dist').filter((it) => it.endsWith('.cjs') && holding(join('dist', it)))).toHaveLength(1);
  });
});
