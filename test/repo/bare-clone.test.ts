import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bareClone, type Clones, type Fetched, type Wanted } from '../../src/repo/bare-clone.ts';
import { openShelf } from '../../src/repo/clone-shelf.ts';
import { gitTreeRepo } from '../../src/repo/git-tree.ts';
import { keepSecret } from '../../src/secrets.ts';
import { type GitServer, type GitServerSetting, gitServer } from './git-server.ts';
import { commit, git, pathsOf, temporaryFolder, write } from './temporary.ts';

const PATIENT = { timeout: 120_000 };
const TOKEN = 'ghp_VeryVerySecretToken42';
const BASIC = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');
keepSecret(TOKEN, BASIC);

let shelf = '';
let root = '';
let work = '';

let template = '';

/** A work tree and its bare twin, made once: copying is quicker than git. */
beforeAll(() => {
  template = mkdtempSync(join(tmpdir(), 'gonogo-template-'));
  git(template, ['init', '-q', '-b', 'main', 'work']);
  commit(join(template, 'work'), 'first', { 'a.md': 'one', 'gonogo.yaml': 'name: a\n' });
  git(template, ['clone', '-q', '--bare', 'work', 'served/acme/a.git']);
});

afterAll(() => rmSync(template, { recursive: true, force: true }));

beforeEach(() => {
  const folder = temporaryFolder();
  cpSync(template, folder, { recursive: true });
  shelf = openShelf(join(folder, 'clones'), true);
  root = join(folder, 'served');
  work = join(folder, 'work');
});

function push(...words: readonly string[]): void {
  git(work, ['push', '-q', join(root, 'acme/a.git'), ...words]);
}

