/** Assesses whether the manifest was reviewed within the time its tier allows. */
import { addDays, days, daysBetween } from '../../dates.ts';
import { contradicted, declared, defineCheck, missing, notApplicable, stale } from '../define.ts';
import { duration } from '../params.ts';
import { counted } from '../words.ts';

export const check = defineCheck({
  summary:
    'Reads `reviewed.on` in the manifest: not in the future, and not older than the tier allows. Nothing in a repository shows that somebody read it, so the best answer is "declared".',
  needs: [],
  params: { max_age: duration('How long a review stays good.', '180d') },
  assess({ manifest, claims, params, asOf, service, at }) {
    if (manifest.state !== 'valid') return notApplicable('there is no valid manifest to review');
    const { reviewed } = claims;
    const fix = `Read it with the team, correct what is wrong, and set \`reviewed: { on: ${asOf}, by: … }\`.`;
    if (!reviewed) {
      const problem = {
        message: 'nobody says when the manifest was last found true',
        at: at('/reviewed'),
        fix,
        subject: 'reviewed',
      };
      return missing(`${manifest.path} has no review date`, [problem]);
    }
    const claim = at('/reviewed');
    const age = daysBetween(reviewed.on, asOf);
    if (age < 0) {
      const problem = {
        message: `reviewed on ${reviewed.on}, which is ${counted(-age, 'day')} in the future`,
        at: claim,
        fix: 'Give the day on which it was read.',
        subject: 'reviewed',
      };
      return contradicted(`the review is dated ${reviewed.on}, after ${asOf}`, [problem], { claim });
    }
    const limit = days(params.max_age) ?? 0;
    const said = `reviewed on ${reviewed.on}${reviewed.by ? ` by ${reviewed.by}` : ''}, ${counted(age, 'day')} ago`;
    if (age <= limit) return declared(`${said}; good for ${limit} days, until ${addDays(reviewed.on, limit)}`, claim);
    const message = `the review is ${age} days old; a tier ${service.tier} manifest is read again after ${limit} days`;
    return stale(`${said}, ${age - limit} days too long`, [{ message, at: claim, fix, subject: 'reviewed' }], {
      claim,
    });
  },
});
