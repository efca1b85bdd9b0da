/** What `verify` loads, built as one file. */
import { verify as run, type VerifyFlags } from './commands/verify.ts';
import { guarded } from './guarded.ts';
import type { Outcome } from './program.ts';

/** `gonogo verify`. */
export function verify(path: string, flags: VerifyFlags, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => run(path, flags, outcome));
}
