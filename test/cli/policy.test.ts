/** A policy on the command line: the documented example judges, a hostile repository's is data, and everybody sees where a value is from. */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { optionsFrom } from '../../src/cli/options.ts';
import { openWorkspace } from '../../src/cli/workspace.ts';
import type { Report } from '../../src/model.ts';
import { repository, temporaryFolder, write } from '../repo/temporary.ts';
import { AS_OF, GOOD, runUntouched } from './untouched.ts';

const HEAD = 'apiVersion: gonogo/v1\nkind: Policy\n';

/** The documented policy beside a service, as a platform team keeps it. */
function acme(): { readonly service: string; readonly policy: string } {
  const folder = temporaryFolder();
  cpSync('fixtures/policies/acme', join(folder, 'acme'), { recursive: true });
  cpSync('fixtures/services/orders', join(folder, 'orders'), { recursive: true });
  return { service: join(folder, 'orders'), policy: '../acme/gonogo.policy.yaml' };
}

function check(folder: string, ...args: readonly string[]) {
  return runUntouched(folder, ['check', '.', '--as-of', AS_OF, ...args]);
}

describe('the documented policy', () => {
  it.each(['gonogo.policy.yaml', 'checks/acme.mjs'])('is the one in the guide: %s', (path) => {
    const text = readFileSync(`fixtures/policies/acme/${path}`, 'utf8');
    expect(readFileSync('docs/policy.md', 'utf8')).toContain(`\n${text}\`\`\`\n`);
  });

  it('judges a service, own checks included, and is named in the report', () => {
    const { service, policy } = acme();
    const { status, stdout, stderr } = check(service, '--policy', policy, '--format', 'json');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    const report = JSON.parse(stdout) as Report;
    expect(report.policy).toEqual({ name: 'gonogo.policy.yaml', digest: expect.stringMatching(/^[0-9a-f]{16}$/) });
    const findings = new Map(report.services[0]?.findings.map((it) => [it.rule, it]));
    expect(findings.get('acme/named-after-domain')).toMatchObject({
      standing: 'verified',
      because: 'orders-api is of the domain orders',
    });
    expect(findings.get('acme/reviewed-each-quarter')?.standing).toBe('declared');
    expect(findings.get('release/rollback-documented')?.severity).toBe('critical');
    expect(findings.has('non-functionals/accessibility-test-in-ci')).toBe(false);
    const without = JSON.parse(check(service, '--format', 'json').stdout) as Report;
    expect(without).not.toHaveProperty('policy');
  });

  it('is shown with the line of every change by `rules` and `explain`', () => {
    const { service, policy } = acme();
    const { stdout } = runUntouched(service, ['rules', '--policy', policy]);
    expect(stdout).toContain('C C S -  release/rollback-documented');
    expect(stdout).toContain('policy: critical for tier 1 (../acme/gonogo.policy.yaml:31)');
    expect(stdout).toContain('policy: critical for tier 4 (../acme/shared/waivers.yaml:8)');
    expect(stdout).toContain('- - - -  non-functionals/accessibility-test-in-ci');
    expect(stdout).toContain('S S S -  acme/named-after-domain');
    const json = JSON.parse(runUntouched(service, ['rules', '--policy', policy, '--format', 'json']).stdout) as {
      readonly id: string;
      readonly policy?: unknown;
    }[];
    expect(json.find(({ id }) => id === 'manifest/reviewed-recently')?.policy).toEqual([
      { change: 'max_age 60d for tier 1', at: '../acme/gonogo.policy.yaml:35' },
      { change: 'max_age 90d for tier 2', at: '../acme/gonogo.policy.yaml:35' },
    ]);
    const explained = runUntouched(service, ['explain', 'manifest/reviewed-recently', '--policy', policy]).stdout;
    expect(explained).toContain('policy: max_age 60d for tier 1 (../acme/gonogo.policy.yaml:35)');
    expect(explained).toMatch(/max_age +60d +90d/);
  });

  it('keeps the names of private packages from every server', async () => {
    const folder = temporaryFolder();
    write(folder, { 'svc/gonogo.yaml': GOOD, 'policy.yaml': `${HEAD}private_packages: { npm: ['@acme/*'] }\n` });
    const flags = { only: [], failOn: 'major', checklist: [], evidenceRoot: [] } as const;
    const workspace = await openWorkspace(join(folder, 'svc'), flags);
    const options = await optionsFrom({ ...flags, policy: join(folder, 'policy.yaml') }, workspace);
    expect(options.reference?.privatePackages).toMatchObject({ npm: ['@acme/*'] });
  });
});

describe('a plug-in that leaves a failing promise behind', () => {
  it('changes neither the verdict nor the exit code', () => {
    const { service, policy } = acme();
    const module = join(service, '../acme/checks/acme.mjs');
    const text = readFileSync(module, 'utf8').replace('assess({', "assess({ stray = Promise.reject(Error('stray')),");
    writeFileSync(module, text);
    const { status, stdout, stderr } = check(service, '--policy', policy, '--only', 'acme', '--quiet');
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: 'note: a plug-in left something behind that failed: stray\n',
    });
    expect(stdout).toContain('GO');
  });
});

