/** Whether a reason is one. Looks at its words only. */
import { placeholderIn } from '../placeholders.ts';

const EMPTY =
  /^(it is |it's |this is |this rule is |rule is |does )?(not (needed|required|relevant|necessary|used|apply|applicable)( here| for us| to us| to this service)?|no need|irrelevant|because|none|skip(ped)?|ignore(d)?|see above|same|by design|legacy)\.?$/i;
const LATER =
  /\b(not yet|no time|in progress|wip|backlog|next (sprint|quarter|month|year|release)|to be done|coming soon)\b/i;

/** Least number of letters and digits in a reason that sets a rule aside. */
export const REASON_LETTERS = 8;

/** Why a reason is none, and what to do; undefined for one of substance. */
export function emptiness(
  reason: string,
  letters: number,
): { readonly message: string; readonly fix: string } | undefined {
  const text = reason.trim();
  const fix = 'Say what about the service makes the rule pointless, e.g. "it consumes no queue".';
  if (LATER.test(text)) {
    const waive = 'Make it a waiver in gonogo.waivers.yaml, with an owner and an end.';
    return {
      message: `the reason "${text}" says that the work is still to be done, not that the rule does not concern the service`,
      fix: waive,
    };
  }
  const length = text.replace(/[^\p{L}\p{N}]/gu, '').length;
  if (length < letters || EMPTY.test(text) || placeholderIn(text))
    return { message: `the reason "${text}" says nothing about the service`, fix };
  return undefined;
}
