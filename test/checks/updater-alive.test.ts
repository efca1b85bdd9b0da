/** Whether an updater is at work, where the history ends before it begins: pages cannot cut a history short. */
import { describe, expect, it } from 'vitest';
import { check } from '../../src/checks/patch-levels/updater-alive.ts';
import type { Facts as History } from '../../src/evidence/history.ts';
import type { Assessment, Unread } from '../../src/model.ts';

const AT = { path: '.github/dependabot.yml', line: 2 };
const UPDATER = { tool: 'dependabot', active: 'yes', watched: [], presets: [], at: AT } as const;
const HISTORY: History = {
  truncated: false,
  commits: 40,
  newest: '2026-11-10T12:00:00Z',
  oldest: '2026-11-01T12:00:00Z',
  touched: {},
  manifest: [],
  authors: [],
  updates: [],
  marked: [],
};

function assess(history: Partial<History>, unread: readonly Unread[] = []): Assessment {
  const gathered = { looked: { files: 1, note: '' }, unread: [], delegated: [] };
  const evidence = {
    updaters: { ...gathered, facts: { updaters: [UPDATER], manifests: [] } },
    history: { ...gathered, unread, facts: { ...HISTORY, ...history } },
  };
  return check.assess({ evidence, claims: {}, params: { max_age: '30d' }, asOf: '2026-11-16' } as unknown as Parameters<
    typeof check.assess
  >[0]);
}

const SHALLOW: Unread = { at: { path: '.git' }, reason: 'shallow', detail: 'the clone is shallow' };
const LIMIT: Unread = { at: { path: '.git' }, reason: 'limit', detail: 'only the newest 2000 commits were read' };
const OLD = '2026-01-01T12:00:00Z';

function commit(on: string): Pick<History, 'updates'> {
  return {
    updates: [{ tool: 'dependabot', author: 'dependabot[bot]', commits: 1, newest: `${on}T12:00:00Z`, commit: 'a' }],
  };
}

describe('a history that was cut', () => {
  it('cannot tell, and says how to see more', () => {
    const { standing, because } = assess({ oldest: OLD }, [SHALLOW]);
    expect([standing, because]).toEqual(['unknown', expect.stringContaining('`fetch-depth: 0`')]);
  });

  it('does not call old what may have come after where it was cut', () => {
    expect(assess({ oldest: OLD, ...commit('2026-02-01') }, [SHALLOW]).standing).toBe('unknown');
  });

  it('still shows what is in it', () => {
    expect(assess(commit('2026-11-09'), [SHALLOW]).standing).toBe('verified');
  });

  it('tells where the bound is older than what is asked', () => {
    expect(assess({ oldest: OLD, ...commit('2026-02-01') }, [LIMIT]).standing).toBe('stale');
    expect(assess({}, [LIMIT]).standing).toBe('unknown');
  });
});

it('is not shown by another updater, such as one that settings switch on for security', () => {
  const [update] = commit('2026-11-09').updates;
  expect(assess({ oldest: OLD, updates: update ? [{ ...update, tool: 'renovate' }] : [] }).standing).toBe('missing');
});

describe('the day of a sign', () => {
  it.each([
    ['2026-10-17', 'verified', '30 days ago'],
    ['2026-10-16', 'stale', '31 days ago'],
    ['2026-11-16', 'verified', 'the same day'],
    ['2026-11-20', 'verified', 'later than the day asked about'],
  ])('%s is %s', (on, standing, words) => {
    const answer = assess({ oldest: OLD, ...commit(on) });
    expect([answer.standing, answer.because]).toEqual([standing, expect.stringContaining(words)]);
  });

  it('is the latest of the updater and the lockfiles, of which bulk commits say nothing', () => {
    const touched = {
      'go.sum': { date: '2026-11-12T12:00:00Z', commit: 'b', bulk: false },
      'web/yarn.lock': { date: '2026-11-14T12:00:00Z', commit: 'c', bulk: true },
      'main.go': { date: '2026-11-15T12:00:00Z', commit: 'd', bulk: false },
    };
    const { because, evidence } = assess({ oldest: OLD, touched, ...commit('2026-11-09') });
    expect([because, evidence]).toEqual(['go.sum changed on 2026-11-12, 4 days ago', [AT, { path: 'go.sum' }]]);
  });
});
