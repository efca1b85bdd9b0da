import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import { temporaryFolder, write } from '../repo/temporary.ts';
import { run } from './run.ts';
import { AS_OF, GOOD, runUntouched } from './untouched.ts';

function service(manifest = GOOD): string {
  const folder = temporaryFolder();
  write(folder, { 'gonogo.yaml': manifest });
  return folder;
}

const HELP = '(run `gonogo --help` for the commands, `gonogo <command> --help` for its options)\n';

describe('a mistake on the command line is answered with a sentence and exit code 2', () => {
  it.each([
    [['chekc'], `error: unknown command 'chekc'\n(Did you mean check?)\n${HELP}`],
    [['check', '.', '--fromat', 'json'], `error: unknown option '--fromat'\n(Did you mean --format?)\n${HELP}`],
    [['check', '.', 'extra'], `error: too many arguments for 'check'. Expected 1 argument but got 2.\n${HELP}`],
    [['check', '.', '--as-of'], `error: option '--as-of <date>' argument missing\n${HELP}`],
    [
      ['check', '.', '--as-of', 'tomorrow'],
      'error: "tomorrow" is not a day (--as-of)\n  write it as YYYY-MM-DD, e.g. 2026-11-16\n',
    ],
    [
      ['check', '.', '--as-of', '2026-02-30'],
      'error: "2026-02-30" is not a day (--as-of)\n  write it as YYYY-MM-DD, e.g. 2026-11-16\n',
    ],
    [
      ['check', '.', '--tier', '5'],
      `error: option '--tier <1-4>' argument '5' is invalid. It is a number from 1 (customer-critical) to 4 (experimental).\n${HELP}`,
    ],
    [
      ['check', '.', '--stage', 'prod'],
      `error: option '--stage <stage>' argument 'prod' is invalid. Allowed choices are design, build, beta, live, sunset.\n${HELP}`,
    ],
    [
      ['check', '.', '--fail-on', 'minor'],
      `error: option '--fail-on <severity>' argument 'minor' is invalid. Allowed choices are critical, major, standard, none.\n${HELP}`,
    ],
    [
      ['check', '.', '--only', 'manifest/presnt'],
      'error: no rule or area is called "manifest/presnt" (--only)\n  did you mean "manifest/present"? `gonogo rules` lists them all\n',
    ],
    [
      ['check', '.', '--only', 'runbookz'],
      'error: no rule or area is called "runbookz" (--only)\n  did you mean "runbooks"? `gonogo rules` lists them all\n',
    ],
    [
      ['check', '.', '--only', 'weather'],
      'error: no rule or area is called "weather" (--only)\n  `gonogo rules` lists them all\n',
    ],
    [
      ['check', '.', '--policy', 'no.yaml'],
      'error: cannot read "no.yaml": there is no such file (--policy)\n  check the path\n',
    ],
    [['check', '.', '--checklist', '.'], 'error: cannot read ".": it is a folder (--checklist)\n  check the path\n'],
    [
      ['check', '.', '--evidence-root', 'rules'],
      'error: "rules" is not name=path (--evidence-root)\n  write e.g. --evidence-root acme/platform-rules=../platform-rules\n',
    ],
    [
      ['check', '.', '--evidence-root', 'rules=no'],
      'error: the evidence root "rules" is no folder: no (--evidence-root)\n  give the path of a checkout\n',
    ],
    [
      ['check', '.', '--only', 'waivers'],
      'error: no rule applies, so nothing was judged (rules)\n  widen --only, or judge a later --stage\n',
    ],
    [['schema'], `error: missing required argument 'name'\n${HELP}`],
    [['explain'], `error: missing required argument 'rule'\n${HELP}`],
    [
      ['rules', '--format', 'jso'],
      `error: option '--format <name>' argument 'jso' is invalid. Allowed choices are table, json.\n${HELP}`,
    ],
  ])('gonogo %j', (args, stderr) => {
    expect(runUntouched(service(), args)).toEqual({ status: 2, stdout: '', stderr });
  });

  it('no command at all prints the help', () => {
    const { status, stdout, stderr } = runUntouched(service(), []);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Usage: gonogo [options] [command]');
  });
});

