/** Workloads of plain Kubernetes files: what wraps them, where each value comes from, and what is joined to them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isKnown, type Maybe } from '../../src/evidence/known.ts';
import type { Workload } from '../../src/evidence/workloads/workload.ts';
import { collector } from '../../src/evidence/workloads.ts';
import { collected, type Surroundings, spot } from './collected.ts';

async function workloadsIn(files: Readonly<Record<string, string>>, around: Surroundings = {}) {
  const { facts, unread, looked } = await collected(collector, files, around);
  return { workloads: facts.workloads, unread, looked };
}

async function onlyWorkload(files: Readonly<Record<string, string>>, around: Surroundings = {}): Promise<Workload> {
  const { workloads, unread } = await workloadsIn(files, around);
  expect(unread).toEqual([]);
  expect(workloads).toHaveLength(1);
  return workloads[0] as Workload;
}

function shown<T>(value: Maybe<T> | undefined): T | string | undefined {
  return value === undefined ? undefined : isKnown(value) ? value.value : `opaque ${value.opaque}`;
}

const DEPLOYMENT = `apiVersion: apps/v1
kind: "Deployment"
metadata:
  name: ledger
  annotations: { ignore-check.kube-linter.io/minimum-three-replicas: only one leads }
spec:
  replicas: 3
  selector: { matchLabels: { app: ledger } }
  template:
    metadata:
      labels: { app: ledger, tier: api }
    spec:
      terminationGracePeriodSeconds: 45
      serviceAccountName: ledger
      securityContext: { runAsNonRoot: true, runAsUser: 1000 }
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway }
      initContainers:
        - { name: migrate, image: "registry.lumenpay.io/ledger:1.4.2" }
        - { name: tunnel, image: "registry.lumenpay.io/tunnel:2", restartPolicy: Always }
      containers:
        - name: istio-proxy
          image: docker.io/istio/proxyv2:1.20
        - name: ledger
          image: registry.lumenpay.io/ledger:1.4.2
          ports: [{ name: http, containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /ready, port: http } }
          livenessProbe:
            exec: { command: [cat, /tmp/alive] }
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            limits: { memory: 256Mi }
          securityContext: { runAsUser: 2000, capabilities: { drop: [ALL] } }
          lifecycle: { preStop: { exec: { command: [sleep, "10"] } } }
          env:
            - { name: DB_PASSWORD, value: hunter2 }
            - { name: DB_HOST, valueFrom: { configMapKeyRef: { name: db, key: host } } }
`;

describe('a Deployment', () => {
  it('gives every field with its place', async () => {
    const workload = await onlyWorkload({ 'deploy/ledger.yaml': DEPLOYMENT });
    expect(workload).toMatchObject({
      platform: 'kubernetes',
      kind: 'Deployment',
      name: 'ledger',
      role: 'service',
      replicas: { value: 3, via: 'literal', at: { path: 'deploy/ledger.yaml', line: 7 } },
      grace: { value: 45 },
      account: 'ledger',
      spread: { value: ['topology.kubernetes.io/zone'] },
      rollout: { strategy: { value: 'rolling', via: 'default' } },
      annotations: { 'ignore-check.kube-linter.io/minimum-three-replicas': 'only one leads' },
    });
    expect(workload.containers.map(({ name, role }) => `${name} ${role}`)).toEqual([
      'migrate init',
      'tunnel sidecar',
      'istio-proxy sidecar',
      'ledger main',
    ]);
    const main = workload.containers[3];
    expect(main).toMatchObject({
      ports: [{ name: 'http', number: 8080 }],
      readiness: { value: { kind: 'http', path: '/ready', port: 'http' } },
      liveness: { value: { kind: 'exec', command: 'cat /tmp/alive' } },
      cpuRequest: { value: '100m' },
      memoryLimit: { value: '256Mi' },
      preStop: { value: 'sleep 10' },
      security: { runAsNonRoot: { value: true }, runAsUser: { value: 2000 }, dropped: { value: ['ALL'] } },
    });
    expect(main?.cpuLimit).toBeUndefined();
    expect(JSON.stringify(workload)).not.toContain('hunter2');
    expect(main?.env.map(({ name, from }) => `${name} ${from}`)).toEqual([
      'DB_PASSWORD literal-secret',
      'DB_HOST config',
    ]);
    expect(main && spot(main.at)).toBe('deploy/ledger.yaml:24:11');
  });

  it('takes the one container it has for what it is there for, whatever its name', async () => {
    const { containers } = await onlyWorkload({
      'deploy/agent.yaml': DEPLOYMENT.replace(
        / {6}initContainers:[\s\S]*/,
        '      containers: [{ name: fluent-bit, image: "fluent/fluent-bit:3" }]\n',
      ),
    });
    expect(containers).toMatchObject([{ role: 'main' }]);
  });

  it('has placeholders that are opaque, and one replica where none is written', async () => {
    const text = DEPLOYMENT.replace(
      'image: registry.lumenpay.io/ledger:1.4.2',
      'image: "registry.lumenpay.io/ledger:$TAG"',
    ).replace('  replicas: 3\n', '');
    const workload = await onlyWorkload({ 'deploy/ledger.yaml': text });
    expect(shown(workload.containers[3]?.image)).toBe('opaque registry.lumenpay.io/ledger:$TAG');
    expect(workload.replicas).toMatchObject({ value: 1, via: 'default' });
  });
});

