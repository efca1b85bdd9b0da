/** Ends programs that a program of ours started: git leaves its transports behind when it is ended, and one waits for a silent server for ever. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A process and who started it. */
interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly words: string;
}

/** Ends those children of this process whose command line holds `mark`, and all that they started. */
export function endTree(mark: string): void {
  const all = running();
  const ours = all.filter(({ parent, words }) => parent === process.pid && words.includes(mark));
  for (const pid of withDescendants(ours, all)) end(pid);
}

function withDescendants(roots: readonly Running[], all: readonly Running[]): readonly number[] {
  const pids = new Set(roots.map(({ pid }) => pid));
  // A child may stand before its parent, so until nothing is added.
  for (let before = -1; before !== pids.size; ) {
    before = pids.size;
    for (const { pid, parent } of all) if (pids.has(parent)) pids.add(pid);
  }
  return [...pids];
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function running(): readonly Running[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => inProc(Number(name)));
  } catch {
    return listedByPs();
  }
}

/** One process of Linux; what is in brackets in `stat` may hold anything, so the parent is read from behind it. */
function inProc(pid: number): readonly Running[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const parent = Number(/^\) \S (\d+) /.exec(stat.slice(stat.lastIndexOf(')')))?.[1]);
    return [{ pid, parent, words: readFileSync(`/proc/${pid}/cmdline`, 'utf8') }];
  } catch {
    return [];
  }
}

/** Elsewhere; where there is no `ps` either, as on Windows, git alone is ended. */
function listedByPs(): readonly Running[] {
  const { stdout } = spawnSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8', timeout: 5000 });
  return [...(stdout ?? '').matchAll(/^ *(\d+) +(\d+) (.*)$/gm)].map(([, pid, parent, words = '']) => ({
    pid: Number(pid),
    parent: Number(parent),
    words,
  }));
}
