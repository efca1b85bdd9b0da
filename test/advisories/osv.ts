/** OSV records of our own writing, and the schema's evaluation algorithm as it is written there, to hold our reading against. */
import { advisoriesOf } from '../../src/advisories/merged.ts';
import type { RangeEvent } from '../../src/advisories/ranges.ts';
import type { Ecosystem, VersionOrder } from '../../src/versions/order.ts';
import { orderOf } from '../../src/versions/orders.ts';

export type Json = Record<string, unknown>;

export const NO_SCORE = (): undefined => undefined;

/** A record on one package, `left-board` of npm unless `over` says otherwise. */
export function record(over: Json = {}, affected: Json = {}, ecosystem = 'npm', name = 'left-board'): Json {
  return {
    schema_version: '1.7.5',
    id: 'GHSA-aaaa-bbbb-cccc',
    modified: '2026-02-03T04:05:06Z',
    published: '2026-01-02T03:04:05Z',
    affected: [{ package: { ecosystem, name }, ...affected }],
    ...over,
  };
}

/** A range from a short form: `range('ECOSYSTEM', 'introduced 0', 'fixed 1.2.3')`. */
export function range(type: string, ...events: readonly string[]): Json {
  return {
    type,
    events: events.map((event) => {
      const [kind = '', version = ''] = event.split(' ');
      return { [kind]: version };
    }),
  };
}

export async function advisories(records: readonly unknown[], name = 'left-board', ecosystem: Ecosystem = 'npm') {
  const { byPackage } = await advisoriesOf(ecosystem, orderOf(ecosystem), records);
  return byPackage.get(name) ?? [];
}

/** "IncludedInRanges" of the OSV schema 1.7.5 for one range, line by line. */
export function includedInRange(order: VersionOrder, v: string, events: readonly RangeEvent[]): boolean {
  if (!beforeLimits(order, v, events)) return false;
  let vulnerable = false;
  for (const { kind, version } of sorted(order, events)) {
    if (kind === 'introduced' && atLeast(order, v, version)) vulnerable = true;
    else if (kind === 'fixed' && order.compare(v, version) >= 0) vulnerable = false;
    else if (kind === 'last_affected' && order.compare(v, version) > 0) vulnerable = false;
  }
  return vulnerable;
}

function atLeast(order: VersionOrder, v: string, introduced: string): boolean {
  return introduced === '0' || order.compare(v, introduced) >= 0;
}

function sorted(order: VersionOrder, events: readonly RangeEvent[]): readonly RangeEvent[] {
  const isZero = ({ kind, version }: RangeEvent): boolean => kind === 'introduced' && version === '0';
  return [...events].sort(
    (a, b) => Number(isZero(b)) - Number(isZero(a)) || (isZero(a) ? 0 : order.compare(a.version, b.version)),
  );
}

function beforeLimits(order: VersionOrder, v: string, events: readonly RangeEvent[]): boolean {
  const limits = events.filter(({ kind }) => kind === 'limit');
  return limits.length === 0 || limits.some(({ version }) => version.includes('*') || order.compare(v, version) < 0);
}
