/** Assesses whether it is written down what stops when an error budget is spent. */
import type { BudgetPassage } from '../../evidence/error-budget.ts';
import { referenceAt } from '../../evidence/references/lookup.ts';
import type { Problem } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing, notApplicable, unknown, verified } from '../define.ts';
import { integer } from '../params.ts';
import { counted } from '../words.ts';
import { objectivesOf } from './attainment.ts';

const FIX =
  'Write in a few sentences what stops when the budget is spent (releases of features, risky changes), what comes first instead, who decides, and when it ends; name the page in `operations.error_budget_policy`.';

export const check = defineCheck({
  summary:
    'Reads the page that `operations.error_budget_policy` names, else headings such as "Error budget policy". It has to be filled in, and one sentence, or one close after it, has to say that the budget is spent and what then stops or comes first. Whether the team lives by it is not asked here. A page in another language than English is not judged.',
  needs: ['error-budget', 'references', 'slos'],
  params: { min_words: integer('Fewest words that say more than a heading.', 25, 1) },
  assess(subject) {
    const { evidence, manifest, params } = subject;
    const claim = referenceAt(evidence.references.facts, '/operations/error_budget_policy');
    if (!claim && objectivesOf(subject).length === 0)
      return notApplicable('there is no objective with a number, so there is no budget');
    const { passages } = evidence['error-budget'].facts;
    const said = passages.find(
      ({ state, consequence, words }) => state === 'filled' && consequence !== undefined && words >= params.min_words,
    );
    if (said) return verified(`"${said.title}" says: "${said.consequence}"`, [said.at], { claim: claim?.at });
    const [first] = passages;
    if (first) return falling(first, params.min_words);
    if (claim?.outcome === 'url' || claim?.outcome === 'root-not-at-hand')
      return declared(`the policy is said to be at ${claim.target}, which is not opened`, claim.at);
    if (claim)
      return contradicted(`${claim.target} is said to be the policy, and no such text is there`, [
        {
          message: `nothing to read at ${claim.target}`,
          at: claim.at,
          fix: 'Correct the reference, or write the policy.',
          subject: claim.target,
        },
      ]);
    return missing(`${unclaimed(manifest, "an error budget's policy")}, and no page has one`, [
      {
        message: 'nothing says what stops when the budget is spent',
        ...placed(claimPlace(subject, '/operations')),
        fix: FIX,
        subject: 'policy',
      },
    ]);
  },
});

function falling({ title, at, words, state, consequence }: BudgetPassage, least: number) {
  const problem = (message: string): readonly Problem[] => [{ message, at, fix: FIX, subject: title }];
  if (state !== 'filled') return missing(`"${title}" is not filled in`, problem('it is a heading and nothing more'));
  if (words < least)
    return missing(
      `"${title}" has ${counted(words, 'word')}`,
      problem(`${counted(words, 'word')} hardly say what stops, what comes first and who decides`),
    );
  if (consequence === undefined)
    return unknown(
      `"${title}" has ${counted(words, 'word')}, and none of its sentences is recognised as what stops when the budget is spent`,
      { evidence: [at], problems: problem('what stops is not said in words that are recognised') },
    );
  return missing(`"${title}" is not whole`, problem('it does not say what stops'));
}
