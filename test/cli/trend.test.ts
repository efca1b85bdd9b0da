/** `gonogo trend`: between the audits of a store, and along the commits of a repository that was made for it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Trend } from '../../src/model-trend.ts';
import { folderStore } from '../../src/store/folder-store.ts';
import { HEADER, rowOf } from '../audit/sample-audit.ts';
import { commit, git, repository, temporaryFolder } from '../repo/temporary.ts';
import { finding, report, service } from '../report/sample-report.ts';
import { run } from './run.ts';
import { GOOD } from './untouched.ts';

const RULE = 'runbooks/alert-links-runbook';

async function storeOf(...days: readonly (readonly [day: string, ruling: 'pass' | 'fail'])[]): Promise<string> {
  const folder = temporaryFolder();
  const store = folderStore(folder, () => undefined);
  for (const [asOf, ruling] of days) {
    const row = rowOf('acme/shop', report([service([finding(RULE, ruling)])]));
    await store.push({ ...HEADER, asOf }, () => [row]);
  }
  return folder;
}

describe('trend --store', () => {
  it('compares the last two audits, or those of the window that is asked for', async () => {
    const folder = await storeOf(['2026-11-02', 'fail'], ['2026-11-09', 'pass'], ['2026-11-16', 'pass']);
    const trend = (...options: readonly string[]): Trend =>
      JSON.parse(run(['trend', '--store', folder, '--format', 'json', ...options]).stdout);
    const last = trend();
    expect([last.from.asOf, last.to.asOf, last.rows[0]?.movement, last.rows[0]?.points.length]).toEqual([
      '2026-11-09',
      '2026-11-16',
      'same',
      3,
    ]);
    for (const options of [
      ['--last', '3'],
      ['--since', '2026-11-05'],
    ]) {
      const { from, rows } = trend(...options);
      expect([from.asOf, rows[0]?.movement, rows[0]?.gained.map(({ rule }) => rule)]).toEqual([
        '2026-11-02',
        'improved',
        [RULE],
      ]);
    }
    const written = run(
      ['trend', '--store', folder, '--by', 'owner', '--last', '3', '--format', 'csv=trend.csv', '--format', 'markdown'],
      { cwd: folder },
    );
    expect(written.stdout).toContain('## Most improved (1)');
    expect(readFileSync(join(folder, 'trend.csv'), 'utf8')).toContain('\r\nteam-payments,,improved,0,1,1,1,');
  });

  it('says what is lacking where there are no two audits, and refuses what does not fit together', async () => {
    const folder = await storeOf(['2026-11-16', 'pass']);
    const said = (...options: readonly string[]) => {
      const { status, stderr } = run(['trend', ...options]);
      expect(status).toBe(2);
      return stderr;
    };
    expect(said('--store', folder)).toContain('a trend is between two audits, and the store holds one');
    expect(said()).toContain('no store is named');
    expect(said('--store', folder, '--git', 'a..b')).toContain('cannot be used with');
    expect(said('--store', folder, '--last', '1')).toContain('It is a number from 2 to 9999');
  });
});

/** Eleven commits of which the fifth brings an owner of files and the ninth breaks the manifest, a side branch among them. */
function history(): { readonly folder: string; readonly ids: readonly string[] } {
  const folder = repository();
  const ids: string[] = [];
  for (let day = 1; day <= 11; day++) {
    const files = {
      'notes.txt': `${day}`,
      ...(day === 1 && { 'gonogo.yaml': GOOD }),
      ...(day === 5 && { CODEOWNERS: '* @acme/shop\n' }),
      ...(day === 9 && { 'gonogo.yaml': GOOD.replace('tier: 4', 'tear: 4') }),
    };
    const when = `2026-11-${String(day).padStart(2, '0')}T23:30:00-02:00`;
    ids.push(commit(folder, `day ${day}`, files, when));
  }
  return { folder, ids };
}

describe('trend --git', () => {
  it('finds the very commits at which rules turned, from a few samples, each commit as of its own day in UTC', () => {
    const { folder, ids } = history();
    const trend = (range: string, ...options: readonly string[]) => {
      const flags = ['--only', 'manifest,ownership', '--tier', '2', '--format', 'json', ...options];
      const { status, stdout, stderr } = run(['trend', '--git', range, folder, ...flags]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      return JSON.parse(stdout) as Trend;
    };
    const { history: way, from, to } = trend(`${ids[0]}..HEAD`, '--samples', '3');
    expect([from.id, to.id, from.asOf, to.asOf]).toEqual([ids[0], ids[10], '2026-11-02', '2026-11-12']);
    expect(way?.commits).toBe(11);
    expect(way?.judged).toBeLessThan(11);
    const at = (rule: string) =>
      way?.turns.filter((it) => it.rule === rule).map(({ at, better, after }) => [at.subject, better, after]);
    expect(at('ownership/codeowners-covers-service')).toEqual([['day 5', true, undefined]]);
    expect(at('manifest/schema-valid')).toEqual([['day 9', false, undefined]]);
    expect(way?.steps.map(({ on }) => on)).toEqual(way?.steps.map(({ on }) => on).toSorted());
    const few = trend('HEAD~3..HEAD').history;
    expect(few?.steps.map(({ subject }) => subject)).toEqual(['day 8', 'day 9', 'day 10', 'day 11']);
    const shown = run(['trend', '--git', 'HEAD~3..', folder, '--only', 'manifest', '--format', 'terminal']).stdout;
    expect(shown).toContain('- manifest/schema-valid (critical): verified → contradicted');
    expect(shown).toContain('4 of 4 commits judged, each as of its own day, by the rules of today');
  });

  it('refuses ends that are none, with a way out', () => {
    const folder = repository();
    const first = commit(folder, 'first', { 'gonogo.yaml': GOOD });
    git(folder, ['checkout', '-q', '-b', 'side']);
    commit(folder, 'aside', { 'aside.txt': '' });
    git(folder, ['checkout', '-q', 'main']);
    commit(folder, 'second', { 'a.txt': '' });
    const cases: readonly (readonly [range: string, why: string, ...more: string[]])[] = [
      ['side..main', `name an earlier commit of the same line of work first, e.g. ${first.slice(0, 12)}`],
      ['main...side', 'is no range of commits'],
      ['nothing..main', 'there is no commit "nothing" here'],
      ['main..main', 'a trend is between two commits'],
      ['HEAD~1..HEAD', 'each commit is judged as of its own day', '--as-of', '2026-11-16'],
    ];
    for (const [range, why, ...more] of cases) {
      const { status, stdout, stderr } = run(['trend', '--git', range, folder, ...more]);
      expect({ range, status, stdout, stderr }).toEqual({
        ...{ range, status: 2, stdout: '' },
        stderr: expect.stringContaining(why),
      });
    }
  });
});
