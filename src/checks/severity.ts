/** What a severity label means and whether it wakes someone: by the manifest's map, else by the vocabularies in use. Pure; guesses nothing about a word it does not know. */
import type { Alert } from '../evidence/alerts.ts';
import { pieceFits } from '../evidence/glob.ts';
import { isKnown } from '../evidence/known.ts';
import type { Claims } from '../manifest/manifest.ts';
import { list, lists, map, type Values } from './params.ts';

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
  severity_map: map(
    "What the organisation's words mean, as its policy says in `severity_map`; `alerts.severity_map` comes first.",
    {},
  ),
  paging_labels: lists(
    'Labels that wake someone by their values, as the policy says in `paging.labels`, where the manifest does not say it.',
    {},
  ),
  paging_receivers: list('Receivers that wake someone, as the policy says in `paging.receivers`.', []),
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
export type Labelled = Pick<Alert, 'labels' | 'templated' | 'sendsTo'>;

/** Reads an alert's severity. */
export function urgencyOf(alert: Labelled, claims: Claims, params: SeverityParams): Urgency {
  const label = severityLabel(alert, params.severity_labels);
  const paged = hasPager(alert.labels);
  const agreed = wakesByPolicy(alert, params);
  const unsaid = { wakes: paged ? 'yes' : (agreed ?? 'unknown'), informational: false } as const;
  if (!label) return { templated: alert.templated.includes('labels'), ...unsaid };
  if (alert.templated.includes(`labels.${label.key}`)) return { label, templated: true, ...unsaid };
  const meaning = classOf(label.value, claims, params);
  const wakes = paged ? 'yes' : wakesSomeone(label.value, { meaning, agreed }, claims, params);
  const informational = wakes !== 'yes' && params.informational.includes(plain(label.value));
  return { label, templated: false, ...(meaning && { class: meaning }), wakes, informational };
}

/** What a severity word means; undefined for a word in no vocabulary, such as a team's name. */
export function classOf(value: string, claims: Claims, params: SeverityParams): ErrorClass | undefined {
  const declared = entryFor(claims.alerts?.severity_map ?? {}, value) ?? entryFor(params.severity_map, value);
  const word = declared ?? entryFor(params.vocabulary, value);
  return word === 'critical' || word === 'major' || word === 'standard' ? word : undefined;
}

function wakesSomeone(
  value: string,
  { meaning, agreed }: { readonly meaning: ErrorClass | undefined; readonly agreed: Urgency['wakes'] | undefined },
  claims: Claims,
  params: SeverityParams,
): Urgency['wakes'] {
  const paging = claims.alerts?.page;
  if (paging) return paging.some((it) => plain(it) === plain(value)) ? 'yes' : 'no';
  if (!meaning) return agreed ?? 'unknown';
  const said = claims.error_classes?.[meaning]?.page;
  if (said !== undefined) return said ? 'yes' : 'no';
  const declared = entryFor(claims.alerts?.severity_map ?? {}, value) !== undefined;
  if (declared && meaning === 'critical') return 'yes';
  if (agreed) return agreed;
  const mapped = declared || entryFor(params.severity_map, value) !== undefined;
  return (mapped && meaning === 'critical') || (!mapped && params.paging.includes(plain(value))) ? 'yes' : 'no';
}

/**
 * What the organisation agreed on for all its services; undefined where it agreed on nothing that can be told of this alert. Which
 * receiver an alert reaches is known only where the alert itself says it.
 */
function wakesByPolicy(
  { labels, templated, sendsTo }: Labelled,
  { paging_labels, paging_receivers }: SeverityParams,
): Urgency['wakes'] | undefined {
  const wanted = Object.entries(paging_labels);
  const said = Object.entries(labels).filter(([key]) => !templated.includes(`labels.${key}`));
  const carries = wanted.some(([name, patterns]) =>
    said.some(([key, value]) => key.toLowerCase() === name.toLowerCase() && fitsWord(value, patterns)),
  );
  if (carries || (isKnown(sendsTo) && sendsTo.value.some((it) => isPagingReceiver(it, paging_receivers)))) return 'yes';
  if (wanted.length === 0) return paging_receivers.length > 0 && isKnown(sendsTo) ? 'no' : undefined;
  const hidden = templated.includes('labels') || wanted.some(([name]) => templated.includes(`labels.${name}`));
  return hidden || (paging_receivers.length > 0 && !isKnown(sendsTo)) ? 'unknown' : 'no';
}

function fitsWord(value: string, patterns: readonly string[]): boolean {
  return value.trim() !== '' && patterns.some((pattern) => pieceFits(plain(pattern), plain(value)));
}

/** Whether the organisation says that a receiver wakes someone; Datadog writes them with an `@`. */
export function isPagingReceiver(name: string, receivers: readonly string[]): boolean {
  return receivers.some((pattern) => pieceFits(pattern, name.replace(/^@/, '')));
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