describe('a policy in the repository', () => {
  it.each([
    ['rules: [\n', 'error: the policy is not readable: ', 'gonogo.policy.yaml:2'],
    [
      'apiVersion: gonogo/v1\nkind: Policy\nrules: { manifest/presnt: { severity: { tier4: critical } } }\n',
      'error: the policy names "manifest/presnt", which is no rule (gonogo.policy.yaml:3)\n  did you mean "manifest/present"?\n',
      '',
    ],
    [
      'apiVersion: gonogo/v1\nkind: Policy\nrules: { manifest/present: { severity: { tier1: off } } }\n',
      "error: a repository's own policy may only tighten, and this one loosens: manifest/present off for tier1 (gonogo.policy.yaml:3)\n  remove that, or hand the policy over with --policy FILE\n",
      '',
    ],
  ])('that is wrong stops the run: %j', (policy, sentence, place) => {
    const folder = service();
    write(folder, { 'gonogo.policy.yaml': policy });
    const { status, stdout, stderr } = runUntouched(folder, ['check', '.']);
    expect(stderr.startsWith(sentence)).toBe(true);
    expect(stderr).toContain(place);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});

describe('--help and --version', () => {
  it.each([[['--help']], [['check', '--help']], [['help', 'waive']]])('%j goes to stdout', (args) => {
    const { status, stdout, stderr } = runUntouched(temporaryFolder(), args);
    expect(stdout).toContain('Usage: gonogo');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it.each(['50', '80'])('is whole at %s columns, and tells what holds where nothing is said', (columns) => {
    for (const args of [['--help'], ['check', '--help'], ['waive', '--help'], ['verify', '--help']]) {
      const { stdout } = runUntouched(temporaryFolder(), args, { COLUMNS: columns });
      if (columns === '80')
        for (const line of stdout.split('\n')) expect([line, line.length <= 80]).toEqual([line, true]);
      expect(stdout).not.toMatch(/preset|undefined|\[object|\(default: \)/);
    }
    const { stdout } = runUntouched(temporaryFolder(), ['check', '--help'], { COLUMNS: columns });
    const words = stdout.replace(/\s+/g, ' ');
    expect(words).toContain("(default: the manifest's, else 3; env: GONOGO_TIER)");
    expect(words).toContain('Record of the decision: --record <file>');
  });

  it('prints the version', () => {
    expect(runUntouched(temporaryFolder(), ['--version'])).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
  });
});

describe('--explain-options', () => {
  it('prints each option with its value and where it came from, and judges nothing', () => {
    const args = [
      'check',
      'nowhere',
      '--explain-options',
      '--tier',
      '2',
      '--only',
      'manifest',
      '--only',
      'runbooks,waivers',
    ];
    const { status, stdout, stderr } = runUntouched(temporaryFolder(), args, { GONOGO_FAIL_ON: 'critical' });
    const rows = Object.fromEntries(
      stdout
        .trimEnd()
        .split('\n')
        .map((row) => row.split(/ {2,}/))
        .map(([option, value, source]) => [option, [value, source]]),
    );
    expect(rows).toMatchObject({
      '--tier': ['2', 'command line'],
      '--only': ['manifest, runbooks, waivers', 'command line'],
      '--fail-on': ['critical', 'environment'],
      '--as-of': [expect.stringMatching(/^\d{4}-\d\d-\d\d$/), 'clock (or GONOGO_AS_OF)'],
      '--profile': ["the manifest's, else balanced", 'default (or GONOGO_PROFILE)'],
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe('--only and --fail-on', () => {
  const failing = GOOD.replace('reviewed: 2026-11-01', 'reviewed: 2020-01-01').replace('tier: 4', 'tier: 2');
  const reviewed = ['check', '.', '--as-of', AS_OF, '--only', 'manifest/reviewed-recently,manifest/present'];

  it('--only judges these rules and no other', () => {
    const { stdout } = runUntouched(service(), [
      'check',
      '.',
      '--as-of',
      AS_OF,
      '--format',
      'json',
      '--only',
      'manifest/present',
      '--only',
      'manifest/schema-valid',
    ]);
    const report = JSON.parse(stdout) as Report;
    expect(report.services[0]?.findings.map(({ rule }) => rule)).toEqual(['manifest/present', 'manifest/schema-valid']);
  });

  it.each([
    [[], {}, 1],
    [['--fail-on', 'critical'], {}, 0],
    [['--fail-on', 'none'], {}, 0],
    [[], { GONOGO_FAIL_ON: 'critical' }, 0],
    [['--fail-on', 'major'], { GONOGO_FAIL_ON: 'critical' }, 1],
  ])('--fail-on moves the bar: %j with %j', (flags, env, status) => {
    expect(runUntouched(service(failing), [...reviewed, ...flags], env)).toMatchObject({ status, stderr: '' });
  });

  it('a variable with a wrong value is named', () => {
    const { status, stderr } = runUntouched(service(), ['check', '.'], { GONOGO_FAIL_ON: 'minor' });
    expect(stderr).toBe(
      `error: option '--fail-on <severity>' value 'minor' from env 'GONOGO_FAIL_ON' is invalid. Allowed choices are critical, major, standard, none.\n${HELP}`,
    );
    expect(status).toBe(2);
  });

  it('a flag’s variable that says no is no', () => {
    const row = (value: string): string | undefined =>
      runUntouched(temporaryFolder(), ['check', '--explain-options'], { GONOGO_QUIET: value })
        .stdout.split('\n')
        .find((it) => it.startsWith('--quiet'));
    expect(row('1')).toMatch(/true +environment$/);
    for (const no of ['0', 'false', 'no', '']) expect(row(no)).toMatch(/not set +default/);
  });
});

describe('a fault of ours', () => {
  it('says so, names the version, and shows where only with --debug', () => {
    const [folder, breaker] = [service(), temporaryFolder()];
    write(breaker, { 'break.mjs': "Date.parse = () => { throw new Error('broken on purpose'); };\n" });
    const env = { NODE_OPTIONS: `--import=${join(breaker, 'break.mjs')}` };
    const args = ['check', '.', '--as-of', AS_OF];
    const blame = "  This is our fault, not your service's: please report it with the command you ran.\n";
    const plain = runUntouched(folder, args, env);
    expect(plain).toMatchObject({ status: 2, stdout: '' });
    expect(plain.stderr).toMatch(
      /^error: gonogo \d+\.\d+\.\d+ itself failed: broken on purpose \(--debug shows where\)\n/,
    );
    expect(plain.stderr.endsWith(blame)).toBe(true);
    const { stderr, status } = run([...args, '--debug'], { cwd: folder, env });
    expect(stderr).toContain(`itself failed: broken on purpose\n${blame}Error: broken on purpose\n    at `);
    expect(status).toBe(2);
    expect(run(args, { cwd: folder, env: { ...env, GONOGO_DEBUG: '1' } }).stderr).toBe(stderr);
  });
});
