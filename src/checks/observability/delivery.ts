/** Where one alert ends up, and what that means for it: somebody is woken, somebody is told, nobody is, or it cannot be said. Pure. */
import type { Receiver } from '../../evidence/routes/receiver.ts';
import { destinationOf } from '../../evidence/routes/route-match.ts';
import type { Route, Routing } from '../../evidence/routes.ts';
import type { Place, Problem } from '../../model.ts';
import type { JudgedAlert } from '../alert-scope.ts';
import { list, type Values } from '../params.ts';
import { isPagingReceiver, type severityParams } from '../severity.ts';
import { listed, shortened } from '../words.ts';

/** Parameters of every check that follows alerts through routes. */
export const routingParams = {
  query_labels: list('Labels that the query or the monitoring adds, so that their absence on the alert says nothing.', [
    'namespace',
    'job',
    'app',
    'service',
    'cluster',
    'instance',
    'pod',
    'container',
    'env',
    'environment',
    'stage',
    'region',
    'tenant',
    'prometheus',
  ]),
} as const;

/** What following an alert depends on. */
type Following = Values<typeof routingParams> & Pick<Values<typeof severityParams>, 'paging_receivers'>;

/** An alert and what becomes of it. */
export interface Delivery {
  readonly alert: JudgedAlert;
  readonly receivers: readonly Receiver[];
  /** `asleep`: it should wake someone and only tells them. */
  readonly standing: 'woken' | 'told' | 'asleep' | 'dropped' | 'unclear';
  /** Configurations of which only some bring it where it should be: which one runs is not known. */
  readonly differing: readonly Place[];
}

/** Follows an alert through each configuration that may run, and says what all of them agree on. */
export function deliveryOf(
  alert: JudgedAlert,
  candidates: readonly (readonly Routing[])[],
  following: Following,
): Delivery {
  const deliveries = candidates.map((routings) => deliveryThrough(alert, routings, following));
  const receivers = [...new Set(deliveries.flatMap((it) => it.receivers))];
  const agreed = deliveries.every((it) => outcomeOf(it) === outcomeOf(deliveries[0])) ? deliveries[0] : undefined;
  if (agreed) return { ...agreed, receivers };
  const differing = candidates.flatMap(([routing]) => routing?.at ?? []);
  return { alert, receivers, standing: 'unclear', differing };
}

function deliveryThrough(alert: JudgedAlert, routings: readonly Routing[], following: Following): Delivery {
  const { receivers: reached, open } = destinationThrough(alert, routings, following.query_labels);
  const receivers = reached.map((it) =>
    it.notifies && isPagingReceiver(it.name, following.paging_receivers) ? { ...it, wakes: true } : it,
  );
  return { alert, receivers, standing: standingOf(alert, receivers, open), differing: [] };
}

/** Receivers of an alert, by its own labels and those that its query pins down. `open`: a label that is not known here may lead it elsewhere. */
export function destinationThrough(
  alert: JudgedAlert,
  routings: readonly Routing[],
  queryLabels: readonly string[],
): { readonly receivers: readonly Receiver[]; readonly open: boolean } {
  const labels = labelsOf(alert);
  const { receivers, unclear } = destinationOf({ routings }, labels);
  const hidden = alert.templated.some((part) => part.startsWith('labels'));
  const open = unclear || hidden || routings.some(({ route }) => route && asksFor(route, labels, queryLabels));
  return { receivers, open };
}

function outcomeOf(delivery: Delivery | undefined): 'good' | Delivery['standing'] | undefined {
  return delivery && isGood(delivery) ? 'good' : delivery?.standing;
}

/** Whether the alert arrives where it should. */
export function isGood({ standing }: Pick<Delivery, 'standing'>): boolean {
  return standing === 'woken' || standing === 'told';
}

/** One problem for each receiver at which alerts end that should not, and one for those that meet no route. */
export function troubles(deliveries: readonly Delivery[]): readonly Problem[] {
  const byEnd = new Map<string, Delivery[]>();
  for (const delivery of deliveries) {
    if (delivery.standing !== 'asleep' && delivery.standing !== 'dropped') continue;
    const end = [delivery.standing, ...delivery.receivers.map(({ name }) => name)].join(' ');
    byEnd.set(end, [...(byEnd.get(end) ?? []), delivery]);
  }
  return [...byEnd].flatMap(([subject, its]) => (its[0] ? [trouble(its[0], its, subject)] : []));
}

function trouble({ alert, receivers, standing }: Delivery, its: readonly Delivery[], subject: string): Problem {
  const names = [...new Set(its.map((it) => spoken(it.alert)))];
  const s = its.length === 1 ? 's' : '';
  const ends =
    receivers.length > 0
      ? `end${s} at ${listed([...new Set(receivers.map(({ name }) => `"${name}"`))])}`
      : `meet${s} no route`;
  const kinds = [...new Set(receivers.flatMap((it) => it.kinds))];
  const outcome =
    standing === 'dropped'
      ? ', and nobody is told'
      : `${kinds.length > 0 ? ` (${listed(kinds)})` : ''}, which wakes nobody`;
  const fix =
    standing === 'dropped'
      ? 'Give it a route to a receiver that tells someone.'
      : 'Add a route for this severity to the pager, before the one it takes now.';
  return { message: `${shortened(names, 3)} ${ends}${outcome}`, at: receivers[0]?.at ?? alert.at, fix, subject };
}

/** "VaultErrors (severity: critical)". */
function spoken({ name, urgency: { label } }: JudgedAlert): string {
  return label ? `${name} (${label.key}: ${label.value})` : name;
}

function standingOf({ urgency }: JudgedAlert, receivers: readonly Receiver[], open: boolean): Delivery['standing'] {
  if (receivers.some(({ wakes }) => wakes === true)) return 'woken';
  const tells = receivers.some(({ notifies }) => notifies);
  if (open) return tells && urgency.wakes === 'no' ? 'told' : 'unclear';
  if (!tells) return 'dropped';
  if (urgency.wakes === 'no') return 'told';
  if (urgency.wakes === 'unknown') return 'unclear';
  return receivers.some(({ wakes }) => wakes === undefined) ? 'unclear' : 'asleep';
}

/** An alert's labels when it fires: a label that all selectors of the query pin to one value is on what the query returns. */
export function labelsOf({ name, labels, metrics }: JudgedAlert): Readonly<Record<string, string>> {
  const pinned = metrics.flatMap(({ matchers }) =>
    matchers.filter(({ op }) => op === '=').map(({ label, value }) => [label, value] as const),
  );
  const single = pinned.filter(([label, value]) => pinned.every(([other, it]) => other !== label || it === value));
  return { ...Object.fromEntries(single), ...labels, alertname: name };
}

/** Whether a tree asks for a label that the query or the monitoring may add and that is not known here. */
function asksFor(
  { matchers, routes }: Route,
  labels: Readonly<Record<string, string>>,
  queryLabels: readonly string[],
): boolean {
  const asked = matchers.some(({ label }) => queryLabels.includes(label) && !Object.hasOwn(labels, label));
  return asked || routes.some((route) => asksFor(route, labels, queryLabels));
}
