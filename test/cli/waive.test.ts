import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Entry, readWaivers, withEntry } from '../../src/cli/waivers-file.ts';
import { makePipe, temporaryFolder, write } from '../repo/temporary.ts';
import { type Ran, run } from './run.ts';
import { AS_OF, runUntouched } from './untouched.ts';

const RULE = 'ownership/oncall-declared';
const REASON = 'The rota starts with the new team in December.';
const FLAGS = ['--reason', REASON, '--owner', 'ada.byron', '--as-of', AS_OF];
const HEADER =
  '# Agreed, dated exceptions. Each needs an owner, a reason and an end; `gonogo check` reports those that expired or cover nothing.\napiVersion: gonogo/v1\nkind: Waivers\nwaivers:\n';
const ENTRY = `  - rule: ${RULE}\n    reason: ${REASON}\n    owner: ada.byron\n    from: 2026-11-16\n    expires: 2026-12-10\n`;
const FILE = 'gonogo.waivers.yaml';

function service(tier: number, files: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder();
  write(folder, { 'gonogo.yaml': `apiVersion: gonogo/v1\nkind: Service\nname: parcels\ntier: ${tier}\n`, ...files });
  return folder;
}

function waive(folder: string, ...args: readonly string[]): Ran {
  return run(['waive', ...args], { cwd: folder });
}

function fileIn(folder: string, file = FILE): string {
  return readFileSync(join(folder, file), 'utf8');
}

