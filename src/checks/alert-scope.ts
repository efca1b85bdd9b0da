/** Which alerts are judged: this service's, each with what its severity says; and what has to be said when some or all could not be read. Pure. */

import type { Alert } from '../evidence/alerts.ts';
import { referencesUnder } from '../evidence/references/lookup.ts';
import type { Evidence } from '../generated/evidence.ts';
import type { Claims } from '../manifest/manifest.ts';
import type { Assessment, Place, Problem, Service, Unread } from '../model.ts';
import { contradicted, notApplicable, unknown, verified } from './define.ts';
import { distinct } from './places.ts';
import { type SeverityParams, type Urgency, urgencyOf } from './severity.ts';
import { isAnothers } from './whose.ts';
import { shortened } from './words.ts';

/** What every check of alerts knows. */
export interface AlertSubject {
  readonly service: Service;
  readonly claims: Claims;
  readonly evidence: Pick<Evidence, 'alerts' | 'references'>;
  readonly params: SeverityParams;
}

/** An alert and what its severity says. */
export interface JudgedAlert extends Alert {
  readonly urgency: Urgency;
}

/** The alerts to judge. */
export interface AlertScope {
  readonly alerts: readonly JudgedAlert[];
  /** Alerts that say they are another service's. */
  readonly others: readonly Alert[];
  /** Rule files that could not be read and may hold more. */
  readonly unread: readonly Unread[];
}

/** Places cited at most: a rule file of 500 alerts is shown by a few. */
const MOST_CITED = 5;

/** The service's alerts. Where the manifest names the rule files, unread files elsewhere do not count. */
export function alertScope(subject: AlertSubject): AlertScope {
  const { service, claims, evidence, params } = subject;
  const { facts, unread } = evidence.alerts;
  const named = { service, claims, known: facts.names };
  const others = facts.alerts.filter((alert) => isAnothers(serviceLabels(alert), named));
  const own = facts.alerts.filter((alert) => !others.includes(alert));
  const alerts = own.map((alert) => ({ ...alert, urgency: urgencyOf(alert, claims, params) }));
  const sources = referencesUnder(evidence.references.facts, '/alerts/sources').flatMap(({ matches }) => matches);
  const isNamed = ({ at }: Unread): boolean => sources.some((it) => it.path === at.path && it.root === at.root);
  return {
    alerts,
    others,
    unread: sources.length > 0 ? unread.filter(isNamed) : unread,
  };
}

/** What to say where there is no alert to judge: that they could not be read, or that there are none. */
export function withoutAlerts(
  { others, unread }: AlertScope,
  { evidence }: Pick<AlertSubject, 'evidence'>,
): Assessment {
  const { delegated } = evidence.alerts;
  const [hidden] = unread;
  if (hidden) return unknown(`no alert could be read: ${unreadClause(unread)}`, { evidence: [hidden.at] });
  const [first] = delegated;
  if (first) {
    return unknown(`no alert is here: ${first.at.path} hands them to ${first.to}, which is not at hand`, {
      evidence: delegated.map(({ at }) => at).slice(0, MOST_CITED),
    });
  }
  return notApplicable(others.length > 0 ? othersOnly(others, 'in reach') : 'there are no alerts to judge', {
    evidence: others.map(({ at }) => at).slice(0, MOST_CITED),
  });
}

/** "the 3 alerts in reach are labelled for other services (checkout and payouts)". */
export function othersOnly(others: readonly Alert[], where: string): string {
  const names = shortened([...new Set(others.flatMap((alert) => serviceLabels(alert).slice(0, 1)))].sort(), 3);
  return others.length === 1
    ? `the one alert ${where} is labelled for another service (${names})`
    : `the ${others.length} alerts ${where} are labelled for other services (${names})`;
}

/** What a check found out about a statement on every alert. */
export interface Judgement {
  /** With the numbers, e.g. "4 of 5 alerts carry a severity". */
  readonly because: string;
  readonly problems: readonly Problem[];
  /** Said of alerts whose text a template fills in, so that nothing can be known here. */
  readonly unclear?: { readonly because: string; readonly at: readonly Place[] } | undefined;
  /** Alerts that show it. */
  readonly shown: readonly Place[];
}

/** The standing of a statement on every alert: disproved by one, unknown while one cannot be read, else verified. */
export function everyAlert({ unread }: AlertScope, { because, problems, unclear, shown }: Judgement): Assessment {
  const cited = distinct(shown).slice(0, MOST_CITED);
  const told = unclear ? `${because}; ${unclear.because}` : because;
  if (problems.length > 0) return contradicted(told, problems, { evidence: cited });
  if (unclear) return unknown(told, { evidence: distinct(unclear.at).slice(0, MOST_CITED) });
  const [first] = unread;
  if (first) return unknown(`${because}; but ${unreadClause(unread)}`, { evidence: [...cited, first.at] });
  return verified(because, cited);
}

/** "one file with alerts could not be read, ops/alerts.jsonnet: jsonnet is not rendered". */
export function unreadClause(unread: readonly Unread[]): string {
  const [first] = unread;
  const files = new Set(unread.map(({ at }) => `${at.root ?? ''}:${at.path}`)).size;
  const what = files === 1 ? 'a file with alerts' : `${files} files with alerts`;
  return first ? `${what} could not be read, ${files === 1 ? '' : 'first '}${first.at.path}: ${first.detail}` : '';
}

/** The names of some alerts, each once: a warning and a page often share one. */
export function namesOf(alerts: readonly Pick<Alert, 'name'>[]): string {
  return shortened([...new Set(alerts.map(({ name }) => name))]);
}

/** Whether what `namesOf` says of them is one name, for the verb that follows. */
export function isOneName(alerts: readonly Pick<Alert, 'name'>[]): boolean {
  return alerts.every(({ name }) => name === alerts[0]?.name);
}

/** Where an alert's text stands: a label, an annotation, or the alert itself. */
export function placeOfPart(alert: Alert, part: 'labels' | 'annotations', key: string): Place {
  return (part === 'labels' ? alert.labelsAt : alert.annotationsAt)[key] ?? alert.at;
}

/** Labels that say whose an alert is. */
const SERVICE_LABELS = ['service', 'app', 'application', 'app_kubernetes_io_name', 'service_name'];

function serviceLabels({ labels, templated }: Alert): readonly string[] {
  return SERVICE_LABELS.flatMap((label) => {
    const value = labels[label];
    return value && !templated.includes(`labels.${label}`) ? [value] : [];
  });
}
