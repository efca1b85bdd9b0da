/** Objects out of kustomizations: what overlays change, where each value is written, and what cannot be followed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kustomizeObjects } from '../../src/evidence/workloads/kustomize.ts';
import type { ManifestObject } from '../../src/evidence/workloads/manifest-object.ts';
import { valueAt } from '../../src/evidence/workloads/object-value.ts';
import type { YamlPath } from '../../src/evidence/yaml/yaml.ts';
import type { Delegated } from '../../src/model.ts';
import { spot } from './collected.ts';
import { sourcesOf } from './sources-of.ts';

type Files = Readonly<Record<string, string>>;

function built(files: Files) {
  const reading = { unread: [], looked: new Set<string>() };
  const delegated: Delegated[] = [];
  return { ...kustomizeObjects(sourcesOf(files), reading, delegated), unread: reading.unread, delegated };
}

function clean(files: Files): readonly ManifestObject[] {
  const { objects, unread, delegated } = built(files);
  expect([unread, delegated]).toEqual([[], []]);
  return objects;
}

function said(object: ManifestObject | undefined, path: YamlPath): readonly unknown[] {
  if (!object) return [];
  return [
    valueAt(object, path),
    object.via(path),
    spot({ path: object.at(path).path, line: object.at(path).line ?? 0 }),
  ];
}

const CONTAINERS: YamlPath = ['spec', 'template', 'spec', 'containers'];

const BASE: Files = {
  'base/kustomization.yaml': 'resources: [deployment.yaml, pdb.yaml]\n',
  'base/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: ledger }
spec:
  replicas: 8
  selector: { matchLabels: { app: ledger } }
  template:
    metadata: { labels: { app: ledger } }
    spec:
      containers:
        - name: ledger
          image: registry.lumenpay.io:5000/ledger:1.0
          args: [serve, --fast]
          env:
            - { name: MODE, value: base }
            - { name: LEVEL, value: info }
          readinessProbe: { httpGet: { path: /ready, port: 80 } }
        - name: proxy
          image: envoy
`,
  'base/pdb.yaml': `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: ledger }
spec: { minAvailable: 2, selector: { matchLabels: { app: ledger } } }
`,
};

function overlay(kustomization: string, more: Files = {}): Files {
  const inFolder = Object.entries(more).map(([name, text]) => [`overlays/prod/${name}`, text]);
  return {
    ...BASE,
    'overlays/prod/kustomization.yaml': `resources: [../../base]\n${kustomization}`,
    ...Object.fromEntries(inFolder),
  };
}

function deployment(files: Files): ManifestObject | undefined {
  return clean(files).find(({ kind }) => kind === 'Deployment');
}

describe('an overlay', () => {
  it('is one build, and its base is none of its own', () => {
    const { objects, consumed } = built(overlay(''));
    expect(objects.map(({ kind, environment, origin }) => [kind, environment, origin])).toEqual([
      ['Deployment', 'prod', 'overlays/prod/kustomization'],
      ['PodDisruptionBudget', 'prod', 'overlays/prod/kustomization'],
    ]);
    expect([...consumed].sort()).toEqual([
      'base/deployment.yaml',
      'base/kustomization.yaml',
      'base/pdb.yaml',
      'overlays/prod/kustomization.yaml',
    ]);
  });

  it('may take away what the base has', () => {
    const patch = 'kind: PodDisruptionBudget\nmetadata: { name: ledger }\n$patch: delete\n';
    const objects = clean(overlay('patchesStrategicMerge: [no-pdb.yaml]\n', { 'no-pdb.yaml': patch }));
    expect(objects.map(({ kind }) => kind)).toEqual(['Deployment']);
  });

  it('leaves the base standing where it is only for other environments', () => {
    const files = {
      ...BASE,
      'overlays/dev/kustomization.yaml': 'resources: [../../base]\nreplicas: [{ name: ledger, count: 1 }]\n',
    };
    const deployments = clean(files).filter(({ kind }) => kind === 'Deployment');
    expect(deployments.map((it) => [it.environment, valueAt(it, ['spec', 'replicas'])])).toEqual([
      [undefined, 8],
      ['dev', 1],
    ]);
  });
});

describe('a patch', () => {
  const patch = `apiVersion: apps/v1
kind: Deployment
metadata: { name: ledger }
spec:
  replicas: null
  template:
    spec:
      containers:
        - name: ledger
          args: [serve]
          env:
            - name: MODE
              value: prod
          readinessProbe:
            $patch: delete
        - name: agent
          image: agent:2
        - { name: proxy, $patch: delete }
`;

  it('without an image is no workload but changes the one it names, list items by their names', () => {
    const found = deployment(overlay('patches:\n  - path: patch.yaml\n', { 'patch.yaml': patch }));
    const [ledger, agent, ...others] = (valueAt(found as ManifestObject, CONTAINERS) ?? []) as Record<
      string,
      unknown
    >[];
    expect([agent?.name, others]).toEqual(['agent', []]);
    expect(ledger).toMatchObject({
      image: 'registry.lumenpay.io:5000/ledger:1.0',
      args: ['serve'],
      env: [
        { name: 'MODE', value: 'prod' },
        { name: 'LEVEL', value: 'info' },
      ],
    });
    expect(ledger).not.toHaveProperty('readinessProbe');
    expect(valueAt(found as ManifestObject, ['spec'])).not.toHaveProperty('replicas');
    expect(said(found, [...CONTAINERS, 0, 'env', 0, 'value'])).toEqual([
      'prod',
      'overlay',
      'overlays/prod/patch.yaml:13',
    ]);
    expect(said(found, [...CONTAINERS, 0, 'env', 1, 'value'])).toEqual(['info', 'literal', 'base/deployment.yaml:16']);
    expect(said(found, [...CONTAINERS, 1, 'image'])).toEqual(['agent:2', 'overlay', 'overlays/prod/patch.yaml:17']);
  });

  it('may stand in the kustomization itself, with a target', () => {
    const found = deployment(
      overlay(`patches:
  - target: { kind: Deployment, name: led.* }
    patch: |-
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: whatever }
      spec:
        replicas: 5
`),
    );
    expect(said(found, ['spec', 'replicas'])).toEqual([5, 'overlay', 'overlays/prod/kustomization.yaml:9']);
    expect(found?.name).toBe('ledger');
  });

  it('may be a list of operations', () => {
    const found = deployment(
      overlay(
        `patchesJson6902:
  - target: { version: v1, group: apps, kind: Deployment, name: ledger }
    path: ops.yaml
`,
        {
          'ops.yaml': `- { op: replace, path: /spec/replicas, value: 4 }
- op: add
  path: /spec/template/spec/containers/0/livenessProbe
  value: { tcpSocket: { port: 80 } }
- { op: remove, path: /spec/template/spec/containers/1 }
- { op: add, path: /metadata/annotations~1x, value: y }
`,
        },
      ),
    );
    expect(said(found, ['spec', 'replicas'])).toEqual([4, 'overlay', 'overlays/prod/ops.yaml:1']);
    expect(said(found, [...CONTAINERS, 0, 'livenessProbe'])[2]).toBe('overlays/prod/ops.yaml:4');
    expect(valueAt(found as ManifestObject, CONTAINERS)).toHaveLength(1);
    expect(found?.partial).toBeUndefined();
  });

  it('that cannot be followed leaves the object partial', () => {
    const ops = (text: string) =>
      deployment(overlay(`patches:\n  - target: { kind: Deployment }\n    patch: '${text}'\n`))?.partial;
    expect(ops('[{ "op": "replace", "path": "/spec/nothing", "value": 1 }]')).toContain('replace /spec/nothing');
    expect(ops('[{ "op": "move", "path": "/spec/replicas", "from": "/x" }]')).toContain('move');
  });

  it('for something else changes nothing', () => {
    const found = deployment(
      overlay(
        'patches:\n  - target: { kind: Deployment, name: other }\n    patch: "[{ op: remove, path: /spec/replicas }]"\n',
      ),
    );
    expect(valueAt(found as ManifestObject, ['spec', 'replicas'])).toBe(8);
  });
});

describe('what changes all objects', () => {
  it('is applied: images, replicas, names, namespace and labels', () => {
    const objects = clean(
      overlay(`namespace: pay
namePrefix: eu-
nameSuffix: -v2
commonLabels: { team: pay }
replicas: [{ name: ledger, count: 3 }]
images:
  - { name: "registry.lumenpay.io:5000/ledger", newName: mirror/ledger, newTag: "2.0" }
  - { name: envoy, digest: "sha256:abc" }
`),
    );
    const [found, budget] = objects;
    expect([found?.name, found?.namespace]).toEqual(['eu-ledger-v2', 'pay']);
    expect(said(found, ['spec', 'replicas'])).toEqual([3, 'overlay', 'overlays/prod/kustomization.yaml:6']);
    expect(said(found, [...CONTAINERS, 0, 'image'])).toEqual([
      'mirror/ledger:2.0',
      'overlay',
      'overlays/prod/kustomization.yaml:8',
    ]);
    expect(valueAt(found as ManifestObject, [...CONTAINERS, 1, 'image'])).toBe('envoy@sha256:abc');
    const labels = { app: 'ledger', team: 'pay' };
    expect(valueAt(found as ManifestObject, ['spec', 'template', 'metadata', 'labels'])).toEqual(labels);
    expect(valueAt(budget as ManifestObject, ['spec', 'selector', 'matchLabels'])).toEqual(labels);
  });

  it('keeps what names the renamed', () => {
    const scaler =
      'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: ledger }\nspec: { scaleTargetRef: { kind: Deployment, name: ledger }, minReplicas: 2 }\n';
    const files = {
      ...overlay('namePrefix: eu-\n'),
      'base/hpa.yaml': scaler,
      'base/kustomization.yaml': 'resources: [deployment.yaml, hpa.yaml]\n',
    };
    const hpa = clean(files).find(({ kind }) => kind === 'HorizontalPodAutoscaler');
    expect(valueAt(hpa as ManifestObject, ['spec', 'scaleTargetRef', 'name'])).toBe('eu-ledger');
  });

  it('may be a component; one that nobody includes is optional', () => {
    const files = {
      ...overlay('components: [../../parts/one]\n'),
      'parts/one/kustomization.yaml':
        'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\nreplicas: [{ name: ledger, count: 1 }]\n',
    };
    expect(said(deployment(files), ['spec', 'replicas'])).toEqual([1, 'overlay', 'parts/one/kustomization.yaml:3']);
    const alone = built({
      'parts/kustomization.yaml': 'kind: Component\nresources: [deployment.yaml]\n',
      'parts/deployment.yaml': BASE['base/deployment.yaml'] ?? '',
    });
    expect(alone.objects.map(({ aside }) => aside?.because)).toEqual(['an optional component']);
    expect(alone.consumed.has('parts/deployment.yaml')).toBe(true);
  });
});

describe('what is elsewhere', () => {
  it('is handed on: remote bases and charts', () => {
    const { delegated } = built({
      ...BASE,
      'prod/kustomization.yaml':
        'resources: [../base, "https://github.com/x/y//base?ref=v1", "github.com/x/z/base"]\nhelmCharts: [{ name: redis, version: 1.2.3 }]\n',
    });
    expect(delegated.map(({ to, at }) => `${to} ${spot(at)}`)).toEqual([
      'https://github.com/x/y//base?ref=v1 prod/kustomization.yaml:1',
      'github.com/x/z/base prod/kustomization.yaml:1',
      'chart redis 1.2.3 prod/kustomization.yaml:2',
    ]);
  });

  it('shows through a patch of it, in part', () => {
    const { objects } = built({
      'prod/kustomization.yaml': 'resources: ["github.com/x/z/base"]\npatches: [{ path: p.yaml }]\n',
      'prod/p.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: far }\nspec: { replicas: 3 }\n',
    });
    expect(objects.map(({ name, partial }) => [name, partial])).toEqual([
      ['far', 'it patches an object of a remote base or chart'],
    ]);
  });

  it('is said of files that are missing, and of includes that go round', () => {
    const { unread } = built({
      'prod/kustomization.yaml': 'resources: [gone.yaml, ../../out, ../a]\npatchesStrategicMerge: [lost.yaml]\n',
      'a/kustomization.yaml': 'resources: [../b]\n',
      'b/kustomization.yaml': 'resources: [../a]\n',
    });
    expect(unread.map(({ detail }) => detail)).toEqual([
      'gone.yaml, which it includes, is not here',
      '../../out, which it includes, is not here',
      'it includes itself, or too deeply',
      'the patch lost.yaml is not here',
    ]);
  });

  it('is not Flux, whose files have the same name', () => {
    const flux = 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: { path: ./x }\n';
    expect(built({ 'clusters/kustomization.yaml': flux }).consumed.size).toBe(0);
  });

  it('leaves a manifest alone that only a test takes in', () => {
    const { objects, consumed } = built({
      ...BASE,
      'base/kustomization.yaml': 'resources: []\n',
      'tests/one/kustomization.yaml': 'resources: [../../base/deployment.yaml]\n',
    });
    expect(objects.map(({ aside }) => aside?.because)).toEqual(['a test']);
    expect(consumed.has('base/deployment.yaml')).toBe(false);
  });
});

const PIECES = [
  'resources: [../base, .]\n',
  'patches:\n',
  '- path: deployment.yaml\n',
  '  target: { kind: .* }\n',
  '- op: add\n  path: /spec/-\n  value: {}\n',
  'images: [{ name: a }]\n',
  'components: [.]\n',
  'namePrefix: x\n',
  'commonLabels: { a: b }\n',
  'kind: Deployment\n',
  'spec: { template: [] }\n',
  '$patch: replace\n',
  '  - ',
  ': ',
  '{',
  '\n',
  'replicas: [{ name: ledger, count: 1 }]\n',
];

describe('any text', () => {
  it('never throws', () => {
    const text = fc
      .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5 })), { maxLength: 12 })
      .map((it) => it.join(''));
    fc.assert(
      fc.property(text, text, text, (first, second, patch) => {
        const { objects } = built({
          ...BASE,
          'base/kustomization.yaml': `resources: [deployment.yaml]\n${first}`,
          'top/kustomization.yaml': `resources: [../base]\npatches: [{ path: p.yaml }]\n${second}`,
          'top/p.yaml': patch,
        });
        for (const object of objects) object.at([...CONTAINERS, 0, 'image']);
        return true;
      }),
      { numRuns: 300 },
    );
  });
});
