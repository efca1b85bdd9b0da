/** What checks of running systems say where nobody was asked, and how they name whom they asked. Pure. */
import type { Asked, Facts, Run } from '../evidence/live.ts';
import type { Target, What } from '../live/live.ts';
import type { Assessment } from '../model.ts';
import { notApplicable, unknown } from './define.ts';
import { listed } from './words.ts';

const NAMES: Readonly<Record<What, string>> = {
  ready: 'an endpoint that says whether it is ready',
  alive: 'an endpoint that says whether it is alive',
  prometheus: 'a Prometheus',
  alertmanager: 'an Alertmanager',
  pagerduty: 'a schedule at PagerDuty',
  opsgenie: 'a schedule at Opsgenie',
};

/** An answer, with the run that it was given in. */
export interface Answer<T> {
  readonly run: Run;
  readonly target: Target;
  readonly value: T;
}

type Key = 'rules' | 'objectives' | 'routes';
type Value<K extends Key> = NonNullable<Run[K]> extends Asked<infer T> ? T : never;

/** What was answered; else that nobody was asked, or why no answer came. */
export function answerOf<K extends Key>({ run }: Facts, what: What, key: K): Answer<Value<K>> | Assessment {
  const asked = run?.[key] as Asked<Value<K>> | undefined;
  if (!run || !asked) return notAsked({ ...(run && { run }) }, [what]);
  return 'trouble' in asked.heard
    ? unknown(asked.heard.trouble)
    : { run, target: asked.target, value: asked.heard.value };
}

/** That none of these was asked, and why. */
export function notAsked({ run }: Facts, whats: readonly What[]): Assessment {
  if (!run) return notApplicable('not asked: --live was not given');
  const withheld = run.withheld.filter(({ what }) => whats.includes(what));
  if (withheld.length === 0)
    return notApplicable(`not asked: nobody named ${whats.map((what) => NAMES[what]).join(' or ')}`);
  const names = listed(withheld.map(({ what }) => NAMES[what]));
  const evidence = withheld.map(({ at }) => at);
  return notApplicable(`not asked: the manifest names ${names}, and that takes --live manifest`, { evidence });
}

/** "the Prometheus at prometheus.example:9090". */
export function whom({ what, address }: Target): string {
  const host = URL.canParse(address) ? new URL(address).host : address;
  if (what === 'pagerduty') return `PagerDuty's schedule ${address}`;
  if (what === 'opsgenie') return `Opsgenie's schedule ${address}`;
  if (what === 'prometheus') return `the Prometheus at ${host}`;
  return what === 'alertmanager' ? `the Alertmanager at ${host}` : `${host}`;
}

/** `2026-11-16 12:00 UTC`. */
export function instant(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}
