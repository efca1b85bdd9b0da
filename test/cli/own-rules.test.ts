/** `gonogo test-rules` and an organisation's own rules on the command line, as a user runs them. */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import { temporaryFolder, write } from '../repo/temporary.ts';
import { run } from './run.ts';

const ACME = 'fixtures/own-rules/acme';
const PAGE = 'acme/cost-centre.md';

function acme(): string {
  const folder = temporaryFolder();
  cpSync(ACME, folder, { recursive: true });
  return folder;
}

function edit(folder: string, from: string, to: string): void {
  const text = readFileSync(join(folder, PAGE), 'utf8');
  expect(text).toContain(from);
  write(folder, { [PAGE]: text.replace(from, to) });
}

describe('gonogo test-rules', () => {
  it('finds every page of the example as it is written', () => {
    const { status, stdout, stderr } = run(['test-rules', ACME]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(
      [
        'ok   acme/cost-centre: 1 declared, 1 contradicted, 1 missing',
        'ok   acme/licence-file: 1 verified, 1 missing',
        'ok   acme/readme-names-chapter: 1 declared, 2 missing',
        'ok   acme/strict-compiler: 1 verified, 1 contradicted, 1 unknown',
        'ok   acme/alerts-name-a-team: 1 verified, 1 contradicted, 1 not-applicable, 1 unknown',
        'ok   acme/critical-has-second-region: 1 declared, 1 missing',
        '',
      ].join('\n'),
    );
  });

  it('shows the lines of an answer that drifted, and --update rewrites them', () => {
    const folder = acme();
    edit(folder, 'x-cost-centre is "marketing"', 'x-cost-centre is "sales"');
    const drifted = run(['test-rules', folder]);
    expect(drifted.status).toBe(1);
    expect(drifted.stdout).toContain(
      [
        'FAIL acme/cost-centre: 1 declared, 1 contradicted, 1 missing',
        '     "Not ready: it is a word": the page does not say what is answered today (--update rewrites it)',
        '     - > - `gonogo.yaml:6:1` x-cost-centre is "sales", in which ^CC-[0-9]{4}$ is not found',
        '     + > - `gonogo.yaml:6:1` x-cost-centre is "marketing", in which ^CC-[0-9]{4}$ is not found',
      ].join('\n'),
    );
    expect(run(['test-rules', folder, '--update']).status).toBe(0);
    expect(readFileSync(join(folder, PAGE), 'utf8')).toBe(readFileSync(join(ACME, PAGE), 'utf8'));
  });

  it('is not satisfied by --update where an example is not what its title says', () => {
    const folder = acme();
    edit(folder, 'x-cost-centre: marketing', 'x-cost-centre: CC-0001');
    const { status, stdout } = run(['test-rules', folder, '--update']);
    expect(status).toBe(1);
    expect(stdout).toContain('"Not ready: it is a word" is declared');
  });

  it('wants a page for every rule, both kinds of examples, and no page of nothing', () => {
    const folder = acme();
    rmSync(join(folder, PAGE));
    write(folder, { 'acme/licence-file.md': '## Ready\n\n```text LICENSE\nx\n```\n', 'acme/gone.md': '# Gone\n' });
    const { status, stdout } = run(['test-rules', folder]);
    expect(status).toBe(1);
    expect(stdout).toContain('FAIL acme/cost-centre\n     there is no page acme/cost-centre.md\n');
    expect(stdout).toContain('     it has no example "## Not ready …"\n');
    expect(stdout).toContain('FAIL acme/gone.md is the page of no rule\n');
  });

  it.each([
    ['no checklist', { 'a.md': '' }, /there is no checklist/],
    ['a faulty one', { 'a.yaml': 'area: acme' }, /the checklist does not fit its schema/],
    ['one without rules', { 'a.yaml': 'area: a\ntitle: A\nintro: I\nrules: []\n' }, /nothing was tested/],
  ])('answers %s with exit code 2', (_, files, message) => {
    const folder = temporaryFolder();
    write(folder, files);
    const { status, stdout, stderr } = run(['test-rules', folder]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('answers a block on the world outside that is none with exit code 2', () => {
    const folder = acme();
    edit(
      folder,
      '# acme/cost-centre\n',
      '# acme/cost-centre\n\n## Odd\n\n```json advisories npm @2026-11-15\n{\n```\n',
    );
    const { status, stderr } = run(['test-rules', folder]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/a block of an example cannot be used/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('gonogo check --checklist', () => {
  it('judges by own rules, with the lines of the evidence they read', () => {
    const args = ['check', 'fixtures/services/payments', '--as-of', '2026-11-16', '--only', 'acme', '--format', 'json'];
    const { status, stdout } = run([...args, '--checklist', `${ACME}/acme.yaml`]);
    const findings = (JSON.parse(stdout) as Report).services[0]?.findings ?? [];
    expect(status).toBe(1);
    expect(findings.find((it) => it.rule === 'acme/alerts-name-a-team')).toMatchObject({
      standing: 'contradicted',
      problems: expect.arrayContaining([
        expect.objectContaining({ at: { path: 'ops/alerts/payments.rules.yaml', line: 5, column: 9 } }),
      ]),
    });
    expect(findings.find((it) => it.rule === 'acme/critical-has-second-region')).toMatchObject({
      standing: 'declared',
      claim: { path: 'gonogo.yaml' },
    });
  });

  it('refuses a faulty expression with its line and column', () => {
    const folder = temporaryFolder();
    const text = readFileSync(`${ACME}/acme.yaml`, 'utf8');
    write(folder, { 'own.yaml': text.replace('has(a.labels.team) &&', 'has(a.labels.team) & &') });
    const { status, stderr } = run(['check', 'fixtures/services/payments', '--checklist', join(folder, 'own.yaml')]);
    const line = text.split('\n').findIndex((it) => it.includes('has(a.labels.team) &&')) + 1;
    expect(status).toBe(2);
    expect(stderr).toContain(`own.yaml:${line}:30`);
  });
});
