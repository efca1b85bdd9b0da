/** `gonogo rules`: all rules as a table or as JSON. */
import { explainRule, ruleIds } from '../../explained.ts';
import { renderRules, rulesJson } from '../../report/rules.ts';
import { canvasFor } from '../canvas.ts';
import { print } from '../streams.ts';

/** Prints the rules. */
export async function rules(format: 'table' | 'json'): Promise<void> {
  const explained = await Promise.all([...new Set(ruleIds().values())].map((id) => explainRule(id)));
  print(format === 'json' ? rulesJson(explained) : renderRules(explained, canvasFor({})));
}
