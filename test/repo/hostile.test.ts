/** Repositories whose settings name programs. Each payload leaves a mark when it runs; reading must leave none. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { diskRepo } from '../../src/repo/disk.ts';
import { gitTreeRepo } from '../../src/repo/git-tree.ts';
import type { Repo } from '../../src/repo/repo.ts';
import { commit, git, repository, temporaryFolder, write } from './temporary.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

interface Trap {
  readonly folder: string;
  /** A program that leaves the mark and then behaves. */
  readonly program: string;
  sprung(): boolean;
}

function trap(): Trap {
  const scratch = temporaryFolder();
  const program = join(scratch, 'payload.sh');
  writeFileSync(program, `#!/bin/sh\ntouch '${scratch}/mark'\nexit 0\n`);
  chmodSync(program, 0o755);
  const folder = repository({ 'a.md': 'one\n', 'docs/b.md': 'two\n', 'gonogo.yaml': 'name: cart\n' });
  commit(folder, 'second', { 'a.md': 'one\nmore\n' });
  return { folder, program, sprung: () => existsSync(join(scratch, 'mark')) };
}

/** Asks a repository everything it can answer. */
async function askAll(repo: Repo): Promise<void> {
  for (const file of repo.list().files) repo.read(file.path);
  repo.state();
  const { commits } = await repo.history(50);
  await repo.versions(
    'a.md',
    commits.map((it) => it.id),
  );
}

async function readEverything(folder: string): Promise<void> {
  await askAll(diskRepo(folder));
  await gitTreeRepo(folder, 'HEAD').then(askAll, () => undefined);
}

/** Settings, and a plain git command that runs what they name: the proof that the payload is alive. */
const SETTINGS: Readonly<Record<string, { readonly set: (it: Trap) => void; readonly plain: readonly string[] }>> = {
  'core.fsmonitor': {
    set: ({ folder, program }) => void git(folder, ['config', 'core.fsmonitor', program]),
    plain: ['status'],
  },
  'log.showSignature and gpg.program': {
    set: ({ folder, program }) => {
      const tree = git(folder, ['rev-parse', 'HEAD^{tree}']).trim();
      const parent = git(folder, ['rev-parse', 'HEAD']).trim();
      const who = 'Ada Byron <ada@lumenpay.io> 1767225600 +0000';
      const forged = `tree ${tree}\nparent ${parent}\nauthor ${who}\ncommitter ${who}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n abcd\n -----END PGP SIGNATURE-----\n\nsigned\n`;
      write(folder, { '.git/forged': forged });
      const id = git(folder, ['hash-object', '-t', 'commit', '-w', '.git/forged']).trim();
      git(folder, ['update-ref', 'HEAD', id]);
      git(folder, ['config', 'log.showSignature', 'true']);
      git(folder, ['config', 'gpg.program', program]);
    },
    plain: ['log', '-1'],
  },
  'textconv and external diff': {
    set: ({ folder, program }) => {
      write(folder, { '.gitattributes': '*.md diff=evil\n' });
      git(folder, ['config', 'diff.evil.textconv', program]);
      git(folder, ['config', 'diff.evil.command', program]);
    },
    plain: ['log', '-p'],
  },
  'clean, smudge and process filters': {
    set: ({ folder, program }) => {
      write(folder, { '.gitattributes': '*.md filter=evil\n', 'a.md': 'one\nMORE\n' });
      for (const name of ['clean', 'smudge', 'process']) git(folder, ['config', `filter.evil.${name}`, program]);
    },
    plain: ['status'],
  },
  hooks: {
    set: ({ folder, program }) => {
      mkdirSync(join(folder, '.git/hooks'), { recursive: true });
      for (const name of ['post-index-change', 'post-checkout', 'reference-transaction', 'pre-commit']) {
        rmSync(join(folder, '.git/hooks', name), { force: true });
        symlinkSync(program, join(folder, '.git/hooks', name));
      }
      write(folder, { 'a.md': 'one\nmore\n' });
    },
    plain: ['update-index', '--refresh', '--force-write-index'],
  },
  'a missing object and an ssh command': {
    set: ({ folder, program }) => {
      const blob = git(folder, ['rev-parse', 'HEAD:a.md']).trim();
      rmSync(join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2)));
      git(folder, ['config', 'extensions.partialClone', 'origin']);
      git(folder, ['config', 'remote.origin.promisor', 'true']);
      git(folder, ['config', 'remote.origin.url', 'ssh://git.invalid/shop.git']);
      git(folder, ['config', 'core.sshCommand', program]);
      git(folder, ['config', 'core.repositoryFormatVersion', '1']);
    },
    plain: ['-c', 'protocol.allow=always', 'cat-file', '-p', 'HEAD:a.md'],
  },
  'an alias and a pager': {
    set: ({ folder, program }) => {
      git(folder, ['config', 'alias.evil', `!${program}`]);
      git(folder, ['config', 'core.pager', program]);
      git(folder, ['config', 'pager.log', program]);
    },
    plain: ['evil'],
  },
  'an included file': {
    set: ({ folder, program }) => {
      write(folder, { '.git/evil': `[core]\n\tfsmonitor = ${program}\n` });
      git(folder, ['config', 'include.path', 'evil']);
    },
    plain: ['status'],
  },
};

