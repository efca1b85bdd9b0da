/**
 * Ctrl-C and termination: what we made is removed, then the signal ends the process as it would any other.
 * A handler is there only while there is something to remove: with one, a signal waits until the work at hand is done.
 */
import { removeLeftovers, watchLeftovers } from '../repo/leftovers.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Takes care of signals until released. */
export function onInterrupt(): () => void {
  let listening = false;
  let wanted = false;
  function listen(on: boolean): void {
    if (listening === on) return;
    listening = on;
    for (const signal of SIGNALS) process[on ? 'on' : 'off'](signal, end);
  }
  function end(signal: NodeJS.Signals): void {
    listen(false);
    removeLeftovers();
    process.kill(process.pid, signal);
  }
  watchLeftovers({
    begin() {
      wanted = true;
      listen(true);
    },
    end() {
      wanted = false;
      // A signal that came meanwhile is told in the next turn, and must still be heard.
      setImmediate(() => listen(wanted));
    },
  });
  return () => watchLeftovers(undefined);
}
