import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import { commit, git, makePipe, repository, temporaryFolder, write } from '../repo/temporary.ts';
import { BIN } from './run.ts';
import { AS_OF, checkManifest, GOOD, runUntouched } from './untouched.ts';

const COULD_NOT_JUDGE = 2;

function reportOf(stdout: string): Report {
  return JSON.parse(stdout) as Report;
}

describe('what is not there to be judged', () => {
  it.each([
    ['nothing', 'error: there is nothing at "nothing"\n  give the folder of a service or of a repository\n'],
    ['', 'error: there is nothing at ""\n  give the folder of a service or of a repository\n'],
    ['README.md', 'error: "README.md" is a file, not a folder\n  give the folder of a service or of a repository\n'],
    ['README.md/x', 'error: there is nothing at "README.md/x"\n  give the folder of a service or of a repository\n'],
    [
      'loop',
      'error: "loop" cannot be opened: it is a link that leads to itself\n  give the folder of a service or of a repository\n',
    ],
    [
      `a\u001b[2J\n::error::b`,
      'error: there is nothing at "a\\u{1b}[2J \\u{3a}:error::b"\n  give the folder of a service or of a repository\n',
    ],
  ])('path %j', (path, stderr) => {
    const folder = temporaryFolder();
    write(folder, { 'README.md': '# Parcels\n' });
    symlinkSync('loop', join(folder, 'loop'));
    expect(runUntouched(folder, ['check', path])).toEqual({ status: COULD_NOT_JUDGE, stdout: '', stderr });
  });

  it('the current folder, when somebody removed it', () => {
    const folder = join(temporaryFolder(), 'gone');
    const { status, stdout, stderr } = spawnSync(
      'sh',
      ['-c', `mkdir ${folder} && cd ${folder} && rmdir ${folder} && exec ${process.execPath} ${BIN} check`],
      { encoding: 'utf8' },
    );
    expect({ status, stdout }).toEqual({ status: COULD_NOT_JUDGE, stdout: '' });
    expect(stderr).toBe('error: the current folder does not exist any more (.)\n  change to one that does\n');
  });
});