const OWN = mkdtempSync(join(tmpdir(), 'gonogo-hostile-'));

beforeAll(() => {
  process.env.TMPDIR = OWN;
});

afterAll(() => rmSync(OWN, { recursive: true, force: true }));

describe('settings of an audited repository', () => {
  it.each(Object.keys(SETTINGS))('%s: run in plain git, and not in ours', async (name) => {
    const setting = SETTINGS[name];
    if (!setting) throw new Error('no such setting');
    const ours = trap();
    setting.set(ours);
    await readEverything(ours.folder);
    expect(ours.sprung()).toBe(false);
    try {
      git(ours.folder, setting.plain, { GIT_ALLOW_PROTOCOL: 'ssh:file' });
    } catch {
      // The command may fail once its payload ran.
    }
    expect(ours.sprung(), 'the payload is alive').toBe(true);
  });

  it('still leave the history readable', async () => {
    const ours = trap();
    for (const setting of Object.values(SETTINGS)) setting.set(ours);
    const { commits, absent } = await diskRepo(ours.folder).history(10);
    expect(absent).toBeUndefined();
    expect(commits.map((it) => it.subject)).toEqual(['signed', 'second', 'first']);
    expect(ours.sprung()).toBe(false);
  });

  it('a setting that cannot be parsed, or hangs, is not even looked at', async () => {
    const folder = repository({ 'a.md': '' });
    write(folder, { '.git/config': '[[[\n' });
    expect((await diskRepo(folder).history(10)).commits).toHaveLength(1);
  });
});

describe('the environment', () => {
  it('reaches git in nothing but its search path', async () => {
    const ours = trap();
    const other = repository({ 'other.md': '' });
    vi.stubEnv('GIT_DIR', join(other, '.git'));
    vi.stubEnv('GIT_EXEC_PATH', '/nonexistent');
    vi.stubEnv('GIT_SSH_COMMAND', ours.program);
    vi.stubEnv('GIT_PAGER', ours.program);
    vi.stubEnv('GIT_CONFIG_COUNT', '1');
    vi.stubEnv('GIT_CONFIG_KEY_0', 'core.fsmonitor');
    vi.stubEnv('GIT_CONFIG_VALUE_0', ours.program);
    vi.stubEnv('GIT_ALTERNATE_OBJECT_DIRECTORIES', join(other, '.git/objects'));
    expect((await diskRepo(ours.folder).history(10)).commits.map((it) => it.subject)).toEqual(['second', 'first']);
    expect((await gitTreeRepo(ours.folder, 'main')).list().files.map((it) => it.path)).toEqual([
      'a.md',
      'docs/b.md',
      'gonogo.yaml',
    ]);
    expect(ours.sprung()).toBe(false);
  });

  it('without git gives a reason and leaves no folders behind', async () => {
    const folder = repository({ 'a.md': 'one' });
    const before = sealsLeft();
    vi.stubEnv('PATH', temporaryFolder());
    const repo = diskRepo(folder);
    expect((await repo.history(10)).absent).toBe('git is not installed, or not on the PATH');
    expect(await repo.versions('a.md', [repo.state().commit ?? ''])).toEqual(new Map());
    expect(repo.state()).toMatchObject({ dirty: false });
    await expect(gitTreeRepo(folder, 'HEAD')).rejects.toThrow(/git is not installed/);
    expect(sealsLeft()).toEqual(before);
  });

  it('is as clean afterwards as before', async () => {
    const before = sealsLeft();
    await readEverything(trap().folder);
    expect(sealsLeft()).toEqual(before);
  });
});

