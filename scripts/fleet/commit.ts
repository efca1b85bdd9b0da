/** Writes files as a git repository with a clean work tree, in three commits: one fast-import and one checkout. */
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Files } from './repository.ts';

/** Seconds since 1970: the first commit is made on 2026-01-01, the others a day after each other. */
const FIRST = 1_767_225_600;
const DAY = 86_400;
const MESSAGES = ['first cut', 'observability and docs', 'changelog'];

/** Makes the repository; `author` is a number of one of the fleet's authors, and moves the commits by as many minutes. */
export async function commitFiles(folder: string, files: Files, author: number): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const own = join(folder, '.git');
  for (const part of ['objects', 'refs']) await mkdir(join(own, part), { recursive: true });
  await writeFile(join(own, 'HEAD'), 'ref: refs/heads/main\n');
  await writeFile(join(own, 'config'), '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n');
  await git(folder, ['-c', 'fastimport.unpackLimit=1', 'fast-import', '--quiet', '--done'], streamOf(files, author));
  await git(folder, ['reset', '-q', '--hard']);
}

/** The files in three parts, each a commit of its own, as `git fast-import` reads them. */
function streamOf(files: Files, author: number): string {
  const all = Object.entries(files);
  const cuts = [0, Math.ceil(all.length * 0.6), all.length - 1, all.length];
  const commits = MESSAGES.map((message, at) => {
    const who = `Dev ${author % 17} <dev${author % 17}@example.com> ${FIRST + author * 60 + at * DAY} +0000`;
    const head = `commit refs/heads/main\nmark :${at + 1}\nauthor ${who}\ncommitter ${who}\n${data(message)}${at ? `from :${at}\n` : ''}`;
    const written = all.slice(cuts[at], cuts[at + 1]).map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`);
    return head + written.join('');
  });
  return `${commits.join('')}done\n`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

/** The machine's own settings of git stay out of it. */
const ENV = { PATH: process.env.PATH ?? '', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };

function git(cwd: string, words: readonly string[], input = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = execFile('git', [...words], { cwd, env: ENV }, (error) => (error ? reject(error) : resolve()));
    // It stops reading at `done`, and when it fails: its exit code tells.
    child.stdin?.on('error', () => undefined).end(input);
  });
}