describe('wrappings', () => {
  it('are lists, several documents in a file, and templates that parse', async () => {
    const indented = DEPLOYMENT.replace(/^/gm, '    ').replace('    ', '  - ');
    const { workloads } = await workloadsIn({
      'deploy/list.yaml': `apiVersion: v1\nkind: List\nitems:\n${indented}`,
      'deploy/two.yaml': `${DEPLOYMENT}---\n${DEPLOYMENT.replaceAll('ledger', 'audit')}`,
      'deploy/three.yaml.tmpl': DEPLOYMENT.replace('replicas: 3', 'replicas: {{ replicas }}'),
    });
    expect(workloads.map(({ name, replicas }) => `${name} ${shown(replicas)}`)).toEqual([
      'ledger 3',
      'ledger opaque {{ replicas }}',
      'ledger 3',
      'audit 3',
    ]);
  });

  it("fill in an OpenShift template's parameters by their defaults, and leave those without opaque", async () => {
    const workload = await onlyWorkload({
      'templates/service.yml': `apiVersion: template.openshift.io/v1
kind: Template
parameters:
  - name: REPLICAS
    value: "4"
  - name: TAG
objects:
  - apiVersion: apps/v1
    kind: Deployment
    metadata: { name: ledger }
    spec:
      replicas: \${{REPLICAS}}
      template:
        spec:
          containers: [{ name: ledger, image: "quay.io/ledger:\${TAG}", args: ["--motd={{ .Host }}"] }]
`,
    });
    expect(workload.replicas).toEqual({
      value: 4,
      via: 'values',
      at: { path: 'templates/service.yml', line: 5, column: 5 },
    });
    expect(shown(workload.containers[0]?.image)).toContain('opaque');
  });

  it('do not hold definitions of resources, or patches without an image', async () => {
    const { workloads } = await workloadsIn({
      'crd.yaml':
        'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: { names: { kind: Deployment } }\n',
      'overlays/prod/patch.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ledger }\nspec: { replicas: 5 }\n',
    });
    expect(workloads).toEqual([]);
  });
});

describe('what belongs to a workload', () => {
  const BESIDE = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: ledger }
spec: { scaleTargetRef: { kind: Deployment, name: ledger }, minReplicas: 2, maxReplicas: 9 }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: ledger }
spec:
  maxUnavailable: 25%
  selector: { matchExpressions: [{ key: app, operator: In, values: [ledger] }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: audit }
spec: { minAvailable: 1, selector: { matchLabels: { app: audit } } }
---
apiVersion: v1
kind: Service
metadata: { name: ledger-http, labels: { team: money } }
spec: { selector: { app: ledger }, ports: [{ name: http, port: 80, targetPort: http }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: front }
spec: { rules: [{ http: { paths: [{ path: /, backend: { service: { name: ledger-http } } }] } }] }
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: money }
spec: { selector: { matchLabels: { team: money } }, endpoints: [{ port: http }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny }
spec: { podSelector: {} }
---
apiVersion: v1
kind: LimitRange
metadata: { name: defaults }
spec: { limits: [{ type: Container, default: { cpu: "1", memory: 512Mi } }] }
`;

  it('is joined by name, by labels, and through its Services', async () => {
    const workload = await onlyWorkload({ 'deploy/ledger.yaml': DEPLOYMENT, 'deploy/beside.yaml': BESIDE });
    expect(workload.autoscaler).toMatchObject({
      kind: 'HorizontalPodAutoscaler',
      min: { value: 2 },
      max: { value: 9 },
    });
    expect(workload.disruption).toMatchObject({ maxUnavailable: { value: '25%' } });
    expect(workload.joined.map(({ kind, name }) => `${kind}/${name}`)).toEqual([
      'Service/ledger-http',
      'Ingress/front',
      'ServiceMonitor/money',
      'NetworkPolicy/deny',
    ]);
    expect(workload.containers[3]).toMatchObject({
      cpuLimit: { value: '1', via: 'default' },
      memoryLimit: { value: '256Mi', via: 'literal' },
    });
  });

  it('is not joined across namespaces and environments', async () => {
    const elsewhere = BESIDE.replaceAll('metadata: { name:', 'metadata: { namespace: other, name:');
    const workload = await onlyWorkload({
      'deploy/ledger.yaml': DEPLOYMENT.replace('  name: ledger\n', '  name: ledger\n  namespace: money\n'),
      'deploy/elsewhere.yaml': elsewhere,
      'deploy/staging/beside.yaml': BESIDE,
    });
    expect(workload.autoscaler).toBeUndefined();
    expect(workload.disruption).toBeUndefined();
    expect(workload.joined).toEqual([]);
  });

  it('is joined to the nearest of several namesakes', async () => {
    const { workloads } = await workloadsIn({
      'a/ledger.yaml': DEPLOYMENT,
      'b/ledger.yaml': DEPLOYMENT,
      'b/beside.yaml': BESIDE,
    });
    expect(workloads.map(({ autoscaler }) => autoscaler !== undefined)).toEqual([false, true]);
  });

  it('is in doubt where a template fills in the labels', async () => {
    const workload = await onlyWorkload({
      'deploy/ledger.yaml': DEPLOYMENT,
      'deploy/pdb.yaml.tmpl': BESIDE.split('---')[1]?.replace('values: [ledger]', 'values: ["{{ app }}"]') ?? '',
    });
    expect(workload.disruption?.doubt).toBe('a template fills in what it selects');
  });

  it("is Argo's Rollout that borrows the pods, and Flagger's Canary", async () => {
    const borrowed = await onlyWorkload({
      'ledger.yaml': DEPLOYMENT,
      'rollout.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: ledger }
spec:
  replicas: 6
  workloadRef: { apiVersion: apps/v1, kind: Deployment, name: ledger }
  strategy: { canary: { steps: [{ setWeight: 20 }, { analysis: { templates: [{ templateName: errors }] } }] } }
`,
    });
    expect(borrowed).toMatchObject({
      platform: 'argo-rollouts',
      kind: 'Deployment',
      replicas: { value: 6 },
      rollout: { strategy: { value: 'canary' }, analysed: { value: true } },
    });
    const flagged = await onlyWorkload({
      'ledger.yaml': DEPLOYMENT,
      'canary.yaml': `apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: ledger }
spec:
  targetRef: { apiVersion: apps/v1, kind: Deployment, name: ledger }
  analysis: { stepWeight: 10, metrics: [{ name: request-success-rate }] }
`,
    });
    expect(flagged.rollout).toMatchObject({ strategy: { value: 'canary' }, rollsBack: { value: true } });
  });
});