describe('gonogo waive', () => {
  it('creates the file with a header, and says what it wrote', () => {
    const folder = service(1);
    expect(waive(folder, RULE, ...FLAGS, '--expires', '2026-12-10')).toEqual({
      status: 0,
      stdout: '',
      stderr: `wrote ${FILE}:\n${ENTRY}`,
    });
    expect(fileIn(folder)).toBe(HEADER + ENTRY);
    expect(readdirSync(folder).sort()).toEqual([FILE, 'gonogo.yaml']);
  });

  it('takes the scope that check --verbose shows beside a problem, and covers that one alone', () => {
    const folder = service(2, {
      'rules.yaml': 'groups:\n- name: p\n  rules:\n  - {alert: Late, expr: a > 1}\n  - {alert: Lost, expr: b > 1}\n',
    });
    const rule = 'observability/alert-severity';
    const checked = (...args: readonly string[]) =>
      run(['check', '.', '--as-of', AS_OF, '--only', rule, ...args], { cwd: folder }).stdout;
    const [, scope = ''] = /Lost has no severity[\s\S]*?\n +scope ([0-9a-f]{12})\n/.exec(checked('--verbose')) ?? [];
    expect(waive(folder, rule, ...FLAGS, '--expires', '2026-12-10', '--scope', scope).status).toBe(0);
    const { services } = JSON.parse(checked('--format', 'json'));
    expect(
      services[0].findings[0].problems.map((it: { subject: string; waived: boolean }) => [it.subject, it.waived]),
    ).toEqual([
      ['Late', false],
      ['Lost', true],
    ]);
  });

  it('is what check then finds', () => {
    const folder = service(1);
    waive(
      folder,
      'oncall-declared',
      ...FLAGS,
      '--expires',
      '2026-12-10',
      '--ticket',
      'PAR-7',
      '--approved-by',
      'ivo.marsh',
    );
    const { stdout } = run(['check', '.', '--as-of', AS_OF, '--only', `${RULE},waivers`, '--format', 'json'], {
      cwd: folder,
    });
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'CONDITIONAL GO',
      services: [
        {
          waivers: [
            { rule: RULE, owner: 'ada.byron', expires: '2026-12-10', ticket: 'PAR-7', approvedBy: 'ivo.marsh' },
          ],
        },
      ],
    });
  });

  it('keeps every byte of an existing file', () => {
    const before = `# Agreed with the platform team.\napiVersion: gonogo/v1\nkind: Waivers   # ours\n\nwaivers:\n# the oldest first\n- rule:   runbooks/fresh\n  reason: "The new pages   are being written: see PAR-3"\n  owner: 'kofi'\n  expires: 2026-12-01 # before the freeze\n\n- { rule: manifest/reviewed-recently, reason: nobody had the time for it, owner: kofi, expires: 2026-12-01 }\n# the end\n`;
    const folder = service(1, { [FILE]: before });
    expect(waive(folder, RULE, ...FLAGS, '--expires', '2026-12-10')).toEqual({
      status: 0,
      stdout: '',
      stderr: `added to ${FILE}:\n${ENTRY}`,
    });
    const entry = ENTRY.replace(/^ {2}/gm, '');
    expect(fileIn(folder)).toBe(before.replace('# the end\n', `${entry}# the end\n`));
  });

  it('fills an empty list', () => {
    const folder = service(1, { [FILE]: '# None so far.\napiVersion: gonogo/v1\nkind: Waivers\nwaivers: [] # good\n' });
    expect(waive(folder, RULE, ...FLAGS, '--expires', '2026-12-10').status).toBe(0);
    expect(fileIn(folder)).toMatch(
      /^# None so far\.\napiVersion: gonogo\/v1\nkind: Waivers\nwaivers:.*\n {2}- rule: ownership\/oncall-declared\n/,
    );
    expect(fileIn(folder)).toContain('# good');
  });

  it('keeps Windows line ends', () => {
    const folder = service(1);
    waive(folder, 'runbooks/fresh', ...FLAGS, '--expires', '2026-12-10');
    write(folder, { [FILE]: fileIn(folder).replaceAll('\n', '\r\n') });
    expect(waive(folder, RULE, ...FLAGS, '--expires', '2026-12-10').status).toBe(0);
    expect(fileIn(folder)).not.toMatch(/[^\r]\n/);
  });

  it('writes to the file that the manifest names, from any folder of the service', () => {
    const folder = temporaryFolder();
    write(folder, {
      'parcels/gonogo.yaml':
        'apiVersion: gonogo/v1\nkind: Service\nname: parcels\ntier: 1\nwaivers: ops/waivers.yaml\n',
      'parcels/src/main.go': 'package main\n',
      'parcels/ops/README.md': '# Operations\n',
    });
    execFileSync('git', ['init', '-q', folder]);
    expect(waive(join(folder, 'parcels/src'), RULE, ...FLAGS, '--expires', '2026-12-10')).toMatchObject({
      status: 0,
      stderr: `wrote ../ops/waivers.yaml:\n${ENTRY}`,
    });
    expect(fileIn(folder, 'parcels/ops/waivers.yaml')).toBe(HEADER + ENTRY);
  });

  it('says when check will not read the file, or the waiver covers nothing', () => {
    const folder = service(4, { 'docs/a.md': '# A\n' });
    execFileSync('git', ['init', '-q', folder]);
    const { status, stderr } = waive(
      folder,
      'dependencies/timeout-chain-sane',
      ...FLAGS,
      '--expires',
      '2026-12-10',
      '--scope',
      'src/x',
      '--file',
      'docs/waivers.yaml',
    );
    expect(status).toBe(0);
    expect(stderr).toContain(
      'note: dependencies/timeout-chain-sane does not apply to this service now, so the waiver covers nothing yet\n',
    );
    expect(stderr).toContain(
      'note: nothing is at "src/x", so unless it is a problem\'s fingerprint the waiver covers nothing\n',
    );
    expect(stderr).toContain(`note: \`gonogo check\` does not read docs/waivers.yaml; it reads ${FILE}\n`);
  });
});

