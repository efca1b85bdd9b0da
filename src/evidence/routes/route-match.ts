/** Follows an alert's labels through an Alertmanager routing tree. Pure; knows nothing of severities or people. */

import type { Facts, Route, Routing } from '../routes.ts';
import type { Receiver } from './receiver.ts';
import { satisfies } from './route-matcher.ts';

/** Where an alert goes. */
export interface Destination {
  readonly receivers: readonly Receiver[];
  /** A route on the way could not be decided: a matcher is filled in by a template, or a receiver is not in the file. */
  readonly unclear: boolean;
}

/** Receivers of an alert with these labels, over all configurations; each once. */
export function routeOf(facts: Facts, labels: Readonly<Record<string, string>>): readonly Receiver[] {
  return destinationOf(facts, labels).receivers;
}

/** The same, with whether it could be decided. */
export function destinationOf(facts: Facts, labels: Readonly<Record<string, string>>): Destination {
  const receivers = new Set<Receiver>();
  let unclear = false;
  for (const routing of facts.routings) {
    if (!routing.route) continue;
    const reached: Reached = { routes: [], unclear: false };
    follow(routing.route, labels, reached, routing.source === 'file');
    unclear ||= reached.unclear;
    for (const route of reached.routes) {
      const receiver = receiverNamed(routing, route.receiver);
      if (receiver) receivers.add(receiver);
      else unclear = true;
    }
  }
  return { receivers: [...receivers], unclear };
}

interface Reached {
  readonly routes: Route[];
  unclear: boolean;
}

/**
 * As Alertmanager does: the first child that matches takes the alert, further ones only after `continue`; without any, the
 * route itself does. The root of a file takes everything; an object's root is a route of the cluster's own tree.
 */
function follow(route: Route, labels: Readonly<Record<string, string>>, reached: Reached, isRoot: boolean): boolean {
  const matched = isRoot ? true : matches(route, labels);
  if (matched === undefined) reached.unclear = true;
  if (!matched) return false;
  let taken = false;
  for (const child of route.routes) {
    if (!follow(child, labels, reached, false)) continue;
    taken = true;
    if (!child.continue) break;
  }
  if (!taken) reached.routes.push(route);
  return true;
}

/** Undefined where it depends on a matcher that cannot be decided and no other one already says no. */
function matches(route: Route, labels: Readonly<Record<string, string>>): boolean | undefined {
  const answers = route.matchers.map((matcher) => satisfies(labels, matcher));
  if (answers.includes(false)) return false;
  return route.unclear || answers.includes(undefined) ? undefined : true;
}

function receiverNamed({ receivers }: Routing, name: string | undefined): Receiver | undefined {
  return receivers.find((receiver) => receiver.name === name);
}
