/** An audit that is told to stop: nothing new is begun, what is done is kept, and the process ends within two seconds. */
import { constants } from 'node:os';
import { endChildren } from './children.ts';
import { endBy, endingInOrder } from './interrupt.ts';

/** Milliseconds for what is being judged to end by itself, and for threads to end when they are told to. */
const GRACE = 800;

/** Runs work until it is done or a signal came; the exit code of the latter. `abandon` ends what is still being done. */
export async function untilStopped(
  run: (stop: AbortSignal) => Promise<void>,
  abandon: () => Promise<void>,
  onSignal: () => void,
): Promise<number | undefined> {
  const stop = new AbortController();
  let came: NodeJS.Signals | undefined;
  let stopped: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    stopped = resolve;
  });
  const release = endingInOrder((signal) => {
    came = signal;
    onSignal();
    stop.abort();
    stopped();
  });
  try {
    const work = run(stop.signal);
    await Promise.race([work, told]);
    if (came === undefined) return await work.then(() => undefined);
    await Promise.race([work, waiting(GRACE)]);
    await ended(abandon, came);
    return 128 + constants.signals[came];
  } finally {
    release();
  }
}

/** A thread that waits for git ends when git does. */
async function ended(abandon: () => Promise<void>, signal: NodeJS.Signals): Promise<void> {
  const gone = abandon().then(() => true);
  if (await Promise.race([gone, waiting(GRACE / 4).then(() => false)])) return;
  endChildren();
  if (!(await Promise.race([gone, waiting(GRACE / 4).then(() => false)]))) endBy(signal);
}

function waiting(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
