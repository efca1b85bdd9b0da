import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collector, type Facts } from '../../src/evidence/history.ts';
import { openReading, openSources } from '../../src/evidence/sources.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import type { Gathered } from '../../src/model.ts';
import { type MemoryContent, memoryRepo } from '../../src/repo/memory.ts';
import type { Commit } from '../../src/repo/repo.ts';

function manifestIn(dir: string): Manifest {
  const path = dir === '' ? 'gonogo.yaml' : `${dir}/gonogo.yaml`;
  return { state: 'absent', path, dir, claims: {}, identity: {}, problems: [], positions: {}, notes: [] };
}

async function historyOf(content: Partial<MemoryContent>, dir = ''): Promise<Gathered<Facts>> {
  const repo = memoryRepo({ files: {}, ...content });
  const reading = openReading(repo, () => undefined);
  return collector.collect(openSources(reading, manifestIn(dir), []));
}

function change(id: string, date: string, paths: readonly string[], author = 'Ada Byron'): Commit {
  return { id, date: `${date}T12:00:00Z`, author, subject: id, paths };
}

const many = (prefix: string): string[] => Array.from({ length: 14 }, (_, i) => `${prefix}-${i}.md`);

describe('the last touch of a file', () => {
  it('sets bulk commits and the initial import aside, and says where nothing else is known', async () => {
    const { facts, unread } = await historyOf({
      files: { 'runbook.md': '', 'old.md': '', 'imported.md': '', 'untracked.md': '' },
      commits: [
        change('d', '2026-06-01', ['runbook.md', 'old.md', ...many('reformat')]),
        change('c', '2026-03-01', ['runbook.md']),
        change('b', '2026-02-01', ['runbook.md', 'deleted.md']),
        change('a', '2026-01-01', ['runbook.md', 'old.md', 'imported.md']),
      ],
    });
    expect(facts.touched).toEqual({
      'imported.md': { date: '2026-01-01T12:00:00Z', commit: 'a', bulk: true },
      'old.md': { date: '2026-06-01T12:00:00Z', commit: 'd', bulk: true },
      'runbook.md': { date: '2026-03-01T12:00:00Z', commit: 'c', bulk: false },
    });
    expect([facts.commits, facts.newest, facts.oldest]).toEqual([4, '2026-06-01T12:00:00Z', '2026-01-01T12:00:00Z']);
    expect(unread).toEqual([]);
  });

  it('takes fourteen files for a change and fifteen for a bulk commit', async () => {
    const commits = (count: number): Commit[] => [
      change('b', '2026-06-01', ['a.md', ...many('x')].slice(0, count)),
      change('a', '2026-01-01', ['other.md']),
    ];
    expect((await historyOf({ files: { 'a.md': '' }, commits: commits(14) })).facts.touched['a.md']?.bulk).toBe(false);
    expect((await historyOf({ files: { 'a.md': '' }, commits: commits(15) })).facts.touched['a.md']?.bulk).toBe(true);
  });

  it('does not take the oldest commit of a truncated history for the import', async () => {
    const commits = [change('a', '2026-01-01', ['a.md', 'b.md'])];
    const files = { 'a.md': '' };
    expect((await historyOf({ files, commits })).facts.touched['a.md']?.bulk).toBe(true);
    expect((await historyOf({ files, commits, truncated: true })).facts.touched['a.md']?.bulk).toBe(false);
  });

  it('is told for the files of the service alone', async () => {
    const commits = [change('a', '2026-01-01', ['cart/a.md']), change('b', '2026-01-02', ['pay/b.md'])];
    const { facts } = await historyOf({ files: { 'cart/a.md': '', 'pay/b.md': '' }, commits }, 'cart');
    expect(Object.keys(facts.touched)).toEqual(['cart/a.md']);
  });
});

describe('earlier versions of the manifest', () => {
  it('are read oldest first, as plain data, whatever their shape', async () => {
    const texts = {
      a: 'name: cart\nstage: design\n',
      b: 'stage: build\nnfrs:\n  availability: 99.9%\n  throughput: { target: 250, unit: rps }\n  capacity: {}\n',
      c: 'stage: [beta]\nnfrs: 5\n',
      d: 'stage: "beta\n  nfrs: {{{\n',
      e: 'stage: beta\nnfrs: { availability: { target: 99.95% }, __proto__: { target: 1 }, x: [1], z: true }\n',
    };
    const ids = Object.keys(texts).reverse();
    const commits = ids.map((id) => change(id, `2026-0${id.charCodeAt(0) - 96}-01`, ['gonogo.yaml']));
    const { facts } = await historyOf({ files: { 'gonogo.yaml': '' }, commits, versions: { 'gonogo.yaml': texts } });
    expect(facts.manifest.map(({ commit }) => commit)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(facts.manifest[0]).toEqual({
      date: '2026-01-01T12:00:00Z',
      commit: 'a',
      stage: 'design',
      targets: {},
      surface: [],
    });
    expect(facts.manifest[1]).toMatchObject({ stage: 'build', targets: { availability: '99.9%', throughput: 250 } });
    expect(facts.manifest[2]).toEqual({ date: '2026-03-01T12:00:00Z', commit: 'c', targets: {}, surface: [] });
    expect(facts.manifest[4]).toMatchObject({ stage: 'beta', targets: { availability: '99.95%' } });
    expect(Object.keys(facts.manifest[4]?.targets ?? {})).toEqual(['availability']);
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });

  it('are left out where the commit does not hold one, and bounded', async () => {
    const commits = Array.from({ length: 105 }, (_, i) => change(`c${i}`, '2026-01-01', ['gonogo.yaml']));
    const texts = Object.fromEntries(commits.slice(3).map(({ id }) => [id, 'stage: live\n']));
    const { facts, unread } = await historyOf({ commits, versions: { 'gonogo.yaml': texts } });
    expect(facts.manifest).toHaveLength(100);
    expect(facts.manifest[0]?.commit).toBe('c104');
    expect(unread).toMatchObject([{ at: { path: 'gonogo.yaml' }, reason: 'limit' }]);
  });

  it('never throw, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
        const commits = [change('a', '2026-01-01', ['gonogo.yaml'])];
        const { facts } = await historyOf({ commits, versions: { 'gonogo.yaml': { a: text } } });
        expect(facts.manifest).toHaveLength(1);
      }),
    );
  });
});

