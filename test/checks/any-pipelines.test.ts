/** The checks of pipelines on whatever workflows people write: they never throw, never contradict themselves, and every problem in a file has its place. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CHECKLISTS, PROFILES } from '../../src/generated/checklists.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import { judgeRepository } from '../../src/run.ts';

const RULES = [
  'release/ci-runs-tests',
  'release/tests-gate-release',
  'release/same-artifact-promoted',
  'release/lower-environment-first',
  'release/post-deploy-verification',
  'release/rollback-or-progressive',
  'release/rollback-automated',
  'release/release-traceable',
  'non-functionals/nfr-test-in-ci',
  'non-functionals/accessibility-test-in-ci',
  'security/ci-token-least-privilege',
  'security/sast-in-ci',
  'security/secret-scan-in-ci',
];

const OPTIONS = {
  asOf: '2026-11-16',
  failOn: 'major',
  checklists: CHECKLISTS,
  profiles: PROFILES,
  version: '0',
  debug: true,
  tier: 1,
  only: RULES,
} as const;

const ids = fc.constantFrom('build', 'test', 'deploy_dev', 'deploy_prod', 'smoke');
const run = fc.constantFrom(
  'npm test',
  'pytest || true',
  `docker push x:\${{ github.sha }}`,
  'helm upgrade a b -n prod --atomic',
  'kubectl apply -k overlays/dev',
  'k6 run load.js | tee x',
  'curl --fail https://x/health',
  'make all',
  './missing.sh test',
  'kubectl rollout undo deployment/x',
);
const uses = fc.constantFrom(
  'docker/build-push-action@v6',
  'github/codeql-action/analyze@v3',
  './.github/actions/x',
  'treosh/lighthouse-ci-action@v12',
);
const condition = fc.constantFrom('always()', 'failure()', 'false', "github.ref == 'refs/heads/main'", 'x ==');
const step = fc.oneof(
  fc.record({ run, if: condition }, { requiredKeys: ['run'] }),
  fc.record({ uses, 'continue-on-error': fc.boolean() }),
);
const job = fc.oneof(
  fc.record(
    {
      needs: fc.uniqueArray(ids, { maxLength: 3 }),
      if: condition,
      environment: fc.constantFrom('prod', 'staging', '', `\${{ x }}`),
      steps: fc.array(step, { maxLength: 4 }),
    },
    { requiredKeys: ['steps'] },
  ),
  fc.record({
    needs: ids,
    uses: fc.constantFrom(
      './.github/workflows/b.yml',
      './.github/workflows/a.yml',
      'o/r/.github/workflows/deploy.yml@v1',
    ),
  }),
);
const workflow = fc.record({
  name: fc.constantFrom('A', 'B', ''),
  on: fc.constantFrom(
    'push',
    'pull_request',
    'pull_request_target',
    { workflow_run: { workflows: ['A', 'B'] } },
    { workflow_call: {} },
    { schedule: [] },
    { push: { branches: ['main'] } },
  ),
  jobs: fc.dictionary(ids, job, { maxKeys: 4 }),
});

it('answer whatever stands there', async () => {
  await fc.assert(
    fc.asyncProperty(workflow, workflow, fc.boolean(), async (a, b, pages) => {
      const files = {
        '.github/workflows/a.yml': JSON.stringify(a),
        '.github/workflows/b.yml': JSON.stringify(b),
        'package.json': '{"scripts": {"test": "jest"}}',
        Makefile: 'all: deploy\n\tnpm test\ndeploy:\n\tcf push x -s prod\n',
        ...(pages && { 'index.html': '<html></html>' }),
      };
      const repo = memoryRepo({ name: 'shop', files, absent: 'not a git repository' });
      const report = await judgeRepository({ repo, dir: '', rootNamed: () => undefined }, OPTIONS);
      const findings = report.services.flatMap((service) => service.findings);
      expect(findings.length).toBe(RULES.length);
      for (const { because, problems, standing, rule, evidence } of findings) {
        const label = `${rule} ${standing}: ${because}`;
        expect(because, label).not.toMatch(/undefined|NaN|\[object|: $/);
        if (['contradicted', 'missing'].includes(standing)) expect(problems, label).not.toEqual([]);
        if (standing === 'verified') expect(evidence, label).not.toEqual([]);
        for (const { at } of problems) if (at) expect(Object.keys(files), label).toContain(at.path);
      }
    }),
    { numRuns: 150 },
  );
});
