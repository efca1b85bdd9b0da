/** `gonogo explain`: one rule in full. */
import { explainRule, ruleIds } from '../../explained.ts';
import { renderExplanation } from '../../report/explain.ts';
import { canvasFor } from '../canvas.ts';
import { ruleNamed } from '../rule-named.ts';
import { print } from '../streams.ts';

/** Prints the explanation of a rule, by id, alias or the part after the area. */
export async function explain(word: string): Promise<void> {
  const id = ruleNamed(word, ruleIds(), 'explain');
  print(renderExplanation(await explainRule(id), canvasFor({})));
}
