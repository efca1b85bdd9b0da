/** Own checks as code: loaded only for an operator, never from what is judged; whatever they do wrong is theirs and stays with their rule. */
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../src/generated/checklists.ts';
import { InputError } from '../../src/input-error.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import { judgeRepository } from '../../src/run.ts';
import { commit, repository, temporaryFolder, write } from '../repo/temporary.ts';
import { HEAD, inside, operators } from './policy-files.ts';

const LIST = `area: acme
title: Acme
intro: Ours.
rules:
  - id: acme/named
    statement: The service is named after its domain.
    severity: { tier1: critical, tier2: critical, tier3: critical, tier4: critical }
    with: { prefix: shop- }
    why: Because.
    fix: Rename it.
`;
const POLICY = `${HEAD}plugins: [acme.mjs]\nchecklists: [acme.yaml]\n`;
const PARAMS = "params: { prefix: { doc: 'Its beginning.', default: '', schema: { type: 'string' } } }";

function module(assess: string, more = ''): string {
  return `export const checks = { 'acme/named': { summary: 'Looks at the name.', needs: ['files'], ${PARAMS}, ${more} assess(subject) { ${assess} } } };\n`;
}

const GOOD = module(
  "const { service, params, claims, at } = subject; const ok = service.name.startsWith(params.prefix); return { standing: ok ? 'verified' : 'contradicted', because: ['it is called', service.name].join(' '), evidence: [at('/name')], problems: ok ? [] : [{ message: 'another name', at: at('/name'), odd: 1 }] };",
);

async function finding(text: string, name = 'shop-orders') {
  const folder = temporaryFolder();
  write(folder, { 'policy.yaml': POLICY, 'acme.yaml': LIST, 'acme.mjs': text });
  const { policy, checklists, checks } = await operators(inside(folder), '/judged');
  const report = await judgeRepository(
    {
      repo: memoryRepo({ files: { 'gonogo.yaml': `apiVersion: gonogo/v1\nkind: Service\nname: ${name}\n` } }),
      dir: '',
      rootNamed: () => undefined,
    },
    {
      asOf: '2026-11-16',
      only: ['acme', 'manifest'],
      failOn: 'major',
      ...(policy && { policy }),
      checklists,
      checks,
      profiles: PROFILES,
      version: '0.1.0',
    },
  );
  return { report, its: report.services[0]?.findings.find(({ rule }) => rule === 'acme/named') };
}

describe('a check of a plug-in', () => {
  it('assesses a rule of an own checklist with its parameters, like any other', async () => {
    const { its, report } = await finding(GOOD);
    expect(its).toMatchObject({
      standing: 'verified',
      ruling: 'pass',
      because: 'it is called shop-orders',
      evidence: [{ path: 'gonogo.yaml', line: 3 }],
    });
    expect(report.policy).toEqual({ name: 'policy.yaml', digest: expect.stringMatching(/^[0-9a-f]{16}$/) });
    const other = await finding(GOOD, 'orders');
    expect(other.its).toMatchObject({ standing: 'contradicted', problems: [{ message: 'another name' }] });
    expect(other.its?.problems[0]).not.toHaveProperty('odd');
  });

  it.each([
    ["throw new Error('out of paper')", "the plug-in's check acme/named of", 'failed: out of paper'],
    ['throw null', 'failed: null', ''],
    ['return undefined', 'answered nothing that is an assessment', ''],
    ["return { standing: 'pass', because: 'x' }", 'answered nothing that is an assessment', ''],
    ["return { standing: 'verified', because: '' }", 'answered nothing', ''],
    ["return { standing: 'verified', because: 'x', evidence: [{ line: 3 }] }", 'answered nothing', ''],
    ["return { standing: 'missing', because: 'x', problems: ['no'] }", 'answered nothing', ''],
    ["return Promise.reject(new Error('later'))", 'answered nothing', ''],
    ['return { get standing() { throw new Error("trap"); } }', 'failed: trap', ''],
  ])('that does %s makes its rule unknown, and no other', async (assess, ...words) => {
    const { its, report } = await finding(module(assess));
    expect(its).toMatchObject({ standing: 'unknown', ruling: 'fail' });
    for (const word of words) expect(its?.because).toContain(word);
    expect(report.notes.join()).not.toContain('fault of gonogo');
    expect(report.services[0]?.findings.filter(({ standing }) => standing === 'verified').length).toBeGreaterThan(0);
  });

  it('gets copies, so that nothing it does to them reaches another rule', async () => {
    const spoil =
      "subject.claims.name = 'x'; subject.evidence.files.facts = undefined; subject.manifest.state = 'absent'; subject.service.name = 'x'; return { standing: 'unknown', because: 'spoilt' };";
    const { report, its } = await finding(module(spoil));
    const { report: whole } = await finding(module("return { standing: 'unknown', because: 'spoilt' };"));
    expect(its?.because).toBe('spoilt');
    expect(report.services).toEqual(whole.services);
  });

  it.each([
    ['export const checks = {', 'cannot be loaded'],
    ["throw new Error('boom')", 'cannot be loaded: boom'],
    ['export const check = {}', 'exports no `checks`'],
    ['export const checks = { named: {} }', 'has no fitting id'],
    ["export const checks = { 'acme/named': {} }", 'has no summary'],
    ["export const checks = { 'acme/named': { summary: 'x' } }", 'has no function `assess`'],
    [module('', "needs: ['alertz'],").replace("needs: ['files'],", ''), 'needs "alertz", which is no kind of evidence'],
    [module('', "needs: ['judged'],").replace("needs: ['files'],", ''), 'needs "judged", which is no kind'],
    [module('').replace(PARAMS, 'params: { prefix: 1 }'), 'has a parameter "prefix" that is none'],
    [
      module('').replace(PARAMS, "params: { prefix: { doc: '', default: '', schema: { type: 'strng' } } }"),
      'sets "prefix" to a value its check refuses: its schema is none',
    ],
    ["export const checks = { 'manifest/present': { summary: 'x', assess() {} } }", '"manifest/present" of'],
    [GOOD.replaceAll('acme/named', 'acme/nmaed'), '"acme/named" names the check "acme/named", which does not exist'],
  ])('has to be one: %s', async (text, sentence) => {
    const error: unknown = await finding(text).catch((it: unknown) => it);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).toContain(sentence);
    expect((error as InputError).at).toMatch(/(policy|acme)\.yaml:\d+$/);
  });

  it('may be written as CommonJS, and come from an installed package', async () => {
    const folder = temporaryFolder();
    write(folder, {
      'policy.yaml': `${HEAD}extends: ['npm:rules']\n`,
      'node_modules/rules/gonogo.policy.yaml': POLICY.replace('acme.mjs', 'acme.cjs'),
      'node_modules/rules/acme.yaml': LIST,
      'node_modules/rules/acme.cjs': GOOD.replace('export const checks', 'exports.checks'),
    });
    const { checks } = await operators(inside(folder), '/judged');
    expect([...checks.keys()]).toEqual(['acme/named']);
  });
});

