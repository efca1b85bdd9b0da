/** Writes a repository of the usual size to measure with: a service on Kubernetes with workflows, Dockerfile, alerts, runbooks and code, without a manifest. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const NAME = 'parcels';
const ENDPOINTS = ['parcels', 'routes', 'drivers', 'labels', 'depots', 'events', 'customs', 'returns'];
const ALERTS = ['High error rate', 'Slow answers', 'Queue grows', 'Database away'];

/** Writes about forty files below a folder. */
export function writeRepository(folder: string): void {
  for (const [path, text] of Object.entries({ ...delivery(), ...cluster(), ...watching(), ...code() })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Writes several of them side by side as one commit of a git repository. */
export function writeCommitted(folder: string, copies: number): void {
  for (let copy = 0; copy < copies; copy++) writeRepository(join(folder, `part-${copy}`));
  const who = ['-c', 'user.name=bench', '-c', 'user.email=bench@lumenpay.io', '-c', 'commit.gpgsign=false'];
  for (const words of [
    ['init', '-q'],
    ['add', '-A'],
    [...who, 'commit', '-q', '-m', 'first'],
  ])
    execFileSync('git', words, { cwd: folder });
}

type Files = Readonly<Record<string, string>>;

function delivery(): Files {
  const job = (name: string, needs: string, runs: readonly string[]): string =>
    `  ${name}:\n    runs-on: ubuntu-24.04\n${needs}    steps:\n      - uses: actions/checkout@v4\n${runs.map((it) => `      - run: ${it}\n`).join('')}`;
  const deploy = `helm upgrade --install ${NAME} ./chart --atomic`;
  return {
    '.github/workflows/ci.yml': `name: ci\non: [push, pull_request]\njobs:\n${job('test', '', ['npm ci', 'npm test -- --coverage', 'npm audit --audit-level=high'])}${job('scan', '    needs: test\n', ['trivy image registry.lumenpay.io/parcels:latest', 'gitleaks detect --redact'])}`,
    '.github/workflows/release.yml': `name: release\non:\n  push:\n    branches: [main]\njobs:\n${job('build', '', [`docker build -t registry.lumenpay.io/${NAME}:latest .`, `docker push registry.lumenpay.io/${NAME}:latest`])}${job('production', '    needs: build\n    environment: production\n', [deploy, 'curl -fsS https://parcels.lumenpay.io/health'])}`,
    '.github/CODEOWNERS': '* @lumenpay/parcels\n/docs/ @lumenpay/operations\n',
    '.github/dependabot.yml':
      'version: 2\nupdates:\n  - package-ecosystem: npm\n    directory: /\n    schedule:\n      interval: weekly\n',
    Dockerfile:
      'FROM node:22.12.0-slim AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n\nFROM node:22.12.0-slim\nWORKDIR /app\nCOPY --from=build /app/dist ./dist\nUSER node\nEXPOSE 8080\nCMD ["node", "dist/main.js"]\n',
    'package.json': `${JSON.stringify({ name: NAME, version: '1.4.0', scripts: { test: 'vitest run', build: 'tsc' }, dependencies: { fastify: '^5.2.0', pg: '^8.13.0' } }, null, 2)}\n`,
    'README.md': `# ${NAME}\n\nTracks parcels from the depot to the door.\n\n## Run it\n\n\`npm start\`\n\n## Operations\n\nSee the [runbook](docs/runbooks/${NAME}.md).\n`,
  };
}

function cluster(): Files {
  const object = (kind: string, version: string, spec: string, name = NAME): string =>
    `apiVersion: ${version}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  labels:\n    app: ${NAME}\nspec:\n${spec}`;
  const probe = (kind: string, path: string): string =>
    `          ${kind}:\n            httpGet:\n              path: ${path}\n              port: 8080\n            periodSeconds: 10\n`;
  const deployment = `  replicas: 3\n  selector:\n    matchLabels:\n      app: ${NAME}\n  template:\n    metadata:\n      labels:\n        app: ${NAME}\n    spec:\n      terminationGracePeriodSeconds: 45\n      containers:\n        - name: ${NAME}\n          image: registry.lumenpay.io/${NAME}:1.4.0\n          env:\n            - name: DATABASE_URL\n              valueFrom:\n                secretKeyRef:\n                  name: ${NAME}\n                  key: database-url\n${probe('readinessProbe', '/ready')}${probe('livenessProbe', '/health')}          resources:\n            requests:\n              cpu: 200m\n              memory: 256Mi\n            limits:\n              memory: 512Mi\n`;
  const overlay = (replicas: number): string =>
    `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - ../../base\nreplicas:\n  - name: ${NAME}\n    count: ${replicas}\n`;
  return {
    'k8s/base/deployment.yaml': object('Deployment', 'apps/v1', deployment),
    'k8s/base/service.yaml': object('Service', 'v1', `  selector:\n    app: ${NAME}\n  ports:\n    - port: 80\n`),
    'k8s/base/hpa.yaml': object(
      'HorizontalPodAutoscaler',
      'autoscaling/v2',
      `  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: ${NAME}\n  minReplicas: 3\n  maxReplicas: 9\n`,
    ),
    'k8s/base/pdb.yaml': object(
      'PodDisruptionBudget',
      'policy/v1',
      `  minAvailable: 2\n  selector:\n    matchLabels:\n      app: ${NAME}\n`,
    ),
    'k8s/base/networkpolicy.yaml': object(
      'NetworkPolicy',
      'networking.k8s.io/v1',
      `  podSelector:\n    matchLabels:\n      app: ${NAME}\n  policyTypes: [Ingress]\n`,
    ),
    'k8s/base/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - deployment.yaml\n  - service.yaml\n  - hpa.yaml\n  - pdb.yaml\n  - networkpolicy.yaml\n',
    'k8s/overlays/production/kustomization.yaml': overlay(3),
    'k8s/overlays/staging/kustomization.yaml': overlay(1),
  };
}

function watching(): Files {
  const anchor = (title: string): string => title.toLowerCase().replaceAll(' ', '-');
  const rules = ALERTS.map(
    (title) =>
      `      - alert: Parcels${title.replaceAll(' ', '')}\n        expr: sum(rate(http_requests_total{app="${NAME}",code=~"5.."}[5m])) / sum(rate(http_requests_total{app="${NAME}"}[5m])) > 0.01\n        for: 10m\n        labels:\n          severity: page\n        annotations:\n          summary: ${title}\n          runbook_url: docs/runbooks/${NAME}.md#${anchor(title)}\n`,
  );
  const sections = ALERTS.map(
    (title) =>
      `## ${title}\n\n1. Look at the dashboard "Parcels" and at \`kubectl logs deployment/${NAME}\`.\n2. When it began with a release, run \`helm rollback ${NAME}\`.\n3. Otherwise call the database team in #database-oncall.\n`,
  );
  const panel = (title: string, id: number): object => ({
    id,
    title,
    type: 'timeseries',
    targets: [{ expr: `sum(rate(http_requests_total{app="${NAME}"}[5m])) by (code)` }],
  });
  return {
    'monitoring/alerts.yaml': `groups:\n  - name: ${NAME}\n    rules:\n${rules.join('')}`,
    'monitoring/dashboard.json': `${JSON.stringify({ title: 'Parcels', schemaVersion: 39, panels: ALERTS.map(panel) }, null, 2)}\n`,
    [`docs/runbooks/${NAME}.md`]: `# Runbook: ${NAME}\n\nLast reviewed: 2026-09-01\n\n${sections.join('\n')}`,
    'docs/rollback.md': `# Roll back\n\n1. \`helm history ${NAME}\`\n2. \`helm rollback ${NAME}\`\n3. Look at \`/health\`.\n`,
    'docs/threat-model.md':
      '# Threat model\n\n## Assets\n\nAddresses of customers.\n\n## Threats\n\n- Spoofing of drivers: signed tokens.\n\n## Mitigations\n\nSee above.\n',
    'docs/postmortems/2026-05-14-depot.md':
      '# Depot down\n\n## What happened\n\nThe queue stood for an hour.\n\n## Actions\n\n- [x] Alert on the queue\n',
  };
}

function code(): Files {
  const endpoint = (name: string): readonly [string, string][] => [
    [
      `src/${name}.ts`,
      `import { pool } from './database.ts';\n\nexport async function ${name}(id: string) {\n  const { rows } = await pool.query('select * from ${name} where id = $1', [id]);\n  return rows[0];\n}\n`,
    ],
    [
      `test/${name}.test.ts`,
      `import { expect, it } from 'vitest';\nimport { ${name} } from '../src/${name}.ts';\n\nit('finds one', async () => {\n  expect(await ${name}('1')).toBeDefined();\n});\n`,
    ],
  ];
  return {
    'src/main.ts': `import fastify from 'fastify';\n\nconst app = fastify();\n${ENDPOINTS.map((it) => `app.get('/${it}/:id', async () => ({}));\n`).join('')}app.get('/health', async () => 'ok');\nprocess.on('SIGTERM', () => app.close());\nawait app.listen({ port: 8080 });\n`,
    'src/database.ts':
      "import { Pool } from 'pg';\n\nexport const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });\n",
    ...Object.fromEntries(ENDPOINTS.flatMap(endpoint)),
  };
}
