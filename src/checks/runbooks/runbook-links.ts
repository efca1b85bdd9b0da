/** Which alerts have to say what to do, and how each says it: by a link or by steps of its own. Pure. */
import type { Alert } from '../../evidence/alerts.ts';
import type { LinkTarget } from '../../evidence/references/link-target.ts';
import { linkTarget } from '../../evidence/references/link-target.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { Place } from '../../model.ts';
import { type AlertScope, type AlertSubject, alertScope, type JudgedAlert, placeOfPart } from '../alert-scope.ts';
import { flag, list, type Values } from '../params.ts';
import { severityParams } from '../severity.ts';

/** Parameters of every rule about the links from alerts to runbooks. */
export const linkParams = {
  ...severityParams,
  every: flag('Whether alerts that only warn have to link a runbook too, not just those that wake someone.', true),
  annotations: list('Annotations or labels that carry the link, besides any whose name says runbook or playbook.', [
    'runbook_url',
    'runbook',
    'playbook',
  ]),
} as const;

/** How an alert says what to do. */
export interface Linked<A extends Alert = JudgedAlert> {
  readonly alert: A;
  /** The link, taken apart, and where it is written. */
  readonly link?: { readonly key: string; readonly value: string; readonly target: LinkTarget; readonly at: Place };
  /** A template fills the link in, so that it cannot be seen here. */
  readonly unseen: boolean;
  /** Steps are written in the alert itself. */
  readonly inline?: Place;
}

/** The alerts that somebody has to act on, each with its link. */
export interface LinkScope {
  readonly scope: AlertScope;
  readonly linked: readonly Linked[];
}

/** The parameters' values, and what every check of alerts knows. */
export type LinkSubject = AlertSubject & {
  readonly params: Values<typeof linkParams>;
  readonly manifest: Pick<Manifest, 'state'>;
};

/** Alerts that prove that alerting works; they fire always and ask nobody to act. */
const HEARTBEAT = /^(watchdog|dead-?man'?s?-?switch|deadmansswitch|info-?inhibitor|always-?firing)$/i;
const LINK_NAME = /run_?-?book|play_?-?book/i;
const STEPS_NAME = /^(actions?|remediation|steps?|mitigation|resolution|procedure|what_to_do|fix)$/i;
/** Fewer words are a label, not a step. */
const STEP_WORDS = 6;

/** The alerts to judge, with their links. Without a manifest nobody has said which of them wake someone, so that all that ask for action count. */
export function linkScope(subject: LinkSubject): LinkScope {
  const scope = alertScope(subject);
  const every = subject.params.every || subject.manifest.state !== 'valid';
  const acted = scope.alerts.filter(
    ({ name, urgency }) => !HEARTBEAT.test(name) && !urgency.informational && (every || urgency.wakes !== 'no'),
  );
  return { scope, linked: acted.map((alert) => linkedBy(alert, subject.params.annotations)) };
}

/** How one alert says what to do; `names` are annotations or labels that carry the link. */
export function linkedBy<A extends Alert>(alert: A, names: readonly string[]): Linked<A> {
  const found = linkIn(alert, 'annotations', names) ?? linkIn(alert, 'labels', names);
  const hidden = alert.templated.includes('annotations') || alert.templated.includes('labels');
  const filled = found !== undefined && alert.templated.includes(`${found.part}.${found.key}`);
  const inline = stepsIn(alert, found);
  return {
    alert,
    ...(found && {
      link: {
        key: found.key,
        value: found.value,
        target: linkTarget(found.value, true),
        at: placeOfPart(alert, found.part, found.key),
      },
    }),
    unseen: filled || (!found && hidden),
    ...(inline && { inline }),
  };
}

interface Found {
  readonly part: 'labels' | 'annotations';
  readonly key: string;
  readonly value: string;
}

/** The parameter's names first, then whatever is named like one. */
function linkIn(alert: Alert, part: Found['part'], names: readonly string[]): Found | undefined {
  const keys = Object.keys(alert[part]);
  const key = names.find((name) => keys.includes(name)) ?? keys.find((name) => LINK_NAME.test(name));
  return key === undefined ? undefined : { part, key, value: alert[part][key] ?? '' };
}

/** Steps in an annotation of their own, in place of the link, or as a list in the text. */
function stepsIn(alert: Alert, found: Found | undefined): Place | undefined {
  const own = Object.entries(alert.annotations).find(
    ([key, value]) => STEPS_NAME.test(key) && words(value) >= STEP_WORDS,
  );
  if (own) return placeOfPart(alert, 'annotations', own[0]);
  if (found && linkTarget(found.value, true).kind === 'text' && words(found.value) >= STEP_WORDS)
    return placeOfPart(alert, found.part, found.key);
  const listing = Object.entries(alert.annotations).find(
    ([, value]) => (value.match(/^\s*(?:[-*•]|\d+[.)])\s+\S/gm)?.length ?? 0) >= 2,
  );
  return listing && placeOfPart(alert, 'annotations', listing[0]);
}

function words(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