describe('gonogo waive refuses', () => {
  const NEEDS = { reason: REASON, owner: 'ada.byron', expires: '2026-12-10' };
  const refusals: readonly (readonly [
    what: string,
    rule: string,
    flags: Partial<Record<string, string>>,
    stderr: string,
  ])[] = [
    [
      'a mistyped rule',
      'ownership/oncall-declred',
      {},
      'error: no rule is called "ownership/oncall-declred" (waive)\n  did you mean "ownership/oncall-declared"?\n',
    ],
    [
      'an unknown rule',
      'weather',
      {},
      'error: no rule is called "weather" (waive)\n  `gonogo rules` lists them all; a rule of your organisation is there with --policy FILE or --checklist FILE',
    ],
    [
      'a rule about waivers',
      'waivers/valid',
      {},
      'error: waivers/valid cannot be waived\n  meet the rule, or ask the owner of the policy\n',
    ],
    [
      'a short reason',
      RULE,
      { reason: 'no time' },
      'error: the reason is shorter than 15 characters (--reason)\n  say in a sentence what makes the risk acceptable until then\n',
    ],
    [
      'an empty reason',
      RULE,
      { reason: ' \n ' },
      'error: --reason is empty\n  say in a sentence what makes the risk acceptable until then\n',
    ],
    [
      'a reason to be written',
      RULE,
      { reason: 'TODO: write the reason down' },
      'error: "TODO" is a note to fill it in later (--reason)\n  say in a sentence what makes the risk acceptable until then\n',
    ],
    ['no owner', RULE, { owner: '' }, 'error: --owner is empty\n  name the person or team that answers for the risk\n'],
    [
      'no day',
      RULE,
      { expires: 'soon' },
      'error: "soon" is not a day (--expires)\n  write it as YYYY-MM-DD, e.g. 2026-12-31\n',
    ],
    [
      'a day that does not exist',
      RULE,
      { expires: '2026-11-31' },
      'error: "2026-11-31" is not a day (--expires)\n  write it as YYYY-MM-DD, e.g. 2026-12-31\n',
    ],
    [
      'a past day',
      RULE,
      { expires: '2026-11-15' },
      'error: 2026-11-15 is in the past (--expires)\n  give a day from 2026-11-16 on\n',
    ],
    [
      'too long a life',
      RULE,
      { expires: '2026-12-17' },
      'error: the waiver of ownership/oncall-declared runs until 2026-12-17; a critical rule may be waived for 30 days at most, here until 2026-12-16\n  Set `expires: 2026-12-16` or earlier.\n',
    ],
    [
      'a folder for a file',
      RULE,
      { file: 'docs' },
      'error: "docs" is not a regular file (--file)\n  give the path of a waivers file\n',
    ],
    [
      'a pipe for a file',
      RULE,
      { file: 'pipe' },
      'error: "pipe" is not a regular file (--file)\n  give the path of a waivers file\n',
    ],
    [
      'a folder that is not there',
      RULE,
      { file: 'no/waivers.yaml' },
      'error: there is nothing at "no"\n  give the folder of a service or of a repository\n',
    ],
    [
      'a link',
      RULE,
      { file: 'link.yaml' },
      'error: "link.yaml" is a link, and links are neither followed nor replaced\n  give the path of the file itself\n',
    ],
    ['a file that is not YAML', RULE, { file: 'broken.yaml' }, 'error: broken.yaml cannot be added to: '],
    ['a file of another kind', RULE, { file: 'gonogo.yaml' }, 'error: gonogo.yaml cannot be added to: '],
    [
      'a file that is not text',
      RULE,
      { file: 'latin.yaml' },
      'error: "latin.yaml" is not UTF-8 text (--file)\n  save it as UTF-8 first; it was left as it is\n',
    ],
    [
      'a rule that is waived already',
      RULE,
      { file: 'twin.yaml' },
      `error: ownership/oncall-declared is in twin.yaml already, until 2026-11-20 (twin.yaml:5)\n  change that entry, or remove it and run this again\n`,
    ],
  ];

  it.each(refusals)('%s', (_what, rule, flags, sentence) => {
    const folder = service(1, {
      'broken.yaml': 'waivers: [\n',
      'twin.yaml': `${HEADER}${ENTRY.replace('2026-12-10', '2026-11-20')}`,
      'other.yaml': HEADER,
    });
    write(folder, { 'latin.yaml': Buffer.from('# für später\n', 'latin1') });
    mkdirSync(join(folder, 'docs'));
    symlinkSync('twin2.yaml', join(folder, 'link.yaml'));
    makePipe(join(folder, 'pipe'));
    const given = Object.entries({ ...NEEDS, ...flags }).flatMap(([name, value]) => [`--${name}`, value ?? '']);
    const { status, stdout, stderr } = runUntouched(folder, ['waive', rule, ...given, '--as-of', AS_OF]);
    if (sentence.endsWith('\n')) expect(stderr).toBe(sentence);
    else expect(stderr.startsWith(sentence)).toBe(true);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  it('a life that the policy forbids', () => {
    const folder = service(1, {
      'gonogo.policy.yaml': 'apiVersion: gonogo/v1\nkind: Policy\nwaivers: { critical: 7d }\n',
    });
    const { status, stderr } = runUntouched(folder, ['waive', RULE, ...FLAGS, '--expires', '2026-12-10']);
    expect(stderr).toContain('a critical rule may be waived for 7 days at most, here until 2026-11-23');
    expect(status).toBe(2);
  });

  it('a life that is too long for the strictest of several services', () => {
    const folder = temporaryFolder();
    for (const tier of [1, 3])
      write(folder, {
        [`s${tier}/gonogo.yaml`]: `apiVersion: gonogo/v1\nkind: Service\nname: s${tier}\ntier: ${tier}\n`,
      });
    const { stderr } = runUntouched(folder, ['waive', RULE, ...FLAGS, '--expires', '2027-01-30']);
    expect(stderr).toContain('a critical rule may be waived for 30 days at most');
  });

  it('nothing when something needed is missing', () => {
    const { status, stderr } = runUntouched(service(1), ['waive', RULE]);
    expect(stderr).toContain("error: required option '--reason <text>' not specified\n");
    expect(status).toBe(2);
  });
});

describe('adding an entry', () => {
  const words = fc.oneof(
    fc.constantFrom(
      'a: b',
      '# c',
      "it's",
      '"q"',
      '- x',
      '{a}',
      '[b]',
      'null',
      '2026-01-01',
      '&a',
      '*a',
      '!x',
      '%y',
      '@z',
      '|',
      '>',
      '😀',
      'ü',
      ' lead',
      'x\ny',
    ),
    fc.string({ maxLength: 8 }),
  );
  const reason = words.map((text) => `because ${text} was agreed`.replace(/[\s\p{C}]+/gu, ' '));
  const entry = fc.record({
    rule: fc.constantFrom('a/b', 'c/d'),
    reason,
    owner: reason,
    expires: fc.constant('2026-12-01'),
  });

  it('keeps the others, whatever they hold, in every way of writing the list', () => {
    const folder = temporaryFolder();
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 4 }),
        entry,
        fc.constantFrom<(list: readonly Entry[]) => string>(asBlock, asIndented, asFlow, asJson, withComments),
        (old, added, style) => {
          write(folder, { [FILE]: style(old) });
          const path = join(folder, FILE);
          const text = withEntry(readWaivers(path), added);
          write(folder, { [FILE]: text });
          expect(readWaivers(path)?.entries.map(({ line: _, ...it }) => it)).toEqual([...old, added]);
          for (const comment of style(old).match(/^\s*# kept \d+$/gm) ?? []) expect(text).toContain(comment);
        },
      ),
    );
  });
});

