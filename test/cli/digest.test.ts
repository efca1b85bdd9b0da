/** `gonogo digest`: a page from the audits of a store, for every store that there may be, and campaigns of a policy from the audit to the page. */
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/model-trend.ts';
import { folderStore } from '../../src/store/folder-store.ts';
import { postgresStore } from '../../src/store/postgres/postgres-store.ts';
import { HEADER, rowOf } from '../audit/sample-audit.ts';
import { temporaryFolder, write } from '../repo/temporary.ts';
import { finding, report, service } from '../report/sample-report.ts';
import { absent, type PostgresServer, postgresServer, SECRET } from '../store/postgres-server.ts';
import { run } from './run.ts';
import { AS_OF, GOOD } from './untouched.ts';

const RULE = 'runbooks/alert-links-runbook';
const WEEKS = [
  ['2026-10-26', 'pass'],
  ['2026-11-02', 'pass'],
  ['2026-11-14', 'fail'],
  ['2026-11-16', 'fail'],
] as const;

async function fill(store: Store, weeks: readonly (readonly [day: string, ruling: 'pass' | 'fail'])[]): Promise<void> {
  for (const [asOf, ruling] of weeks) {
    const row = rowOf('acme/shop', report([service([finding(RULE, ruling)])]));
    const commit = asOf.replaceAll('-', '').padEnd(40, '0');
    await store.push({ ...HEADER, asOf }, () => [{ ...row, commit }]);
  }
}

async function storeOf(weeks: typeof WEEKS | readonly (typeof WEEKS)[number][]): Promise<string> {
  const folder = temporaryFolder();
  await fill(
    folderStore(folder, () => undefined),
    weeks,
  );
  return folder;
}

const POLICY = `apiVersion: gonogo/v1
kind: Policy
focus:
  books:
    title: Every alert leads to a runbook
    rules: [runbooks, manifest]
    deadline: 2027-01-31
`;