describe('little to judge', () => {
  it('an empty folder is no success', () => {
    const { status, stdout, stderr } = runUntouched(temporaryFolder(), ['check', '.']);
    expect(stdout).toContain('NO-GO');
    expect(stdout).toContain('No manifest was found: judged from evidence alone. `gonogo init` writes a first one.');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  });

  it('a repository without commits is judged by its files', () => {
    const folder = repository();
    write(folder, { 'gonogo.yaml': GOOD });
    const { status, stdout, stderr } = checkManifest(folder, '--format', 'json');
    expect(reportOf(stdout).repo.commit).toBeUndefined();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('a folder without git is judged by its files', () => {
    const folder = temporaryFolder();
    write(folder, { 'gonogo.yaml': GOOD });
    expect(checkManifest(folder).status).toBe(0);
  });

  it('a page may name characters, whose table is loaded on use', () => {
    const folder = temporaryFolder();
    write(folder, {
      'gonogo.yaml': GOOD.replace('tier: 4', 'tier: 1\nstage: live'),
      'docs/parcels.md': '# Parcels\n\n## Caf&eacute; closed\n\nOpen it.\n',
      'alerts.yaml':
        'groups: [{ name: parcels, rules: [{ alert: Late, expr: up == 0, annotations: { runbook_url: "docs/parcels.md#café-closed" } }] }]\n',
    });
    const args = ['check', '.', '--only', 'runbooks/section-exists', '--as-of', AS_OF];
    expect(runUntouched(folder, args).stdout).toContain('the section "Café closed" of docs/parcels.md has 2 words');
  });

  it('the manifest may be named instead of its folder', () => {
    const folder = temporaryFolder();
    write(folder, { 'parcels/gonogo.yaml': GOOD });
    const { status, stdout } = runUntouched(folder, [
      'check',
      'parcels/gonogo.yaml',
      '--only',
      'manifest',
      '--as-of',
      AS_OF,
    ]);
    expect({ status, head: stdout.split('\n')[0] }).toEqual({
      status: 0,
      head: '✔ GO  parcels  tier 4 · live (assumed) · balanced profile (assumed)',
    });
  });
});

describe('a bare repository', () => {
  function bare(): { readonly folder: string; readonly id: string } {
    const source = repository();
    const id = commit(source, 'first', { 'gonogo.yaml': GOOD });
    const folder = temporaryFolder();
    git(folder, ['clone', '-q', '--bare', source, 'parcels.git']);
    return { folder, id };
  }

  it('is judged at the commit its HEAD names', () => {
    const { folder, id } = bare();
    const { status, stdout, stderr } = runUntouched(folder, [
      'check',
      'parcels.git',
      '--only',
      'manifest',
      '--as-of',
      AS_OF,
      '--format',
      'json',
    ]);
    expect(reportOf(stdout).repo).toEqual({ name: 'parcels', commit: id, dirty: false });
    expect(reportOf(stdout).services.map(({ service }) => service.name)).toEqual(['parcels']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('is judged also inside a work tree of another repository', () => {
    const { folder } = bare();
    git(folder, ['init', '-q', '-b', 'main']);
    expect(runUntouched(folder, ['check', 'parcels.git', '--only', 'manifest', '--as-of', AS_OF]).status).toBe(0);
  });

  it('cannot be judged while it has no commit', () => {
    const folder = temporaryFolder();
    git(folder, ['init', '-q', '--bare', 'parcels.git']);
    expect(runUntouched(folder, ['check', 'parcels.git'])).toEqual({
      status: COULD_NOT_JUDGE,
      stdout: '',
      stderr:
        'error: "parcels.git" is a bare repository, and its HEAD names no commit\n  give a --ref that exists, or a work tree\n',
    });
  });

  it('is not what a work tree’s own .git is', () => {
    const folder = repository({ 'gonogo.yaml': GOOD });
    expect(runUntouched(folder, ['check', '.git'])).toEqual({
      status: COULD_NOT_JUDGE,
      stdout: '',
      stderr: 'error: ".git" is git\'s own folder\n  give the folder around it\n',
    });
  });
});

describe('--ref', () => {
  it('judges that commit and not the work tree', () => {
    const folder = repository({ 'README.md': '# Parcels\n' });
    const id = commit(folder, 'claims', { 'gonogo.yaml': GOOD });
    commit(folder, 'breaks', { 'gonogo.yaml': '{' });
    write(folder, { 'gonogo.yaml': '- uncommitted\n' });
    const { status, stdout } = checkManifest(folder, '--ref', 'HEAD~1', '--format', 'json');
    expect(reportOf(stdout).repo).toMatchObject({ commit: id, dirty: false });
    expect(status).toBe(0);
    expect(checkManifest(folder, '--ref', 'HEAD~2').stdout).toContain('no gonogo.yaml in the repository');
    expect(checkManifest(folder, '--ref', 'main').status).toBe(1);
  });

  it.each([
    ['nope', 'error: there is no commit "nope" here: no branch, tag or commit has that name (--ref)\n'],
    [
      'HEAD~9',
      'error: there is no commit "HEAD~9" here: the history that this clone holds has no such commit (--ref)\n',
    ],
    ['--output=x', 'error: there is no commit "--output=x" here: no branch, tag or commit has that name (--ref)\n'],
  ])('%s is the user’s trouble', (ref, sentence) => {
    const folder = repository({ 'gonogo.yaml': GOOD });
    const hint =
      '  give a branch, a tag or a commit id that this clone holds; a shallow clone may need a fetch first\n';
    expect(runUntouched(folder, ['check', '.', `--ref=${ref}`])).toEqual({
      status: COULD_NOT_JUDGE,
      stdout: '',
      stderr: sentence + hint,
    });
  });

  it('needs a repository', () => {
    const folder = temporaryFolder();
    const { status, stdout, stderr } = runUntouched(folder, ['check', '.', '--ref', 'main']);
    expect({ status, stdout }).toEqual({ status: COULD_NOT_JUDGE, stdout: '' });
    expect(stderr).toContain(
      ' cannot be judged at a commit: not a git repository\n  give the folder that holds .git, or a bare repository\n',
    );
  });
});

describe('without git on the PATH', () => {
  const env = { PATH: '/nonexistent' };

  it('the work tree is judged, and what the history would show is unknown', () => {
    const folder = repository({
      'gonogo.yaml': GOOD.replace('tier: 4', 'tier: 1'),
      'docs/runbooks/late.md': '# Scans are late\n\n## Diagnosis\n\nRun `kubectl get pods -n parcels`.\n',
    });
    const { status, stdout, stderr } = runUntouched(folder, ['check', '.', '--as-of', AS_OF, '--format', 'json'], env);
    const [service] = reportOf(stdout).services;
    expect(service?.looked.find(({ kind }) => kind === 'history')).toMatchObject({
      note: 'git is not installed, or not on the PATH',
      unread: [{ reason: 'no-history' }],
    });
    expect(service?.findings.find(({ rule }) => rule === 'runbooks/fresh')?.standing).toBe('unknown');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  });

  it('a commit cannot be judged, and that is said', () => {
    const folder = repository({ 'gonogo.yaml': GOOD });
    expect(runUntouched(folder, ['check', '.', '--ref', 'HEAD'], env)).toEqual({
      status: COULD_NOT_JUDGE,
      stdout: '',
      stderr:
        'error: a commit can only be judged with git: git is not installed, or not on the PATH (--ref)\n  install git, or judge the work tree\n',
    });
  });
});

describe('a checkout beside the repository', () => {
  function beside(remote?: string): string {
    const folder = temporaryFolder();
    write(folder, {
      'parcels/gonogo.yaml': `${GOOD}alerts: ["repo:lumenpay/rules//alerts/a.yaml", "repo:lumenpay/rules//alerts/b.yaml"]\n`,
      'rules/alerts/a.yaml': 'groups: []\n',
      'rules/alerts/b.yaml': 'groups: []\n',
    });
    git(join(folder, 'parcels'), ['init', '-q']);
    git(join(folder, 'rules'), ['init', '-q']);
    if (remote !== undefined) git(join(folder, 'rules'), ['remote', 'add', 'origin', remote]);
    return join(folder, 'parcels');
  }

  function outcome(repo: string, ...flags: readonly string[]) {
    const { stdout, stderr } = checkManifest(repo, '--format', 'json', ...flags);
    const { notes, services } = reportOf(stdout);
    const looked = services[0]?.looked.find(({ kind }) => kind === 'references')?.files;
    return { notes, stderr, looked };
  }

  it('is taken when its remote carries the name', () => {
    const repo = beside('git@github.com:lumenpay/rules.git');
    expect(outcome(repo)).toEqual({ notes: [], stderr: '', looked: 2 });
  });

  it('is not the repository itself', () => {
    const repo = beside();
    write(repo, { 'gonogo.yaml': `${GOOD}alerts: ["repo:lumenpay/parcels//alerts/a.yaml"]\n` });
    expect(outcome(repo).notes).toEqual([]);
  });

  it.each([
    ['https://user:secret@github.com/elsewhere/rules.git', 'its git remote names another repository'],
    [undefined, 'no git remote of its own can be read'],
  ])('is left out otherwise, and that is said once with the way out (%s)', (remote, why) => {
    const repo = beside(remote);
    const note = `../rules beside this repository was not taken for lumenpay/rules, because ${why}; if it is the one, add --evidence-root lumenpay/rules=../rules`;
    expect(outcome(repo)).toEqual({ notes: [note], stderr: `note: ${note}\n`, looked: 0 });
    expect(outcome(repo, '--evidence-root', 'lumenpay/rules=../rules')).toEqual({ notes: [], stderr: '', looked: 2 });
  });
});

describe('what cannot be read in a repository', () => {
  it('a pipe and a socket neither hang the run nor pass for absent', async () => {
    const folder = temporaryFolder();
    write(folder, { 'gonogo.yaml': `${GOOD}alerts: [ops/rules.yaml]\n`, 'ops/README.md': '# Operations\n' });
    makePipe(join(folder, 'ops/rules.yaml'));
    const server = createServer();
    await new Promise<void>((done) => server.listen(join(folder, 'ops/alerts.yaml'), done));
    const { status, stdout, stderr } = checkManifest(folder, '--format', 'json');
    server.close();
    const [judged] = reportOf(stdout).services;
    expect(judged?.findings.find(({ rule }) => rule === 'manifest/paths-exist')?.standing).toBe('unknown');
    expect(judged?.looked.flatMap(({ unread }) => unread).map(({ at, detail }) => `${at.path}: ${detail}`)).toContain(
      'ops/rules.yaml: it is neither a file nor a folder nor a link',
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it.skipIf(process.getuid?.() === 0)('a folder without permission is unknown, not absent', () => {
    const folder = temporaryFolder();
    write(folder, { 'gonogo.yaml': `${GOOD}runbooks: docs/runbooks\n`, 'docs/runbooks/late.md': '# Late\n' });
    chmodSync(join(folder, 'docs'), 0);
    try {
      const { stdout } = checkManifest(folder, '--format', 'json');
      expect(reportOf(stdout).services[0]?.findings.find(({ rule }) => rule === 'manifest/paths-exist')?.standing).toBe(
        'unknown',
      );
    } finally {
      chmodSync(join(folder, 'docs'), 0o755);
    }
  });

  it('a nested repository is not entered', () => {
    const folder = repository({ 'gonogo.yaml': GOOD });
    mkdirSync(join(folder, 'other'));
    git(join(folder, 'other'), ['init', '-q']);
    write(folder, { 'other/gonogo.yaml': '- x\n' });
    expect(checkManifest(folder).status).toBe(0);
    rmSync(join(folder, 'other/.git'), { recursive: true });
    expect(checkManifest(folder).status).toBe(1);
  });
});
