/** Ctrl-C and termination: what we made is removed, then the signal ends the process as it would any other. */

const cleanups = new Set<() => void>();
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Runs `cleanup` when the process is interrupted; returns how to forget it. */
export function whenInterrupted(cleanup: () => void): () => void {
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

/** Listens for the signals until released. Files are written synchronously, so no signal finds one half written. */
export function onInterrupt(): () => void {
  function release(): void {
    for (const signal of SIGNALS) process.off(signal, end);
  }
  function end(signal: NodeJS.Signals): void {
    release();
    for (const cleanup of cleanups) cleanup();
    process.kill(process.pid, signal);
  }
  for (const signal of SIGNALS) process.once(signal, end);
  return release;
}
