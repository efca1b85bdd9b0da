/** What is there only for now, temporary files and programs that run, so that whoever ends the process early can remove them. Installs no signal handler itself. */
import { rmSync } from 'node:fs';

/** Told when the first one is made and when the last one is gone. */
export interface Watch {
  begin(): void;
  end(): void;
}

const present = new Set<string>();
/** What ends each program that runs now. */
const running = new Set<() => void>();
let watch: Watch | undefined;

/** Whom to tell; undefined for nobody. */
export function watchLeftovers(its: Watch | undefined): void {
  watch = its;
}

/** To be called before a temporary file or folder is made. */
export function willLeave(path: string): void {
  present.add(path);
  if (present.size + running.size === 1) watch?.begin();
}

/** To be called when it is gone or has got its final name. */
export function hasGone(path: string): void {
  if (present.delete(path) && present.size + running.size === 0) watch?.end();
}

/** To be called before a program is started that this process waits for without standing still. */
export function willRun(end: () => void): void {
  running.add(end);
  if (present.size + running.size === 1) watch?.begin();
}

/** To be called when it has ended. */
export function hasEnded(end: () => void): void {
  if (running.delete(end) && present.size + running.size === 0) watch?.end();
}

/** Ends and removes what is there. */
export function removeLeftovers(): void {
  for (const end of running) end();
  running.clear();
  for (const path of present) rmSync(path, { recursive: true, force: true });
  present.clear();
}
