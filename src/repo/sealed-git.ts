/** Runs git on an audited object store without its settings: in an empty git folder of our own, with an environment of our own, and only to read. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env as surroundings } from 'node:process';
import { layOut } from './bare-layout.ts';
import { type GitDir, shallowCommits, storeTrouble } from './git-dir.ts';
import { hasGone, willLeave } from './leftovers.ts';

/** Why git gave no answer, in words for a person. */
export class SealedGitError extends Error {}

/** It said more than was asked for. */
export class OutputTooLargeError extends SealedGitError {}

/** An empty git folder that borrows the audited objects. */
export interface Seal {
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
  /** The audited clone is shallow. */
  readonly shallow: boolean;
}

/** Milliseconds after which a git process is ended: on a crafted history one runs for ever and grows by 190 MB a second. */
const PATIENCE = 20_000;
/** Bytes of output after which a git process is ended. */
const OUTPUT_CAP = 256 * 1024 * 1024;
const TOO_LARGE = 'its history is too large to be read';

/** Runs `use` on a sealed view of a repository at a commit; the folder is gone afterwards. */
export async function sealed<T>(git: GitDir, head: string, use: (seal: Seal) => Promise<T>): Promise<T> {
  const seal = openSeal(git, head);
  try {
    return await use(seal);
  } finally {
    closeSeal(seal.dir);
  }
}

/** The same for work that waits for nothing. */
export function sealedSync<T>(git: GitDir, head: string, use: (seal: Seal) => T): T {
  const kept = shared;
  if (kept === undefined) return inFolderOfItsOwn(git, head, use);
  // A seal inside of another one has a folder of its own.
  shared = undefined;
  try {
    return use(openSeal(git, head, kept));
  } finally {
    shared = kept;
  }
}

function inFolderOfItsOwn<T>(git: GitDir, head: string, use: (seal: Seal) => T): T {
  const seal = openSeal(git, head);
  try {
    return use(seal);
  } finally {
    closeSeal(seal.dir);
  }
}

/** Where seals of work that waits for nothing are laid out one over the other; absent where each has a folder of its own. */
let shared: string | undefined;

/** Makes one folder do for many repositories, because laying one out and removing it for each question is most of what a question costs. Answers what ends that and removes it. */
export function shareSeals(): () => void {
  const dir = mkdtempSync(join(tmpdir(), 'gonogo-git-'));
  shared = dir;
  return () => {
    shared = undefined;
    rmSync(dir, { recursive: true, force: true });
  };
}

function openSeal(git: GitDir, head: string, kept?: string): Seal {
  const trouble = storeTrouble(git);
  if (trouble !== undefined) throw new SealedGitError(trouble);
  const objects = join(git.shared, 'objects');
  // A path in the list of alternates ends with the line and may not begin with a quote or a number sign.
  if (/[\n\r]/.test(objects)) throw new SealedGitError('the path of the repository holds a line break');
  if (kept !== undefined) return { dir: kept, env: environmentFor(kept), shallow: fill(kept, git, objects, head) };
  const dir = mkdtempSync(join(tmpdir(), 'gonogo-git-'));
  willLeave(dir);
  try {
    return { dir, env: environmentFor(dir), shallow: fill(dir, git, objects, head) };
  } catch (error) {
    closeSeal(dir);
    throw error;
  }
}

function closeSeal(dir: string): void {
  rmSync(dir, { recursive: true, force: true });
  hasGone(dir);
}

/** Writes the folder; answers whether the clone is shallow. */
function fill(dir: string, git: GitDir, objects: string, head: string): boolean {
  layOut(dir, git.hash, head);
  writeFileSync(join(dir, 'objects', 'info', 'alternates'), `${objects}\n`);
  const shallow = shallowCommits(git);
  if (shallow.length > 0) writeFileSync(join(dir, 'shallow'), `${shallow.join('\n')}\n`);
  else rmSync(join(dir, 'shallow'), { force: true });
  return shallow.length > 0;
}

/** Everything git may know. PATH is the one thing taken from outside: without it no git is found in many places. */
function environmentFor(dir: string): Readonly<Record<string, string>> {
  return {
    ...(surroundings.PATH !== undefined && { PATH: surroundings.PATH }),
    GIT_DIR: dir,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    HOME: join(dir, 'nowhere'),
    LC_ALL: 'C.UTF-8',
  };
}

/** What `log` prints. Spawned plainly: a check often needs this one command, and loading the library takes longer than the answer. */
export function gitLog(seal: Seal, args: readonly string[]): string {
  return plainly(seal, ['log', ...args], { maxBuffer: OUTPUT_CAP }).toString('utf8');
}

/** What another reading command prints. The library is loaded here, because only a run on a commit needs it. */
export async function gitText(
  { dir, env }: Seal,
  args: readonly ['rev-list' | 'ls-tree' | 'merge-base', ...string[]],
): Promise<string> {
  const { simpleGit } = await import('simple-git');
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  let length = 0;
  const git = simpleGit({
    baseDir: dir,
    abort: stop.signal,
    allowEnvironment: Object.keys(env).filter((name) => name.startsWith('GIT_')),
    // Refers to GIT_CONFIG_GLOBAL, which here points at nothing.
    unsafe: { allowUnsafeConfigPaths: true },
  })
    .env(env)
    .outputHandler((_command, output) => {
      output.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > OUTPUT_CAP) stop.abort();
      });
    });
  try {
    return await git.raw([...args]);
  } catch (error) {
    throw new SealedGitError(stop.signal.aborted ? TOO_LARGE : reasonOf(error));
  } finally {
    clearTimeout(timer);
  }
}

/** What `cat-file` answers to a list of objects. simple-git cannot write to a process, hence the plain spawn with the same seal. */
export function catFile(
  { dir, env }: Seal,
  mode: '--batch' | '--batch-check',
  objects: readonly string[],
  expected: number,
): Buffer {
  if (objects.length === 0) return Buffer.alloc(0);
  const input = `${objects.join('\n')}\n`;
  return plainly({ dir, env }, ['cat-file', mode], { input, maxBuffer: expected + objects.length * 4352 + 65_536 });
}

function plainly(
  { dir, env }: Pick<Seal, 'dir' | 'env'>,
  args: readonly string[],
  bounds: { readonly input?: string; readonly maxBuffer: number },
): Buffer {
  const run = spawnSync('git', args, { cwd: dir, env: { ...env }, timeout: PATIENCE, windowsHide: true, ...bounds });
  const { code } = (run.error ?? {}) as NodeJS.ErrnoException;
  if (code === 'ENOBUFS') throw new OutputTooLargeError(TOO_LARGE);
  if (code === 'ETIMEDOUT') throw new SealedGitError(TOO_LARGE);
  if (run.error) throw new SealedGitError(reasonOf(run.error));
  if (run.status !== 0) throw new SealedGitError(reasonOf(new Error(run.stderr.toString('utf8'))));
  return run.stdout;
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/ENOENT/.test(message)) return 'git is not installed, or not on the PATH';
  const line = message.split('\n').find((it) => it.startsWith('fatal: ')) ?? message.split('\n')[0] ?? '';
  return `git could not read it: ${line.replace(/^fatal: /, '')}`;
}
