/** Workloads of platforms besides Kubernetes: what each file says, and what the platform does where it says nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isKnown, type Maybe } from '../../src/evidence/known.ts';
import { collector } from '../../src/evidence/workloads.ts';
import { collected, spot } from './collected.ts';

type Files = Readonly<Record<string, string>>;

async function workloadsIn(files: Files) {
  const { facts, unread } = await collected(collector, files);
  expect(unread).toEqual([]);
  return facts.workloads;
}

async function only(files: Files) {
  const workloads = await workloadsIn(files);
  expect(workloads).toHaveLength(1);
  return workloads[0] as (typeof workloads)[number];
}

/** `2 by default`, `/ready app.yaml:9`. */
function told<T>(value: Maybe<T> | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (!isKnown(value)) return `opaque ${value.opaque}`;
  const { value: it, via, at } = value;
  return `${typeof it === 'object' ? JSON.stringify(it) : String(it)} ${via === 'default' ? 'by default' : spot({ path: at.path, line: at.line ?? 0 })}`;
}

const NAIS = `apiVersion: nais.io/v1alpha1
kind: Application
metadata:
  name: ledger
spec:
  image: {{image}}
  port: 8089
  liveness:
    path: /alive
  readiness:
    path: /ready
  prometheus: { enabled: true, path: /prom }
  env:
    - { name: PROFILE, value: prod }
  envFrom:
    - secret: ledger-db
`;

describe('NAIS', () => {
  it('injects an agent of OpenTelemetry where the application asks for it', async () => {
    const asked = 'spec:\n  observability: { autoInstrumentation: { enabled: true, runtime: nodejs } }';
    const app = await only({ 'app.yaml': NAIS.replace('spec:', asked) });
    expect(app.annotations['instrumentation.opentelemetry.io/inject-nodejs']).toBe('true');
    const off = await only({ 'app.yaml': NAIS.replace('spec:', asked.replace('true', 'false')) });
    expect(off.annotations).not.toHaveProperty('instrumentation.opentelemetry.io/inject-nodejs');
  });

  it("is read although its image is filled in later, and has the platform's defaults", async () => {
    const app = await only({ '.nais/app-prod.yaml': NAIS });
    const [container] = app.containers;
    expect([app.platform, app.name, app.role, app.environment]).toEqual(['nais', 'ledger', 'service', 'prod']);
    expect(told(container?.image)).toContain('opaque');
    expect(container?.readiness).toMatchObject({
      value: { kind: 'http', path: '/ready', port: '8089' },
      at: { line: 11 },
    });
    expect(told(app.replicas)).toBe('2 by default');
    expect(told(app.autoscaler?.max)).toBe('4 by default');
    expect(told(app.disruption?.maxUnavailable)).toBe('1 by default');
    expect(told(container?.security.runAsNonRoot)).toBe('true by default');
    expect(told(container?.memoryLimit)).toBe('512Mi by default');
    expect(told(container?.preStop)).toBe('sleep 5 by default');
    expect(app.annotations).toMatchObject({ 'prometheus.io/scrape': 'true', 'prometheus.io/path': '/prom' });
    expect(container?.env.map(({ name, from }) => `${name} ${from}`)).toEqual(['PROFILE literal', '* secret']);
  });

  it('says what is written instead', async () => {
    const app = await only({
      'nais.yaml': `${NAIS}  replicas: { min: 1, max: 1 }\n  resources: { limits: { memory: 1Gi } }\n  strategy: { type: Recreate }\n`,
    });
    expect(told(app.replicas)).toBe('1 nais.yaml:17');
    expect([app.autoscaler, app.disruption]).toEqual([undefined, undefined]);
    expect(told(app.containers[0]?.memoryLimit)).toBe('1Gi nais.yaml:18');
    expect(told(app.rollout?.strategy)).toBe('recreate nais.yaml:19');
  });

  it('has jobs, which have no copies', async () => {
    const job = await only({ 'job.yaml': NAIS.replace('Application', 'Naisjob') });
    expect([job.role, job.replicas, job.disruption]).toEqual(['job', undefined, undefined]);
  });
});