function clonesWith(more: Partial<Clones> = {}): Clones {
  const surroundings = { PATH: process.env.PATH, HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1' };
  return { shelf, history: 1, credentials: [], surroundings, patience: 60_000, now: Date.now(), ...more };
}

const AT = new AbortController().signal;

function fetchA(
  server?: Pick<GitServer, 'url'>,
  more: Partial<Clones> = {},
  wanted: Partial<Wanted> = {},
): Promise<Fetched> {
  const address = `${server?.url ?? root}/acme/a.git`;
  return bareClone({ id: 'h/acme/a', address, ...wanted }, clonesWith({ local: server === undefined, ...more }), AT);
}

async function good(fetching: Promise<Fetched>): Promise<Extract<Fetched, { ok: true }>> {
  const fetched = await fetching;
  expect(fetched).toMatchObject({ ok: true });
  return fetched as Extract<Fetched, { ok: true }>;
}

async function textOf({ folder, commit: at }: { folder: string; commit: string }, path = 'a.md'): Promise<unknown> {
  const read = (await gitTreeRepo(folder, at)).read(path);
  return read.ok ? read.text : read.detail;
}

function headOf(folder: string): string {
  return git(folder, ['rev-parse', 'HEAD']).trim();
}

/** What stands in every file below a folder. */
function everything(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.name}\n${readFileSync(join(entry.parentPath, entry.name), 'latin1')}`)
    .join('\n');
}

describe('a clone', PATIENT, () => {
  it('is bare and without a past, holds no address, and is read without a checkout', async () => {
    commit(work, 'second', { 'a.md': 'two' });
    push('main');
    const server = await gitServer(root);
    const fetched = await good(fetchA(server));
    expect(fetched.commit).toBe(headOf(work));
    const repo = await gitTreeRepo(fetched.folder, fetched.commit);
    expect(repo.name).toBe('a');
    expect(pathsOf(repo.list())).toEqual(['a.md', 'gonogo.yaml']);
    expect(await textOf(fetched)).toBe('two');
    expect(await repo.history(10)).toMatchObject({ commits: [{ subject: 'second' }], truncated: true });
    expect(readFileSync(join(fetched.folder, 'config'), 'utf8')).not.toMatch(/remote|url/);
    expect(readdirSync(fetched.folder).sort()).toEqual(['HEAD', 'config', 'objects', 'refs', 'shallow']);
  });

  it('has as much of the past as is asked for, whatever an earlier one had', async () => {
    for (const n of [2, 3, 4]) commit(work, `c${n}`, { 'a.md': String(n) });
    push('main');
    for (const history of [2, 3, 1, 100]) {
      const { folder, commit: at } = await good(fetchA(undefined, { history }));
      const seen = await (await gitTreeRepo(folder, at)).history(10);
      expect([seen.commits.length, seen.truncated]).toEqual([Math.min(history, 4), history < 4]);
    }
  });

  it('is brought up to date: pushed, force-pushed, its branch renamed; an earlier state can still be read', async () => {
    const first = await good(fetchA());
    commit(work, 'second', { 'a.md': 'two' });
    push('main');
    const second = await good(fetchA());
    expect([second.folder, await textOf(second)]).toEqual([first.folder, 'two']);
    git(work, ['checkout', '-q', '--orphan', 'other']);
    commit(work, 'rewritten', { 'a.md': 'three' });
    push('--force', 'other:main');
    const third = await good(fetchA());
    expect([third.commit, await textOf(third)]).toEqual([headOf(work), 'three']);
    commit(work, 'on trunk', { 'a.md': 'four' });
    push('other:trunk');
    git(join(root, 'acme/a.git'), ['symbolic-ref', 'HEAD', 'refs/heads/trunk']);
    push(':main');
    const fourth = await good(fetchA());
    expect([fourth.folder, await textOf(fourth)]).toEqual([first.folder, 'four']);
    expect(await textOf(first)).toBe('one');
    expect(await (await gitTreeRepo(first.folder, first.commit)).history(5)).toMatchObject({
      commits: [{ subject: 'first' }],
    });
  });

  it('may be of a branch, a tag, an annotated tag or a whole id', async () => {
    const first = headOf(work);
    git(work, ['tag', 'light']);
    git(work, ['tag', '-a', '-m', 'release', 'v1']);
    git(work, ['branch', 'feature/ü']);
    commit(work, 'second', { 'a.md': 'two' });
    push('--all');
    push('--tags');
    git(join(root, 'acme/a.git'), ['config', 'uploadpack.allowReachableSHA1InWant', 'true']);
    for (const ref of ['light', 'v1', 'feature/ü', 'refs/heads/feature/ü', first])
      expect(await textOf(await good(fetchA(undefined, {}, { ref }))), ref).toBe('one');
    expect(await textOf(await good(fetchA()))).toBe('two');
    expect(await fetchA(undefined, {}, { ref: 'nowhere' })).toEqual({
      ok: false,
      outcome: 'unreachable',
      because: 'there is no branch, tag or commit "nowhere" in it',
    });
    for (const ref of ['-x', '+x', 'a:b', 'a..b', 'main~1', 'x y', '', 'a\nb', first.slice(0, 8)])
      expect(await fetchA(undefined, {}, { ref })).toMatchObject({ ok: false, outcome: 'unreachable' });
  });

  it('follows no submodule and fetches no LFS', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n';
    write(work, { '.gitmodules': '[submodule "s"]\n\tpath = s\n\turl = ext::sh -c "touch x"\n', 'big.bin': pointer });
    git(work, ['init', '-q', 's']);
    commit(join(work, 's'), 'other', { x: '' });
    commit(work, 'second');
    push('main');
    const server = await gitServer(root);
    const fetched = await good(fetchA(server));
    const repo = await gitTreeRepo(fetched.folder, fetched.commit);
    expect(repo.list().skipped).toMatchObject([{ at: { path: 's' }, reason: 'submodule' }]);
    expect(repo.read('big.bin')).toMatchObject({ reason: 'large-file-pointer' });
    expect(new Set(server.asked.map(({ path }) => path.split('?')[0]))).toEqual(
      new Set(['/acme/a.git/info/refs', '/acme/a.git/git-upload-pack']),
    );
  });

  it('may be of a repository with the longer hash', async () => {
    const longer = temporaryFolder();
    git(longer, ['init', '-q', '--object-format=sha256', '-b', 'main']);
    const id = commit(longer, 'first', { 'a.md': 'longer' });
    git(root, ['clone', '-q', '--bare', longer, 'acme/b.git']);
    const wanted = { id: 'b', address: `${root}/acme/b.git` };
    for (const _ of [1, 2]) {
      const fetched = await good(fetchA(undefined, {}, wanted));
      expect([fetched.commit, await textOf(fetched)]).toEqual([id, 'longer']);
    }
  });

  it('is taken with a note where its objects do not pass git’s own checks', async () => {
    const blob = git(work, ['rev-parse', 'HEAD:a.md']).trim();
    const tree = Buffer.concat([Buffer.from('0100644 a.md\0'), Buffer.from(blob, 'hex')]);
    write(work, { '../tree': tree });
    const id = git(work, ['hash-object', '-t', 'tree', '-w', '--literally', join(work, '../tree')]).trim();
    const odd = git(work, ['commit-tree', '-m', 'odd', id]).trim();
    git(work, ['reset', '-q', '--soft', odd]);
    push('--force', 'main');
    for (const _ of [1, 2]) {
      const fetched = await good(fetchA());
      expect(fetched).toMatchObject({
        commit: odd,
        notes: [expect.stringContaining("git's own checks"), expect.stringContaining('--history')],
      });
      expect(await textOf(fetched)).toBe('one');
    }
  });

  it('runs no hook, template or credential helper of the operator’s settings', async () => {
    const home = temporaryFolder();
    const touch = `#!/bin/sh\ntouch ${home}/ran\n`;
    write(home, { 'hooks/reference-transaction': touch, 'template/hooks/post-checkout': touch });
    execFileSync('chmod', ['-R', '+x', join(home, 'hooks')]);
    const settings = `[core]\n\thooksPath = ${home}/hooks\n[init]\n\ttemplateDir = ${home}/template\n[fetch]\n\tfsckObjects = false\n`;
    write(home, { '.gitconfig': settings });
    const surroundings = { PATH: process.env.PATH, HOME: home, GIT_TRACE: `${home}/trace`, GIT_DIR: '/nowhere' };
    await good(fetchA(undefined, { surroundings }));
    expect(readdirSync(home).sort()).toEqual(['.gitconfig', 'hooks', 'template']);
  });
});

