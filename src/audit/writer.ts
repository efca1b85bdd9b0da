/**
 * Who writes to a run: one process at a time. A file names it. Where that process is known to live, a second is refused. Where it is
 * dead, or on another machine or in another container so that nobody can tell, the newest takes over and the older finds before its
 * next line that it no longer is the one, and stops. So a killed process locks nothing, on a shared volume neither, and no clock is compared.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../input-error.ts';
import { writeFileSafely } from '../repo/write.ts';

/** The right to write to a run. */
export interface Writer {
  /** Throws an InputError where another process has taken over. */
  check(): void;
  /** Gives it back. */
  release(): void;
}

interface Claim {
  /** The running system and the namespace in which `pid` means something. */
  readonly machine: string;
  readonly pid: number;
  /** When that process began, in the system's own count: a number that is used again is another process. */
  readonly began: string;
  /** Tells two claims of one process apart. */
  readonly token: string;
}

/** Makes this process the writer of a run folder; throws an InputError where another one is at work there. */
export function claimRun(folder: string): Writer {
  const file = join(folder, 'writer');
  const before = claimIn(file);
  if (before && isAlive(before))
    throw new InputError(
      `process ${before.pid} is writing to the run "${folder}"`,
      folder,
      'wait until it is done, or end it and resume the run',
    );
  const { pid } = process;
  const claim = JSON.stringify({
    machine: machine(),
    pid,
    began: stateOf(pid).began,
    token: randomBytes(8).toString('hex'),
  });
  writeFileSafely(file, `${claim}\n`, { force: true });
  const isMine = (): boolean => textOf(file) === `${claim}\n`;
  return {
    check() {
      if (!isMine())
        throw new InputError(
          `another process has taken over the run "${folder}"`,
          folder,
          'nothing is lost: what was judged is in its journal, and that process goes on',
        );
    },
    release: () => isMine() && rmSync(file, { force: true }),
  };
}

function claimIn(file: string): Claim | undefined {
  try {
    const claim = JSON.parse(textOf(file) ?? '') as Claim;
    return Number.isSafeInteger(claim.pid) && claim.pid > 0 ? claim : undefined;
  } catch {
    // Nobody has claimed it, or not in words of ours.
    return undefined;
  }
}

function isAlive(claim: Claim): boolean {
  if (claim.machine !== machine()) return false;
  try {
    process.kill(claim.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const { began, isOver } = stateOf(claim.pid);
  return !isOver && began === claim.began;
}

/** This boot of this system, and on Linux the namespace of its process numbers: two containers may both have a process 1. */
function machine(): string {
  const boot = textOf('/proc/sys/kernel/random/boot_id')?.trim();
  return boot === undefined ? hostname() : `${boot} ${linkOf('/proc/self/ns/pid')}`;
}

/** When a process began, and whether it only waits to be buried; nothing of it where the system has no /proc. */
function stateOf(pid: number): { readonly began: string; readonly isOver: boolean } {
  const stat = textOf(`/proc/${pid}/stat`) ?? '';
  // Its name, which may hold anything, stands in brackets.
  const words = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { began: words[19] ?? '', isOver: words[0] === 'Z' || words[0] === 'X' };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
