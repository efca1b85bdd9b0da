/** An organisation's policy: what it may build on, in which order its layers apply, and where each of its values is from. */
import { symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/input-error.ts';
import { commit, git, repository, temporaryFolder, write } from '../repo/temporary.ts';
import { HEAD, inside, operators, repositorys } from './policy-files.ts';

const RULE = 'manifest/present';

function severity(word: string, tier = 1): string {
  return `rules: { ${RULE}: { severity: { tier${tier}: ${word} } } }\n`;
}

async function policyIn(files: Readonly<Record<string, string>>, name = 'policy.yaml') {
  const folder = temporaryFolder();
  write(folder, files);
  return (await operators(inside(folder, name))).policy;
}

/** The sentence, its place without the folder, and the way out. */
async function troubleWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = temporaryFolder();
  write(folder, files);
  try {
    await operators(inside(folder));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return `${error.message} (${error.at}): ${error.hint}`.replaceAll(`${folder}/`, '');
  }
  return 'none';
}

describe('what a policy extends', () => {
  it('comes before it, the earlier before the later, each file once', async () => {
    const policy = await policyIn({
      'base.yaml': `${HEAD}${severity('standard')}waivers: { critical: 10d, major: 20d }\n`,
      'a.yaml': `${HEAD}extends: [base.yaml]\n${severity('major')}`,
      'b.yaml': `${HEAD}extends: [base.yaml]\nwaivers: { major: 21d }\n`,
      'policy.yaml': `${HEAD}extends: [a.yaml, b.yaml]\nwaivers: { standard: 30d }\n`,
    });
    expect(policy?.waivers).toEqual({ critical: '10d', major: '21d', standard: '30d' });
    // base.yaml, which b.yaml extends too, does not undo what a.yaml says.
    expect(policy?.rules?.[RULE]?.severity).toEqual({ tier1: 'major' });
  });

  it('merges maps and replaces lists, and knows the line of every value', async () => {
    const folder = temporaryFolder();
    write(folder, {
      'org/base.yaml': `${HEAD}paging:\n  labels: { severity: [page, sev1], oncall: ['*'] }\n  receivers: [pager]\n${severity('major')}`,
      'policy.yaml': `${HEAD}extends: [org/base.yaml]\npaging:\n  labels:\n    severity: [page]\n${severity('critical', 2)}`,
    });
    const { policy } = await operators(inside(folder));
    expect(policy?.paging).toEqual({ labels: { severity: ['page'], oncall: ['*'] }, receivers: ['pager'] });
    expect(policy?.rules?.[RULE]?.severity).toEqual({ tier1: 'major', tier2: 'critical' });
    const from = (pointer: string) => policy?.originOf(pointer)?.replace(`${folder}/`, '');
    expect(from('/paging/labels/severity')).toBe('policy.yaml:6');
    expect(from('/paging/labels/oncall')).toBe('org/base.yaml:4');
    expect(from('/rules/manifest~1present/severity/tier1')).toBe('org/base.yaml:6');
    expect(from('/rules/manifest~1present/severity/tier2')).toBe('policy.yaml:7');
    expect(from('/rules/manifest~1present/severity/tier3')).toBeUndefined();
  });

  it('replaces a threshold for all tiers by one for each, and forgets where the old one stood', async () => {
    const rule = 'manifest/reviewed-recently';
    const policy = await policyIn({
      'base.yaml': `${HEAD}rules: { ${rule}: { with: { max_age: { tier1: 30d, tier2: 60d } } } }\n`,
      'policy.yaml': `${HEAD}extends: [base.yaml]\nrules: { ${rule}: { with: { max_age: 90d } } }\n`,
    });
    expect(policy?.rules?.[rule]?.with).toEqual({ max_age: '90d' });
    expect(policy?.originOf('/rules/manifest~1reviewed-recently/with/max_age/tier1')).toBeUndefined();
  });

  it('keeps a threshold for the tiers that a later layer does not name', async () => {
    const rule = 'manifest/reviewed-recently';
    const policy = await policyIn({
      'base.yaml': `${HEAD}rules: { ${rule}: { with: { max_age: 90d } } }\n`,
      'policy.yaml': `${HEAD}extends: [base.yaml]\n\nrules: { ${rule}: { with: { max_age: { tier2: 30d } } } }\n`,
    });
    const max_age = { tier1: '90d', tier2: '30d', tier3: '90d', tier4: '90d' };
    expect(policy?.rules?.[rule]?.with).toEqual({ max_age });
    const lines = Object.keys(max_age).map((it) =>
      policy?.originOf(`/rules/manifest~1reviewed-recently/with/max_age/${it}`),
    );
    expect(lines.map((it) => it?.slice(it.lastIndexOf('/') + 1))).toEqual([
      'base.yaml:3',
      'policy.yaml:5',
      'base.yaml:3',
      'base.yaml:3',
    ]);
  });

  it('merges labels whatever they are called', async () => {
    const policy = await policyIn({
      'base.yaml': `${HEAD}paging: { labels: { severity: [page] } }\n`,
      'policy.yaml': `${HEAD}extends: [base.yaml]\npaging: { labels: { tier1: [x] } }\n`,
    });
    expect(policy?.paging?.labels).toEqual({ severity: ['page'], tier1: ['x'] });
  });

  it('is a file through links that stay in the folder, as mounted settings are', async () => {
    const folder = temporaryFolder();
    write(folder, {
      '..2026/policy.yaml': `${HEAD}extends: [base.yaml]\n`,
      '..2026/base.yaml': `${HEAD}${severity('off')}`,
    });
    symlinkSync('..2026', join(folder, '..data'));
    for (const name of ['policy.yaml', 'base.yaml']) symlinkSync(`..data/${name}`, join(folder, name));
    expect((await operators(inside(folder))).policy?.rules?.[RULE]).toEqual({ severity: { tier1: 'off' } });
  });

  it.each([
    ['package.json says so', { 'package.json': '{"gonogo":"./rules/p.yaml"}', 'rules/p.yaml': '' }],
    ['its exports do', { 'package.json': '{"exports":{".":"./p.yaml"}}', 'p.yaml': '' }],
    ['nothing else is said', { 'package.json': '{"exports":"./index.js"}', 'gonogo.policy.yaml': '' }],
    ['its description cannot be read', { 'package.json': '{', 'gonogo.policy.yaml': '' }],
  ])('is the policy of an installed package, where %s', async (_, files) => {
    const its = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [
        `node_modules/@acme/rules/${path}`,
        text === '' ? `${HEAD}extends: [npm:deep]\n` : text,
      ]),
    );
    const policy = await policyIn(
      {
        ...its,
        'node_modules/@acme/rules/node_modules/deep/gonogo.policy.yaml': `${HEAD}${severity('off')}`,
        'node_modules/@acme/rules/index.js': "require('node:fs').writeFileSync('ran', '')",
        'teams/policy.yaml': `${HEAD}extends: ['npm:@acme/rules']\n`,
      },
      'teams/policy.yaml',
    );
    expect(policy?.rules?.[RULE]?.severity).toEqual({ tier1: 'off' });
    expect(policy?.originOf('/rules/manifest~1present/severity/tier1')).toBe('npm:deep/gonogo.policy.yaml:3');
  });

  it('is a file of one commit, whatever the work tree or a branch of that name says', async () => {
    const clone = repository();
    const id = commit(clone, 'first', {
      'org/base.yaml': `${HEAD}${severity('major')}`,
      'org/p.yaml': `${HEAD}extends: [base.yaml]\n`,
    });
    write(clone, { 'org/base.yaml': `${HEAD}${severity('off')}` });
    const folder = temporaryFolder();
    write(folder, { 'mine/policy.yaml': `${HEAD}extends: ['git:../../${basename(clone)}#${id}:org/p.yaml']\n` });
    const { policy } = await operators(inside(folder, 'mine/policy.yaml'));
    expect(policy?.rules?.[RULE]?.severity).toEqual({ tier1: 'major' });
    expect(policy?.originOf('/rules/manifest~1present/severity/tier1')).toBe(
      `git:../../${basename(clone)}#${id.slice(0, 12)}:org/base.yaml:3`,
    );
    git(clone, ['update-ref', `refs/heads/${id}`, commit(clone, 'second')]);
    await expect(operators(inside(folder, 'mine/policy.yaml'))).rejects.toThrow('is not the id of a commit');
  });

  it.each([
    ['https://example.test/p.yaml', 'a policy is never fetched, and this one extends "https://example.test/p.yaml"'],
    ['github:acme/p', 'a policy is never fetched, and this one extends "github:acme/p"'],
    ['../p.yaml', '"../p.yaml" is no file below the folder of the policy that was named'],
    ['a/../../p.yaml', '"a/../../p.yaml" is no file below the folder of the policy that was named'],
    ['/etc/passwd', '"/etc/passwd" is no file below'],
    ['~/p.yaml', '"~/p.yaml" is no file below'],
    ['out.yaml', 'the policy "out.yaml" cannot be read: there is no such file'],
    ['none.yaml', 'the policy "none.yaml" cannot be read: there is no such file'],
    ['npm:../p', '"../p" is no name of a package'],
    ['npm:nowhere', 'the package "nowhere" is not installed where this policy is'],
    ['git:.#main:p.yaml', '"git:.#main:p.yaml" does not name a file of one commit by its full id'],
    ['git:.#0123456:p.yaml', 'does not name a file of one commit by its full id'],
    [`git:.#${'a'.repeat(40)}:../p.yaml`, 'does not name a file of one commit by its full id'],
    [`git:.#${'a'.repeat(40)}:p.yaml`, '"." cannot be judged at a commit: not a git repository'],
    [`git:nowhere#${'a'.repeat(40)}:p.yaml`, 'there is nothing at'],
  ])('is not %s', async (word, sentence) => {
    const folder = temporaryFolder();
    write(folder, { 'outside/p.yaml': HEAD, 'p/policy.yaml': `${HEAD}\nextends:\n  - '${word}'\n` });
    symlinkSync('../outside/p.yaml', join(folder, 'p/out.yaml'));
    const error: unknown = await operators(inside(folder, 'p/policy.yaml')).catch((it: unknown) => it);
    expect(error).toBeInstanceOf(InputError);
    const { message, at, hint } = error as InputError;
    expect(message.replaceAll(`${folder}/p/`, '').replaceAll(`${folder}/p`, '.')).toContain(sentence);
    expect(at).toBe(`${folder}/p/policy.yaml:5`);
    expect(hint).not.toContain('--ref');
  });

  it('names a circle', async () => {
    const trouble = await troubleWith({
      'policy.yaml': `${HEAD}extends: [a.yaml]\n`,
      'a.yaml': `${HEAD}extends: [b.yaml]\n`,
      'b.yaml': `${HEAD}extends: [a.yaml]\n`,
    });
    expect(trouble).toBe(
      'policies extend one another in a circle: a.yaml → b.yaml → a.yaml (b.yaml:3): remove one of these `extends`',
    );
  });

  it('is at most eight deep', async () => {
    const chain = (length: number) =>
      Object.fromEntries(
        Array.from({ length: length + 1 }, (_, index) => [
          index === 0 ? 'policy.yaml' : `p${index}.yaml`,
          `${HEAD}${index < length ? `extends: [p${index + 1}.yaml]\n` : ''}`,
        ]),
      );
    expect(await troubleWith(chain(8))).toBe('none');
    expect(await troubleWith(chain(9))).toMatch(/^policies extend one another more than 8 deep: policy.yaml → p1.yaml/);
  });
});

