/** Assesses whether packages for development alone are free of vulnerabilities that are long past a deadline of their own. */
import { answerFrom, DATA_AGE } from '../advisory-data.ts';
import { deadlinesFrom, SEVERITIES, standingOf, type Timed } from '../deadlines.ts';
import { defineCheck } from '../define.ts';
import { isProduction, isVulnerability, withoutExcepted } from '../open-vulnerabilities.ts';
import { duration, map } from '../params.ts';
import { vulnerabilityProblem } from '../vulnerability-problem.ts';
import { counted } from '../words.ts';

export const check = defineCheck({
  summary:
    'The same as vulnerabilities-within-deadline for packages that the lockfile marks as needed for development alone, with deadlines one level lower.',
  needs: ['advisories', 'scan-reports'],
  params: {
    deadlines: map('How soon one is gone, by severity; one that is not named has no deadline.', { critical: '60d' }),
    data_age: duration(DATA_AGE, '30d'),
  },
  assess({ evidence, params, asOf }) {
    const { facts } = evidence.advisories;
    const deadlines = deadlinesFrom(params.deadlines);
    const all = facts.matches.filter((it) => isVulnerability(it) && !isProduction(it) && it.verdict === 'affected');
    const { open } = withoutExcepted(all, evidence['scan-reports'].facts.exceptions, asOf);
    const late = open.flatMap((match) => {
      const limit = deadlines[SEVERITIES[match.advisory.severity] as Timed];
      const standing = limit === undefined ? undefined : standingOf(match, limit, asOf);
      return standing && standing.over > 0 && limit !== undefined ? [{ match, limit, over: standing.over }] : [];
    });
    const rest = open.length === late.length ? '' : ` (${open.length - late.length} more have none or time left)`;
    return answerFrom(
      facts,
      {
        breaches: late.map(({ match, over, limit }) =>
          vulnerabilityProblem(match, `${counted(over, 'day')} past its deadline of ${counted(limit, 'day')}`),
        ),
        breached: `${counted(late.length, 'vulnerability', 'vulnerabilities')} in development packages ${late.length === 1 ? 'is' : 'are'} past the deadline${rest}`,
        clean: `no vulnerability in development packages is past its deadline${rest}`,
      },
      { maxAge: params.data_age, asOf },
    );
  },
});
