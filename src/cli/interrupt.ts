/**
 * Ctrl-C and termination: what we made is removed, then the signal ends the process as it would any other.
 * A handler is there only while there is something to remove or to end in order: with one, a signal waits until the work at hand is done.
 */
import { removeLeftovers, watchLeftovers } from '../repo/leftovers.ts';
import { endChildren } from './children.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let listening = false;
let leftovers = false;
/** Whoever ends in order is there, and is told of the first signal only. */
let orderly: { readonly tell: (signal: NodeJS.Signals) => void; told: boolean } | undefined;

/** Takes care of signals until released. */
export function onInterrupt(): () => void {
  watchLeftovers({
    begin() {
      leftovers = true;
      listen();
    },
    end() {
      leftovers = false;
      // A signal that came meanwhile is told in the next turn, and must still be heard.
      setImmediate(listen);
    },
  });
  return () => watchLeftovers(undefined);
}

/** The first signal is told instead of ending the process, until released; a second one ends it at once. */
export function endingInOrder(tell: (signal: NodeJS.Signals) => void): () => void {
  orderly = { tell, told: false };
  listen();
  return () => {
    orderly = undefined;
    listen();
  };
}

/** Ends the process by a signal, and with it the programs that we started; what we made is removed. */
export function endBy(signal: NodeJS.Signals): void {
  silence();
  endChildren();
  removeLeftovers();
  process.kill(process.pid, signal);
}

function listen(): void {
  const wanted = leftovers || orderly !== undefined;
  if (listening === wanted) return;
  if (wanted) hear();
  else silence();
}

function hear(): void {
  listening = true;
  for (const signal of SIGNALS) process.on(signal, heard);
}

function silence(): void {
  listening = false;
  for (const signal of SIGNALS) process.off(signal, heard);
}

function heard(signal: NodeJS.Signals): void {
  if (orderly && !orderly.told) {
    orderly.told = true;
    orderly.tell(signal);
  } else endBy(signal);
}
