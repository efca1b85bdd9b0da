/** What `test-rules` loads, built as one file. */
import { testRules as run, type TestRulesFlags } from './commands/test-rules.ts';
import { guarded } from './guarded.ts';
import type { Outcome } from './program.ts';

/** `gonogo test-rules`. */
export function testRules(path: string, flags: TestRulesFlags, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => run(path, flags, outcome));
}
