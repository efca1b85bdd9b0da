/** Whose alerts are whose in a service of several parts, and whether each arrives with the people of its part. Pure. */
import { isKnown } from '../../evidence/known.ts';
import type { Routing } from '../../evidence/routes.ts';
import type { AlertComponent } from '../../generated/service.ts';
import type { Place } from '../../model.ts';
import type { JudgedAlert } from '../alert-scope.ts';
import { destinationThrough, labelsOf } from '../observability/delivery.ts';
import { bareName } from '../ownership/people.ts';

/** Where an alert ends: with its part's people, with others, or where nobody can see from here. */
export interface Arrival {
  readonly alert: JudgedAlert;
  readonly ends: 'there' | 'elsewhere' | 'unclear';
  /** The receivers it reaches, for a sentence. */
  readonly receivers: readonly string[];
  readonly at: Place;
}

/** Whether an alert is one of a part's: it carries the labels by which the manifest tells them. */
export function isOf(alert: JudgedAlert, { id, labels }: AlertComponent): boolean {
  const carried = labelsOf(alert);
  const wanted = Object.entries(labels ?? { component: id });
  return wanted.length > 0 && wanted.every(([label, value]) => carried[label] === value);
}

/** Follows an alert of a part; undefined where nothing here says whom it tells. */
export function arrivalOf(
  alert: JudgedAlert,
  component: AlertComponent,
  candidates: readonly (readonly Routing[])[],
  queryLabels: readonly string[],
): Arrival | undefined {
  if (alert.sendsTo) return told(alert, component);
  if (candidates.length === 0 || (alert.engine !== 'prometheus' && alert.engine !== 'loki')) return undefined;
  const ways = candidates.map((routings) => destinationThrough(alert, routings, queryLabels));
  const reached = ways.flatMap(({ receivers }) => receivers);
  const good = ways.map(({ receivers }) =>
    receivers.some(({ name, notifies }) => notifies && reaches(name, component)),
  );
  const open = ways.some((it) => it.open) || new Set(good).size > 1;
  const receivers = [
    ...new Set(reached.map(({ name, notifies }) => `"${name}"${notifies ? '' : ' (which tells nobody)'}`)),
  ];
  const ends = open ? 'unclear' : good[0] ? 'there' : 'elsewhere';
  return { alert, ends, receivers, at: reached[0]?.at ?? alert.at };
}

function told(alert: JudgedAlert, component: AlertComponent): Arrival {
  const { sendsTo, muted, at } = alert;
  if (!isKnown(sendsTo)) return { alert, ends: 'unclear', receivers: [], at: sendsTo?.at ?? at };
  const ends = !muted && sendsTo.value.some((it) => reaches(it.replace(/^@/, ''), component)) ? 'there' : 'elsewhere';
  return { alert, ends, receivers: sendsTo.value.map((it) => `"${it}"`), at: sendsTo.at };
}

/** By the receivers that the manifest names, else by the whole name of the part's team. */
function reaches(receiver: string, { receivers, owner }: AlertComponent): boolean {
  if (receivers) return receivers.some((it) => it.replace(/^@/, '') === receiver);
  return owner !== undefined && spaced(receiver).includes(spaced(bareName(owner).replace(/^team-|-team$/g, '')));
}

function spaced(name: string): string {
  return ` ${name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join(' ')} `;
}
