/** The checks of ownership, manifest and waivers on whatever people write down: they never throw, and every finding is whole. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CHECKLISTS, PROFILES } from '../../src/generated/checklists.ts';
import type { ServiceReport } from '../../src/model.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import { judgeRepository } from '../../src/run.ts';

const OPTIONS = {
  asOf: '2026-11-16',
  failOn: 'major',
  checklists: CHECKLISTS,
  profiles: PROFILES,
  version: '0',
  debug: true,
} as const;

async function judged(files: Readonly<Record<string, string>>): Promise<readonly ServiceReport[]> {
  const repo = memoryRepo({ name: 'shop', files, absent: 'not a git repository' });
  const workspace = { repo, dir: '', rootNamed: () => undefined };
  return (await judgeRepository(workspace, { ...OPTIONS, only: ['manifest', 'ownership', 'waivers'] })).services;
}

const odd = fc.constantFrom(
  'team-x',
  '@a/b',
  'user:jane',
  'TBD',
  '24x7',
  'lead:security',
  'oncall:x',
  '§§',
  '-',
  'x'.repeat(300),
);
const word = fc.oneof(
  odd,
  fc.string({ minLength: 1, maxLength: 12 }).map((text) => `w${text.trim()}`),
);
const id = fc.constantFrom('a', 'b-1', 'card-gateway');
const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const entry = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown> => fc.record(fields);

const manifest = fc.record({
  apiVersion: fc.constant('gonogo/v1'),
  kind: fc.constant('Service'),
  name: fc.constantFrom('checkout', 'todo'),
  tier: fc.constantFrom(1, 2, 3, 4),
  stage: some(fc.constantFrom('beta', 'live', 'sunset')),
  owner: some(
    fc.oneof(word, entry({ team: word, contact: some(word), repo_teams: some(fc.array(word, { maxLength: 2 })) })),
  ),
  reviewed: some(fc.constantFrom('2026-11-16', '2027-01-01', '1970-01-01', '2026-02-28')),
  oncall: some(
    fc.oneof(word, entry({ provider: some(word), ref: some(word), hours: some(word), participants: some(fc.nat(9)) })),
  ),
  escalation: some(
    fc.array(
      fc.oneof(word, entry({ who: word, after: some(fc.constantFrom('0m', '15m', '1.5h')), contact: some(word) })),
      {
        maxLength: 4,
      },
    ),
  ),
  leads: some(fc.dictionary(fc.constantFrom('reliability', 'security', 'data', 'release', 'support'), word)),
  support: some(
    fc.oneof(word, entry({ channels: fc.array(entry({ ref: word, hours: some(word) }), { maxLength: 2 }) })),
  ),
  dependencies: some(
    fc
      .uniqueArray(id, { maxLength: 3 })
      .chain((ids) =>
        fc.tuple(...ids.map((it) => entry({ id: fc.constant(it), owner: some(word), contact: some(word) }))),
      ),
  ),
  imports: some(fc.constant('catalog-info.yaml')),
  na: some(
    fc.array(fc.record({ rule: fc.oneof(word, fc.constant('ownership/owner-named')), reason: word }), { maxLength: 3 }),
  ),
});
const catalog = fc.record({
  kind: fc.constant('Component'),
  metadata: fc.record({ name: word, tags: fc.array(word, { maxLength: 3 }) }),
  spec: fc.record({ owner: some(word), lifecycle: some(word) }),
});
const waivers = fc.record({
  apiVersion: fc.constant('gonogo/v1'),
  kind: fc.constant('Waivers'),
  waivers: fc.array(
    fc.record({
      rule: fc.constantFrom('ownership/owner-named', 'waivers/valid', 'x'),
      owner: some(word),
      expires: some(fc.constantFrom('2026-11-15', '2026-12-01', '2031-01-01')),
    }),
    {
      maxLength: 3,
    },
  ),
});

it('never throws, cites a place inside the repository for every problem in a file, and says why', async () => {
  const codeowners = fc.array(
    fc.tuple(fc.constantFrom('*', '/src/', 'gone/', '[S]', '<<<<<<< x', '!a', '\\'), word).map((it) => it.join(' ')),
  );
  await fc.assert(
    fc.asyncProperty(manifest, catalog, waivers, codeowners, async (claims, entryOf, exceptions, lines) => {
      const files = {
        'gonogo.yaml': JSON.stringify(claims),
        'catalog-info.yaml': JSON.stringify(entryOf),
        'gonogo.waivers.yaml': JSON.stringify(exceptions),
        CODEOWNERS: lines.join('\n'),
        'src/main.go': 'package main',
      };
      for (const finding of (await judged(files)).flatMap((service) => service.findings)) {
        expect(finding.because).not.toMatch(/undefined|NaN|\[object/);
        for (const problem of finding.problems) {
          expect(problem.message).not.toMatch(/undefined|NaN|\[object/);
          if (problem.at) expect(Object.keys(files)).toContain(problem.at.path);
        }
      }
    }),
    { numRuns: 60 },
  );
});
