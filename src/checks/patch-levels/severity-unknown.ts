/** Assesses whether vulnerabilities whose severity nobody has stated are gone in time: they are treated as what the tier fears. */

import { days } from '../../dates.ts';
import { answerFrom, DATA_AGE } from '../advisory-data.ts';
import { standingOf } from '../deadlines.ts';
import { defineCheck } from '../define.ts';
import { isProduction, isVulnerability, withoutExcepted } from '../open-vulnerabilities.ts';
import { duration } from '../params.ts';
import { vulnerabilityProblem } from '../vulnerability-problem.ts';
import { counted } from '../words.ts';

export const check = defineCheck({
  summary:
    'Takes the vulnerabilities of production packages whose records state no severity, neither as a CVSS vector nor as a word. Those with a fix have a deadline of their own; until then they are counted.',
  needs: ['advisories', 'scan-reports'],
  params: {
    deadline: duration('How soon one of unknown severity is gone.', '30d'),
    data_age: duration(DATA_AGE, '30d'),
  },
  assess({ evidence, params, asOf }) {
    const { facts } = evidence.advisories;
    const unrated = facts.matches.filter(
      (it) => isVulnerability(it) && it.advisory.severity === 0 && !it.advisory.flags.includes('malicious'),
    );
    const { open } = withoutExcepted(unrated.filter(isProduction), evidence['scan-reports'].facts.exceptions, asOf);
    const limit = days(params.deadline) ?? 30;
    const late = open
      .filter(({ remedy, verdict }) => verdict === 'affected' && (remedy.version ?? remedy.after) !== undefined)
      .flatMap((match) => {
        const standing = standingOf(match, limit, asOf);
        return standing && standing.over > 0 ? [{ match, over: standing.over }] : [];
      });
    const counts = open.length === 0 ? '' : ` (${open.length} within its deadline, uncertain or without a fix)`;
    return answerFrom(
      facts,
      {
        breaches: late.map(({ match, over }) =>
          vulnerabilityProblem(
            match,
            `nobody has rated it, and it is ${counted(over, 'day')} past its deadline of ${counted(limit, 'day')}`,
          ),
        ),
        breached: `${counted(late.length, 'vulnerability', 'vulnerabilities')} of unknown severity ${late.length === 1 ? 'is' : 'are'} past the deadline`,
        clean: `no vulnerability of unknown severity is past its deadline${counts}`,
      },
      { maxAge: params.data_age, asOf },
    );
  },
});
