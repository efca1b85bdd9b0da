/** `--explain-options`: what a run would be judged by, and who said so. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OptionRow, optionsJson, renderOptions } from '../../src/report/options.ts';
import { temporaryFolder, write } from '../repo/temporary.ts';
import { canvas } from '../report/canvas.ts';
import { hostileText, offences } from '../report/hostile.ts';
import { GOOD, runUntouched } from './untouched.ts';

const POLICY = 'apiVersion: gonogo/v1\nkind: Policy\nwaivers: { major: 14d }\n';

function explain(files: Readonly<Record<string, string>>, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const folder = temporaryFolder();
  write(folder, files);
  const { status, stdout, stderr } = runUntouched(folder, [...args, '--explain-options', '--format', 'json'], env);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const rows = JSON.parse(stdout) as readonly OptionRow[];
  return (option: string) => rows.filter((row) => row.option === option).map(({ option: _, ...row }) => row);
}

describe('gonogo check --explain-options', () => {
  it('tells what the manifest says from what is taken where it says nothing', () => {
    const of = explain({ 'gonogo.yaml': GOOD }, ['check', '.']);
    expect(of('--tier')).toEqual([{ value: '4', source: 'manifest', detail: 'gonogo.yaml:4' }]);
    expect(of('--stage')).toEqual([{ value: 'live', source: 'default', detail: 'parcels declares none' }]);
    expect(of('--profile')).toEqual([{ value: 'balanced', source: 'default', detail: 'parcels declares none' }]);
  });

  it('tells the services of a repository apart', () => {
    const tier = (name: string, it: number) => `apiVersion: gonogo/v1\nkind: Service\nname: ${name}\ntier: ${it}\n`;
    const services = ['a', 'b', 'c', 'd', 'e'].map((name) => [`${name}/gonogo.yaml`, tier(name, 1)]);
    const of = explain({ ...Object.fromEntries(services), 'f/gonogo.yaml': tier('f', 2) }, ['check', '.']);
    expect(of('--tier')).toEqual([
      { value: '1', source: 'manifest', detail: 'a/gonogo.yaml:4, b/gonogo.yaml:4, c/gonogo.yaml:4 and 2 more' },
      { value: '2', source: 'manifest', detail: 'f/gonogo.yaml:4' },
    ]);
  });

  it('believes the command line over the environment over the manifest', () => {
    const env = { GONOGO_TIER: '2', GONOGO_STAGE: 'beta', GONOGO_RECORD: 'd.json' };
    const of = explain({ 'gonogo.yaml': GOOD }, ['check', '.', '--tier', '1'], env);
    expect(of('--tier')).toEqual([{ value: '1', source: 'command line' }]);
    expect(of('--stage')).toEqual([{ value: 'beta', source: 'environment' }]);
    expect(of('--record')).toEqual([{ value: 'd.json', source: 'environment' }]);
  });

  it('tells the day of the clock from one that was given', () => {
    const files = { 'gonogo.yaml': GOOD };
    expect(explain(files, ['check', '.'])('--as-of')).toEqual([
      { value: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), source: 'clock', detail: 'or GONOGO_AS_OF' },
    ]);
    const given = explain(files, ['check', '.', '--as-of', '2026-11-16']);
    expect(given('--as-of')).toEqual([{ value: '2026-11-16', source: 'command line' }]);
  });

  it.each([
    [
      'none',
      {},
      [],
      { value: 'none: there is no gonogo.policy.yaml at the root', source: 'default', detail: 'or GONOGO_POLICY' },
      { value: '90d', source: 'default' },
    ],
    [
      'found',
      { 'gonogo.policy.yaml': POLICY },
      [],
      { value: 'gonogo.policy.yaml', source: 'repository', detail: 'it may only tighten' },
      { value: '14d', source: 'policy', detail: 'gonogo.policy.yaml' },
    ],
    [
      'named',
      { 'gonogo.policy.yaml': 'no: policy', 'ours.yaml': POLICY.replace('14d', '200d') },
      ['--policy', 'ours.yaml'],
      { value: 'ours.yaml', source: 'command line' },
      { value: '200d', source: 'policy', detail: 'ours.yaml' },
    ],
    [
      'broken',
      { 'gonogo.policy.yaml': POLICY.replace('14d', '200d') },
      [],
      {
        value: 'gonogo.policy.yaml',
        source: 'repository',
        detail:
          "not usable: a repository's own policy may only tighten, and this one loosens: waivers of major rules for 200d",
      },
      { value: '90d', source: 'default' },
    ],
  ])('says which policy applies and what it sets: %s', (_, files, args, policy, limit) => {
    const of = explain({ 'gonogo.yaml': GOOD, ...files }, ['check', '.', ...args]);
    expect(of('--policy')).toEqual([policy]);
    expect(of('waivers of major rules')).toEqual([limit]);
  });
});

describe('the other commands that read a service', () => {
  it('explain theirs: handover', () => {
    const { stdout, status } = runUntouched(temporaryFolder(), ['handover', '--explain-options']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^--out +stdout +default$/m);
    expect(stdout).toMatch(/^waivers of critical rules +30d +default$/m);
  });

  it('explain theirs: page, on which a policy bears but no waiver', () => {
    const { stdout, status } = runUntouched(temporaryFolder(), ['page', 'Down', '--explain-options']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^--ref +the work tree +default \(or GONOGO_REF\)$/m);
    expect(stdout).toMatch(/^--policy +none/m);
    expect(stdout).not.toContain('waivers');
  });
});

describe('gonogo audit --explain-options', () => {
  it('tells what it would take of its own options, as they are written', () => {
    const args = ['audit', 'a', '--shard', '2/4', '--timeout-per-repo', '2m', '--no-progress', '--no-cache'];
    const of = explain({ 'a/gonogo.yaml': GOOD }, args);
    expect(of('--shard')).toEqual([{ value: '2/4', source: 'command line' }]);
    expect(of('--timeout-per-repo')).toEqual([{ value: '120000ms', source: 'command line' }]);
    expect(of('--no-progress')).toEqual([{ value: 'true', source: 'command line' }]);
    expect(of('--no-cache')).toEqual([{ value: 'true', source: 'command line' }]);
    expect(of('--tier')).toEqual([{ value: "the manifest's, else 3", source: 'default', detail: 'or GONOGO_TIER' }]);
  });

  it('says what is so where nothing is given', () => {
    const of = explain({}, ['audit', 'a']);
    expect(of('--timeout-per-repo')).toMatchObject([{ value: '60s', source: 'default' }]);
    expect(of('--history')).toMatchObject([{ value: '1', source: 'default' }]);
    expect(of('--no-progress')).toEqual([{ value: 'not set', source: 'default' }]);
  });

  it.each([
    ['postgres://ops:hunter22@db.example/gonogo', 'postgres://db.example/gonogo'],
    ['postgres://db.example/gonogo?user=ops&password=hunter22', 'postgres://db.example/gonogo?user=ops&password='],
  ])('shows no password of %s', (where, shown) => {
    const of = explain({}, ['audit', '.'], { GONOGO_STORE: where });
    expect(of('--store')).toEqual([{ value: shown, source: 'environment' }]);
  });
});

describe('gonogo trend --explain-options', () => {
  it('opens no store', () => {
    const of = explain({}, ['trend', '--store', 'nowhere', '--by', 'owner']);
    expect(of('--store')).toEqual([{ value: 'nowhere', source: 'command line' }]);
    expect(of('--by')).toEqual([{ value: 'owner', source: 'command line' }]);
  });

  it('with --git tells what the manifest says', () => {
    expect(explain({ 'gonogo.yaml': GOOD }, ['trend', '--git', 'a..b'])('--tier')).toMatchObject([{ value: '4' }]);
  });
});

describe('the table', () => {
  const rows: readonly OptionRow[] = [
    { option: '--tier', value: '2', source: 'manifest', detail: 'services/payments/gonogo.yaml:4' },
    { option: '--policy', value: 'none: there is no gonogo.policy.yaml at the root', source: 'default' },
  ];

  it('is aligned where it fits', () => {
    expect(renderOptions(rows, canvas({ width: 120 }))).toBe(
      [
        '--tier    2                                                 manifest (services/payments/gonogo.yaml:4)\n',
        '--policy  none: there is no gonogo.policy.yaml at the root  default\n',
      ].join(''),
    );
  });

  it('is set one below the other where it does not', () => {
    expect(renderOptions(rows, canvas({ width: 40 }))).toBe(
      [
        '--tier\n    2\n    from manifest\n    (services/payments/gonogo.yaml:4)\n',
        '--policy\n    none: there is no gonogo.policy.yaml\n    at the root\n    from default\n',
      ].join(''),
    );
  });

  it('commands no terminal, and as JSON carries the same', () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom(0, 40, 200), (text, width) => {
        const row: OptionRow = { option: '--ref', value: text, source: 'environment', detail: text };
        expect(offences(renderOptions([row], canvas({ width })))).toEqual([]);
        expect(JSON.parse(optionsJson([row]))).toEqual([
          { ...row, value: text.toWellFormed(), detail: text.toWellFormed() },
        ]);
      }),
    );
  });
});