describe('git folders that lead to foreign repositories', () => {
  it('are not followed: file, link, commondir, alternates, linked objects', async () => {
    const victim = repository({ 'secret.md': 'secret' });
    commit(victim, 'secret subject', { 'b.md': '' });
    const made: Record<string, (folder: string) => void> = {
      'not follow': (folder) => writeFileSync(join(folder, '.git'), `gitdir: ${victim}/.git\n`),
      'is a link': (folder) => symlinkSync(join(victim, '.git'), join(folder, '.git')),
      commondir: (folder) => {
        write(folder, {
          '.git/HEAD': 'ref: refs/heads/main\n',
          '.git/commondir': `${victim}/.git\n`,
          '.git/refs/x': '',
          '.git/objects/x': '',
        });
      },
      alternates: (folder) => {
        git(folder, ['init', '-q', '-b', 'main']);
        write(folder, {
          '.git/objects/info/alternates': `${victim}/.git/objects\n`,
          '.git/refs/heads/main': git(victim, ['rev-parse', 'HEAD']),
        });
      },
      links: (folder) => {
        git(folder, ['init', '-q', '-b', 'main']);
        rmSync(join(folder, '.git/objects'), { recursive: true });
        mkdirSync(join(folder, '.git/objects'));
        for (const name of readdirSync(join(victim, '.git/objects')))
          symlinkSync(join(victim, '.git/objects', name), join(folder, '.git/objects', name));
        write(folder, { '.git/refs/heads/main': git(victim, ['rev-parse', 'HEAD']) });
      },
    };
    for (const [reason, make] of Object.entries(made)) {
      const folder = temporaryFolder();
      make(folder);
      const history = await diskRepo(folder).history(10);
      expect(history.commits, reason).toEqual([]);
      expect(history.absent, reason).toContain(reason);
      await expect(gitTreeRepo(folder, 'HEAD'), reason).rejects.toThrow();
    }
  });

  it('a forged work tree registration inside the audited folder names no foreign repository', async () => {
    const victim = repository({ 'secret.md': 'secret' });
    const folder = temporaryFolder();
    write(folder, {
      '.git': 'gitdir: fake/worktrees/x\n',
      'fake/worktrees/x/commondir': `${victim}/.git\n`,
      'fake/worktrees/x/gitdir': `${folder}/.git\n`,
      'fake/worktrees/x/HEAD': 'ref: refs/heads/main\n',
    });
    expect((await diskRepo(folder).history(10)).absent).toContain('not followed');
    expect(diskRepo(folder).state()).toEqual({});
  });

  it('a reference cannot name a file outside', () => {
    const folder = repository({ 'a.md': '' });
    const outside = temporaryFolder();
    write(outside, { id: `${'a'.repeat(40)}\n` });
    for (const head of [`ref: ../../../${outside}/id`, 'ref: refs/heads/../../../id', 'ref: refs/heads/loop']) {
      write(folder, { '.git/HEAD': `${head}\n`, '.git/refs/heads/loop': 'ref: refs/heads/loop\n', id: 'a'.repeat(40) });
      expect(diskRepo(folder).state(), head).toEqual({});
    }
  });
});

/** In a temporary folder of this file's own: other tests seal repositories at the same time. */
function sealsLeft(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('gonogo-git-'));
}
