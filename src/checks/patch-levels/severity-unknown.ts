/** Assesses whether vulnerabilities whose severity nobody has stated are gone in time: they are treated as what the tier fears. */

import { days } from '../../dates.ts';
import { answerFrom, DATA_AGE } from '../advisory-data.ts';
import { besides, byCertainty, doubtsOf } from '../certainty.ts';
import { standingOf } from '../deadlines.ts';
import { defineCheck } from '../define.ts';
import { isProduction, isVulnerability, withoutExcepted } from '../open-vulnerabilities.ts';
import { duration } from '../params.ts';
import { vulnerabilityProblem } from '../vulnerability-problem.ts';
import { counted } from '../words.ts';

export const check = defineCheck({
  summary:
    'Takes the vulnerabilities of production packages whose records state no severity, neither as a CVSS vector nor as a word. Those with a fix have a deadline of their own; until then they are counted. A Go module that is needed only through others may not be used at all: it leaves the answer open, unless govulncheck runs in the pipeline.',
  needs: ['advisories', 'scan-reports', 'pipelines'],
  params: {
    deadline: duration('How soon one of unknown severity is gone.', '30d'),
    data_age: duration(DATA_AGE, '30d'),
  },
  assess({ manifest, evidence, params, asOf }) {
    const { facts } = evidence.advisories;
    const unrated = facts.matches.filter(
      (it) => isVulnerability(it) && it.advisory.severity === 0 && !it.advisory.flags.includes('malicious'),
    );
    const { open } = withoutExcepted(unrated.filter(isProduction), evidence['scan-reports'].facts.exceptions, asOf);
    const limit = days(params.deadline) ?? 30;
    const late = open
      .filter(({ remedy }) => (remedy.version ?? remedy.after) !== undefined)
      .flatMap((match) => {
        const standing = standingOf(match, limit, asOf);
        return standing && standing.over > 0 ? [{ match, over: standing.over }] : [];
      });
    const sorted = byCertainty(late, { manifest, evidence });
    const { sure, doubtful } = sorted;
    const others = open.length - late.length;
    const counts = [...besides(sorted), ...(others > 0 ? [`${others} within its deadline or without a fix`] : [])];
    const rest = counts.length === 0 ? '' : ` (${counts.join(', ')})`;
    return answerFrom(
      facts,
      {
        breaches: sure.map(({ match, over }) =>
          vulnerabilityProblem(
            match,
            `nobody has rated it, and it is ${counted(over, 'day')} past its deadline of ${counted(limit, 'day')}`,
          ),
        ),
        breached: `${counted(sure.length, 'vulnerability', 'vulnerabilities')} of unknown severity ${sure.length === 1 ? 'is' : 'are'} past the deadline${rest}`,
        clean: `no vulnerability of unknown severity is past its deadline${rest}`,
        doubts: doubtsOf(doubtful, 'of unknown severity past the deadline'),
      },
      { maxAge: params.data_age, asOf },
    );
  },
});
