/** Checks of requirements, journeys and dependencies on manifests with anything left out: every one answers, none throws, every problem says what to do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/checks/define.ts';
import { checks as dependencies } from '../../src/generated/areas/dependencies.ts';
import { checks as requirements } from '../../src/generated/areas/non-functionals.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';

const duration = fc.constantFrom('0ms', '300ms', '2s', '1h', '30d');
const share = fc.constantFrom(0.1, 50, 99, 99.95, 100);
const words = fc.constantFrom('', 'TBD', 'Payments wait.', '#team');
const quantity = fc.oneof(share, fc.constantFrom('400ms', '300rps', 'fast', '0', '7 orders/h', '5%'));
const day = fc.constantFrom('2025-11-02', '2026-05-02', '2030-01-01');
const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 3 });
const some = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(shape, { requiredKeys: [] });
const named = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  some(shape).map((it, index = 0) => ({ id: `x${index}`, ...it }));

const evidence = list(fc.constantFrom('perf/a.json', 'docs', 'https://runbooks.lumenpay.io/a'));
const validated = list(
  some({ stage: fc.constantFrom('beta', 'live'), env: words, result: quantity, evidence }).chain((it) =>
    day.map((on) => ({ ...it, on })),
  ),
);
const nfr = some({
  target: quantity,
  unit: fc.constantFrom('ms', 'rps', ''),
  window: duration,
  at: quantity,
  peak: quantity,
  baselined: day.map((on) => ({ on })),
  validated,
  limits: list(quantity.map((limit) => ({ id: 'pool', limit }))),
});
const nfrs = fc.dictionary(
  fc.constantFrom(
    'availability',
    'latency_p95',
    'latency_p99',
    'throughput',
    'error_rate',
    'capacity',
    'data_loss',
    'own',
  ),
  nfr,
);
const budget = some({ availability: share, latency_p95: duration, latency_p99: duration });
const component = some({ budget, soft: fc.boolean(), fallback: words }).chain((it) =>
  fc.constantFrom('self', 'x0').map((name) => ({ ...it, component: name })),
);
const journeys = list(
  named({
    owner: words,
    slo: some({ availability: share, latency_p99: duration, window: duration }),
    steps: list(
      fc.oneof(
        component,
        list(component).map((parallel) => ({ parallel })),
      ),
    ),
    evidence,
  }),
);
const dependency = named({
  kind: fc.constantFrom('http', 'file'),
  criticality: fc.constantFrom('hard', 'soft'),
  owner: words,
  contact: words,
  impact: words,
  async: fc.boolean(),
  slo: some({ availability: share }),
  timeout: some({ connect: duration, request: duration }),
  fallback: words.map((kind) => ({ kind })),
  retry: some({ max: fc.nat(9), backoff: fc.constantFrom('none', 'exponential-jitter'), idempotent: fc.boolean() }),
});
const claims = some({
  nfrs,
  journeys,
  dependencies: list(dependency),
  slos: list(some({ id: fc.constantFrom('api', 'availability'), target: share, window: duration, evidence })),
  timeout: duration.map((request) => ({ request })),
  stages: some({ beta: day, live: day }),
});

const run = {
  tool: 'k6',
  at: { path: 'perf/a.json', line: 3 },
  latencyMs: { p95: 300 },
  rps: 40,
  errorRatio: 0.2,
  date: '2026-05-02',
};
const slo = {
  name: 'availability',
  target: 99.9,
  sli: 'ratio',
  spec: 'sloth',
  pages: true,
  at: { path: 'slo.yaml' },
  targetAt: { path: 'slo.yaml', line: 4 },
};

function gathered(facts: unknown) {
  return { facts, looked: { files: 1, note: '' }, unread: [], delegated: [] };
}

const EVIDENCE = {
  'load-results': gathered({ results: [run, { ...run, at: { path: 'perf/b.json' }, date: undefined }] }),
  slos: gathered({ slos: [slo] }),
  references: gathered({ references: [] }),
  history: gathered({
    truncated: false,
    commits: 1,
    touched: {},
    manifest: [{ date: '2026-01-01T00:00:00Z', commit: 'a', stage: 'live', targets: {} }],
    authors: [],
  }),
  surroundings: gathered({
    environments: [],
    backings: [{ id: 'db', kind: 'db', product: 'postgres', at: { path: 'compose.yaml', line: 2 } }],
  }),
  'claimed-numbers': gathered({ files: [] }),
  'baseline-records': gathered({ records: [] }),
  'fallback-tests': gathered({ tests: [] }),
  pipelines: gathered({ pipelines: [], organisations: [], systems: [], pages: ['index.html'] }),
  'quality-tests': gathered({ tests: [] }),
  capabilities: gathered({ units: [], signs: [], hints: [], plainLogs: [], variables: [], code: { '': 3 } }),
};

describe.each(Object.entries({ ...dependencies, ...requirements }))('%s', (_, typed) => {
  const check = typed as unknown as Check;
  const params = Object.fromEntries(Object.entries(check.params).map(([name, param]) => [name, param.default]));

  it('answers whatever is left out', () => {
    fc.assert(
      fc.property(claims, fc.constantFrom('valid', 'absent', 'invalid'), (all, state) => {
        const manifest = {
          state,
          path: 'gonogo.yaml',
          dir: '',
          claims: state === 'valid' ? all : {},
          identity: {},
          problems: [],
          positions: {},
          notes: [],
        } as unknown as Manifest;
        const service = { name: 'self', dir: '', tier: 1, stage: 'live', profile: 'balanced', assumed: [] } as const;
        const { standing, because, problems } = check.assess({
          scope: 'production',
          service,
          manifest,
          claims: manifest.claims,
          evidence: EVIDENCE as never,
          params,
          asOf: '2026-11-16',
          at: () => ({ path: 'gonogo.yaml', line: 1 }),
        });
        expect(because).toMatch(/\S/);
        expect(`${because} ${problems.map((it) => it.message).join(' ')}`).not.toMatch(/undefined|NaN|Infinity/);
        expect(problems.filter((it) => !it.fix || !it.subject)).toEqual([]);
        if (['contradicted', 'missing'].includes(standing)) expect(problems).not.toEqual([]);
      }),
    );
  });
});