describe('Knative', () => {
  const service = (annotations: string): string => `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: ledger }
spec:
  template:
    metadata: { annotations: { ${annotations} } }
    spec: { containers: [{ image: "ledger:1" }] }
`;

  it('keeps none running unless it is told to', async () => {
    const workload = await only({ 'service.yaml': service('') });
    expect([workload.platform, told(workload.replicas), told(workload.containers[0]?.readiness)]).toEqual([
      'knative',
      '0 by default',
      '{"kind":"tcp"} by default',
    ]);
  });

  it('is scaled by annotations', async () => {
    const { autoscaler } = await only({
      'service.yaml': service('autoscaling.knative.dev/min-scale: "3", autoscaling.knative.dev/maxScale: "9"'),
    });
    expect([told(autoscaler?.min), told(autoscaler?.max)]).toEqual(['3 service.yaml:6', '9 service.yaml:6']);
  });
});

describe('a ClowdApp', () => {
  it('has a workload for each deployment and job, in a template as well', async () => {
    const workloads = await workloadsIn({
      'deploy/clowdapp.yaml': `kind: Template
apiVersion: template.openshift.io/v1
objects:
  - apiVersion: cloud.redhat.com/v1alpha1
    kind: ClowdApp
    metadata: { name: ledger }
    spec:
      deployments:
        - name: api
          minReplicas: \${{REPLICAS}}
          webServices: { public: { enabled: true } }
          podSpec:
            image: "\${IMAGE}:1"
            readinessProbe: { httpGet: { path: /ready, port: 8000 } }
        - name: worker
          podSpec: { image: w }
      jobs:
        - name: clean
          schedule: "@daily"
          podSpec: { image: c }
parameters:
  - { name: REPLICAS, value: "3" }
  - { name: IMAGE }
`,
    });
    expect(workloads.map(({ name, role }) => `${name} ${role}`)).toEqual([
      'ledger-api service',
      'ledger-worker service',
      'ledger-clean job',
    ]);
    const [api, worker] = workloads;
    expect(told(api?.replicas)).toBe('3 deploy/clowdapp.yaml:22');
    expect(told(worker?.replicas)).toBe('1 by default');
    expect(told(api?.containers[0]?.readiness)).toBe(
      '{"kind":"http","path":"/ready","port":"8000"} deploy/clowdapp.yaml:14',
    );
    expect(told(api?.containers[0]?.liveness)).toBe('{"kind":"http","path":"/healthz"} by default');
    expect(worker?.containers[0]?.liveness).toBeUndefined();
  });
});

const COMPOSE = `services:
  api:
    image: ledger:1
    user: "1000:1000"
    ports: ["127.0.0.1:8080:80/tcp"]
    stop_grace_period: 1m30s
    healthcheck: { test: [CMD, curl, -f, "http://localhost/health"] }
    environment: [MODE=live, DB_PASSWORD=x]
    deploy:
      replicas: 2
      resources: { limits: { memory: 512M } }
      update_config: { failure_action: rollback }
  db:
    image: postgres:16
    healthcheck: { disable: true }
`;

