/** The cache of an audit, as a user meets it. */
import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository, temporaryFolder } from '../repo/temporary.ts';
import { run } from './run.ts';

const FILES = { 'gonogo.yaml': 'apiVersion: gonogo/v1\nkind: Service\nname: shop\ntier: 3\n', 'README.md': '# shop\n' };
const WORDS = ['--as-of', '2026-11-16', '--only', 'ownership', '--format', 'jsonl'];

function entriesIn(folder: string): number {
  return readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.row')).length;
}

describe('gonogo audit', () => {
  it('keeps rows in the cache of its user and answers the same from it, or keeps none', () => {
    const [repo, home] = [repository(FILES), temporaryFolder()];
    const env = { XDG_CACHE_HOME: home, XDG_STATE_HOME: temporaryFolder() };
    expect(run(['audit', repo, ...WORDS, '--no-cache'], { env }).stderr).toBe('');
    expect(readdirSync(home)).toEqual([]);
    const cold = run(['audit', repo, ...WORDS], { env });
    expect(entriesIn(join(home, 'gonogo', 'rows'))).toBe(1);
    expect(run(['audit', repo, ...WORDS], { env })).toEqual(cold);
    expect(run(['audit', repo, ...WORDS, '--no-cache'], { env })).toEqual(cold);
    expect(cold).toMatchObject({ status: 0, stderr: '' });
  });

  it('refuses a folder that others may write to where it was named, and does without it where it is the usual one', () => {
    const [repo, home] = [repository(FILES), temporaryFolder()];
    const rows = join(home, 'gonogo', 'rows');
    mkdirSync(rows, { recursive: true });
    chmodSync(rows, 0o777);
    const named = run(['audit', repo, ...WORDS, '--cache', rows]);
    expect(named.status).toBe(2);
    expect(named.stderr).toContain('others may write to it');
    const usual = run(['audit', repo, ...WORDS], { env: { XDG_CACHE_HOME: home } });
    expect(usual.status).toBe(0);
    expect(usual.stderr.match(/others may write to it/g)).toHaveLength(1);
    expect(usual.stdout).toBe(run(['audit', repo, ...WORDS, '--no-cache']).stdout);
    expect(entriesIn(rows)).toBe(0);
  });
});