describe('a clone that was damaged', PATIENT, () => {
  it.each<[string, (folder: string) => void]>([
    ['its pack is cut', (folder) => eachPack(folder, '.pack', (file) => truncateSync(file, 20))],
    ['its pack is gone', (folder) => eachPack(folder, '', (file) => execFileSync('rm', ['-f', file]))],
    ['its index of the pack is garbage', (folder) => eachPack(folder, '.idx', spoil)],
    ['its settings are not ours', (folder) => write(folder, { config: '[core]\n\tbare = true\n[alias]\n\tx = y\n' })],
    ['its HEAD is gone', (folder) => execFileSync('rm', [join(folder, 'HEAD')])],
    ['a killed git left a lock', (folder) => write(folder, { 'shallow.lock': '' })],
    ['its references are garbage', (folder) => write(folder, { 'refs/judged/head': 'garbage' })],
  ])('because %s is cloned anew', async (_, damage) => {
    const first = await good(fetchA());
    damage(first.folder);
    commit(work, 'second', { 'a.md': 'two' });
    push('main');
    const second = await good(fetchA());
    expect(await textOf(second)).toBe('two');
    expect((await good(fetchA())).folder).toBe(second.folder);
  });
});

function eachPack(folder: string, ending: string, damage: (file: string) => void): void {
  const packs = join(folder, 'objects/pack');
  const names = readdirSync(packs).filter((name) => name.endsWith(ending));
  expect(names).not.toEqual([]);
  for (const name of names) {
    execFileSync('chmod', ['+w', join(packs, name)]);
    damage(join(packs, name));
  }
}

function spoil(file: string): void {
  writeFileSync(file, createHash('sha512').update(file).digest());
}

describe('two runs at once', PATIENT, () => {
  it('do not harm each other, with no clone there and with one', async () => {
    for (const text of ['one', 'two']) {
      if (text === 'two') commit(work, text, { 'a.md': text });
      push('main');
      const all = await Promise.all([1, 2, 3, 4].map(() => good(fetchA())));
      for (const fetched of all) expect(await textOf(fetched)).toBe(text);
    }
    const kept = readdirSync(join(shelf, 'h%2facme%2fa'));
    expect(kept.filter((name) => !name.startsWith('clone-'))).toEqual([]);
  });
});

