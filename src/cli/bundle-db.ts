/** What `gonogo db` loads, built as one file. */
import * as db from './commands/db.ts';
import { guarded } from './guarded.ts';
import type { Outcome } from './program.ts';

/** `gonogo db status`. */
export function status(flags: db.StatusFlags, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => db.status(flags));
}

/** `gonogo db update`. */
export function update(flags: db.UpdateFlags, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => db.update(flags, outcome));
}

/** `gonogo db import`. */
export function importFrom(paths: readonly string[], flags: db.ImportFlags, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => db.importFrom(paths, flags));
}

/** `gonogo db export`. */
export function exportTo(file: string, flags: db.ExportFlags, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => db.exportTo(file, flags));
}

/** `gonogo db build`. */
export function build(paths: readonly string[], flags: db.BuildFlags, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => db.build(paths, flags));
}
