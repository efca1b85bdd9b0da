/** What a severity label means and whether it wakes someone: by the manifest's map, else by the vocabularies in use. Pure; guesses nothing about a word it does not know. */
import type { Alert } from '../evidence/alerts.ts';
import type { Claims } from '../manifest/manifest.ts';
import { list, map, type Values } from './params.ts';

/** A class of errors, as `error_classes` defines them. */
export type ErrorClass = 'critical' | 'major' | 'standard';

/** Parameters of every check that reads severities; an organisation sets its own words once per rule. */
export const severityParams = {
  severity_labels: list('Labels or tags that carry the severity, the first one found counts.', [
    'severity',
    'priority',
    'sev',
    'level',
    'urgency',
    'criticality',
  ]),
  vocabulary: map('What a severity means, as critical, major or standard; `alerts.severity_map` comes first.', {
    critical: 'critical',
    crit: 'critical',
    page: 'critical',
    pager: 'critical',
    emergency: 'critical',
    fatal: 'critical',
    disaster: 'critical',
    s1: 'critical',
    s2: 'major',
    s3: 'standard',
    s4: 'standard',
    sev0: 'critical',
    sev1: 'critical',
    sev2: 'major',
    sev3: 'standard',
    sev4: 'standard',
    p0: 'critical',
    p1: 'critical',
    p2: 'major',
    p3: 'standard',
    p4: 'standard',
    p5: 'standard',
    high: 'critical',
    medium: 'major',
    moderate: 'major',
    low: 'standard',
    major: 'major',
    error: 'major',
    warning: 'major',
    warn: 'major',
    ticket: 'standard',
    minor: 'standard',
    standard: 'standard',
    info: 'standard',
    informational: 'standard',
    information: 'standard',
    notice: 'standard',
    none: 'standard',
  }),
  paging: list('Severities that wake someone when neither `alerts.page` nor `error_classes` says which do.', [
    'critical',
    'crit',
    'page',
    'pager',
    'emergency',
    'fatal',
    'disaster',
    's1',
    's2',
    'sev0',
    'sev1',
    'sev2',
    'p0',
    'p1',
    'p2',
    'high',
  ]),
  informational: list('Severities that ask nobody to act.', [
    'info',
    'informational',
    'information',
    'notice',
    'none',
    'debug',
    'p5',
  ]),
} as const;

/** The values of `severityParams`. */
export type SeverityParams = Values<typeof severityParams>;

/** What an alert's severity says. */
export interface Urgency {
  /** The label that carries it, and its value as written. */
  readonly label?: { readonly key: string; readonly value: string };
  /** The value is filled in elsewhere, so that what it says cannot be known here. */
  readonly templated: boolean;
  /** Undefined where there is no severity, or its word is in no vocabulary. */
  readonly class?: ErrorClass;
  readonly wakes: 'yes' | 'no' | 'unknown';
  /** It asks nobody to act. */
  readonly informational: boolean;
}

/** The part of an alert that its urgency is read from. */
export type Labelled = Pick<Alert, 'labels' | 'templated'>;

/** Reads an alert's severity. */
export function urgencyOf(alert: Labelled, claims: Claims, params: SeverityParams): Urgency {
  const label = severityLabel(alert, params.severity_labels);
  const paged = hasPager(alert.labels);
  const unsaid = { wakes: paged ? 'yes' : 'unknown', informational: false } as const;
  if (!label) return { templated: alert.templated.includes('labels'), ...unsaid };
  if (alert.templated.includes(`labels.${label.key}`)) return { label, templated: true, ...unsaid };
  const meaning = classOf(label.value, claims, params);
  const wakes = paged ? 'yes' : wakesSomeone(label.value, meaning, claims, params);
  const informational = wakes !== 'yes' && params.informational.includes(plain(label.value));
  return { label, templated: false, ...(meaning && { class: meaning }), wakes, informational };
}

/** What a severity word means; undefined for a word in no vocabulary, such as a team's name. */
export function classOf(value: string, claims: Claims, params: SeverityParams): ErrorClass | undefined {
  const declared = entryFor(claims.alerts?.severity_map ?? {}, value);
  const word = declared ?? entryFor(params.vocabulary, value);
  return word === 'critical' || word === 'major' || word === 'standard' ? word : undefined;
}

function wakesSomeone(
  value: string,
  meaning: ErrorClass | undefined,
  claims: Claims,
  params: SeverityParams,
): Urgency['wakes'] {
  const paging = claims.alerts?.page;
  if (paging) return paging.some((it) => plain(it) === plain(value)) ? 'yes' : 'no';
  if (!meaning) return 'unknown';
  const said = claims.error_classes?.[meaning]?.page;
  if (said !== undefined) return said ? 'yes' : 'no';
  const mapped = entryFor(claims.alerts?.severity_map ?? {}, value) !== undefined;
  return (mapped && meaning === 'critical') || (!mapped && params.paging.includes(plain(value))) ? 'yes' : 'no';
}

function severityLabel({ labels }: Labelled, keys: readonly string[]): Urgency['label'] {
  const names = Object.keys(labels);
  for (const wanted of keys) {
    const key = names.find((name) => name.toLowerCase() === wanted.toLowerCase());
    const value = key === undefined ? undefined : labels[key]?.trim();
    if (key !== undefined && value) return { key, value };
  }
  return undefined;
}

/** `pager: pagerduty` and `page: "true"` say it outright. */
function hasPager(labels: Labelled['labels']): boolean {
  return Object.entries(labels).some(
    ([key, value]) => /^(pager|page|paging|pagerduty)$/i.test(key) && !/^(|false|no|none|off|0)$/i.test(value.trim()),
  );
}

/** `SEV-1`, `sev 1` and `sev1` are one word. */
function plain(word: string): string {
  return word.toLowerCase().replace(/[\s_-]/g, '');
}

function entryFor(words: Readonly<Record<string, string>>, value: string): string | undefined {
  const wanted = plain(value);
  return Object.entries(words).find(([word]) => plain(word) === wanted)?.[1];
}