describe('a repository that cannot be had', PATIENT, () => {
  it('because it is empty, is empty', async () => {
    git(root, ['init', '-q', '--bare', 'acme/none.git']);
    const server = await gitServer(root);
    const wanted = { id: 'none', address: `${server.url}/acme/none.git` };
    expect(await fetchA(server, {}, wanted)).toEqual({
      ok: false,
      outcome: 'empty',
      because: 'there is no commit in it',
    });
    expect(readdirSync(join(shelf, 'none'))).toEqual([]);
  });

  it('because it was deleted, is not judged by the clone of an earlier run', async () => {
    const server = await gitServer(root);
    await good(fetchA(server));
    execFileSync('rm', ['-rf', join(root, 'acme/a.git')]);
    expect(await fetchA(server)).toEqual({
      ok: false,
      outcome: 'unreachable',
      because: 'it was not found, or only some may see it',
    });
  });

  it.each<[string, GitServerSetting['instead'], string, string]>([
    ['its server forbids it', (_, response) => !!response.writeHead(403).end(), 'unreachable', 'asks who wants it'],
    ['its server fails', (_, response) => !!response.writeHead(500).end(), 'unreachable', 'broke off, twice'],
    ['what answers is a page', (_, response) => !!response.end('<html>Sign in</html>'), 'unreachable', 'no git server'],
    ['it breaks off', (_, response) => !!response.destroy(), 'unreachable', 'broke off, twice'],
    [
      'it says something odd',
      (_, response) => {
        response.setHeader('content-type', 'application/x-git-upload-pack-advertisement');
        return !!response.end('001e# service=git-upload-pack\n0000ffffERR');
      },
      'unreachable',
      '',
    ],
  ])('because %s, says so', async (_, instead, outcome, because) => {
    const server = await gitServer(root, { ...(instead && { instead }) });
    expect(await fetchA(server)).toMatchObject({ ok: false, outcome, because: expect.stringContaining(because) });
    expect(JSON.stringify(await fetchA(server))).not.toContain(shelf);
  });

  it('because there is no such host or nobody listens, says so', async () => {
    const unknown = { id: 'x', address: 'https://nowhere.invalid/acme/a.git' };
    expect(await bareClone(unknown, clonesWith(), AT)).toMatchObject({ outcome: 'unreachable' });
    const closed = { id: 'x', address: 'http://127.0.0.1:1/acme/a.git' };
    expect(await bareClone(closed, clonesWith(), AT)).toMatchObject({
      outcome: 'unreachable',
      because: 'its host does not accept a connection',
    });
  });

  it('because git may not go there, is not even tried', async () => {
    for (const address of ['ext::sh -c "touch x"', '--upload-pack=touch x', join(root, 'acme/a.git'), 'git://h/a'])
      expect(await bareClone({ id: 'x', address }, clonesWith(), AT)).toMatchObject({
        ok: false,
        outcome: 'unreachable',
        because: expect.stringMatching(/^it cannot be fetched: /),
      });
    const here = await good(bareClone({ id: 'x', address: join(root, 'acme/a.git') }, clonesWith({ local: true }), AT));
    expect(await textOf(here)).toBe('one');
  });

  it('because its server has lost a part of it, says so', async () => {
    const blob = git(work, ['rev-parse', 'HEAD:a.md']).trim();
    rmSync(join(root, 'acme/a.git/objects', blob.slice(0, 2), blob.slice(2)));
    expect(await fetchA()).toMatchObject({ because: 'its server does not hold all that belongs to it' });
  });

  it('because its server passes a failure, is asked once more', async () => {
    let count = 0;
    const server = await gitServer(root, {
      instead: (_, response) => ++count === 1 && !!response.writeHead(502).end(),
    });
    await good(fetchA(server));
  });
});

