/** An audit of repositories that lie elsewhere, as a user runs it, against a forge and git server on the loopback address. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { remoteFrom } from '../../src/cli/remote.ts';
import { SERVICES } from '../../src/online/services.ts';
import { onPath } from '../on-path.ts';
import { githubRepository, gitlabProject } from '../online/forge-loopback.ts';
import { type GitServer, gitServer } from '../repo/git-server.ts';
import { git, repository, temporaryFolder } from '../repo/temporary.ts';
import { BIN, type Ran, run } from './run.ts';

const PATIENT = { timeout: 180_000 };
const TOKEN = 'ghp_VeryVerySecretToken42';
const BASIC = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');
const SECRET = new RegExp(`${TOKEN}|${BASIC}`);

/** Runs `gonogo ARGS` while this process answers. */
function running(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const whole = { PATH: process.env.PATH, HOME: '/nonexistent', NO_COLOR: '1', TZ: 'UTC', ...env };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [BIN, ...args], { env: whole });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

const FILES = { 'gonogo.yaml': 'name: a\n', 'README.md': 'a\n', 'svc/gonogo.yaml': 'name: svc\n' };

/** A server with `acme/a` and `acme/none`, and lists by path. */
async function forgeWith(lists: Readonly<Record<string, readonly unknown[]>>): Promise<GitServer> {
  const root = temporaryFolder();
  git(root, ['clone', '-q', '--bare', repository(FILES), 'acme/a.git']);
  git(root, ['init', '-q', '--bare', 'acme/none.git']);
  return gitServer(root, {
    instead: ({ url }, response) => {
      const path = decodeURIComponent((url ?? '').replace(/\?.*/, ''));
      if (!path.startsWith('/api/')) return false;
      const list = lists[path];
      return !!(list ? response.end(JSON.stringify(list)) : response.writeHead(404).end());
    },
  });
}

/** The rows that stdout holds as JSON lines. */
function rowsIn({ stdout }: Ran): readonly Readonly<Record<string, unknown>>[] {
  return stdout
    .split('\n')
    .filter((line) => line.includes('"outcome"'))
    .map((line) => JSON.parse(line));
}

