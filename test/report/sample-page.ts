/** Reports for the page in HTML: one with every section that a report may have, and one with as many findings as are asked for. */
import type { Change, JourneySum, Report, Ruling } from '../../src/model.ts';
import { PACKAGES } from './sample-packages.ts';
import { at, finding, noGo, problem, report, service, several, waiver } from './sample-report.ts';

const RULINGS: readonly Ruling[] = ['fail', 'waived', 'warn', 'trust', 'pass', 'skip'];

const JOURNEYS: readonly JourneySum[] = [
  {
    journey: 'pay-by-card',
    title: 'A customer pays by card',
    what: 'availability',
    target: 99.9,
    total: 99.8001,
    kept: false,
    text: '0.9990 × 0.9990 = 99.80 % < 99.90 % without fraud-score',
    shares: [
      { component: 'web-checkout', budget: 99.9, share: 0.1, left: false },
      { component: 'payments', budget: 99.9, share: 0.0999, left: false },
      { component: 'fraud-score', budget: 99, share: 0, left: true },
    ],
    at: at('gonogo.yaml:81:5'),
  },
  {
    journey: 'pay-by-card',
    title: 'A customer pays by card',
    what: 'p99',
    target: 2000,
    total: 1400,
    kept: true,
    text: '500ms + max(900ms, 300ms) = 1.4s ≤ 2s',
    shares: [
      { component: 'web-checkout', budget: 500, share: 500, left: false },
      { component: 'payments', share: 0, left: false },
      { component: 'card-gateway', budget: 900, share: 900, left: false },
      { component: 'fraud-score', budget: 300, share: 0, left: false },
    ],
    at: at('gonogo.yaml:81:5'),
  },
  {
    journey: 'refund',
    what: 'p95',
    target: 2000,
    total: 400,
    kept: true,
    text: '400ms ≤ 2s',
    shares: [{ component: 'payments', budget: 400, share: 400, left: false }],
    at: at('gonogo.yaml:95:5'),
  },
];

const LIVE = {
  at: '2026-11-16T08:00:00Z',
  requests: [
    {
      what: 'prometheus',
      namedBy: 'operator',
      method: 'GET',
      host: 'prometheus.lumenpay.io',
      path: '/api/v1/rules',
      status: 200,
      ms: 41,
    },
    {
      what: 'ready',
      namedBy: 'manifest',
      method: 'GET',
      host: 'payments.lumenpay.io',
      path: '/ready',
      trouble: 'no answer in 2s',
      ms: 2000,
    },
  ],
} as const;

const CHANGE: Change = {
  against: { what: 'commit', name: 'main', commit: 'b8a5de0c1f2e3d4c5b6a79880f1e2d3c4b5a6978' },
  passes: false,
  worse: 1,
  better: 1,
  services: [
    {
      service: 'payments',
      dir: '',
      before: { verdict: 'CONDITIONAL GO', score: { applicable: 22, met: 16, verified: 13, declared: 3 } },
      after: { verdict: 'NO-GO', score: { applicable: 22, met: 14, verified: 11, declared: 3 } },
      rules: [
        {
          rule: 'dependencies/timeout-evidenced',
          statement: 'The timeout that is declared is the timeout that the client uses.',
          severity: 'critical',
          before: { standing: 'verified', ruling: 'pass' },
          after: { standing: 'contradicted', ruling: 'fail' },
          direction: 'worse',
          blocks: true,
          appeared: [problem('config/http-clients.yaml:22:16', 'cardGateway.readTimeout is 30s, declared 900ms')],
          gone: [],
        },
        {
          rule: 'release/sbom-published',
          statement: 'Every release publishes what it is made of.',
          severity: 'standard',
          before: { standing: 'missing', ruling: 'warn' },
          direction: 'better',
          blocks: false,
          appeared: [],
          gone: [problem(undefined, 'no release publishes one')],
        },
      ],
      remaining: 5,
    },
  ],
};

/** A NO-GO with a change, journeys, packages, requests, notes and waivers of every kind. */
export function everything(): Report {
  const whole = noGo();
  const [first] = whole.services;
  if (!first) throw new Error('the sample has a service');
  const later = waiver('release/rollback-rehearsed', {
    from: '2026-11-10',
    expires: '2027-02-01',
    owner: 'team-release',
  });
  const findings = [
    ...first.findings,
    finding('non-functionals/journey-budget-composes', 'fail', {
      standing: 'contradicted',
      because: 'pay-by-card availability: 0.9990 × 0.9990 = 99.80 % < 99.90 %',
    }),
  ];
  const full = service(
    findings,
    {},
    { later: first.later, looked: first.looked, journeys: JOURNEYS, packages: PACKAGES, live: LIVE },
  );
  return report([{ ...full, waivers: [...full.waivers, later] }], {
    change: CHANGE,
    notes: ['the check of release/sbom-published failed: unexpected end of input. This is a fault of gonogo.'],
  });
}

/** Several services, one of which is not what it was. */
export function severalChanged(): Report {
  const whole = several();
  const ledger = whole.services.find(({ service: { name } }) => name === 'ledger');
  if (!ledger) throw new Error('the sample has a ledger');
  const answer = { verdict: ledger.verdict, score: ledger.score };
  const same = { service: 'ledger', dir: 'services/ledger', before: answer, after: answer, rules: [], remaining: 1 };
  const services = CHANGE.services.map((it) => ({ ...it, dir: 'services/payments' }));
  return { ...whole, change: { ...CHANGE, services: [...services, same] } };
}

/** A service with this many findings, of every ruling in turn, over ten areas. */
export function large(count: number): Report {
  const findings = Array.from({ length: count }, (_, index) =>
    finding(`area-${index % 10}/rule-${index}`, RULINGS[index % RULINGS.length] ?? 'pass', {
      statement: `Statement ${index} is met.`,
      because: `this is what was seen for number ${index}`,
      claim: at('gonogo.yaml:7:1'),
      evidence: [at(`docs/page-${index}.md:3`)],
      problems: index % 3 === 0 ? [problem(`src/file-${index}.ts:9`, `something is off at ${index}`)] : [],
    }),
  );
  return report([service(findings)]);
}