describe('a policy with a mistake', () => {
  it.each([
    ['kind: Service\n', 'the policy does not fit its schema', 'policy.yaml:1'],
    [`${HEAD}rulse: {}\n`, 'has no key `rulse`; did you mean `rules`?', 'policy.yaml:3'],
    [`${HEAD}paging: { lables: {} }\n`, 'did you mean `labels`?', 'policy.yaml:3'],
    [`${HEAD}private_packages:\n  npn: [x]\n`, 'did you mean `npm`?', 'policy.yaml:4'],
    [
      `${HEAD}rules:\n  manifest/presnt: { enabled: false }\n`,
      'names "manifest/presnt", which is no rule',
      'policy.yaml:4',
    ],
    [
      `${HEAD}rules:\n  manifest/reviewed-recently:\n    with: { max_aeg: 30d }\n`,
      'sets "max_aeg", which its check does not know (policy.yaml:5): did you mean "max_age"?',
      'policy.yaml:5',
    ],
    [
      `${HEAD}rules:\n  manifest/reviewed-recently:\n    with: { max_age: soon }\n`,
      'sets "max_age" to a value its check refuses',
      'policy.yaml:5',
    ],
    [`${HEAD}requires: '>=7'\n`, 'is written for gonogo >=7, and this is 0.1.0', 'policy.yaml:3'],
    [`${HEAD}checklists: [../x.yaml]\n`, '"../x.yaml" is no file below', 'policy.yaml:3'],
    [
      `${HEAD}checklists:\n  - x.yaml\n`,
      'the checklist "x.yaml" cannot be read: there is no such file',
      'policy.yaml:4',
    ],
    [
      `${HEAD}focus:\n  a:\n    title: A\n    deadline: '2027-01-01'\n    rules:\n      - runbooks\n      - runboks/fresh\n`,
      'the campaign "a" names "runboks/fresh", which is neither a rule nor an area',
      'policy.yaml:9',
    ],
    [`${HEAD}focus: { a: { title: A, rules: [runbooks] } }\n`, 'the policy does not fit its schema', 'policy.yaml:3'],
  ])('says what, where and how: %j', async (text, sentence, place) => {
    const trouble = await troubleWith({ 'policy.yaml': text });
    expect(trouble).toContain(sentence);
    expect(trouble).toContain(`(${place})`);
  });
});

