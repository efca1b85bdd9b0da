/** Builds rows of audits for the rules across services: by hand with defaults, and arbitrary ones. */
import fc from 'fast-check';
import type { Tier } from '../../src/model.ts';
import type { AuditRow } from '../../src/model-audit.ts';
import type { DependencyFact, ServiceFacts } from '../../src/model-facts.ts';

/** One service of a repository of its own. */
export function service(name: string, facts: Partial<ServiceFacts> = {}, tier: Tier = 1): AuditRow {
  const at = { path: 'gonogo.yaml', line: 3 };
  return {
    repo: `acme/${name}`,
    outcome: 'judged',
    verdict: 'GO',
    services: [
      {
        service: { name, dir: '', tier, stage: 'live', profile: 'balanced', assumed: [] },
        verdict: 'GO',
        score: { applicable: 0, met: 0, verified: 0, declared: 0 },
        findings: [],
        later: [],
        waivers: [],
        looked: [],
        facts: {
          manifest: 'valid',
          names: [{ name, at }],
          tier: { at, reasoned: true },
          dependencies: [],
          dependenciesAt: at,
          consumers: [],
          ...facts,
        },
      },
    ],
    notes: [],
  };
}

/** A dependency that a caller waits for. */
export function needs(name: string, more: Partial<DependencyFact> = {}): DependencyFact {
  return { name, at: { path: 'gonogo.yaml', line: 7 }, kind: 'http', criticality: 'hard', ...more };
}

const NAMES = Array.from({ length: 8 }, (_, index) => `s${index}`);

const anyDependency: fc.Arbitrary<DependencyFact> = fc.record({
  name: fc.constantFrom(...NAMES, 'nobody', 'postgres'),
  at: fc.constant({ path: 'gonogo.yaml', line: 7 }),
  kind: fc.constantFrom('http', 'grpc', 'db', 'other'),
  criticality: fc.constantFrom('hard', 'hard', 'soft'),
  async: fc.boolean(),
  timeout: fc.record({ request: fc.constantFrom('1s', '200ms', '5s') }),
});

/** Arbitrary estates of a few services that depend on each other. */
export const anyEstate: fc.Arbitrary<readonly AuditRow[]> = fc
  .array(
    fc.record({
      dependencies: fc.array(anyDependency, { maxLength: 4 }),
      tier: fc.constantFrom<Tier>(1, 2, 3, 4),
      percent: fc.option(fc.constantFrom(99, 99.9, 99.99)),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((services) =>
    services.map(({ dependencies, tier, percent }, index) =>
      service(
        `s${index}`,
        {
          dependencies,
          ...(percent !== null && {
            availability: { name: 'nfrs.availability', percent, at: { path: 'gonogo.yaml', line: 9 } },
          }),
        },
        tier,
      ),
    ),
  );
