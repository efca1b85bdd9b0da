/** `gonogo page` and `gonogo scaffold` as they are run. */
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, write } from '../repo/temporary.ts';
import { type Ran, run } from './run.ts';

const PAYMENTS = resolve('fixtures/services/payments');
const MANIFEST = 'apiVersion: gonogo/v1\nkind: Service\nname: parcels\ntier: 2\n';

function service(files: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder();
  write(folder, { 'gonogo.yaml': MANIFEST, ...files });
  return folder;
}

function scaffold(folder: string, ...words: readonly string[]): Ran {
  return run(['scaffold', ...words, '--as-of', '2026-11-16'], { cwd: folder });
}

describe('gonogo page', () => {
  it('prints the card as the library makes it', () => {
    const { status, stdout, stderr } = run(['page', 'PaymentsErrorBudgetBurn', PAYMENTS, '--format', 'markdown']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(readFileSync('test/page/__golden__/payments.md', 'utf8'));
  });

  it('says how it took the name', () => {
    const { status, stdout } = run(['page', '[FIRING:1] PaymentsTrafficGone (critical)', PAYMENTS]);
    expect(status).toBe(0);
    expect(stdout).toContain('"[FIRING:1] PaymentsTrafficGone (critical)" was taken for PaymentsTrafficGone');
  });

  it('lists the alerts that a part of a name fits', () => {
    expect(run(['page', 'budget', PAYMENTS])).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'error: "budget" may mean several alerts: PaymentsErrorBudgetBurn, PaymentsLatencyBudgetBurn (page)\n  give one of these names\n',
    });
  });

  it.each([
    [['Payroll', PAYMENTS], 'no alert here is called like "Payroll"'],
    [['x\u001B[2J', PAYMENTS], 'no alert here is called like "x\\u{1b}[2J"'],
    [['Payroll', '/nowhere'], 'there is nothing at "/nowhere"'],
    [['Payroll', PAYMENTS, '--evidence-root', 'x'], '"x" is not name=path'],
    [['Payroll', PAYMENTS, '--format', 'html'], "argument 'html' is invalid"],
  ])('is refused in a sentence: %s', (words, sentence) => {
    const { status, stdout, stderr } = run(['page', ...words]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(sentence);
  });

  it('looks for the page in the evidence roots', () => {
    const folder = service({
      'alerts.yaml':
        'groups:\n  - name: p\n    rules:\n      - alert: ParcelsLate\n        expr: late > 1\n        annotations: { runbook_url: "https://runbooks.lumenpay.io/parcelslate" }\n',
    });
    const books = temporaryFolder();
    write(books, { 'pages/ParcelsLate.md': '# ParcelsLate\n\nCall the depot.\n' });
    const { status, stdout } = run(['page', 'parcelslate', folder, '--evidence-root', `lumenpay/books=${books}`]);
    expect(status).toBe(0);
    expect(stdout).toContain('repo:lumenpay/books//pages/ParcelsLate.md\n    # ParcelsLate\n\n    Call the depot.\n');
  });
});

describe('gonogo scaffold', () => {
  it('writes where the manifest says, and says what is next', () => {
    const folder = service({ 'gonogo.yaml': `${MANIFEST}operations: { drills: ops/drills }\n` });
    const { status, stdout, stderr } = scaffold(folder, 'drill', 'depot-closed');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toBe(
      'wrote ops/drills/2026-11-16-depot-closed.md: fill in what is marked TODO; until then `gonogo check --only resilience/exercise-recent` refuses it\n',
    );
    expect(readFileSync(join(folder, 'ops/drills/2026-11-16-depot-closed.md'), 'utf8')).toContain(
      '# Exercise: depot-closed',
    );
  });

  it('names the claim that is to name it', () => {
    expect(scaffold(service(), 'threat-model').stderr).toContain(
      'name its place in gonogo.yaml: security.threat_model (docs/threat-model.md)',
    );
  });

  it('overwrites only when told to', () => {
    const folder = service({ 'docs/handover.md': 'mine\n' });
    const refused = scaffold(folder, 'handover');
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('already exists');
    expect(readFileSync(join(folder, 'docs/handover.md'), 'utf8')).toBe('mine\n');
    expect(scaffold(folder, 'handover', '--force').status).toBe(0);
    expect(readFileSync(join(folder, 'docs/handover.md'), 'utf8')).toContain('# Taking over parcels');
  });

  it('prints and writes nothing with --stdout', () => {
    const folder = service();
    const { status, stdout } = scaffold(folder, 'debt-log', '--stdout');
    expect(status).toBe(0);
    expect(stdout).toContain('# Technical debt of parcels');
    expect(existsSync(join(folder, 'docs'))).toBe(false);
  });

  it('does not follow a link out of the repository', () => {
    const [folder, outside] = [service(), temporaryFolder()];
    symlinkSync(outside, join(folder, 'docs'));
    const { status, stderr } = scaffold(folder, 'runbook', 'ParcelsLate');
    expect(status).toBe(2);
    expect(stderr).toContain('leads out of the repository');
    expect(existsSync(join(outside, 'runbooks'))).toBe(false);
  });

  it('writes into a sample that is a repository of its own, in another', () => {
    const folder = temporaryFolder();
    write(folder, { '.git/HEAD': 'ref: refs/heads/main\n', 'samples/a/gonogo.yaml': `${MANIFEST}root: true\n` });
    const { status } = run(['scaffold', 'ops-stats', '--in', 'samples/a', '--as-of', '2026-11-16'], { cwd: folder });
    expect(status).toBe(0);
    expect(readFileSync(join(folder, 'samples/a/ops/stats/weekly.csv'), 'utf8')).toMatch(/^week,.*\n2026-11-09,TODO/);
  });

  it.each([
    [['poem'], "'poem' is invalid for argument 'kind'"],
    [['drill'], 'a drill needs a name'],
  ])('is refused in a sentence: %s', (words, sentence) => {
    const { status, stderr } = scaffold(service(), ...words);
    expect(status).toBe(2);
    expect(stderr).toContain(sentence);
  });
});