describe('what sets a workload aside', () => {
  it.each([
    ['tests/ledger.yaml', 'a test'],
    ['examples/ledger.yaml', 'an example'],
    ['vendor/ledger.yaml', 'vendored'],
    ['deploy/load-test/ledger.yaml', 'a load test'],
    ['docs/ledger.yaml', 'documentation'],
    ['.github/ledger.yaml', 'for CI'],
    ['deploy/maintenance_page/ledger.yaml', 'a maintenance page'],
  ])('is the path %s', async (path, because) => {
    expect((await onlyWorkload({ [path]: DEPLOYMENT })).aside).toEqual({ because });
  });

  it('is its own name or image', async () => {
    const named = await onlyWorkload({ 'a.yaml': DEPLOYMENT.replace('name: ledger', 'name: loadgenerator') });
    expect(named.aside).toEqual({ because: 'a load test' });
    const image = DEPLOYMENT.replace('image: registry.lumenpay.io/ledger:1.4.2', 'image: locustio/locust:2');
    expect((await onlyWorkload({ 'a.yaml': image })).aside).toEqual({ because: 'a load test' });
  });

  it.each([
    ['deploy/prod/ledger.yaml', 'prod'],
    ['deploy/ledger-staging.yaml', 'staging'],
    ['envs/dev-eu-west-1/ledger.yaml', 'dev-eu-west-1'],
    ['deploy/non-prod/ledger.yaml', 'non-prod'],
    ['deploy/product/ledger.yaml', undefined],
    ['deploy/live-updates/ledger.yaml', undefined],
  ])('is not the environment that %s names', async (path, environment) => {
    const workload = await onlyWorkload({ [path]: DEPLOYMENT });
    expect(workload.environment).toBe(environment);
    expect(workload.aside).toBeUndefined();
  });

  it('is overruled by the manifest', async () => {
    const manifest = 'environments: [{ id: eu, deploy: examples/eu, production: true }]\n';
    const workload = await onlyWorkload({ 'examples/eu/ledger.yaml': DEPLOYMENT }, { manifest });
    expect(workload).toMatchObject({ environment: 'eu' });
    expect(workload.aside).toBeUndefined();
  });
});

describe('what cannot be read', () => {
  it('is told once, and not for tests', async () => {
    const broken = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: [\n';
    const { unread } = await workloadsIn({ 'deploy/a.yaml': broken, 'tests/b.yaml': broken });
    expect(unread.map(({ at }) => at.path)).toEqual(['deploy/a.yaml']);
  });

  it('never throws, whatever the text', async () => {
    const lines = DEPLOYMENT.split('\n');
    const mutated = fc
      .tuple(
        fc.nat(lines.length - 1),
        fc.oneof(fc.string(), fc.constantFrom('{{ x }}', '- - -', '? [a]', '&a *a', '$(X)')),
      )
      .map(([line, text]) => [...lines.slice(0, line), text, ...lines.slice(line + 1)].join('\n'));
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated, fc.string()), async (text) => {
        const { facts } = await collected(collector, { 'deploy/a.yaml': text, 'deploy/b.yaml.tmpl': text });
        expect(Array.isArray(facts.workloads)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