const LIST = `area: acme
title: Acme
intro: Ours.
rules:
  - id: acme/reviewed
    statement: The manifest is reviewed often.
    severity: { tier1: critical, tier2: major }
    check: manifest/reviewed-recently
    why: Because.
    fix: Review it.
`;

describe('own checklists', () => {
  it('come along from every layer, and the policy may change their rules', async () => {
    const folder = temporaryFolder();
    write(folder, {
      'node_modules/rules/gonogo.policy.yaml': `${HEAD}checklists: [lists/acme.yaml]\n`,
      'node_modules/rules/lists/acme.yaml': LIST,
      'more.yaml': LIST.replaceAll('acme', 'more'),
      'third.yaml': LIST.replaceAll('acme', 'third'),
      'policy.yaml': `${HEAD}extends: ['npm:rules']\nchecklists: [more.yaml]\nrules:\n  acme/reviewed: { severity: { tier1: standard } }\n  third/reviewed: { enabled: false }\n`,
    });
    const { checklists, policy } = await operators(inside(folder), undefined, [inside(folder, 'third.yaml')]);
    expect(checklists.slice(-3).map(({ area }) => area)).toEqual(['acme', 'more', 'third']);
    expect(Object.keys(policy?.rules ?? {})).toEqual(['acme/reviewed', 'third/reviewed']);
  });

  it('are counted once where two layers name the same file', async () => {
    const policy = policyIn({
      'base.yaml': `${HEAD}checklists: [acme.yaml]\n`,
      'acme.yaml': LIST,
      'policy.yaml': `${HEAD}extends: [base.yaml]\nchecklists: [acme.yaml]\n`,
    });
    await expect(policy).resolves.toBeDefined();
  });

  it('may not use an id twice', async () => {
    expect(
      await troubleWith({
        'a.yaml': LIST,
        'b.yaml': `${LIST}\n`,
        'policy.yaml': `${HEAD}checklists: [a.yaml, b.yaml]\n`,
      }),
    ).toContain('the rule id "acme/reviewed" is already in use (b.yaml:5)');
  });
});