describe('a Compose file', () => {
  it('is for development unless it says otherwise', async () => {
    const development = 'a Compose file for development';
    const because = async (files: Files): Promise<unknown> =>
      (await workloadsIn(files)).map(({ aside }) => aside?.because);
    expect(await because({ 'docker-compose.yml': COMPOSE.replace(/ {4}deploy:[\s\S]*?(?= {2}db:)/, '') })).toEqual([
      development,
      development,
    ]);
    expect(await because({ 'docker-compose.yml': COMPOSE })).toEqual([undefined, development]);
    expect(await because({ 'docker-compose.prod.yml': COMPOSE })).toEqual([undefined, undefined]);
    expect(await because({ 'docker-compose.yml': COMPOSE, 'nais.yaml': NAIS })).toEqual([
      undefined,
      development,
      development,
    ]);
  });

  it('says whether containers are healthy, which is no readiness', async () => {
    const [api, db] = await workloadsIn({ 'compose.prod.yaml': COMPOSE });
    const [container] = api?.containers ?? [];
    expect(told(container?.liveness)).toBe(
      '{"kind":"exec","command":"curl -f http://localhost/health"} compose.prod.yaml:7',
    );
    expect(container?.readiness).toBeUndefined();
    expect(told(api?.replicas)).toBe('2 compose.prod.yaml:10');
    expect(told(api?.grace)).toBe('90 compose.prod.yaml:6');
    expect(told(container?.memoryLimit)).toBe('512M compose.prod.yaml:11');
    expect(told(container?.security.runAsUser)).toBe('1000 compose.prod.yaml:4');
    expect(told(api?.rollout?.rollsBack)).toBe('true compose.prod.yaml:12');
    expect(container?.ports.map(({ number }) => number)).toEqual([80]);
    expect(container?.env.map(({ name, from, value }) => [name, from, value])).toEqual([
      ['MODE', 'literal', 'live'],
      ['DB_PASSWORD', 'literal-secret', undefined],
    ]);
    expect([db?.product, db?.containers[0]?.liveness]).toEqual(['postgres', undefined]);
  });

  it('may only add to another', async () => {
    const [api] = await workloadsIn({ 'docker-compose.prod.yml': 'services: { api: { restart: always } }\n' });
    expect(api?.partial).toBe('it adds to a service of another Compose file');
  });
});

describe('Cloud Foundry', () => {
  const MANIFEST = `defaults: &defaults
  memory: 512M
  health-check-type: http
  health-check-http-endpoint: /health
applications:
  - name: ledger-prod
    <<: *defaults
    instances: 2
    env: { MODE: live }
  - name: ledger-((env))
    memory: 64M
    processes:
      - { type: web, instances: ((count)), readiness-health-check-type: http, readiness-health-check-http-endpoint: /ready }
      - { type: worker, health-check-type: process }
`;

  it('has apps and their processes', async () => {
    const [prod, web, worker] = await workloadsIn({ 'manifest.yml': MANIFEST });
    expect([prod?.name, prod?.environment, told(prod?.replicas)]).toEqual(['ledger-prod', 'prod', '2 manifest.yml:8']);
    expect(told(prod?.containers[0]?.liveness)).toBe('{"kind":"http","path":"/health"} manifest.yml:3');
    expect(told(prod?.containers[0]?.memoryLimit)).toContain('512M');
    expect(told(web?.replicas)).toContain('opaque ((count))');
    expect(told(web?.containers[0]?.readiness)).toBe('{"kind":"http","path":"/ready"} manifest.yml:13');
    expect([worker?.name, told(worker?.replicas), worker?.containers[0]?.liveness]).toEqual([
      'ledger-((env))-worker',
      '1 by default',
      undefined,
    ]);
  });

  it('is no other manifest', async () => {
    expect(await workloadsIn({ 'manifest.yml': 'applications: [a, b]\n' })).toEqual([]);
  });
});

describe('a Procfile', () => {
  it('names processes, and an app.json beside it how many', async () => {
    const workloads = await workloadsIn({
      Procfile: '# comment\nweb: bin/serve -p $PORT\nrelease: bin/migrate\n',
      'app.json': '{\n  "formation": { "web": { "quantity": 2 } }\n}\n',
    });
    expect(workloads.map(({ name, role, replicas, at }) => [name, role, told(replicas), at.line])).toEqual([
      ['web', 'service', '2 app.json:2', 2],
      ['release', 'job', undefined, 3],
    ]);
    expect(workloads[0]?.partial).toBe('a Procfile only names what runs');
  });
});

describe('any text', () => {
  it('never throws', async () => {
    const mutated = fc
      .tuple(
        fc.constantFrom(NAIS, COMPOSE, 'applications:\n - memory: 1\n   processes: [1, {}]\n'),
        fc.nat(),
        fc.nat(8),
        fc.string({ maxLength: 6 }),
      )
      .map(
        ([text, from, length, put]) =>
          text.slice(0, from % text.length) + put + text.slice((from % text.length) + length),
      );
    await fc.assert(
      fc.asyncProperty(mutated, async (text) => {
        await collected(collector, {
          'docker-compose.prod.yml': text,
          'manifest.yml': text,
          'nais.yaml': text,
          Procfile: text,
        });
        return true;
      }),
      { numRuns: 150 },
    );
  });
});
