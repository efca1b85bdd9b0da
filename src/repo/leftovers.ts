/** Temporary files and folders that are there right now, so that whoever ends the process early can remove them. Installs no signal handler itself. */
import { rmSync } from 'node:fs';

/** Told when the first one is made and when the last one is gone. */
export interface Watch {
  begin(): void;
  end(): void;
}

const present = new Set<string>();
let watch: Watch | undefined;

/** Whom to tell; undefined for nobody. */
export function watchLeftovers(its: Watch | undefined): void {
  watch = its;
}

/** To be called before a temporary file or folder is made. */
export function willLeave(path: string): void {
  present.add(path);
  if (present.size === 1) watch?.begin();
}

/** To be called when it is gone or has got its final name. */
export function hasGone(path: string): void {
  if (present.delete(path) && present.size === 0) watch?.end();
}

/** Removes what is there. */
export function removeLeftovers(): void {
  for (const path of present) rmSync(path, { recursive: true, force: true });
  present.clear();
}
