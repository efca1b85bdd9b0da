/** What an audit takes from its cache is what it would have judged: whenever something else could be the answer, it judges. */
import { appendFileSync, cpSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RowCache } from '../../src/audit/cache.ts';
import { openRowCache } from '../../src/audit/cache.ts';
import { type Bench, judgeTarget } from '../../src/audit/judge-target.ts';
import { openWorkspace } from '../../src/cli/workspace.ts';
import type { AuditHeader, AuditRow, Target } from '../../src/model-audit.ts';
import { commit, git, repository, temporaryFolder, write } from '../repo/temporary.ts';
import { YARDSTICK } from '../yardstick.ts';
import { HEADER } from './sample-audit.ts';

const MANIFEST = 'apiVersion: gonogo/v1\nkind: Service\nname: shop\ntier: 3\nowner: { team: team-shop }\n';
const FILES = { 'gonogo.yaml': MANIFEST, 'README.md': '# shop\n' };

/** A bench over a cache that counts what was found and kept. */
interface Counting extends Bench {
  readonly found: string[];
  readonly kept: string[];
}

function benchOver(folder: string | undefined, header: Partial<AuditHeader> = {}, more: Partial<Bench> = {}): Counting {
  const [found, kept]: [string[], string[]] = [[], []];
  const plain =
    folder === undefined ? undefined : openRowCache({ folder, writable: true, most: 1 << 30, clock: Date.now });
  const cache: RowCache | undefined = plain && {
    ...plain,
    find(key) {
      const row = plain.find(key);
      if (row) found.push(key);
      return row;
    },
    keep(key, row) {
      kept.push(key);
      plain.keep(key, row);
    },
  };
  return {
    header: { ...HEADER, ...header },
    ...(cache && { cache }),
    open: ({ location, dir = '', ref }) =>
      openWorkspace(join(location, dir), { evidenceRoot: [], ...(ref !== undefined && { ref }) }),
    options: async () => ({ ...YARDSTICK, only: ['ownership', 'runbooks', 'dependencies'], debug: false }),
    found,
    kept,
    ...more,
  };
}

function at(location: string, more: Partial<Target> = {}): Target {
  return { id: 'acme/shop', kind: 'folder', location, ...more };
}

/** Judges twice over one cache; the bench of the second time. */
async function twice(
  first: Target,
  second: Target,
  between: () => void = () => undefined,
  header: Partial<AuditHeader> = {},
): Promise<Counting> {
  const folder = temporaryFolder();
  await judgeTarget(first, benchOver(folder));
  between();
  const bench = benchOver(folder, header);
  await judgeTarget(second, bench);
  return bench;
}

