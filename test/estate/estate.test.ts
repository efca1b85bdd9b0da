/** The rules across services on arbitrary and hostile estates: what is found is there, order means nothing, less is never worse. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { components, isCycle, shortestCycle } from '../../src/estate/cycles.ts';
import { assessEstate, assessGraph } from '../../src/estate/estate.ts';
import { graphOf } from '../../src/estate/graph.ts';
import { isHard } from '../../src/estate/hard.ts';
import { ESTATE } from '../../src/generated/checklists.ts';
import type { AuditRow, EstateReport } from '../../src/model-audit.ts';
import type { ServiceFacts } from '../../src/model-facts.ts';
import { unjudgedRow } from '../audit/sample-audit.ts';
import { anyEstate, needs, service } from './sample-estate.ts';

const DAY = { asOf: '2026-11-16' };

function problemsOf(report: EstateReport, rule: string) {
  return report.findings.find((it) => it.rule === rule)?.problems ?? [];
}

describe('the rules across services', () => {
  it('give exactly one finding each, in the order of the checklist', () => {
    fc.assert(
      fc.property(anyEstate, (rows) => {
        expect(assessEstate(rows, { ...DAY, debug: true }).findings.map(({ rule }) => rule)).toEqual(
          ESTATE.rules.map(({ id }) => id),
        );
      }),
    );
  });

  it('say the same whatever the order of the rows', () => {
    fc.assert(
      fc.property(
        anyEstate.chain((rows) =>
          fc.tuple(fc.constant(rows), fc.shuffledSubarray([...rows], { minLength: rows.length })),
        ),
        ([rows, shuffled]) => {
          expect(assessEstate(shuffled, DAY)).toEqual(assessEstate(rows, DAY));
        },
      ),
    );
  });

  it('find no problem more where a dependency is taken away', () => {
    fc.assert(
      fc.property(anyEstate, fc.nat(), fc.nat(), (rows, which, at) => {
        const less = withoutDependency(rows, which % rows.length, at);
        for (const rule of ['tier-inversion', 'unknown-dependency', 'slo-not-above-dependencies', 'hard-cycle']) {
          const [before, after] = [rows, less].map((it) => problemsOf(assessEstate(it, DAY), `estate/${rule}`));
          const known = new Set(before?.flatMap(({ services }) => services.slice(0, rule === 'hard-cycle' ? 99 : 1)));
          const concerned = after?.flatMap(({ services }) => services.slice(0, rule === 'hard-cycle' ? 99 : 1)) ?? [];
          expect(
            concerned.filter((key) => !known.has(key)),
            rule,
          ).toEqual([]);
        }
      }),
    );
  });

  it('throw at nothing, and say the same as JSON', () => {
    fc.assert(
      fc.property(fc.array(hostileRow, { maxLength: 6 }), (rows) => {
        const report = assessEstate(rows, DAY);
        expect(report.findings.filter(({ because }) => because.includes('fault of gonogo'))).toEqual([]);
        expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      }),
    );
  });

  it('call only that unknown which may be in a repository that was not judged', () => {
    const rows = [service('web', { dependencies: [needs('billing')] }), unjudgedRow('acme/billing')];
    const standings = new Map(assessEstate(rows, DAY).findings.map(({ rule, standing }) => [rule, standing]));
    expect(standings.get('estate/unknown-dependency')).toBe('unknown');
    expect(standings.get('estate/hard-cycle')).toBe('unknown');
    expect(standings.get('estate/timeout-chain')).toBe('unknown');
    expect(problemsOf(assessEstate(rows, DAY), 'estate/unknown-dependency')).toEqual([]);
  });

  it('are not sure where something hangs on a manifest that could not be read', () => {
    const broken = service('ledger', {
      manifest: 'invalid',
      unknown: [{ what: 'all', because: 'gonogo.yaml is not valid' }],
    });
    const rows = [service('web', { dependencies: [needs('ledger')] }), broken];
    const cycle = assessEstate(rows, DAY).findings.find(({ rule }) => rule === 'estate/hard-cycle');
    expect(cycle?.standing).toBe('unknown');
    expect(cycle?.because).toContain('ledger: gonogo.yaml is not valid');
  });

  it('are sure of the others where nothing hangs on a manifest that could not be read, and name it', () => {
    const at = { path: 'gonogo.yaml', line: 5 };
    const rows = [
      service('web', { dependencies: [needs('rates')] }),
      service('rates', { consumers: [{ name: 'web', at }], consumersAt: at, dependencies: [] }),
      service('ledger', { manifest: 'invalid', unknown: [{ what: 'all', because: 'gonogo.yaml is not valid' }] }),
    ];
    const { findings } = assessEstate(rows, DAY);
    const said = new Map(findings.map(({ rule, standing, because }) => [rule, `${standing}: ${because}`]));
    for (const rule of ['hard-cycle', 'tier-inversion', 'consumer-symmetry', 'duplicate-name'])
      expect(said.get(`estate/${rule}`)).toMatch(/^declared: .*; not read: ledger \(gonogo\.yaml is not valid\)$/);
    expect(findings.filter(({ standing }) => standing === 'verified').map(({ rule }) => rule)).toEqual([
      'estate/deployable-without-manifest',
    ]);
  });

  it('know nothing where no manifest could be read', () => {
    const unread = { manifest: 'invalid', unknown: [{ what: 'all', because: 'it is not valid' }] } as const;
    const { findings } = assessEstate([service('web', unread)], DAY);
    expect(findings.find(({ rule }) => rule === 'estate/hard-cycle')?.standing).toBe('unknown');
  });

  it('do not call a name unknown for sure that may be that of an unreadable manifest', () => {
    const dark = service('ledger', { manifest: 'invalid', unknown: [{ what: 'all', because: 'not YAML' }] });
    const nameless = {
      ...dark,
      services: dark.services.map((it) => ({ ...it, service: { ...it.service, assumed: ['name' as const] } })),
    };
    const { findings } = assessEstate([service('web', { dependencies: [needs('books')] }), nameless], DAY);
    const finding = findings.find(({ rule }) => rule === 'estate/unknown-dependency');
    expect([finding?.standing, finding?.because]).toEqual(['unknown', expect.stringContaining('acme/ledger')]);
  });

  it.each(['db', 'cache', 'file', 'queue'] as const)('take no %s for the service that it is named after', (kind) => {
    const rows = [
      service('orders', {
        dependencies: [needs('orders', { kind }), needs('web')],
        consumersAt: { path: 'gonogo.yaml' },
      }),
      service('web', { dependencies: [needs('orders', { kind, timeout: { request: '1ms' } })] }, 1),
    ];
    const { findings, edges } = assessEstate(rows, { ...DAY, debug: true });
    expect(edges.flatMap(({ to }) => to ?? [])).toEqual(['acme/web']);
    expect(findings.filter(({ standing }) => standing === 'contradicted')).toEqual([]);
    expect(findings.find(({ rule }) => rule === 'estate/hard-cycle')?.standing).toBe(
      kind === 'file' ? 'declared' : 'unknown',
    );
  });

  it('call no cycle in doubt that a store could not close', () => {
    const rows = [service('web', { dependencies: [needs('orders', { kind: 'queue' })] }), service('orders')];
    const { findings } = assessEstate([...rows, service('a', { dependencies: [needs('web')] })], DAY);
    expect(findings.find(({ rule }) => rule === 'estate/hard-cycle')?.standing).toBe('declared');
  });

  it('wait for a queue that says so', () => {
    const rows = [
      service('web', { dependencies: [needs('orders', { kind: 'queue', async: false })] }),
      service('orders', { dependencies: [needs('web')] }),
    ];
    expect(problemsOf(assessEstate(rows, DAY), 'estate/hard-cycle')).toHaveLength(1);
  });

  it('take no name of several services for a dependency that is missing', () => {
    const at = { path: 'gonogo.yaml', line: 5 };
    const gate = service('gate', { consumers: [{ name: 'web', at }], consumersAt: at });
    const rows = [service('web', { dependencies: [needs('gate')] }), gate, { ...service('gate'), repo: 'other/gate' }];
    const finding = assessEstate(rows, DAY).findings.find(({ rule }) => rule === 'estate/consumer-symmetry');
    expect([finding?.standing, finding?.problems]).toEqual(['unknown', []]);
  });

  it('count those who lead nobody knows what only where the limit could be reached', () => {
    const lead = { area: 'reliability', person: 'jane', at: { path: 'gonogo.yaml' } };
    const rows = [service('a', { leads: [lead] }), service('b')];
    const said = (count: number): string | undefined =>
      assessEstate([...rows, ...Array.from({ length: count }, (_, index) => service(`c${index}`))], DAY).findings.find(
        ({ rule }) => rule === 'estate/owner-concentration',
      )?.standing;
    expect([said(3), said(4)]).toEqual(['declared', 'unknown']);
  });

  it('keep an edge out of every service where several have its name', () => {
    const rows = [
      service('web', { dependencies: [needs('gate')] }),
      service('gate'),
      { ...service('gate'), repo: 'other/gate' },
    ];
    const report = assessEstate(rows, DAY);
    expect(report.edges).toEqual([{ from: 'acme/web', name: 'gate', criticality: 'hard', rules: [] }]);
    expect(report.findings.find(({ rule }) => rule === 'estate/hard-cycle')?.standing).toBe('unknown');
  });

  it('name on each edge the rules that it breaks', () => {
    const at = { path: 'gonogo.yaml', line: 5 };
    const rows = [
      service('web', { dependencies: [needs('rates', { timeout: { request: '1s' } }), needs('gone')] }),
      service(
        'rates',
        { consumersAt: at, timeout: { request: '2s', at }, dependencies: [needs('db', { kind: 'db' })] },
        3,
      ),
    ];
    expect(assessEstate(rows, DAY).edges.map(({ name, rules }) => [name, rules])).toEqual([
      ['db', []],
      ['rates', ['estate/consumer-symmetry', 'estate/tier-inversion', 'estate/timeout-chain']],
      ['gone', ['estate/unknown-dependency']],
    ]);
  });

  it('are switched off, weighed and set by a policy', () => {
    const rows = [service('web', { dependencies: [needs('rates')] }), service('rates', {}, 2)];
    const rules = {
      'estate/hard-cycle': { enabled: false },
      'estate/tier-inversion': { severity: { tier1: 'standard' as const }, with: { tier: 1 } },
    };
    const { findings } = assessEstate(rows, { ...DAY, rules });
    expect(findings.map(({ rule }) => rule)).not.toContain('estate/hard-cycle');
    expect(findings.find(({ rule }) => rule === 'estate/tier-inversion')?.severity).toBe('standard');
  });

  it('leave out the one problem that a waiver names by its fingerprint', () => {
    const facts = { dependencies: [needs('rates'), needs('flags')] };
    const rest = [service('rates', {}, 3), service('flags', {}, 3)];
    const [first, second] = problemsOf(assessEstate([service('web', facts), ...rest], DAY), 'estate/tier-inversion');
    const waiver = { rule: 'estate/tier-inversion', reason: 'moves up in May', at: { path: 'gonogo.waivers.yaml' } };
    const excuses = [{ ...waiver, until: '2026-12-01', only: first?.fingerprint ?? '' }];
    const left = assessEstate([service('web', { ...facts, excuses }), ...rest], DAY);
    expect(problemsOf(left, 'estate/tier-inversion').map(({ message }) => message)).toEqual([second?.message]);
    expect(left.findings.find(({ rule }) => rule === 'estate/tier-inversion')?.excused).toEqual([
      {
        service: 'acme/web',
        reason: 'moves up in May',
        at: { repo: 'acme/web', path: 'gonogo.waivers.yaml' },
        until: '2026-12-01',
      },
    ]);
  });
});

describe('the graph', () => {
  it('finds cycles that are cycles, and misses none', () => {
    fc.assert(
      fc.property(anyEstate, (rows) => {
        const graph = graphOf(rows);
        const cyclic = components(graph, isHard).filter((group) => isCycle(graph, group, isHard));
        for (const group of cyclic) {
          const cycle = shortestCycle(graph, group, isHard);
          expect(cycle.length).toBeGreaterThan(0);
          expect(cycle.map(({ to }) => to)).toEqual([...cycle.slice(1), ...cycle.slice(0, 1)].map(({ from }) => from));
          expect(cycle.every(isHard)).toBe(true);
        }
        const inCycles = new Set(cyclic.flat().map(({ key }) => key));
        for (const node of graph.nodes) expect(inCycles.has(node.key), node.key).toBe(reachesItself(rows, node.name));
      }),
    );
  });

  it('takes work in proportion to its size: 5,000 services with five dependencies each', () => {
    const count = 5000;
    const rows = Array.from({ length: count }, (_, index) =>
      service(`s${index}`, {
        dependencies: [1, 7, 50, 701, 1999].map((step) =>
          needs(`s${(index * 31 + step) % count}`, { timeout: { request: '1s' } }),
        ),
        ...(index % 3 === 0 && {
          availability: { name: 'nfrs.availability', percent: 99.9, at: { path: 'gonogo.yaml', line: 9 } },
        }),
      }),
    );
    const graph = graphOf(rows);
    const report = assessGraph(graph, DAY);
    expect(graph.edges).toHaveLength(5 * count);
    expect(graph.walked.edges).toBeLessThan(20 * graph.edges.length);
    expect(report.findings.every(({ problems }) => problems.length <= 1000)).toBe(true);
  });

  it('goes down a chain of 5,000 services without a deep stack', () => {
    const rows = Array.from({ length: 5000 }, (_, index) =>
      service(`s${index}`, { dependencies: [needs(`s${index + 1}`)] }),
    );
    const { findings } = assessEstate(rows, { ...DAY, debug: true });
    expect(findings.find(({ rule }) => rule === 'estate/hard-cycle')?.standing).toBe('declared');
  });
});

function withoutDependency(rows: readonly AuditRow[], which: number, at: number): readonly AuditRow[] {
  return rows.map((row, index) => {
    if (index !== which) return row;
    const services = row.services.map((it) => {
      const { dependencies } = it.facts;
      const gone = dependencies.length === 0 ? -1 : at % dependencies.length;
      return { ...it, facts: { ...it.facts, dependencies: dependencies.filter((_, position) => position !== gone) } };
    });
    return { ...row, services };
  });
}

/** By asking every service where it leads, again and again: slow, and too simple to be wrong. */
function reachesItself(rows: readonly AuditRow[], name: string): boolean {
  const next = (from: string): readonly string[] =>
    rows
      .flatMap(({ services }) => services)
      .filter((it) => it.service.name === from)
      .flatMap(({ facts }) => facts.dependencies)
      .filter((it) => it.criticality !== 'soft' && !it.async && it.kind !== 'db')
      .map((it) => it.name);
  const seen = new Set(next(name));
  for (const it of seen) for (const more of next(it)) seen.add(more);
  return seen.has(name);
}