describe('authors', () => {
  it('are the people of the last 180 days who changed the service, without bots', async () => {
    const commits = [
      change('g', '2026-06-30', ['cart/a.md'], 'Ada Byron'),
      change('f', '2026-06-29', ['cart/a.md'], 'renovate[bot]'),
      change('e', '2026-06-28', ['pay/b.md'], 'Alan Turing'),
      change('d', '2026-06-27', ['cart/a.md'], 'Grace Hopper'),
      change('c', '2026-06-26', ['cart/b.md'], 'Ada Byron'),
      change('b', '2026-01-02', ['cart/b.md'], 'Annie Easley'),
      change('a', '2025-12-31', ['cart/b.md'], 'Mary Somerville'),
    ];
    const expected = [
      { name: 'Ada Byron', commits: 2 },
      { name: 'Annie Easley', commits: 1 },
      { name: 'Grace Hopper', commits: 1 },
    ];
    expect((await historyOf({ commits }, 'cart')).facts.authors).toEqual(expected);
  });

  it.each(['dependabot[bot]', 'dependabot-preview', 'renovate', 'GitHub-Actions', 'lumenpay-release-bot', 'snyk-bot'])(
    '%s is a bot',
    async (name) => {
      expect((await historyOf({ commits: [change('a', '2026-01-01', ['a.md'], name)] })).facts.authors).toEqual([]);
    },
  );

  it.each(['Abbot', 'Talbot Reno', 'Ada Renovateur'])('%s is a person', async (name) => {
    expect((await historyOf({ commits: [change('a', '2026-01-01', ['a.md'], name)] })).facts.authors).toHaveLength(1);
  });
});

describe('a past that cannot be seen', () => {
  it('is unread, with the reason', async () => {
    const absent = await historyOf({ absent: 'not a git repository' });
    expect(absent.facts).toEqual({
      absent: 'not a git repository',
      truncated: false,
      commits: 0,
      touched: {},
      manifest: [],
      authors: [],
      updates: [],
      marked: [],
    });
    expect(absent.unread).toMatchObject([{ reason: 'no-history', detail: 'not a git repository' }]);
    const shallow = await historyOf({ commits: [change('a', '2026-01-01', ['a.md'])], truncated: true });
    expect(shallow.unread).toMatchObject([{ reason: 'shallow' }]);
    const long = await historyOf({
      commits: Array.from({ length: 2001 }, (_, i) => change(`c${i}`, '2026-01-01', ['a.md'])),
    });
    expect(long.unread).toMatchObject([{ reason: 'limit' }]);
    expect(long.facts).toMatchObject({ truncated: true, commits: 2000 });
  });
});

describe('what updaters committed', () => {
  it('is told by the author, or by the branch that was merged', async () => {
    const subject = (id: string, text: string, author = 'Ada Byron'): Commit => ({
      ...change(id, `2026-0${id}-01`, ['go.sum'], author),
      subject: text,
    });
    const { facts } = await historyOf({
      files: {},
      commits: [
        subject('7', 'Speak of renovate/x and dependabot'),
        subject('6', 'Merge pull request #7 from acme/renovate/chi-5.x'),
        subject('5', 'Update chi', 'acme-renovate[bot]'),
        subject('4', "Merge branch 'dependabot/go_modules/chi' into 'main'"),
        subject('3', 'Update chi', 'Renovate Bot'),
      ],
    });
    expect(facts.updates).toEqual([
      { tool: 'dependabot', commits: 1, newest: '2026-04-01T12:00:00Z', commit: '4' },
      { tool: 'renovate', author: 'acme-renovate[bot]', commits: 3, newest: '2026-06-01T12:00:00Z', commit: '6' },
    ]);
  });

  it('does not take the end of a shallow clone for a change of every file', async () => {
    const cut: Commit = { ...change('a', '2026-06-01', ['go.sum', 'main.go']), parents: [] };
    const { facts } = await historyOf({ files: { 'go.sum': '' }, commits: [cut], truncated: true });
    expect(facts.touched['go.sum']?.bulk).toBe(true);
  });
});
