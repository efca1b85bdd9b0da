/** Assesses whether what wakes someone is something users notice, and whether each declared objective has a burn-rate alert over two windows. */
import { wordsOf } from '../../evidence/queries/signals.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Problem } from '../../model.ts';
import { alertScope, everyAlert, isOneName, type JudgedAlert, namesOf, withoutAlerts } from '../alert-scope.ts';
import { contradicted, defineCheck, missing, notApplicable, unknown } from '../define.ts';
import { flag, list } from '../params.ts';
import { severityParams } from '../severity.ts';
import { share } from '../shares.ts';
import { listed } from '../words.ts';
import { type Burn, burns } from './burn-rate.ts';

export const check = defineCheck({
  summary:
    "Classes the metrics of every alert that wakes someone: latency, errors, traffic, availability and burn rate are symptoms; processor, memory and disk are causes, unless `nfrs.capacity.limits` declares the limit; of any other nobody can tell. Looks for a burn-rate alert over two windows for each of the manifest's `slos`.",
  needs: ['alerts', 'references', 'slos'],
  params: {
    burn_rate: flag('Whether every declared objective needs a burn-rate alert over two windows.', true),
    causes: list('Words in metric names that tell of a cause and not of a symptom.', [
      'cpu',
      'memory',
      'mem',
      'heap',
      'disk',
      'filesystem',
      'fs',
      'inode',
      'inodes',
      'storage',
      'volume',
      'swap',
      'load1',
      'load5',
      'load15',
      'goroutines',
      'threads',
      'gc',
    ]),
    symptoms: list('Words in names of your own metrics that tell of what users notice, e.g. `payouts`.', []),
    ...severityParams,
  },
  assess(subject) {
    const { claims, params, at } = subject;
    const scope = alertScope(subject);
    const { alerts } = scope;
    if (alerts.length === 0) return withoutAlerts(scope, subject);
    const waking = alerts.filter(({ urgency }) => urgency.wakes === 'yes');
    const unsaid = alerts.filter(({ urgency }) => urgency.wakes === 'unknown');
    if (waking.length === 0 && unsaid[0]) {
      const names = namesOf(unsaid);
      return unknown(
        `which alerts wake someone cannot be told: ${names} ${isOneName(unsaid) ? 'has' : 'have'} no severity in a known word`,
        { evidence: [unsaid[0].at] },
      );
    }
    if (waking.length === 0) return notApplicable(`${share(0, alerts.length, 'alert', ['wakes', 'wake'])} anyone`);
    const [symptoms, rest] = split(waking, (alert) => isSymptom(alert, params.symptoms));
    const [suspects, other] = split(rest, (alert) => isCause(alert, params.causes));
    const [limits, causes] = split(suspects, (alert) => isDeclaredLimit(alert, claims));
    const objectives = params.burn_rate ? burns(subject, alerts) : [];
    const silent = objectives.filter(({ shownAt }) => !shownAt);
    const because = [
      `${share(symptoms.length, waking.length, ['alert that wakes someone', 'alerts that wake someone'], ['watches', 'watch'])} what users notice`,
      limits.length > 0 ? `${limits.length} a declared limit` : '',
      objectives.length > 0
        ? `${share(objectives.length - silent.length, objectives.length, 'objective', ['has', 'have'])} a burn-rate alert over two windows`
        : '',
    ]
      .filter(Boolean)
      .join('; ');
    const problems = [
      ...causes.map(causeProblem),
      ...silent.map((it) => ({ ...silentProblem(it), at: at(it.pointer) })),
    ];
    const evidence = [
      ...new Set([...symptoms.map((it) => it.at), ...objectives.flatMap(({ shownAt }) => shownAt ?? [])]),
    ].slice(0, 5);
    if (causes.length > 0) return contradicted(because, problems, { evidence });
    if (silent.length > 0) return missing(because, problems, { evidence });
    const what = `whether users notice what sets off ${namesOf(other)} cannot be told from the metrics`;
    const unclear = other.length > 0 ? { because: what, at: other.map((it) => it.at) } : undefined;
    return everyAlert(scope, { because, problems: [], unclear, shown: evidence });
  },
});

function split<T>(items: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

/** By the query's own metrics; a name alone promises nothing. */
function isSymptom({ signals, signalsFrom, metrics }: JudgedAlert, own: readonly string[]): boolean {
  if (metrics.some(({ name }) => own.some((word) => wordsOf(name).has(word.toLowerCase())))) return true;
  return signalsFrom === 'expr' && signals.some((it) => it !== 'saturation' && it !== 'other');
}

/** Only the query's own metrics make it a cause; a name alone does not. */
function isCause({ signals, signalsFrom, metrics }: JudgedAlert, causes: readonly string[]): boolean {
  if (signalsFrom !== 'expr' || signals.some((it) => it !== 'saturation')) return false;
  return metrics.some(({ name }) => [...wordsOf(name)].some((word) => causes.includes(word)));
}

/** A limit that ends the service when it is reached may page: `nfrs.capacity.limits` names it in the alert's words. */
function isDeclaredLimit({ name, metrics, file }: JudgedAlert, claims: Claims): boolean {
  const words = new Set([name, ...metrics.map((metric) => metric.name)].flatMap((it) => [...wordsOf(it)]));
  return (claims.nfrs?.capacity?.limits ?? []).some(
    ({ id, evidence }) =>
      (evidence ?? []).some((it) => it.endsWith(file) || file.endsWith(it)) ||
      [...wordsOf(id)].some((word) => word.length > 2 && words.has(word)),
  );
}

function causeProblem({ name, exprAt, metrics }: JudgedAlert): Problem {
  const seen = listed([...new Set(metrics.map((metric) => metric.name))].slice(0, 3));
  const message = `${name} wakes someone for ${seen}, which may hurt nobody`;
  const fix = 'Let it warn and page on what users notice; or declare the limit under `nfrs.capacity.limits`.';
  return { message, at: exprAt, fix, subject: name };
}

function silentProblem({ name }: Burn): Problem {
  const message = `nothing alerts when the error budget of ${name} burns quickly`;
  return {
    message,
    fix: `Add an alert on its burn rate over a long and a short window, labelled \`slo: ${name}\`.`,
    subject: name,
  };
}