function everything(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

/** The one run that is kept in a folder of state. */
function runIn(state: string): string {
  const names = readdirSync(state, { recursive: true, encoding: 'utf8' });
  return join(state, dirname(names.find((name) => name.endsWith('inventory.json')) ?? 'none'));
}

describe('an audit of an organisation', PATIENT, () => {
  it('has a row for each repository, whatever became of it, and tells the token to nobody', async () => {
    const server = await forgeWith({
      '/api/v3/orgs/acme/repos': [
        ...['acme/a', 'acme/none', 'acme/gone', `acme/${TOKEN}`].map((path) => githubRepository(path)),
        githubRepository('acme/old', { archived: true }),
        githubRepository('acme/../x'),
      ],
      '/api/v4/groups/acme/pay/projects': [gitlabProject('acme/pay/gone')],
    });
    const clones = join(temporaryFolder(), 'clones');
    const out = join(temporaryFolder(), 'rows.jsonl');
    const forge = [
      '--github-org',
      'acme',
      '--github-url',
      server.url,
      '--gitlab-group',
      'acme/pay',
      '--gitlab-url',
      server.url,
    ];
    const words = [
      'audit',
      ...forge,
      '--clones',
      clones,
      '--as-of',
      '2026-11-16',
      '--format',
      'jsonl',
      '--format',
      `jsonl=${out}`,
    ];
    const first = await running(words, { GITHUB_TOKEN: TOKEN });
    const host = new URL(server.url).host;
    expect(rowsIn(first).map(({ repo, outcome, archived }) => [repo, outcome, archived])).toEqual([
      [`${host}/acme/[secret]`, 'unreachable', false],
      [`${host}/acme/a`, 'judged', false],
      [`${host}/acme/gone`, 'unreachable', false],
      [`${host}/acme/none`, 'empty', false],
      [`${host}/acme/pay/gone`, 'unreachable', false],
    ]);
    expect(first.status).toBe(2);
    expect(first.stderr).toContain(`note: ${host}/acme: left out 1 archived (--archived takes them in)`);
    expect(first.stderr).toContain('left out 1 without a name that can be one');
    expect(server.asked.filter(({ path }) => path.startsWith('/api/v3')).map((it) => it.authorization)).toEqual([
      `Bearer ${TOKEN}`,
    ]);
    expect(server.asked.filter(({ path }) => path.startsWith('/api/v4')).map((it) => it.authorization)).toEqual([
      undefined,
      undefined,
    ]);
    expect(server.asked.map(({ authorization }) => authorization)).toContain(`Basic ${BASIC}`);
    for (const text of [first.stdout, first.stderr, everything(clones), readFileSync(out, 'utf8')])
      expect(text).not.toMatch(SECRET);
    expect(first.stdout).not.toMatch(/\/tmp|clone-|https?:\/\/elsewhere/);
    const again = await running([...words, '--force'], { GH_TOKEN: TOKEN });
    expect(again.stdout).toBe(first.stdout);
  });

  it('finds a folder of a list in what has no work tree, and a repository once by whatever case it is written in', async () => {
    const server = await forgeWith({
      '/api/v3/orgs/acme/repos': [githubRepository('acme/A'), githubRepository(`acme/${TOKEN}`)],
    });
    const list = join(temporaryFolder(), 'list.txt');
    const state = temporaryFolder();
    const [a, host] = [`${server.url}/acme/a.git`, new URL(server.url).host];
    writeFileSync(list, [a, `${a} path=svc`, `${a} path=none ref=main`].join('\n'));
    const words = ['audit', '--repos', list, '--github-org', 'acme', '--github-url', server.url, '--format', 'jsonl'];
    const env = { GITHUB_TOKEN: TOKEN, XDG_STATE_HOME: state, XDG_CACHE_HOME: state };
    const ran = await running([...words, '--only', 'manifest'], env);
    expect(rowsIn(ran).map(({ repo, outcome, because }) => [repo, outcome, because])).toEqual([
      [`${host}/acme/[secret]`, 'unreachable', expect.anything()],
      [`${host}/acme/a`, 'judged', undefined],
      [`${host}/acme/a//none@main`, 'empty', 'there is no file in its folder "none"'],
      [`${host}/acme/a//svc`, 'judged', undefined],
    ]);
    expect(ran.stdout).toContain('"dir":"svc"');
    expect(ran.stderr.match(/--history/g)).toHaveLength(1);
    expect(server.asked.map(({ path }) => path).join()).not.toMatch(SECRET);
    expect(everything(state)).not.toMatch(SECRET);
    const again = await running(['audit', '--resume', runIn(state), '--retry-failed', '--format', 'jsonl'], env);
    expect([again.status, again.stdout]).toEqual([ran.status, ran.stdout]);
  });

  it('that cannot be listed whole ends at once, with the reason', async () => {
    const server = await forgeWith({});
    const { status, stdout, stderr } = await running(['audit', '--github-org', 'acme', '--github-url', server.url]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/could not be listed: there is no such organisation or user there, or it is private/);
  });

  it.each([
    [['--github-org', 'a', '--github-url', 'http://host.test'], {}, '--github-url'],
    [['--gitlab-group', 'a', '--gitlab-url', `https://ada:${TOKEN}@host.test`], {}, '--gitlab-url'],
    [['--github-org', '../a'], {}, '--github-org'],
    [['--gitlab-group', 'a/../b'], {}, '--gitlab-group'],
    [['--github-org', 'a', '--history', '0'], {}, '--history'],
    [['--github-org', 'a'], { GITHUB_TOKEN: `${TOKEN} ${TOKEN}` }, 'GITHUB_TOKEN'],
    [['--gitlab-group', 'a'], { GITLAB_TOKEN: `${TOKEN}\nx` }, 'GITLAB_TOKEN'],
  ])('%j is refused before anything is asked', (words, env, at) => {
    const { status, stderr } = run(['audit', ...words], { env });
    expect([status, stderr]).toEqual([2, expect.stringContaining(at)]);
    expect(stderr).not.toMatch(SECRET);
  });
});

describe('tokens', () => {
  const services = SERVICES;
  const surroundings = { services, env: { GITHUB_TOKEN: TOKEN, GITLAB_TOKEN: 'glpat-Secret42' }, agent: 'x', now: 0 };
  const flags = { githubOrg: [], gitlabGroup: [], history: 1 };

  it('may be there where nothing is fetched', async () => {
    const remote = remoteFrom(flags, { ...surroundings, cache: undefined });
    expect(await remote.list()).toEqual({ targets: [], notes: [] });
    const target = { id: 'a', kind: 'folder', location: '/srv/a' } as const;
    expect(await remote.prepare(target, new AbortController().signal)).toBe(target);
  });
});

describe.skipIf(onPath('strace') === undefined || !existsSync('/proc/self'))('an audit of folders', PATIENT, () => {
  it('opens no connection, whatever tokens there are', () => {
    const log = join(mkdtempSync(join(tmpdir(), 'gonogo-strace-')), 'log');
    const words = ['-f', '-qq', '-e', 'trace=connect,sendto', '-o', log, process.execPath, BIN, 'audit'];
    const { status } = spawnSync('strace', [...words, repository({ 'README.md': 'a' }), '--only', 'ownership'], {
      env: { PATH: process.env.PATH, HOME: '/nonexistent', GITHUB_TOKEN: TOKEN },
    });
    const calls = readFileSync(log, 'utf8');
    rmSync(log);
    expect(status).not.toBeNull();
    expect(calls).not.toMatch(/AF_INET/);
  });
});

describe('two targets', () => {
  const surroundings = { services: SERVICES, env: {}, agent: 'x', now: 0, cache: undefined };
  const { sameness } = remoteFrom({ githubOrg: [], gitlabGroup: [] }, surroundings);
  const git = { kind: 'git', location: '' } as const;

  it('are the same one where capitals make no name, and two where they do', () => {
    const [a, b] = ['github.com/acme/a', 'github.com/Acme/A'].map((id) => sameness({ ...git, id }));
    expect(a).toBe(b);
    const places = ['Svc', 'svc'].map((dir) => sameness({ ...git, id: `github.com/acme/a//${dir}`, dir }));
    expect(new Set([a, ...places]).size).toBe(3);
    expect(sameness({ ...git, id: 'elsewhere.test/a' })).not.toBe(sameness({ ...git, id: 'elsewhere.test/A' }));
  });
});
