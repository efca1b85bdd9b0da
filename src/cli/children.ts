/** Programs that we started and that would outlive us: git, in a thread that is ended while it waits for it. Known on Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

const THREADS = '/proc/self/task';

/** Ends every one of them. */
export function endChildren(): void {
  for (const id of childrenOf()) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

function childrenOf(): readonly number[] {
  try {
    return readdirSync(THREADS).flatMap((thread) =>
      readFileSync(`${THREADS}/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}
