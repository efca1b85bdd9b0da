/** `gonogo explain`: one rule in full. */
import { explainRule, ruleIds } from '../../explained.ts';
import { InputError } from '../../input-error.ts';
import { nearest } from '../../nearest.ts';
import { renderExplanation } from '../../report/explain.ts';
import { canvasFor } from '../canvas.ts';
import { print } from '../streams.ts';

/** Prints the explanation of a rule, by id, alias or the part after the area. */
export async function explain(word: string): Promise<void> {
  const ids = ruleIds();
  const id = ids.get(word) ?? [...ids.values()].find((it) => it.endsWith(`/${word}`));
  if (!id) {
    const close = nearest(word, ids.keys());
    throw new InputError(`no rule is called "${word}"`, 'explain', close ? `did you mean "${close}"?` : '`gonogo rules` lists them all');
  }
  print(renderExplanation(await explainRule(id), canvasFor({})));
}