describe('digest', () => {
  it('of a store with one audit says that nothing is known of what moved', async () => {
    const { status, stdout, stderr } = run(['digest', '--store', await storeOf(WEEKS.slice(-1))]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('This is the first audit in the store: nothing is known of what moved.');
    expect(stdout).toContain('## Regressions\n\nNot known: there is no earlier audit.\n');
    expect(stdout).not.toContain('## Campaigns');
  });

  it.each([
    [[], '2026-11-02'],
    [['--since', '2d'], '2026-11-14'],
    [['--since', '2w'], '2026-11-02'],
    [['--since', '2026-11-10'], '2026-11-02'],
    [['--since', '2020-01-01'], '2026-10-26'],
  ])('is held against another audit by %j', async (options, day) => {
    const { stdout } = run(['digest', '--store', await storeOf(WEEKS), ...options]);
    expect(stdout).toContain(`Held against ${day}.`);
    if (day < '2026-11-14') expect(stdout).toContain(`| ${RULE} | \`${day.replaceAll('-', '')}0000..202611160000\` |`);
  });

  it('is a page in HTML with the campaigns of a policy, and overwrites nothing unless it may', async () => {
    const folder = await storeOf(WEEKS);
    writeFileSync(join(folder, 'p.yaml'), POLICY);
    const words = ['digest', '--store', '.', '--policy', 'p.yaml', '--format', 'html', '--out', 'week.html'];
    expect(run(words, { cwd: folder })).toEqual({ status: 0, stdout: '', stderr: '' });
    const page = readFileSync(join(folder, 'week.html'), 'utf8');
    expect(page).toContain('<!doctype html>');
    expect(page).toContain('Every alert leads to a runbook');
    expect(page).toContain('0 of 1 (0 %)');
    writeFileSync(join(folder, 'week.html'), 'mine');
    const refused = run(words, { cwd: folder });
    expect([refused.status, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('--force');
    expect(readFileSync(join(folder, 'week.html'), 'utf8')).toBe('mine');
    expect(run([...words, '--force'], { cwd: folder }).status).toBe(0);
    expect(readFileSync(join(folder, 'week.html'), 'utf8')).toBe(page);
  });

  it('says in a sentence what it lacks', async () => {
    const folder = await storeOf(WEEKS.slice(-1));
    writeFileSync(join(folder, 'broken.yaml'), 'focus: 1\n');
    for (const [words, why] of [
      [['--store', join(folder, 'nowhere')], 'the store holds no audit'],
      [[], 'no store is named'],
      [['--store', folder, '--since', 'soon'], '--since'],
      [['--store', folder, '--policy', join(folder, 'broken.yaml')], 'broken.yaml'],
      [['--store', join(folder, 'broken.yaml')], 'it is no folder'],
    ] as const) {
      const { status, stdout, stderr } = run(['digest', ...words]);
      expect({ words, status, stdout, stderr }).toEqual({
        ...{ words, status: 2, stdout: '' },
        stderr: expect.stringContaining(why),
      });
    }
  });

  it('leaves out what is broken in the store, says so, and uses the rest', async () => {
    const folder = await storeOf(WEEKS);
    const [first = '', , third = ''] = readdirSync(folder).sort();
    for (const name of [first, third]) truncateSync(join(folder, name), 100);
    const { status, stdout, stderr } = run(['digest', '--store', folder]);
    expect(status).toBe(0);
    expect(stdout).toContain('Held against 2026-11-02.');
    expect(stderr.match(/^note: .* is left out: it ends early$/gm)).toHaveLength(2);
  });
});

describe('campaigns of a policy', () => {
  it('stand in every format of an audit that shows them, with their forecast from the store', () => {
    const folder = temporaryFolder();
    const stale = GOOD.replace('2026-11-01', '2023-11-01');
    write(folder, { 'repos/a/gonogo.yaml': GOOD, 'repos/b/gonogo.yaml': stale, 'p.yaml': POLICY });
    const audit = ['audit', 'repos', '--only', 'manifest', '--policy', 'p.yaml', '--store', 'kept', '--as-of'];
    for (const day of ['2026-11-02', '2026-11-09']) expect(run([...audit, day], { cwd: folder }).status).toBe(0);
    const shown = run([...audit, AS_OF, '--format', 'jsonl', '--format', 'html=a.html'], { cwd: folder });
    expect(shown.status).toBe(0);
    const last = JSON.parse(shown.stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(last).toMatchObject({
      what: 'estate',
      campaigns: [
        {
          id: 'books',
          services: 2,
          done: 1,
          history: [{ asOf: '2026-11-02' }, { asOf: '2026-11-09' }],
          because: expect.stringMatching(/^1 of \d+ left, and no fewer since 2026-11-02, by 3 audits$/),
          lagging: [{ service: 'b', rules: ['manifest/reviewed-recently'] }],
        },
      ],
    });
    const page = readFileSync(join(folder, 'a.html'), 'utf8');
    expect(page).toContain('Every alert leads to a runbook');
    expect(page).toContain('1 of 2 services done');
    expect(page).toContain('No service met more or fewer rules than on 2026-11-09.');
    expect(JSON.parse(shown.stdout.split('\n')[0] ?? '')).not.toHaveProperty('moved');
    const digest = run(['digest', '--store', 'kept', '--policy', 'p.yaml'], { cwd: folder });
    expect(digest.stdout).toContain(`| 1 of 2 | 2027-01-31 (76 days left) | ${last.campaigns[0].because} | b (1) |`);
  });
});

describe.skipIf(absent !== '')(`a digest from a real PostgreSQL${absent}`, { timeout: 120_000 }, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await postgresServer();
  }, 120_000);
  afterAll(() => server?.remove(), 60_000);

  it('is that of a folder with the same audits', async () => {
    await server.query('postgres', 'create database asked');
    await fill(postgresStore(server.address('asked', { password: SECRET }), {}), WEEKS);
    const asked = run(['digest', '--store', server.address('asked')], { env: { PGPASSWORD: SECRET } });
    expect(asked).toEqual({ ...run(['digest', '--store', await storeOf(WEEKS)]), status: 0, stderr: '' });
  });
});
