/** Assesses whether every known vulnerability in production packages is gone by its deadline, by severity and tier. */
import { answerFrom, DATA_AGE } from '../advisory-data.ts';
import { besides, byCertainty, doubtsOf } from '../certainty.ts';
import { deadlinesFrom, SEVERITIES, standingOf, type Timed } from '../deadlines.ts';
import { defineCheck } from '../define.ts';
import { isProduction, isVulnerability, withoutExcepted } from '../open-vulnerabilities.ts';
import { duration, map } from '../params.ts';
import { vulnerabilityProblem } from '../vulnerability-problem.ts';
import { counted } from '../words.ts';

export const check = defineCheck({
  summary:
    'Holds every locked package that runs in production against the advisory data (`--db`, `gonogo db update`, or `--online`). A vulnerability with a known fix is a breach once its deadline is over; the clock starts on the later of publication and the fix’s release. Packages for development alone, flaws without a fix, and agreed exceptions are counted and do not breach. A Go module that is needed only through others may not be used at all: it leaves the answer open, unless govulncheck runs in the pipeline.',
  needs: ['advisories', 'scan-reports', 'pipelines'],
  params: {
    deadlines: map('How soon one is gone, by severity; one that is not named has no deadline.', {
      critical: '30d',
      high: '60d',
    }),
    data_age: duration(DATA_AGE, '30d'),
  },
  assess({ manifest, evidence, params, claims, asOf }) {
    const { facts } = evidence.advisories;
    const deadlines = deadlinesFrom(params.deadlines, claims.packages?.deadlines);
    const all = facts.matches.filter((it) => isVulnerability(it) && it.advisory.severity > 0);
    const production = all.filter(isProduction);
    const { open, excepted } = withoutExcepted(production, evidence['scan-reports'].facts.exceptions, asOf);
    const fixable = open.filter(({ remedy }) => remedy.version !== undefined || remedy.after !== undefined);
    const timed = fixable.flatMap((match) => {
      const limit = deadlines[SEVERITIES[match.advisory.severity] as Timed];
      const standing = limit === undefined ? undefined : standingOf(match, limit, asOf);
      return standing && limit !== undefined ? [{ match, limit, ...standing }] : [];
    });
    const late = timed.filter(({ over }) => over > 0).sort((a, b) => b.over - a.over);
    const sorted = byCertainty(late, { manifest, evidence });
    const { sure, doubtful } = sorted;
    const aside = [
      ...besides(sorted),
      ...inWords(timed.length - late.length, 'within its deadline', 'within their deadlines'),
      ...inWords(open.length - fixable.length, 'without a fix'),
      ...inWords(excepted.length, 'excepted until a day'),
      ...inWords(all.length - production.length, 'in development packages'),
    ];
    const rest = aside.length === 0 ? '' : ` (${aside.join(', ')})`;
    return answerFrom(
      facts,
      {
        breaches: sure.map(({ match, over, limit }) =>
          vulnerabilityProblem(match, `${counted(over, 'day')} past its deadline of ${counted(limit, 'day')}`),
        ),
        breached: `${counted(sure.length, 'vulnerability is', 'vulnerabilities are')} past the deadline${rest}`,
        clean: `no known vulnerability is past its deadline${rest}`,
        doubts: doubtsOf(doubtful, 'past the deadline'),
      },
      { maxAge: params.data_age, asOf },
    );
  },
});

function inWords(count: number, one: string, many = one): readonly string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
}
