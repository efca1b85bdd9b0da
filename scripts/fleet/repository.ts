/** The files of one service of a fleet: about forty, of the kinds and sizes that such repositories have. */
import { clusterOf } from './cluster.ts';
import { codeOf } from './code.ts';
import { manifestOf } from './manifest.ts';
import type { Planned } from './plan.ts';
import { type Random, randomOf } from './random.ts';
import { watchingOf } from './watching.ts';

/** Text by path. */
export type Files = Readonly<Record<string, string>>;

/** What a repository of the fleet holds at its last commit; the same for the same seed and plan. */
export function filesOf(service: Planned, all: readonly Planned[], seed: number): Files {
  const random = randomOf(seed + 2, service.index);
  return {
    ...(service.gap !== 'manifest' && { 'gonogo.yaml': manifestOf(service, all, random) }),
    ...codeOf(service, random),
    ...deliveryOf(service, random),
    ...(service.gap !== 'workload' && clusterOf(service, random)),
    ...watchingOf(service, random),
    ...documentsOf(service, random),
  };
}

function deliveryOf({ team, gap }: Planned, random: Random): Files {
  const job = (name: string): string =>
    `  ${name}:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 15\n    steps:\n      - uses: actions/checkout@${random.hex(40)}\n      - uses: actions/setup-node@${random.hex(40)}\n        with: { node-version: 20, cache: npm }\n      - run: npm ci\n      - name: ${name}\n        run: |\n          npm run ${name}\n          npm audit --omit=dev\n`;
  const workflow = (name: string, on: string): readonly [string, string] => [
    `.github/workflows/${name}.yml`,
    `name: ${name}\non:\n  ${on}:\n    branches: [main]\npermissions: { contents: read }\nconcurrency: { group: "${name}-\${{ github.ref }}", cancel-in-progress: true }\njobs:\n${['build', 'test', 'scan'].map(job).join('')}`,
  ];
  const update = (ecosystem: string): string =>
    `  - package-ecosystem: ${ecosystem}\n    directory: /\n    schedule: { interval: weekly }\n`;
  return {
    '.gitignore': 'node_modules/\ndist/\ncoverage/\n*.log\n',
    '.dockerignore': 'node_modules\n.git\n',
    Dockerfile: `FROM node:20-slim@sha256:${random.hex(64)}\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY dist dist\nUSER 1000\nHEALTHCHECK CMD node dist/health.js\nCMD ["node", "dist/main.js"]\n`,
    ...(gap !== 'owner' && { '.github/CODEOWNERS': `* @example/${team}\n/k8s/ @example/platform\n` }),
    '.github/dependabot.yml': `version: 2\nupdates:\n${update('npm')}${update('docker')}`,
    ...Object.fromEntries([workflow('ci', 'pull_request'), workflow('release', 'push'), workflow('perf', 'push')]),
  };
}

function documentsOf({ name, team }: Planned, random: Random): Files {
  return {
    'README.md': `# ${name}\n\nOwned by ${team}. See [the runbook](docs/runbook.md) and [dashboards](monitoring/dashboard.json).\n\n${'The service takes requests, checks them and writes the outcome. '.repeat(12)}\n\n## Run it\n\n\`\`\`sh\nnpm ci && npm start\n\`\`\`\n`,
    'CHANGELOG.md': `# Changelog\n\n## 1.0.0\n\n- first release of ${name}\n`,
    'docs/rollback.md': `# Rollback\n\n1. \`kubectl rollout undo deploy/${name}\`\n2. Tell #${team}.\n`,
    'docs/handover.md': `# Handover\n\n${'What the next team must know. '.repeat(20)}\n`,
    'docs/threat-model.md': `# Threat model\n\nLast reviewed 2026-0${1 + random.below(9)}-01.\n\n| Asset | Threat | Control |\n|---|---|---|\n| orders | tampering | mTLS |\n`,
    'docs/postmortems/2026-03-14.md':
      '# 2026-03-14 outage\n\nSeverity: major. Detected in 4 minutes, resolved in 31.\n\n- [x] add alert\n- [ ] add load test\n',
  };
}