const anyText = fc.oneof(
  fc.string(),
  fc.constantFrom('__proto__', 'constructor', '', '99999999999999999999s', '1s', 's0', 'acme/s0', 'a'.repeat(5000)),
);

const hostileFacts: fc.Arbitrary<ServiceFacts> = fc
  .record({
    dependencies: fc.array(
      fc.record({
        name: anyText,
        at: fc.record({ path: anyText }),
        owner: anyText,
        timeout: fc.record({ request: anyText, connect: anyText }),
        retry: fc.record({ max: fc.double() }),
        slo: fc.record({ availability: fc.double(), latency_p95: anyText }),
      }),
      { maxLength: 5 },
    ),
    consumers: fc.array(fc.record({ name: anyText, at: fc.record({ path: anyText }), repo: anyText }), {
      maxLength: 3,
    }),
    availability: fc.record({ name: anyText, percent: fc.double(), at: fc.record({ path: anyText }) }),
    timeout: fc.record({ request: anyText, at: fc.record({ path: anyText }) }),
    journeys: fc.array(
      fc.record({
        id: anyText,
        at: fc.record({ path: anyText }),
        slo: fc.record({ availability: fc.double(), latency_p95: anyText }),
        steps: fc.array(fc.record({ component: anyText }), { maxLength: 3 }),
      }),
      { maxLength: 2 },
    ),
    leads: fc.array(fc.record({ area: anyText, person: anyText, at: fc.record({ path: anyText }) }), { maxLength: 3 }),
    failureModes: fc.array(
      fc.record({ id: anyText, digest: anyText, words: fc.nat(), begins: anyText, at: fc.record({ path: anyText }) }),
      { maxLength: 3 },
    ),
    libraries: fc.array(
      fc.record({ ecosystem: anyText, path: anyText, packages: fc.array(fc.tuple(anyText, anyText, fc.nat())) }),
      { maxLength: 3 },
    ),
    excuses: fc.array(
      fc.record({
        rule: fc.constantFrom(...ESTATE.rules.map(({ id }) => id)),
        reason: anyText,
        at: fc.record({ path: anyText }),
      }),
      { maxLength: 2 },
    ),
  })
  .map((facts) => facts as ServiceFacts);

const hostileRow: fc.Arbitrary<AuditRow> = fc
  .tuple(anyText, hostileFacts, fc.boolean(), fc.constantFrom('judged', 'timeout', 'empty'))
  .map(([name, facts, archived, outcome]) =>
    outcome === 'judged'
      ? { ...service(name, facts), archived }
      : unjudgedRow(name, { outcome: outcome === 'empty' ? 'empty' : 'timeout' }),
  );