describe.skipIf(!existsSync('/proc/self/cmdline'))('a server that never answers', PATIENT, () => {
  it('is left when its time is over, and so is every process', async () => {
    const server = await gitServer(root, { instead: () => true });
    expect(await fetchA(server, { patience: 700 })).toEqual({
      ok: false,
      outcome: 'timeout',
      because: 'its server did not give it in time',
    });
    expect(commandLines(server.url)).toEqual([]);
    expect(readdirSync(join(shelf, 'h%2facme%2fa'))).toEqual([]);
  });

  it('is left when the run is told to stop', async () => {
    const stop = new AbortController();
    const server = await gitServer(root, {
      instead: () => {
        stop.abort();
        return true;
      },
    });
    const wanted = { id: 'a', address: `${server.url}/acme/a.git` };
    expect(await bareClone(wanted, clonesWith(), stop.signal)).toMatchObject({ outcome: 'timeout' });
    expect(commandLines(server.url)).toEqual([]);
    expect(await bareClone(wanted, clonesWith(), stop.signal)).toMatchObject({ outcome: 'timeout' });
    expect(server.asked).toHaveLength(1);
  });
});

describe('a token', PATIENT, () => {
  const credentials = ({ url }: Pick<GitServer, 'url'>) => [{ base: url, user: 'x-access-token', token: TOKEN }];

  it('opens what asks for one; without, a person is told', async () => {
    const server = await gitServer(root, { authorization: `Basic ${BASIC}` });
    expect(await fetchA(server)).toMatchObject({
      outcome: 'unreachable',
      because: 'its server asks who wants it: it does not exist or is private, and no token of its server is set',
    });
    expect(
      await fetchA(server, { credentials: [{ ...credentials(server)[0], token: 'wrong' }] as never }),
    ).toMatchObject({
      because: 'its server refuses the token, or the token may not see it',
    });
    expect(await textOf(await good(fetchA(server, { credentials: credentials(server) })))).toBe('one');
  });

  it.skipIf(!existsSync('/proc/self/cmdline'))(
    'is in no command line, no file of the clone and no message',
    async () => {
      let lines: readonly string[] = [];
      const server = await gitServer(root, {
        instead: () => {
          lines = [...lines, ...commandLines('')];
          return false;
        },
      });
      await good(fetchA(server, { credentials: credentials(server) }));
      expect(server.asked.map(({ authorization }) => authorization)).toContain(`Basic ${BASIC}`);
      expect(lines.filter((line) => line.includes(server.url)).length).toBeGreaterThan(2);
      expect(lines.join('\n')).not.toMatch(new RegExp(`${TOKEN}|${BASIC}`));
      expect(everything(shelf)).not.toMatch(new RegExp(`${TOKEN}|${BASIC}`));
    },
  );

  it('is not told by a server that repeats it', async () => {
    const server = await gitServer(root, {
      instead: ({ headers, url }, response) => {
        response.writeHead(url?.includes('b.git') ? 404 : 418, { 'content-type': 'text/plain' });
        return !!response.end(`you said ${headers.authorization} that is ${TOKEN}`);
      },
    });
    for (const id of ['a', 'b']) {
      const wanted = { id, address: `${server.url}/acme/${id}.git` };
      const fetched = await bareClone(wanted, clonesWith({ credentials: credentials(server) }), AT);
      expect(fetched.ok).toBe(false);
      expect(JSON.stringify(fetched)).not.toMatch(new RegExp(`${TOKEN}|${BASIC}`));
    }
  });

  it('goes to its own server only: not to another, not along a redirection', async () => {
    const other = await gitServer(root);
    const server = await gitServer(root, {
      instead: ({ url }, response) => !!response.writeHead(302, { location: `${other.url}${url}` }).end(),
    });
    expect(await fetchA(server, { credentials: credentials(server) })).toMatchObject({
      outcome: 'unreachable',
      because: expect.stringContaining('redirects to another address'),
    });
    expect(other.asked).toEqual([]);
    await good(fetchA(other, { credentials: credentials(server) }));
    const near = { base: other.url.slice(0, -1), user: 'x', token: TOKEN };
    await good(fetchA(other, { credentials: [near] }));
    expect(other.asked.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
  });
});

/** Command lines of running processes that hold a text. */
function commandLines(text: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [readFileSync(join('/proc', name, 'cmdline'), 'utf8')];
      } catch {
        return [];
      }
    })
    .filter((line) => line.includes(text));
}
