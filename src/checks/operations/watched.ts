/** Which alerts watch a limit, a certificate or a volume, by name where the manifest says so, else by what their queries select. Pure. */

import { wordsOf } from '../../evidence/queries/signals.ts';
import { satisfies } from '../../evidence/routes/route-matcher.ts';
import type { Finite } from '../../evidence/workloads/finite.ts';
import type { JudgedAlert } from '../alert-scope.ts';

type Metric = JudgedAlert['metrics'][number];

const CERTIFICATE =
  /^(certmanager_certificate_expiration|x509_cert_(not_after|expires_in)|nginx_ingress_controller_ssl_expire)/;
const VOLUME = /^kubelet_volume_stats_(available|used|free)_bytes$/;
const CERTIFICATE_LABELS = /^(name|certificate|secret_name|secretname|secret)$/;
const VOLUME_LABELS = /^(persistentvolumeclaim|pvc)$/;

/** Alerts whose metrics tell of a limit by all words of its id; alerts may be called anything. */
export function watchingLimit(id: string, alerts: readonly JudgedAlert[]): readonly JudgedAlert[] {
  const wanted = [...wordsOf(id)].map(stem);
  return alerts.filter(({ metrics }) => {
    const words = new Set(metrics.flatMap(({ name }) => [...wordsOf(name)].map(stem)));
    return wanted.length > 0 && wanted.every((word) => words.has(word));
  });
}

/** Alerts whose query selects a certificate or a volume. `possible`: whether it does cannot be told. */
export function watchingFinite(
  { type, name, kind }: Pick<Finite, 'type' | 'name' | 'kind'>,
  alerts: readonly JudgedAlert[],
): { readonly certain: readonly JudgedAlert[]; readonly possible: readonly JudgedAlert[] } {
  const [metric, label] = type === 'certificate' ? [CERTIFICATE, CERTIFICATE_LABELS] : [VOLUME, VOLUME_LABELS];
  const called = kind === 'StatefulSet' ? `${name}-0` : name;
  const answers = alerts.map((alert) => {
    const own = alert.metrics.filter((it) => metric.test(it.name));
    return { alert, answer: own.length === 0 ? false : selectsAll(own, label, called) };
  });
  return {
    certain: answers.filter(({ answer }) => answer === true).map(({ alert }) => alert),
    possible: answers.filter(({ answer }) => answer === undefined).map(({ alert }) => alert),
  };
}

/** Every selector has to let the name through. */
function selectsAll(metrics: readonly Metric[], label: RegExp, name: string): boolean | undefined {
  const answers = metrics
    .flatMap(({ matchers }) => matchers.filter((it) => label.test(it.label)))
    .map((matcher) => satisfies({ [matcher.label]: name }, matcher));
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** Alarms on the days that certificates of AWS are still good for; which one each is about stands in its dimensions. */
export function watchingAcm(alerts: readonly JudgedAlert[]): readonly JudgedAlert[] {
  return alerts.filter(
    ({ engine, metrics }) => engine === 'cloudwatch' && metrics.some(({ name }) => name === 'DaysToExpiry'),
  );
}

function stem(word: string): string {
  return word.replace(/(?<=[a-z]{2})s$/, '');
}
