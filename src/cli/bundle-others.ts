/** What the other commands load, built as one file. */

import type { Command } from 'commander';
import type { KindName } from '../scaffold/kinds.ts';
import { type BaselineFlags, baseline as runBaseline } from './commands/baseline.ts';
import { completion as runCompletion, type Shell } from './commands/completion.ts';
import { type DiffOptions, diff as runDiff } from './commands/diff.ts';
import { explain as runExplain } from './commands/explain.ts';
import { type InitOptions, init as runInit } from './commands/init.ts';
import { page as runPage } from './commands/page.ts';
import { type RulesFlags, rules as runRules } from './commands/rules.ts';
import { scaffold as runScaffold, type ScaffoldFlags } from './commands/scaffold.ts';
import { schema as runSchema } from './commands/schema.ts';
import { verify as runVerify, type VerifyFlags } from './commands/verify.ts';
import { waive as runWaive, type WaiveOptions } from './commands/waive.ts';

export { explainOptions } from './explain-options.ts';

import { guarded } from './guarded.ts';
import type { Outcome } from './program.ts';
import type { YardstickFlags } from './yardstick.ts';

/** `gonogo init`. */
export function init(path: string, options: InitOptions, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => runInit(path, options));
}

/** `gonogo completion`. */
export function completion(shell: Shell, program: Command, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => runCompletion(shell, program));
}

/** `gonogo baseline`. */
export function baseline(path: string, flags: BaselineFlags, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => runBaseline(path, flags));
}

/** `gonogo diff`. */
export function diff(a: string, b: string, flags: DiffOptions, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => runDiff(a, b, flags, outcome));
}

/** `gonogo explain`. */
export function explain(rule: string, flags: YardstickFlags, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => runExplain(rule, flags));
}

/** `gonogo page`. */
export function page(alert: string, path: string, command: Command, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => runPage(alert, path, command));
}

/** `gonogo rules`. */
export function rules(flags: RulesFlags, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => runRules(flags));
}

/** `gonogo scaffold`. */
export function scaffold(
  kind: KindName,
  name: string | undefined,
  flags: ScaffoldFlags,
  outcome: Outcome,
): Promise<void> {
  return guarded(outcome, () => runScaffold(kind, name, flags));
}

/** `gonogo schema`. */
export function schema(name: string, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => runSchema(name));
}

/** `gonogo verify`. */
export function verify(path: string, flags: VerifyFlags, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => runVerify(path, flags, outcome));
}

/** `gonogo waive`. */
export function waive(rule: string, options: WaiveOptions, outcome: Outcome): Promise<void> {
  return guarded(outcome, () => runWaive(rule, options));
}