const TOP = 'apiVersion: gonogo/v1\nkind: Waivers\n';

function lines(it: Entry, dash: string): string {
  return Object.entries(it)
    .map(([key, value], index) => `${index === 0 ? dash : dash.replace('-', ' ')} ${key}: ${JSON.stringify(value)}\n`)
    .join('');
}

function asBlock(list: readonly Entry[]): string {
  return list.length === 0 ? `${TOP}waivers: []\n` : `${TOP}waivers:\n${list.map((it) => lines(it, '-')).join('')}`;
}

function asIndented(list: readonly Entry[]): string {
  return list.length === 0
    ? `waivers: []\n${TOP}`
    : `waivers:\n${list.map((it) => lines(it, '    -')).join('\n')}${TOP}`;
}

function asFlow(list: readonly Entry[]): string {
  return `${TOP}waivers: ${JSON.stringify(list)} # kept 1\n`;
}

function asJson(list: readonly Entry[]): string {
  return JSON.stringify({ apiVersion: 'gonogo/v1', kind: 'Waivers', waivers: list });
}

function withComments(list: readonly Entry[]): string {
  return list.length === 0
    ? asFlow(list)
    : `# kept 0\n${TOP}waivers:\n${list.map((it, index) => `  # kept ${index + 1}\n${lines(it, '  -')}`).join('')}  # kept 99\n# kept 100\n`;
}