describe('an audit with a cache', () => {
  it('answers cold and warm what it answers without one, for every sample', async () => {
    const folder = temporaryFolder();
    for (const name of ['payments', 'monorepo', 'unclaimed']) {
      const copy = join(repository(), name);
      cpSync(join('fixtures/services', name), copy, { recursive: true });
      commit(join(copy, '..'), 'first');
      const target = at(join(copy, '..'), { id: name, dir: name });
      const everything = { options: async () => ({ ...YARDSTICK, debug: false }) };
      const rows: AuditRow[] = [];
      const benches = [undefined, folder, folder].map((where) => benchOver(where, {}, everything));
      for (const bench of benches) rows.push(await judgeTarget(target, bench));
      const [without, cold, warm] = rows.map((row) => JSON.stringify(row));
      expect(cold).toBe(without);
      expect(warm).toBe(without);
      expect(benches.map(({ found }) => found.length)).toEqual([0, 0, 1]);
    }
  });

  it('judges what has not changed once, clean, dirty, without git, or as a commit', async () => {
    const clean = repository(FILES);
    expect((await twice(at(clean), at(clean))).found).toHaveLength(1);
    expect((await twice(at(clean, { ref: 'HEAD' }), at(clean, { ref: 'main' }))).found).toHaveLength(0);
    expect((await twice(at(clean, { ref: 'HEAD' }), at(clean, { ref: 'HEAD' }))).found).toHaveLength(1);
    appendFileSync(join(clean, 'README.md'), 'more\n');
    expect((await twice(at(clean), at(clean))).found).toHaveLength(1);
    const plain = temporaryFolder();
    write(plain, FILES);
    expect((await twice(at(plain), at(plain))).found).toHaveLength(1);
  });

  it('judges a copy elsewhere not again, unless it is called otherwise', async () => {
    const folder = repository(FILES);
    const [elsewhere, renamed] = [join(temporaryFolder(), basename(folder)), join(temporaryFolder(), 'other')];
    for (const clone of [elsewhere, renamed]) git('/', ['clone', '-q', `file://${folder}`, clone]);
    expect((await twice(at(folder), at(elsewhere))).found).toHaveLength(1);
    expect((await twice(at(folder), at(renamed))).found).toHaveLength(0);
  });

  it('judges again what changed', async () => {
    const changes: readonly ((folder: string) => void)[] = [
      (folder) => appendFileSync(join(folder, 'README.md'), 'more\n'),
      (folder) => void commit(folder, 'second', { 'README.md': '# other\n' }),
      (folder) => rmSync(join(folder, 'README.md')),
    ];
    for (const change of changes) {
      const folder = repository(FILES);
      expect((await twice(at(folder), at(folder), () => change(folder))).found).toHaveLength(0);
    }
  });

  it('judges again by another yardstick, and under another name, folder or degree of trust', async () => {
    const folder = repository({ ...FILES, 'part/gonogo.yaml': MANIFEST });
    const target = at(folder);
    expect((await twice(target, target, () => undefined, { yardstick: 'fedcba9876543210' })).found).toHaveLength(0);
    const others: readonly Partial<Target>[] = [
      { id: 'acme/other' },
      { dir: 'part' },
      { kind: 'git' },
      { fork: true },
      { archived: true },
    ];
    for (const other of others) expect((await twice(target, { ...target, ...other })).found).toHaveLength(0);
    expect((await twice({ ...target, fork: true }, { ...target, fork: false })).found).toHaveLength(0);
  });

  it('answers anew where a clone holds what it did not', async () => {
    const folder = repository(FILES);
    const id = git(folder, ['rev-parse', 'HEAD:README.md']).trim();
    const object = join(folder, '.git/objects', id.slice(0, 2), id.slice(2));
    const target = at(folder, { ref: 'HEAD' });
    renameSync(object, `${object}.away`);
    const bench = await twice(target, target, () => renameSync(`${object}.away`, object));
    expect(bench.found).toHaveLength(0);
    expect(bench.kept).toHaveLength(1);
  });

  it('answers anew where a checkout beside the repository changes', async () => {
    const beside = temporaryFolder();
    const [shop, rules] = [join(beside, 'shop'), join(beside, 'rules')];
    const claims = `${MANIFEST}runbooks: { dir: "repo:acme/rules//books" }\n`;
    write(shop, { ...FILES, 'gonogo.yaml': claims });
    write(rules, { 'books/shop.md': '# Runbook: shop\n' });
    for (const folder of [shop, rules]) git(folder, ['init', '-q', '-b', 'main']);
    git(rules, ['remote', 'add', 'origin', 'https://git.lumenpay.io/acme/rules.git']);
    for (const folder of [shop, rules]) commit(folder, 'first');
    const cache = temporaryFolder();
    const rowOf = (folder: string | undefined) =>
      judgeTarget(at(shop), benchOver(folder)).then((row) => JSON.stringify(row));
    const before = await rowOf(cache);
    expect(await rowOf(cache)).toBe(before);
    rmSync(join(rules, 'books'), { recursive: true });
    const after = await rowOf(cache);
    expect(after).not.toBe(before);
    expect(after).toBe(await rowOf(undefined));
  });

  it('keeps no row of what was not judged, could not be read, failed, or changed in the meantime', async () => {
    const folder = repository(FILES);
    const cases: Record<string, Partial<Bench>> = {
      refused: { options: async () => ({ ...YARDSTICK, only: ['nothing/like-this'] }) },
      unread: {
        async open({ location }) {
          const workspace = await openWorkspace(location, { evidenceRoot: [] });
          const read: typeof workspace.repo.read = () => ({ ok: false, reason: 'unreadable', detail: 'not now' });
          return { ...workspace, repo: { ...workspace.repo, read } };
        },
      },
      changed: {
        options: async () => {
          appendFileSync(join(folder, 'README.md'), 'more\n');
          return { ...YARDSTICK, only: ['ownership'] };
        },
      },
      history: {
        async open({ location }) {
          const workspace = await openWorkspace(location, { evidenceRoot: [] });
          const history = async () => ({ commits: [], truncated: false, absent: 'git is not installed' });
          return { ...workspace, repo: { ...workspace.repo, history } };
        },
        options: async () => ({ ...YARDSTICK, kinds: ['history'] }),
      },
    };
    const plain = benchOver(temporaryFolder());
    await judgeTarget(at(folder), plain);
    expect(plain.kept).toHaveLength(1);
    for (const [name, more] of Object.entries(cases)) {
      const bench = benchOver(temporaryFolder(), {}, more);
      await judgeTarget(at(folder), bench);
      expect(bench.kept, name).toEqual([]);
    }
  });
});
