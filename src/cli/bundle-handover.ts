/** What `handover` loads, built as one file. */
import { type HandoverOptions, handover as run } from './commands/handover.ts';
import { guarded } from './guarded.ts';
import type { Outcome } from './program.ts';

/** `gonogo handover`. */
export function handover(path: string, options: HandoverOptions, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => run(path, options));
}
