/** Assesses whether alerts on errors hold them against the traffic, so that they mean the same at noon and at night. */
import { alertScope, everyAlert, type JudgedAlert, namesOf, withoutAlerts } from '../alert-scope.ts';
import { defineCheck, notApplicable } from '../define.ts';
import { list } from '../params.ts';
import { severityParams } from '../severity.ts';
import { share } from '../shares.ts';
import { isAboutErrors, type Measure, measureOf, reasonGiven } from './error-measure.ts';

export const check = defineCheck({
  summary:
    'Reads the query of every alert that asks somebody to act and whose metrics are of errors. One that divides errors by a metric of requests, watches a recorded ratio or a burn rate is relative. A rate or an increase compared with a number is absolute, and stands only with a reason in an annotation. An alert on the first of something that is not counted in requests, such as a failed backup, and one on a state are not asked.',
  needs: ['alerts', 'references'],
  params: {
    reasons: list('Annotations that say why an alert counts and does not divide.', [
      'absolute_because',
      'absolute_count',
      'threshold_reason',
    ]),
    ...severityParams,
  },
  assess(subject) {
    const { params } = subject;
    const scope = alertScope(subject);
    if (scope.alerts.length === 0) return withoutAlerts(scope, subject);
    const about = scope.alerts.filter((alert) => !alert.urgency.informational && isAboutErrors(alert));
    const measured = about.map((alert) => ({ alert, measure: measureOf(alert) }));
    const of = (wanted: Measure): readonly JudgedAlert[] =>
      measured.filter(({ measure }) => measure === wanted).map(({ alert }) => alert);
    const [shares, counts, unclear] = [of('share'), of('count'), of('unclear')];
    const aside = of('first').length + of('state').length;
    const asked = shares.length + counts.length + unclear.length;
    if (asked === 0)
      return notApplicable(
        aside > 0
          ? `${share(0, scope.alerts.length, 'alert', ['counts', 'count'])} failed requests; ${aside} on single failures ${aside === 1 ? 'is' : 'are'} not asked`
          : `${share(0, scope.alerts.length, 'alert', ['watches', 'watch'])} errors`,
        { evidence: scope.alerts.slice(0, 1).map(({ at }) => at) },
      );
    const reasoned = counts.filter((alert) => reasonGiven(alert, params.reasons) !== undefined);
    const absolute = counts.filter((alert) => !reasoned.includes(alert));
    const because = [
      `${share(shares.length, asked, ['alert on errors', 'alerts on errors'], ['holds', 'hold'])} them against the traffic`,
      reasoned.length > 0 ? `${reasoned.length} ${reasoned.length === 1 ? 'counts' : 'count'} for a reason given` : '',
      aside > 0 ? `${aside} on single failures not asked` : '',
    ].filter(Boolean);
    return everyAlert(scope, {
      because: because.join('; '),
      problems: absolute.map(problemOf),
      unclear:
        unclear.length > 0
          ? {
              because: `how ${namesOf(unclear)} ${unclear.length === 1 ? 'measures' : 'measure'} cannot be told from the query`,
              at: unclear.map(({ exprAt }) => exprAt),
            }
          : undefined,
      shown: [...shares, ...reasoned].map(({ exprAt }) => exprAt),
    });
  },
});

function problemOf({ name, exprAt, comparisons }: JudgedAlert): {
  message: string;
  at: typeof exprAt;
  fix: string;
  subject: string;
} {
  const bound = comparisons.find(({ number }) => number !== undefined);
  const limit = bound ? ` (${bound.op} ${bound.number})` : '';
  return {
    message: `${name} counts errors whatever the traffic${limit}: too late at night, too often at the peak`,
    at: exprAt,
    fix: 'Divide by all requests, or alert on the burn rate of an objective; or say why in `absolute_because`.',
    subject: name,
  };
}
