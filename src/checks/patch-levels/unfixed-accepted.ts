/** Assesses whether vulnerabilities without a fix have been looked at: an exception with an end says so. */
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
    'Takes the vulnerabilities of production packages for which no advisory names a fixed version. After some time each needs an exception that is still running. A Go module that is needed only through others may not be used at all: it leaves the answer open, unless govulncheck runs in the pipeline.',
  needs: ['advisories', 'scan-reports', 'pipelines'],
  params: {
    after: duration('Time after publication from which on it has to be accepted.', '30d'),
    data_age: duration(DATA_AGE, '30d'),
  },
  assess({ manifest, evidence, params, asOf }) {
    const { facts } = evidence.advisories;
    const unfixed = facts.matches.filter(
      (it) =>
        isVulnerability(it) &&
        isProduction(it) &&
        !it.advisory.flags.includes('malicious') &&
        it.remedy.version === undefined &&
        it.remedy.after === undefined,
    );
    const { open, excepted } = withoutExcepted(unfixed, evidence['scan-reports'].facts.exceptions, asOf);
    const limit = days(params.after) ?? 30;
    const late = open.flatMap((match) => ((standingOf(match, limit, asOf)?.over ?? 0) > 0 ? [{ match }] : []));
    const sorted = byCertainty(late, { manifest, evidence });
    const { sure, doubtful } = sorted;
    const counts = [
      ...besides(sorted),
      ...(excepted.length > 0 ? [`${excepted.length} accepted`] : []),
      ...(open.length > late.length ? [`${open.length - late.length} younger`] : []),
    ];
    const rest = counts.length === 0 ? '' : ` (${counts.join(', ')})`;
    return answerFrom(
      facts,
      {
        breaches: sure.map(({ match }) => ({
          ...vulnerabilityProblem(match, 'it has no fix, and nobody has accepted it'),
          fix: 'Agree an exception with a reason, an owner and an end, or replace the package.',
        })),
        breached: `${counted(sure.length, 'vulnerability', 'vulnerabilities')} without a fix ${sure.length === 1 ? 'is' : 'are'} accepted by nobody${rest}`,
        clean: `no vulnerability without a fix waits to be accepted${rest}`,
        doubts: doubtsOf(doubtful, 'without a fix'),
      },
      { maxAge: params.data_age, asOf },
    );
  },
});
