/** An empty git folder as we lay one out: the least that git takes for a repository, with no setting but our own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GitDir } from './git-dir.ts';

/** All that stands in the `config` of such a folder. */
export const BARE_CONFIG: Readonly<Record<GitDir['hash'], string>> = {
  sha1: '[core]\n\trepositoryformatversion = 0\n\tbare = true\n\tcommitGraph = false\n',
  sha256:
    '[core]\n\trepositoryformatversion = 1\n\tbare = true\n\tcommitGraph = false\n[extensions]\n\tobjectformat = sha256\n',
};

/** Writes it into an empty folder, or over another one of ours; `head` is a commit, or `ref: ` and a branch. */
export function layOut(dir: string, hash: GitDir['hash'], head: string): void {
  mkdirSync(join(dir, 'refs'), { recursive: true });
  mkdirSync(join(dir, 'objects', 'info'), { recursive: true });
  writeFileSync(join(dir, 'config'), BARE_CONFIG[hash]);
  writeFileSync(join(dir, 'HEAD'), `${head}\n`);
}