/** A module that leaves a trace where it is run. */
function traced(trace: string): string {
  return `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(trace)}, 'ran');\n${GOOD}`;
}

describe('code is never run', () => {
  async function refused(file: string, judged: string | undefined, trace: string): Promise<string> {
    const error: unknown = await operators(file, judged).catch((it: unknown) => it);
    expect(existsSync(trace)).toBe(false);
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  }

  it('from the judged repository, whether it is there, linked there, or below', async () => {
    const [ours, judged] = [temporaryFolder(), temporaryFolder()];
    const trace = join(temporaryFolder(), 'trace');
    const files = { 'policy.yaml': POLICY, 'acme.yaml': LIST, 'acme.mjs': traced(trace) };
    write(judged, files);
    write(ours, files);
    expect(await refused(inside(judged), judged, trace)).toContain('lies in the repository that is judged');
    expect(await refused(inside(ours), undefined, trace)).toContain('is not run');
    // The operator's folder is above the judged one, or leads into it.
    write(ours, { 'up.yaml': POLICY.replace('acme.mjs', 'svc/acme.mjs'), 'svc/acme.mjs': traced(trace) });
    expect(await refused(inside(ours, 'up.yaml'), join(ours, 'svc'), trace)).toContain('lies in the repository');
    symlinkSync(join(judged, 'acme.mjs'), join(ours, 'linked.mjs'));
    write(ours, { 'linked.yaml': POLICY.replace('acme.mjs', 'linked.mjs') });
    expect(await refused(inside(ours, 'linked.yaml'), judged, trace)).toContain('there is no JavaScript module');
    symlinkSync(ours, join(judged, 'way'));
    expect(await refused(inside(judged, 'way/policy.yaml'), judged, trace)).toContain('is not run');
    // The same module is run where nothing of it is judged.
    await operators(inside(ours), judged);
    expect(existsSync(trace)).toBe(true);
  });

  it('because a policy in the judged repository leads to it, through packages too', async () => {
    const [ours, judged] = [temporaryFolder(), temporaryFolder()];
    const trace = join(temporaryFolder(), 'trace');
    write(ours, {
      'rules/gonogo.policy.yaml': POLICY,
      'rules/acme.yaml': LIST,
      'rules/acme.mjs': traced(trace),
    });
    write(judged, { 'policy.yaml': `${HEAD}extends: ['npm:rules']\n`, 'node_modules/x/y': '' });
    symlinkSync(join(ours, 'rules'), join(judged, 'node_modules/rules'));
    expect(await refused(inside(judged), judged, trace)).toContain('lies in the repository that is judged');
    write(judged, { 'svc/policy.yaml': `${HEAD}extends: ['npm:rules']\n` });
    expect(await refused(inside(judged, 'svc/policy.yaml'), join(judged, 'svc'), trace)).toContain('is not run');
  });

  it('because a package that is linked into the judged repository leads to it', async () => {
    const [ours, above] = [temporaryFolder(), temporaryFolder()];
    const trace = join(temporaryFolder(), 'trace');
    write(ours, { 'policy.yaml': `${HEAD}extends: ['npm:linked']\n`, 'node_modules/x/y': '' });
    write(above, {
      'svc/gonogo.policy.yaml': `${HEAD}extends: ['npm:tools']\n`,
      'node_modules/tools/gonogo.policy.yaml': POLICY,
      'node_modules/tools/acme.yaml': LIST,
      'node_modules/tools/acme.mjs': traced(trace),
    });
    symlinkSync(join(above, 'svc'), join(ours, 'node_modules/linked'));
    expect(await refused(inside(ours), join(above, 'svc'), trace)).toContain('lies in the repository that is judged');
  });

  it('out of a commit', async () => {
    const clone = repository();
    const trace = join(temporaryFolder(), 'trace');
    const id = commit(clone, 'x', { 'p.yaml': POLICY, 'acme.yaml': LIST, 'acme.mjs': traced(trace) });
    const folder = temporaryFolder();
    write(folder, { 'policy.yaml': `${HEAD}extends: ['git:${clone}#${id}:p.yaml']\n` });
    expect(await refused(inside(folder), '/judged', trace)).toContain('is not a file on disk');
  });
});
