/** `gonogo explain`: one rule in full. */
import { explainRule, ruleIds } from '../../explained.ts';
import { renderExplanation } from '../../report/explain.ts';
import { canvasFor } from '../canvas.ts';
import { ruleNamed } from '../rule-named.ts';
import { print } from '../streams.ts';
import { type YardstickFlags, yardstickHere } from '../yardstick.ts';

/** Prints the explanation of a rule, by id, alias or the part after the area. */
export async function explain(word: string, flags: YardstickFlags): Promise<void> {
  const yardstick = await yardstickHere(flags);
  const id = ruleNamed(word, ruleIds(yardstick), 'explain');
  print(renderExplanation(await explainRule(id, yardstick), canvasFor({})));
}
