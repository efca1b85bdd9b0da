/** Real folders and real git repositories for tests, made with no settings but our own and removed after each test. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty folder, for the test that asks. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gonogo-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files by path. */
export function write(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** The environment every git process of a test gets. */
const GIT_ENVIRONMENT = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada Byron',
  GIT_AUTHOR_EMAIL: 'ada@lumenpay.io',
  GIT_COMMITTER_NAME: 'Ada Byron',
  GIT_COMMITTER_EMAIL: 'ada@lumenpay.io',
  GIT_ALLOW_PROTOCOL: 'file',
};

/** Runs git as a user would. */
export function git(folder: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): string {
  return execFileSync('git', [...args], {
    cwd: folder,
    env: { ...GIT_ENVIRONMENT, ...more },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
}

/** A new repository with files, committed when there are any. */
export function repository(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const folder = temporaryFolder();
  git(folder, ['init', '-q', '-b', 'main']);
  if (Object.keys(files).length > 0) commit(folder, 'first', files);
  return folder;
}

/** Writes files and commits everything; the date makes histories reproducible. Answers the commit's id. */
export function commit(
  folder: string,
  subject: string,
  files: Readonly<Record<string, string | Buffer>> = {},
  date = '2026-03-01T10:00:00Z',
  author = 'Ada Byron',
): string {
  write(folder, files);
  git(folder, ['add', '-A']);
  const who = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, GIT_AUTHOR_NAME: author };
  git(folder, ['commit', '-q', '--allow-empty', '-m', subject], who);
  return git(folder, ['rev-parse', 'HEAD']).trim();
}

/** Paths of a listing. */
export function pathsOf(listing: { readonly files: readonly { readonly path: string }[] }): readonly string[] {
  return listing.files.map((file) => file.path);
}

/** A named pipe: whoever opens it plainly waits for ever. */
export function makePipe(path: string): void {
  execFileSync('sh', ['-c', 'mkfifo -- "$1"', 'sh', path]);
}