describe('the digest', () => {
  it('is of what a policy says, however it is written and divided', async () => {
    const whole = await policyIn({
      'policy.yaml': `${HEAD}# ours\nwaivers: { critical: 10d }\nrules: { ${RULE}: { enabled: false, proof: required } }\n`,
    });
    const parts = await policyIn({
      'base.yaml': `${HEAD}rules: { ${RULE}: { proof: required } }\nwaivers: { critical: 11d }\n`,
      'policy.yaml': `${HEAD}extends: [base.yaml]\nwaivers: { critical: 10d }\nrules: { ${RULE}: { enabled: false } }\n`,
    });
    const other = await policyIn({ 'policy.yaml': `${HEAD}waivers: { critical: 10d }\n` });
    expect(parts?.digest).toBe(whole?.digest);
    expect(other?.digest).not.toBe(whole?.digest);
    expect(whole?.digest).toMatch(/^[0-9a-f]{16}$/);
  });

  it('leaves campaigns out, which decide nothing about a service', async () => {
    const focus = `focus: { a: { title: A, rules: [runbooks], deadline: '2027-01-01' } }\n`;
    const [without, policy] = [
      await policyIn({ 'policy.yaml': `${HEAD}waivers: { critical: 10d }\n` }),
      await policyIn({ 'policy.yaml': `${HEAD}waivers: { critical: 10d }\n${focus}` }),
    ];
    expect(policy?.focus).toMatchObject({ a: { title: 'A' } });
    expect(policy?.digest).toBe(without?.digest);
  });

  it('changes with a checklist that the policy brings along', async () => {
    const files = { 'acme.yaml': LIST, 'policy.yaml': `${HEAD}checklists: [acme.yaml]\n` };
    const [before, after] = [await policyIn(files), await policyIn({ ...files, 'acme.yaml': `${LIST}# more\n` })];
    expect(after?.digest).not.toBe(before?.digest);
  });
});

