/** What a service's report holds beside its findings, arbitrary: what was looked at, sums of journeys, packages, requests to what runs. */
import fc from 'fast-check';
import type { JourneySum, LiveRequest, Looked, PackageRow, PackagesReport, ServiceReport } from '../../src/model.ts';
import { day, openText, place } from './random-parts.ts';

const count = fc.nat(999);
const instant = day.map((it) => `${it}T00:00:00.000Z`);

const looked: fc.Arbitrary<Looked> = fc.record({
  kind: fc.constantFrom('alerts', 'workloads', 'lockfiles'),
  files: count,
  note: openText,
  unread: fc.array(
    fc.record({
      at: place,
      reason: fc.constantFrom('template' as const, 'too-large' as const, 'link' as const),
      detail: openText,
    }),
    { maxLength: 2 },
  ),
  delegated: fc.array(fc.record({ at: place, to: openText }), { maxLength: 2 }),
});

const numbers = fc.oneof(fc.integer({ min: 0, max: 10_000 }), fc.double({ min: 0, max: 100, noNaN: true }));

const journey = fc.record(
  {
    journey: openText,
    title: openText,
    what: fc.constantFrom('availability', 'p95', 'p99'),
    target: numbers,
    total: numbers,
    kept: fc.boolean(),
    text: openText,
    shares: fc.array(
      fc.record(
        { component: openText, budget: numbers, share: numbers, left: fc.boolean() },
        { requiredKeys: ['component', 'share', 'left'] },
      ),
      { maxLength: 3 },
    ),
    at: place,
  },
  { requiredKeys: ['journey', 'what', 'target', 'total', 'kept', 'text', 'shares', 'at'] },
) as fc.Arbitrary<JourneySum>;

const WEIGHTS = ['critical', 'high', 'medium', 'low', 'unknown'] as const;
const byWeight = fc.record({ critical: count, high: count, medium: count, low: count, unknown: count });

const row = fc.record(
  {
    ecosystem: openText,
    name: openText,
    locked: openText,
    scope: fc.constantFrom('production', 'development', 'optional', 'unknown'),
    direct: fc.option(fc.boolean()),
    flaw: fc.record(
      {
        id: openText,
        weight: fc.constantFrom(...WEIGHTS),
        state: fc.constantFrom('malicious', 'overdue', 'due', 'open', 'no-fix', 'uncertain', 'excepted'),
        days: count,
        more: count,
      },
      { requiredKeys: ['id', 'weight', 'state', 'more'] },
    ),
    patch: openText,
    latest: openText,
    behind: openText,
    fix: openText,
    how: openText,
    at: place,
  },
  { requiredKeys: ['ecosystem', 'name', 'locked', 'scope', 'direct'] },
) as fc.Arbitrary<PackageRow>;

const packages = fc.record(
  {
    lockfiles: count,
    packages: count,
    direct: count,
    checked: count,
    data: fc.array(
      fc.record({ ecosystem: openText, packages: count, asOf: instant }, { requiredKeys: ['ecosystem', 'packages'] }),
      { maxLength: 2 },
    ),
    open: byWeight,
    overdue: byWeight,
    exploited: count,
    malicious: count,
    development: count,
    excepted: count,
    lag: fc.record({ known: count, patchDays: count, patchDays90: count, majors: count, libyears: numbers }),
    rows: fc.array(row, { maxLength: 2 }),
  },
  {
    requiredKeys: [
      ...(['lockfiles', 'packages', 'direct', 'checked', 'data', 'open', 'overdue'] as const),
      ...(['exploited', 'malicious', 'development', 'excepted', 'rows'] as const),
    ],
  },
) as fc.Arbitrary<PackagesReport>;

const request = fc.record(
  {
    what: fc.constantFrom('ready', 'alive', 'prometheus', 'alertmanager', 'pagerduty', 'opsgenie'),
    namedBy: fc.constantFrom('operator', 'manifest'),
    method: fc.constant('GET'),
    host: openText,
    path: openText,
    status: fc.integer({ min: 100, max: 599 }),
    trouble: openText,
    ms: count,
  },
  { requiredKeys: ['what', 'namedBy', 'method', 'host', 'path', 'ms'] },
) as fc.Arbitrary<LiveRequest>;

const live = fc.record({ at: instant, requests: fc.array(request, { maxLength: 2 }) });

/** Most services have none, so that a thousand reports are quickly drawn, and hundreds have one. */
function sometimes<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

/** Each there in some reports and absent in others. */
export const supplements: fc.Arbitrary<Partial<ServiceReport>> = fc
  .record({
    looked: fc.array(looked, { maxLength: 1 }),
    journeys: sometimes(fc.array(journey, { minLength: 1, maxLength: 2 })),
    packages: sometimes(packages),
    live: sometimes(live),
  })
  .map(({ looked: its, ...more }) => ({
    looked: its,
    ...(more.journeys && { journeys: more.journeys }),
    ...(more.packages && { packages: more.packages }),
    ...(more.live && { live: more.live }),
  }));
