/** From the events of one OSV range to intervals with the verdicts of OSV's evaluation algorithm. Pure. */
import type { VersionOrder } from '../versions/order.ts';
import type { Interval } from './interval.ts';

/** What a range can say of a version. */
export const EVENT_KINDS = ['introduced', 'fixed', 'last_affected', 'limit'] as const;

/** One event: from `introduced` on it is affected, from `fixed` on or after `last_affected` not any more; `limit` ends what the range speaks of. */
export interface RangeEvent {
  readonly kind: (typeof EVENT_KINDS)[number];
  readonly version: string;
}

/** Events of one version, in the order they were given. No version: before all others. */
interface Group {
  readonly version: string | undefined;
  readonly events: RangeEvent[];
}

/**
 * The versions for which OSV's algorithm (schema 1.7, "Evaluation") says that the range includes them. There, the last event in sorted
 * order that applies to a version decides: so what lies at, and what lies beyond each event's version decides here.
 */
export function intervalsOf(order: VersionOrder, events: readonly RangeEvent[]): readonly Interval[] {
  const intervals: Interval[] = [];
  let open: { readonly from: string | undefined } | undefined;
  for (const { version, events: group } of groupsOf(order, events)) {
    const at = stateAfter(
      group.filter(({ kind }) => kind !== 'last_affected'),
      open !== undefined,
    );
    const beyond = stateAfter(group, open !== undefined);
    if (open && !at && version !== undefined) intervals.push(interval(open.from, { kind: 'fixed', version }));
    const from: typeof open = open ?? { from: version };
    if (at && !beyond && version !== undefined) intervals.push(interval(from.from, { kind: 'last', version }));
    open = beyond ? from : undefined;
  }
  if (open) intervals.push(interval(open.from, undefined));
  return withinLimits(order, intervals, events);
}

function groupsOf(order: VersionOrder, events: readonly RangeEvent[]): readonly Group[] {
  const first = events.filter(isFromTheFirst);
  const others = events
    .filter((event) => event.kind !== 'limit' && !isFromTheFirst(event))
    .sort((a, b) => order.compare(a.version, b.version));
  const groups: Group[] = first.length > 0 ? [{ version: undefined, events: first }] : [];
  for (const event of others) {
    const last = groups.at(-1);
    if (last?.version !== undefined && order.compare(last.version, event.version) === 0) last.events.push(event);
    else groups.push({ version: event.version, events: [event] });
  }
  return groups;
}

/** `introduced: "0"` is before every version, whatever the order says of a version 0. */
function isFromTheFirst({ kind, version }: RangeEvent): boolean {
  return kind === 'introduced' && version === '0';
}

function stateAfter(events: readonly RangeEvent[], before: boolean): boolean {
  return events.reduce((_, { kind }) => kind === 'introduced', before);
}

function interval(from: string | undefined, to: Interval['to']): Interval {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** Below any limit suffices, so the greatest counts; none, or one with `*`, is no limit. */
function withinLimits(
  order: VersionOrder,
  intervals: readonly Interval[],
  events: readonly RangeEvent[],
): readonly Interval[] {
  const limits = events.filter(({ kind }) => kind === 'limit').map(({ version }) => version);
  const [limit] = [...limits].sort((a, b) => order.compare(b, a));
  if (limit === undefined || limits.some((it) => it.includes('*'))) return intervals;
  return intervals
    .filter(({ from }) => from === undefined || order.compare(from, limit) < 0)
    .map(({ from, to }) =>
      endsBefore(order, to, limit) ? interval(from, to) : interval(from, { kind: 'limit', version: limit }),
    );
}

function endsBefore(order: VersionOrder, to: Interval['to'], limit: string): boolean {
  if (to === undefined) return false;
  const distance = order.compare(to.version, limit);
  return to.kind === 'last' ? distance < 0 : distance <= 0;
}