describe('a plug-in that waits for what never comes', () => {
  it('is no GO: the run says so and ends with exit code 2', () => {
    const { service, policy } = acme();
    const module = join(service, '../acme/checks/acme.mjs');
    writeFileSync(module, `await new Promise(() => undefined);\n${readFileSync(module, 'utf8')}`);
    expect(check(service, '--policy', policy)).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'error: the plug-in "../acme/checks/acme.mjs" cannot be loaded: it never finishes loading (../acme/gonogo.policy.yaml:14)\n  repair the module\n',
    });
  });
});

describe('rules that a judged repository brings along', () => {
  it('are judged and counted in no share of verified claims', () => {
    const rule = (index: number): string => `  - id: acme/r${index}
    statement: There are files.
    severity: { tier1: standard, tier2: standard }
    check: generic/file-exists
    with: { files: [gonogo.yaml] }
    why: None.
    fix: None.
`;
    const acme = `area: acme\ntitle: A\nintro: A\nrules:\n${[1, 2, 3, 4, 5].map(rule).join('')}`;
    const files = { 'gonogo.yaml': GOOD, 'acme.yaml': acme };
    const share = (folder: string, ...args: readonly string[]): string | undefined => {
      const report = JSON.parse(check(folder, '--format', 'json', '--tier', '2', ...args).stdout) as Report;
      return report.services[0]?.findings.find(({ rule }) => rule === 'manifest/claims-covered')?.because;
    };
    const folder = repository(files);
    const alone = share(folder);
    expect(share(folder, '--checklist', 'acme.yaml')).not.toBe(alone);
    const own = repository({ ...files, 'gonogo.policy.yaml': `${HEAD}checklists: [acme.yaml]\n` });
    expect(share(own)).toBe(alone);
    expect(check(own, '--only', 'acme', '--tier', '2').stdout).toContain('5 of 5');
  });
});

describe('code that a judged repository would like to have run', () => {
  /** A module that leaves traces in the repository and beside it. */
  function hostile(policy: string): { readonly folder: string; readonly trace: string } {
    const trace = join(temporaryFolder(), 'trace');
    const evil = `require('node:fs').writeFileSync(${JSON.stringify(trace)}, 'ran');\nexports.checks = {};\n`;
    const folder = repository({
      'gonogo.yaml': GOOD,
      'gonogo.policy.yaml': HEAD + policy,
      'evil.cjs': evil,
      'more.yaml': `${HEAD}plugins: [evil.cjs]\n`,
      'node_modules/evil/package.json': '{"name":"evil","exports":"./index.js","gonogo":"../../more.yaml"}',
      'node_modules/evil/index.js': evil,
      'node_modules/evil/gonogo.policy.yaml': `${HEAD}plugins: [index.js]\n`,
      'node_modules/evil/evil.cjs': evil,
    });
    return { folder, trace };
  }

  it.each([
    ['plugins: [evil.cjs]\n', 'a plug-in is code'],
    ['extends: [more.yaml]\n', 'a plug-in is code'],
    ['extends: [npm:evil]\n', 'may only name files of the same repository'],
    ['checklists: [/etc/passwd]\n', 'is no file below the repository'],
  ])('is not: %j', (policy, sentence) => {
    const { folder, trace } = hostile(policy);
    const { status, stdout, stderr } = check(folder);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr).toMatch(/\((gonogo\.policy|more)\.yaml:3\)\n {2}\S/);
    expect(existsSync(trace)).toBe(false);
    // Not even where somebody names that policy, or only asks what it says.
    for (const words of [['check', '.'], ['rules'], ['explain', 'present']]) {
      const named = runUntouched(folder, [...words, '--policy', 'gonogo.policy.yaml']);
      expect({ status: named.status, stdout: named.stdout }).toEqual({ status: 2, stdout: '' });
      expect(existsSync(trace)).toBe(false);
    }
  });

  it('is not on the way to a card, which is shown all the same', () => {
    const { folder, trace } = hostile('plugins: [evil.cjs]\n');
    const rules = 'groups: [{ name: x, rules: [{ alert: Down, expr: up == 0, labels: { severity: page } }] }]\n';
    write(folder, { 'alerts.yaml': rules });
    const { status, stdout, stderr } = runUntouched(folder, ['page', 'Down']);
    expect(status).toBe(0);
    expect(stdout).toContain('it wakes someone');
    expect(stderr).toContain('note: the policy is left aside: a plug-in is code');
    expect(existsSync(trace)).toBe(false);
  });
});

describe('the card', () => {
  it("says whom an alert wakes by the operator's policy", () => {
    const folder = temporaryFolder();
    const rules = 'groups: [{ name: x, rules: [{ alert: Down, expr: up == 0, labels: { severity: ticket } }] }]\n';
    write(folder, {
      'svc/gonogo.yaml': GOOD,
      'svc/alerts.yaml': rules,
      'policy.yaml': `${HEAD}paging: { labels: { severity: [ticket] } }\n`,
    });
    const service = join(folder, 'svc');
    expect(runUntouched(service, ['page', 'Down']).stdout).toContain('it wakes nobody');
    expect(runUntouched(service, ['page', 'Down', '--policy', '../policy.yaml']).stdout).toContain('it wakes someone');
  });
});
