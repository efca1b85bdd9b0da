/** `gonogo rules`: all rules as a table or as JSON. */
import { explainRule, ruleIds } from '../../explained.ts';
import { renderRules, rulesJson } from '../../report/rules.ts';
import { canvasFor } from '../canvas.ts';
import { print } from '../streams.ts';
import { type YardstickFlags, yardstickHere } from '../yardstick.ts';

/** Flags of `rules`. */
export interface RulesFlags extends YardstickFlags {
  readonly format: 'table' | 'json';
}

/** Prints the rules. */
export async function rules(flags: RulesFlags): Promise<void> {
  const yardstick = await yardstickHere(flags);
  const ids = [...new Set(ruleIds(yardstick).values())];
  const explained = await Promise.all(ids.map((id) => explainRule(id, yardstick)));
  print(flags.format === 'json' ? rulesJson(explained) : renderRules(explained, canvasFor({})));
}
