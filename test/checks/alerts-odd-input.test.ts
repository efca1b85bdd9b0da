/** The checks of alerts and runbooks on whatever people write down: they never throw, never contradict themselves, and every problem in a file has its place. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CHECKLISTS, PROFILES } from '../../src/generated/checklists.ts';
import type { Finding } from '../../src/model.ts';
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

async function judged(files: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  const repo = memoryRepo({ name: 'shop', files, absent: 'not a git repository' });
  const workspace = { repo, dir: '', rootNamed: () => undefined };
  const report = await judgeRepository(workspace, { ...OPTIONS, tier: 1, only: ['observability', 'runbooks'] });
  return report.services.flatMap((service) => service.findings);
}

const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const odd = fc.constantFrom('', 'TODO', '{{ .Values.x }}', '{{ $labels.pod }}', '§', 'null', '#', 'constructor', '-1');
const word = fc.oneof(
  odd,
  fc.constantFrom('critical', 'warning', 'info', 'slack', 'ledger'),
  fc.string({ maxLength: 12 }),
);
const expr = fc.oneof(
  word,
  fc.constantFrom(
    'up == 0',
    'sum(rate(http_requests_total{code=~"5.."}[5m])) / sum(rate(http_requests_total[5m])) > 0.01',
    'node_memory_free_bytes < 1e9',
    'a:error_ratio:rate1h > 0.0144 and a:error_ratio:rate5m > 0.0144',
    '{app="x"} |= "error"',
    'vector(1)',
  ),
);
const link = fc.oneof(
  word,
  fc.constantFrom(
    'docs/runbooks/a.md',
    'docs/runbooks/a.md#diagnosis',
    'https://example.com/',
    'docs/none.md#x',
    '../up.md',
  ),
);
const rule = fc.record(
  {
    alert: word,
    expr,
    for: fc.constantFrom('5m', '0m', '', 'soon'),
    labels: fc.oneof(
      fc.record({ severity: word, team: word }, { requiredKeys: [] }),
      fc.constant(null),
      fc.constant([]),
    ),
    annotations: fc.oneof(
      fc.record({ summary: word, runbook_url: link, action: word }, { requiredKeys: [] }),
      fc.constant('x'),
    ),
  },
  { requiredKeys: ['alert'] },
);
const matcher = fc.constantFrom('severity="critical"', 'team=~"led.*"', 'namespace="x"', '((', '');
const route: fc.Arbitrary<unknown> = fc.record(
  {
    receiver: fc.constantFrom('a', 'b', 'gone'),
    matchers: fc.array(matcher, { maxLength: 2 }),
    routes: fc.array(
      fc.record({ receiver: fc.constantFrom('a', 'b', 'gone'), matchers: fc.array(matcher, { maxLength: 2 }) }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['receiver'] },
);
const receivers = fc.constantFrom(
  [
    { name: 'a', slack_configs: [{ channel: '#a' }] },
    { name: 'b', pagerduty_configs: [{}] },
  ],
  [{ name: 'a' }, { name: 'b', webhook_configs: [{ url: 'http://b' }] }],
  [],
);
const claims = fc.record(
  {
    alerts: fc.record(
      {
        severity_map: fc.dictionary(fc.constantFrom('slack', 'ledger'), fc.constantFrom('critical', 'standard')),
        page: fc.constant(['critical']),
      },
      { requiredKeys: [] },
    ),
    slos: fc.array(fc.record({ id: fc.constantFrom('availability', 'latency') }), { maxLength: 2 }),
    runbooks: fc.constantFrom('docs/runbooks', 'docs/none', 'https://wiki.lumenpay.io/x'),
    failure_modes: fc.array(
      fc.record(
        {
          id: fc.constantFrom('a', 'b'),
          alert: fc.array(fc.constant('A'), { maxLength: 1 }),
          runbook: fc.constantFrom('docs/runbooks/a.md', 'docs/none.md'),
        },
        { requiredKeys: ['id'] },
      ),
      { maxLength: 2 },
    ),
    oncall: fc.constant({ provider: 'pagerduty' }),
  },
  { requiredKeys: [] },
);
const heading = fc.constantFrom('# A', '## Diagnosis', '## Mitigation', '**Escalation**', '## 확인 방법', '');
const page = fc.array(
  fc.tuple(heading, fc.oneof(word, fc.constantFrom('`kubectl get pods`', 'See the wiki.', '#help'))),
  { maxLength: 5 },
);

it('never throws, says why in whole sentences, and cites places inside the repository', async () => {
  await fc.assert(
    fc.asyncProperty(
      some(claims),
      fc.array(rule, { maxLength: 4 }),
      some(route),
      receivers,
      page,
      async (its, rules, tree, them, text) => {
        const files: Record<string, string> = {
          ...(its && {
            'gonogo.yaml': JSON.stringify({
              apiVersion: 'gonogo/v1',
              kind: 'Service',
              name: 'ledger',
              tier: 1,
              ...its,
            }),
          }),
          'ops/alerts.yaml': JSON.stringify({ groups: [{ name: 'g', rules }] }, null, 1),
          ...(tree !== undefined && {
            'ops/alertmanager.yaml': JSON.stringify({ route: tree, receivers: them }, null, 1),
          }),
          'docs/runbooks/a.md': text.map((part) => part.join('\n\n')).join('\n\n'),
        };
        for (const { rule: id, standing, because, problems, evidence } of await judged(files)) {
          const said = `${id} ${standing}: ${because}`;
          expect(because, said).not.toMatch(/undefined|NaN|\[object/);
          expect(standing === 'contradicted' && problems.length === 0, said).toBe(false);
          for (const { message, at } of problems) {
            expect(message, said).not.toMatch(/undefined|NaN|\[object/);
            if (at) expect(Object.keys(files), said).toContain(at.path);
          }
          if (standing === 'verified') expect(evidence.length, said).toBeGreaterThan(0);
        }
      },
    ),
    { numRuns: 80 },
  );
});
