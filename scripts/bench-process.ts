/** Runs a program of ours and watches it: time on the clock and of the processor, and the memory of it and all that it starts. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** What one process took and said. */
export interface Ran {
  readonly status: number | null;
  /** Milliseconds on the clock. */
  readonly ms: number;
  /** Milliseconds of the processor, those of its children among them; 0 where the system does not tell. */
  readonly cpu: number;
  /** Bytes that it and its children held at the most, looked at ten times a second; 0 where the system does not tell. */
  readonly peak: number;
  /** SHA-256 of what it wrote to stdout, in hex. */
  readonly digest: string;
}

const EVERY = 100;
const PAGE = 4096;
/** Ticks of the processor's time a second, on every Linux there is. */
const TICKS = 100;

/** Runs Node with these words. Certificates are left out, as in every measurement here. */
export function runWatched(words: readonly string[]): Promise<Ran> {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const start = performance.now();
  const child = spawn(process.execPath, [...words], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const hash = createHash('sha256');
  child.stdout.on('data', (bytes: Buffer) => hash.update(bytes));
  let [peak, cpu] = [0, 0];
  const look = (): void => {
    const now = treeOf(child.pid ?? 0);
    peak = Math.max(peak, now.bytes);
    cpu = Math.max(cpu, now.cpu);
  };
  const timer = setInterval(look, EVERY);
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (status) => {
      clearInterval(timer);
      resolve({ status, ms: performance.now() - start, cpu, peak, digest: hash.digest('hex') });
    });
  });
}

/** What a process and its children hold now, and what they and those that ended have used of the processor. */
function treeOf(pid: number): { readonly bytes: number; readonly cpu: number } {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number);
    // After the name: state is the first, then utime, stime, cutime and cstime from the twelfth, rss the twenty-second.
    const used = fields.slice(11, 15).reduce((sum, it) => sum + it, 0);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);
    const below = children.map(treeOf);
    return {
      bytes: (fields[21] ?? 0) * PAGE + below.reduce((sum, { bytes }) => sum + bytes, 0),
      cpu: (used * 1000) / TICKS,
    };
  } catch {
    return { bytes: 0, cpu: 0 };
  }
}
