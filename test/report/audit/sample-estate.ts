/** An audit of an invented company, with something of everything that a format may have to show. */
import type { Report, Tier } from '../../../src/model.ts';
import type { Audit, EstateFinding } from '../../../src/model-audit.ts';
import { auditOf, rowOf, unjudgedRow } from '../../audit/sample-audit.ts';
import { at, conditional, go, noGo, nothingJudged, several } from '../sample-report.ts';

/** The same report of a service of another tier and owner. */
function as(report: Report, tier: Tier, owner?: string): Report {
  return {
    ...report,
    services: report.services.map(({ service, ...rest }) => {
      const { owner: _, ...anybody } = service;
      return { ...rest, service: { ...anybody, tier, ...(owner !== undefined && { owner }) } };
    }),
  };
}

const UNKNOWN: EstateFinding = {
  rule: 'estate/tier-inversion',
  area: 'estate',
  severity: 'major',
  standing: 'contradicted',
  because: '1 hard dependency leads to a service that may fail more often',
  statement: 'No service depends hard on one of a lesser tier.',
  why: 'It is as ready as what it cannot do without.',
  fix: 'Make the dependency soft, or raise the tier of what is depended on.',
  problems: [
    {
      message: 'payments (tier 1) depends hard on catalogue (tier 3)',
      path: ['payments', 'orders', 'catalogue'],
      services: ['acme/payments', 'acme/catalogue'],
      places: [{ repo: 'acme/payments', ...at('gonogo.yaml:31') }],
      fingerprint: '0a1b2c3d4e5f',
    },
  ],
};

/** Services of every verdict and tier, repositories that were not judged, and a problem between services. */
export function estate(): Audit {
  const rows = [
    rowOf('acme/payments', as(noGo(), 1, 'team-payments')),
    rowOf('acme/orders', as(noGo(), 2)),
    rowOf('acme/catalogue', as(conditional(), 3, 'team-shop')),
    rowOf('acme/mono', several()),
    rowOf('acme/search', as(go(), 4, 'team-search')),
    rowOf('acme/drafts', nothingJudged()),
    unjudgedRow('acme/gone', { because: 'there is nothing at "acme/gone"' }),
    unjudgedRow('acme/endless', { outcome: 'timeout', because: 'judging it took longer than 60 s' }),
    unjudgedRow('acme/new', { outcome: 'empty', because: 'there is no commit in it' }),
  ];
  return auditOf(rows, { estate: { findings: [UNKNOWN], edges: [] } });
}

/** So many services that are not ready. */
export function many(count: number): Audit {
  return auditOf(
    Array.from({ length: count }, (_, index) => rowOf(`acme/shop-${String(index).padStart(4, '0')}`, noGo())),
  );
}