describe('a policy that the judged repository carries', () => {
  const carried = (text: string, more: Readonly<Record<string, string>> = {}) =>
    repositorys({ 'gonogo.policy.yaml': HEAD + text, ...more });

  it('may tighten, through files of the same repository too', async () => {
    const { policy, checklists } = await carried(`extends: [ops/p.yaml]\nchecklists: [ops/acme.yaml]\n`, {
      'ops/p.yaml': `${HEAD}extends: [../q.yaml]\nrules: { ${RULE}: { non_waivable: true } }\n`,
      'q.yaml': `${HEAD}waivers: { critical: 5d }\n`,
      'ops/acme.yaml': LIST,
    });
    expect(policy).toMatchObject({ waivers: { critical: '5d' }, rules: { [RULE]: { non_waivable: true } } });
    expect(checklists.at(-1)?.area).toBe('acme');
  });

  it.each([
    ['extends: [npm:rules]\n', 'may only name files of the same repository, and this one names "npm:rules"', 3],
    [`extends: ['git:.#${'a'.repeat(40)}:p.yaml']\n`, 'may only name files of the same repository', 3],
    ['extends: [https://example.test/p.yaml]\n', 'may only name files of the same repository', 3],
    ['extends: [../p.yaml]\n', '"../p.yaml" is no file below the repository', 3],
    ['extends: [/etc/p.yaml]\n', '"/etc/p.yaml" is no file below the repository', 3],
    ['checklists: [../acme.yaml]\n', '"../acme.yaml" is no file below the repository', 3],
    ['plugins: [evil.mjs]\n', 'a plug-in is code, and a policy found in the judged repository may not name any', 3],
    ['extends: [p.yaml]\n', 'a plug-in is code', 4],
    [`rules: { ${RULE}: { enabled: false } }\n`, `loosens: ${RULE} switched off`, 3],
    // What a profile raises, no repository lowers: the operator may ask for that profile.
    [
      'rules: { runbooks/fresh: { severity: { tier3: standard } }, runbooks/runbook-present: { proof: optional } }\n',
      'loosens: runbooks/fresh standard for tier3; runbooks/runbook-present without proof',
      3,
    ],
    ['paging: { receivers: [x] }\n', 'loosens: which alerts wake someone', 3],
    ['severity_map: { page: standard }\n', 'loosens: what severities mean', 3],
    ["private_packages: { npm: ['*'] }\n", 'loosens: which packages are private', 3],
    ['waivers: { critical: 900d }\n', 'loosens: waivers of critical rules for 900d', 3],
  ])('may not say %j', async (text, sentence, line) => {
    const more = { 'p.yaml': `${HEAD}\nplugins: [evil.mjs]\n`, 'acme.yaml': LIST, 'evil.mjs': '' };
    const error: unknown = await carried(text, more).catch((it: unknown) => it);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).toContain(sentence);
    expect((error as InputError).at).toMatch(new RegExp(`^(gonogo\\.policy|p)\\.yaml:${line}$`));
  });
});
