import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fetchTarget } from '../../src/audit/fetch-target.ts';
import type { Target } from '../../src/model-audit.ts';
import type { Clones } from '../../src/repo/bare-clone.ts';
import { openShelf } from '../../src/repo/clone-shelf.ts';
import { gitTreeRepo } from '../../src/repo/git-tree.ts';
import { onPath } from '../on-path.ts';
import { git, repository, temporaryFolder, write } from '../repo/temporary.ts';

const PATIENT = { timeout: 120_000 };
const AT = new AbortController().signal;

function clones(more: Partial<Clones> = {}): Clones {
  return {
    shelf: openShelf(join(temporaryFolder(), 'clones'), true),
    history: 1,
    credentials: [],
    surroundings: { PATH: process.env.PATH },
    patience: 60_000,
    now: Date.now(),
    local: true,
    ...more,
  };
}

function target(location: string, more: Partial<Target> = {}): Target {
  return { id: 'h.test/acme/a', kind: 'git', location, ...more };
}

describe('a target that lies elsewhere', PATIENT, () => {
  it('becomes a folder at the commit that was fetched, and keeps what it is', async () => {
    const work = repository({ 'a.md': 'one' });
    const given = target(work, { dir: 'services/a', archived: true, fork: false });
    expect(await fetchTarget(given, clones(), AT)).toEqual({
      ...given,
      kind: 'folder',
      location: expect.stringMatching(/a\.git$/),
      ref: git(work, ['rev-parse', 'HEAD']).trim(),
      notes: [expect.stringContaining('--history')],
    });
  });

  it('is a row where it cannot be had, with what it is and without a path', async () => {
    const empty = temporaryFolder();
    git(empty, ['init', '-q']);
    const row = { repo: 'h.test/acme/a', archived: true, services: [], notes: [] };
    expect(await fetchTarget(target(empty, { archived: true }), clones(), AT)).toEqual({
      ...row,
      outcome: 'empty',
      because: 'there is no commit in it',
    });
    expect(await fetchTarget(target('ext::x', { archived: true }), clones(), AT)).toMatchObject({
      ...row,
      outcome: 'unreachable',
    });
    const gone = join(temporaryFolder(), 'gone');
    const missing = await fetchTarget(target(gone), clones(), AT);
    expect(missing).toMatchObject({ outcome: 'unreachable', because: 'it was not found, or only some may see it' });
  });

  it('is a row where its clone cannot be kept', async () => {
    const setting = clones();
    write(setting.shelf, { 'h%2etest%2facme%2fa': 'a file in its way' });
    const row = await fetchTarget(target(repository({ a: '' })), setting, AT);
    expect(row).toMatchObject({
      outcome: 'failed',
      because: expect.stringMatching(/^its clone could not be kept: the system says E/),
    });
    expect(JSON.stringify(row)).not.toContain(setting.shelf);
  });

  it('that lies here is as it was', async () => {
    const given = target('/srv/a', { kind: 'folder' });
    expect(await fetchTarget(given, clones(), AT)).toBe(given);
  });
});

describe('what is judged from a clone', PATIENT, () => {
  it('takes one `cat-file --batch` for all that is read, and asks git for no history', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`d${index % 7}/f${index}.md`, `text ${index}`]),
    );
    const work = repository(files);
    const ready = await fetchTarget(target(work), clones(), AT);
    if (!('kind' in ready)) throw new Error('it was not fetched');
    const commands = await counted(async () => {
      const repo = await gitTreeRepo(ready.location, ready.ref ?? '');
      for (const { path } of repo.list().files) expect(repo.read(path).ok).toBe(true);
    });
    expect(commands.filter((line) => line === 'cat-file --batch')).toHaveLength(1);
    expect(commands.map((line) => line.split(' ')[0]).sort()).toEqual(['cat-file', 'cat-file', 'ls-tree']);
  });
});

/** The git commands that run meanwhile: a program of that name on the PATH notes them. */
async function counted(use: () => Promise<void>): Promise<readonly string[]> {
  const folder = temporaryFolder();
  const real = onPath('git') ?? '';
  mkdirSync(join(folder, 'bin'));
  write(folder, { 'bin/git': `#!/bin/sh\necho "$*" >> ${folder}/log\nexec ${real} "$@"\n` });
  chmodSync(join(folder, 'bin/git'), 0o755);
  const before = process.env.PATH;
  process.env.PATH = `${folder}/bin${delimiter}${before}`;
  try {
    await use();
  } finally {
    process.env.PATH = before;
  }
  return existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8').trim().split('\n') : [];
}
