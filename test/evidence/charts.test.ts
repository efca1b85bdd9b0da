/** Objects out of charts: what values decide, what stays unseen, and where each value is written. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartObjects } from '../../src/evidence/workloads/helm.ts';
import { openCharts } from '../../src/evidence/workloads/helm-render.ts';
import type { ManifestObject } from '../../src/evidence/workloads/manifest-object.ts';
import { valueAt } from '../../src/evidence/workloads/object-value.ts';
import { isOpaque, type YamlPath } from '../../src/evidence/yaml/yaml.ts';
import type { Unread } from '../../src/model.ts';
import { spot } from './collected.ts';
import { sourcesOf } from './sources-of.ts';

type Files = Readonly<Record<string, string>>;

const CHART = 'apiVersion: v2\nname: ledger\nversion: 0.1.0\nappVersion: "1.4.2"\n';

function rendered(files: Files): { readonly objects: readonly ManifestObject[]; readonly unread: readonly Unread[] } {
  const unread: Unread[] = [];
  const objects = chartObjects(openCharts(sourcesOf(files), { unread, looked: new Set() }));
  return { objects, unread };
}

function objectsOf(template: string, values = '', more: Files = {}): readonly ManifestObject[] {
  const files = { 'chart/Chart.yaml': CHART, 'chart/values.yaml': values, 'chart/templates/all.yaml': template };
  const { objects, unread } = rendered({ ...files, ...more });
  expect(unread).toEqual([]);
  return objects;
}

function only(objects: readonly ManifestObject[]): ManifestObject {
  expect(objects).toHaveLength(1);
  return objects[0] as ManifestObject;
}

/** Value, how it got there, and where it stands. */
function said(object: ManifestObject, path: YamlPath): readonly unknown[] {
  const value = valueAt(object, path);
  return [
    isOpaque(value) ? 'opaque' : value,
    object.via(path),
    spot({ ...object.at(path), column: undefined } as never),
  ];
}

const CONTAINER: YamlPath = ['spec', 'template', 'spec', 'containers', 0];

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "ledger.fullname" . }}
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicaCount }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "ledger.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "ledger.selectorLabels" . | nindent 8 }}
    spec:
      containers:
        - name: {{ .Chart.Name }}
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          {{- with .Values.readinessProbe }}
          readinessProbe:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          env:
            - name: MODE
              value: {{ .Values.mode | quote }}
            {{- range $name, $value := .Values.env }}
            - name: {{ $name }}
              value: {{ $value | quote }}
            {{- end }}
`;

const HELPERS = `{{- define "ledger.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- define "ledger.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- define "ledger.selectorLabels" -}}
app.kubernetes.io/name: {{ include "ledger.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
`;

const VALUES = `replicaCount: 2
image:
  repository: registry.lumenpay.io/ledger
  tag: ""
autoscaling:
  enabled: false
readinessProbe:
  httpGet:
    path: /ready
    port: 8080
resources:
  requests:
    memory: 128Mi
mode: live
env:
  B_URL: http://b
  A_URL: http://a
`;

const CHART_FILES = { 'chart/templates/_helpers.tpl': HELPERS };

describe('a chart as `helm create` writes it', () => {
  const deployment = only(objectsOf(DEPLOYMENT, VALUES, CHART_FILES));

  it('gives values with the line of the values file', () => {
    expect(said(deployment, ['spec', 'replicas'])).toEqual([2, 'values', 'chart/values.yaml:1']);
    expect(said(deployment, [...CONTAINER, 'resources', 'requests', 'memory'])).toEqual([
      '128Mi',
      'values',
      'chart/values.yaml:13',
    ]);
    expect(said(deployment, [...CONTAINER, 'readinessProbe', 'httpGet', 'path'])).toEqual([
      '/ready',
      'values',
      'chart/values.yaml:9',
    ]);
  });

  it('gives what the template itself says with its line there', () => {
    expect(said(deployment, ['kind'])).toEqual(['Deployment', 'literal', 'chart/templates/all.yaml:2']);
    expect(said(deployment, [...CONTAINER, 'image'])).toEqual([
      'registry.lumenpay.io/ledger:1.4.2',
      'literal',
      'chart/templates/all.yaml:19',
    ]);
  });

  it('fills in named templates, so that selectors and labels are equal', () => {
    const labels = { 'app.kubernetes.io/name': 'ledger', 'app.kubernetes.io/instance': 'ledger' };
    expect(valueAt(deployment, ['spec', 'selector', 'matchLabels'])).toEqual(labels);
    expect(valueAt(deployment, ['spec', 'template', 'metadata', 'labels'])).toEqual(labels);
    expect(deployment.name).toBe('ledger');
  });

  it('unrolls a range and keeps the places', () => {
    expect(valueAt(deployment, [...CONTAINER, 'env'])).toEqual([
      { name: 'MODE', value: 'live' },
      { name: 'A_URL', value: 'http://a' },
      { name: 'B_URL', value: 'http://b' },
    ]);
    expect(said(deployment, [...CONTAINER, 'env', 1, 'value'])[2]).toBe('chart/values.yaml:17');
    expect(said(deployment, [...CONTAINER, 'env', 2])[2]).toBe('chart/templates/all.yaml:30');
  });
});

const BUDGET = `{{- if .Values.podDisruptionBudget.enabled }}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: ledger }
spec: { minAvailable: {{ .Values.podDisruptionBudget.minAvailable }} }
{{- end }}
`;
const budgetValues = (enabled: boolean): string => `podDisruptionBudget:\n  enabled: ${enabled}\n  minAvailable: 1\n`;

describe('what values switch off', () => {
  it('is not there', () => {
    expect(objectsOf(BUDGET, budgetValues(false))).toEqual([]);
    expect(objectsOf(BUDGET)).toEqual([]);
  });

  it('is there when they switch it on', () => {
    expect(said(only(objectsOf(BUDGET, budgetValues(true))), ['spec', 'minAvailable'])).toEqual([
      1,
      'values',
      'chart/values.yaml:3',
    ]);
  });

  it('is there only under its condition where nobody can decide it', () => {
    const template = BUDGET.replace('.Values.podDisruptionBudget.enabled', '.Capabilities.APIVersions.Has "policy/v1"');
    expect(only(objectsOf(template, budgetValues(true))).when).toContain('Capabilities');
  });

  it('does not hide what the other branch says', () => {
    const template = `apiVersion: apps/v1
kind: Deployment
metadata: { name: ledger }
spec:
  template:
    spec:
      containers:
        - name: ledger
          {{- if eq .Values.kind "grpc" }}
          readinessProbe: { grpc: { port: 9000 } }
          {{- else if .Values.http }}
          readinessProbe: { httpGet: { path: /ready } }
          {{- else }}
          readinessProbe: { exec: { command: [sh] } }
          {{- end }}
`;
    const probe = (values: string): unknown =>
      valueAt(only(objectsOf(template, values)), [...CONTAINER, 'readinessProbe']);
    expect(probe('kind: grpc\nhttp: true\n')).toEqual({ grpc: { port: 9000 } });
    expect(probe('kind: web\nhttp: true\n')).toEqual({ httpGet: { path: '/ready' } });
    expect(probe('kind: web\n')).toEqual({ exec: { command: ['sh'] } });
    const undecided = objectsOf(template.replace('eq .Values.kind "grpc"', '.Capabilities.X'), 'http: true\n');
    expect(isOpaque(valueAt(only(undecided), [...CONTAINER, 'readinessProbe']))).toBe(true);
  });
});

describe('values that prove nothing', () => {
  it('are those that no template uses', () => {
    const template = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ledger }\nspec: { template: {} }\n';
    const object = only(objectsOf(template, 'replicaCount: 5\nreadinessProbe: { httpGet: { path: / } }\n'));
    expect(object.value.spec).toEqual({ template: {} });
  });

  it('are empty blocks with an example in a comment', () => {
    const values = `${VALUES.replace(/resources:\n.*\n.*\n/, 'resources: {}\n  # limits:\n  #   memory: 1Gi\n')}`;
    expect(valueAt(only(objectsOf(DEPLOYMENT, values, CHART_FILES)), [...CONTAINER, 'resources'])).toEqual({});
  });

  it('are those nobody has set: they come from outside', () => {
    const object = only(objectsOf(DEPLOYMENT, VALUES.replace('replicaCount: 2\n', ''), CHART_FILES));
    expect(said(object, ['spec', 'replicas'])[0]).toBe('opaque');
    expect(
      said(only(objectsOf(DEPLOYMENT.replace(' | default .Chart.AppVersion', ''), VALUES, CHART_FILES)), [
        ...CONTAINER,
        'image',
      ])[0],
    ).toBe('opaque');
  });
});

describe('environments', () => {
  const files = (prod: string): Files => ({
    'chart/Chart.yaml': CHART,
    'chart/values.yaml': VALUES,
    'chart/templates/all.yaml': DEPLOYMENT,
    'chart/templates/pdb.yaml': BUDGET.replace('if .Values', 'if and .Values.podDisruptionBudget .Values'),
    ...CHART_FILES,
    [prod]:
      'replicaCount: 6\nimage: { tag: v9 }\nreadinessProbe: null\npodDisruptionBudget: { enabled: true, minAvailable: 1 }\n',
    'chart/values-dev.yaml': 'replicaCount: 1\n',
  });

  it.each([
    'chart/values-prod.yaml',
    'chart/values.prod.yaml',
    'chart/values/prod.yaml',
    'chart/environments/prod/values.yaml',
    'values-prod.yaml',
    'deploy/ledger/values-prod.yaml',
  ])("lay %s over the chart's own values", (path) => {
    const { objects } = rendered(files(path));
    const inProd = objects.filter(({ environment }) => environment === 'prod');
    const deployment = only(inProd.filter(({ kind }) => kind === 'Deployment'));
    expect(said(deployment, ['spec', 'replicas'])).toEqual([6, 'values', `${path}:1`]);
    expect(valueAt(deployment, [...CONTAINER, 'image'])).toBe('registry.lumenpay.io/ledger:v9');
    expect(valueAt(deployment, [...CONTAINER, 'readinessProbe'])).toBeUndefined();
    expect(inProd.map(({ kind }) => kind).sort()).toEqual(['Deployment', 'PodDisruptionBudget']);
    expect([...new Set(objects.map(({ environment }) => environment))].sort()).toEqual(['dev', 'prod']);
    expect(new Set(objects.map(({ origin }) => origin)).size).toBe(2);
  });

  it("leave the chart's own values standing where none is production", () => {
    const { 'chart/values-prod.yaml': _, ...others } = files('chart/values-prod.yaml');
    expect(rendered(others).objects.map(({ environment }) => environment)).toEqual([undefined, 'dev']);
  });

  it('give a values file to no chart where it may be for either of two', () => {
    const two = { ...files('values-prod.yaml'), 'other/Chart.yaml': CHART.replace('ledger', 'other') };
    expect(rendered(two).objects.some(({ environment }) => environment === 'prod')).toBe(false);
  });
});

describe('a helmfile', () => {
  const files: Files = {
    'charts/ledger/Chart.yaml': CHART,
    'charts/ledger/values.yaml': 'replicas: 1\nwait: 1\nname: x\n',
    'charts/ledger/templates/all.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { replicas: {{ .Values.replicas }}, minReadySeconds: {{ .Values.wait }} }\n',
    'overrides/prod.yaml.gotmpl': 'wait: {{ .StateValues.WAIT }}\nreplicas: 5\n',
    'overrides/all.yaml': 'replicas: 3\n',
  };
  const helmfile = (values: string): Files => ({
    ...files,
    'helmfile.yaml.gotmpl': `environments: { dev: {}, prod: {} }\n---\nreleases:\n  - name: ledger\n    chart: ./charts/ledger\n    values:\n${values}`,
  });

  it('lays values over a chart, for the environments that the paths name', () => {
    const { objects } = rendered({
      ...helmfile('      - overrides/{{ .Environment.Name }}.yaml.gotmpl\n'),
      'overrides/dev.yaml.gotmpl': 'replicas: 2\n',
    });
    const prod = only(objects.filter(({ environment }) => environment === 'prod'));
    expect(said(prod, ['spec', 'replicas'])).toEqual([5, 'values', 'overrides/prod.yaml.gotmpl:2']);
    expect(said(prod, ['spec', 'minReadySeconds'])[0]).toBe('opaque');
    expect(objects.map(({ environment }) => environment)).toEqual(['dev', 'prod']);
  });

  it('lays them over all environments else, also those written on the spot', () => {
    const object = only(rendered(helmfile('      - overrides/all.yaml\n      - wait: 9\n')).objects);
    expect(said(object, ['spec', 'replicas'])).toEqual([3, 'values', 'overrides/all.yaml:1']);
    expect(said(object, ['spec', 'minReadySeconds'])).toEqual([9, 'values', 'helmfile.yaml.gotmpl:8']);
  });

  it('may decide them by what nobody here knows', () => {
    const object = only(
      rendered({
        ...helmfile('      - overrides/all.yaml.gotmpl\n'),
        'overrides/all.yaml.gotmpl': '{{ if eq .Environment.Name "prod" }}\nreplicas: 5\n{{ end }}\nwait: 2\n',
      }).objects,
    );
    expect(said(object, ['spec', 'replicas'])[0]).toBe('opaque');
    expect(said(object, ['spec', 'minReadySeconds'])[0]).toBe(2);
  });

  it('may lay values over it that are not here', () => {
    const object = only(rendered(helmfile('      - {{ env "VALUES" }}\n')).objects);
    expect(object.partial).toBe('helmfile.yaml.gotmpl lays values over its chart that are not here');
  });
});

describe('charts within charts', () => {
  const template =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: {{ .Chart.Name }} }\nspec: { replicas: {{ .Values.replicas }} }\n';
  const files = {
    'chart/Chart.yaml': `${CHART}dependencies:\n  - { name: worker, alias: batch, version: 1, condition: batch.enabled }\n  - { name: postgresql, version: 1 }\n`,
    'chart/values.yaml': 'batch: { enabled: true, replicas: 4 }\n',
    'chart/charts/worker/Chart.yaml': CHART.replace('ledger', 'worker'),
    'chart/charts/worker/values.yaml': 'replicas: 1\n',
    'chart/charts/worker/templates/all.yaml': template,
    'chart/charts/postgresql/Chart.yaml': CHART.replace('ledger', 'postgresql'),
    'chart/charts/postgresql/values.yaml': 'replicas: 1\n',
    'chart/charts/postgresql/templates/all.yaml': template,
  };

  it('see what their parent sets for them; those of others are set aside', () => {
    const { objects } = rendered(files);
    expect(objects.map(({ value, aside }) => [value.spec, aside?.because])).toEqual([
      [{ replicas: 4 }, undefined],
      [{ replicas: 1 }, 'the chart of postgresql, made by others'],
    ]);
    expect(said(objects[0] as ManifestObject, ['spec', 'replicas'])[2]).toBe('chart/values.yaml:1');
  });

  it('are not there when their condition is off', () => {
    const { objects } = rendered({ ...files, 'chart/values.yaml': 'batch: { enabled: false }\n' });
    expect(objects.map(({ aside }) => aside?.because)).toEqual(['the chart of postgresql, made by others']);
  });

  it('do not run twice when another chart takes them in by path', () => {
    const { objects } = rendered({
      'app/Chart.yaml': `${CHART}dependencies:\n  - { name: base, version: 1, repository: "file://../base" }\n`,
      'app/values.yaml': 'base: { replicas: 7 }\n',
      'base/Chart.yaml': CHART.replace('ledger', 'base'),
      'base/templates/all.yaml': template,
    });
    expect(only(objects).value.spec).toEqual({ replicas: 7 });
  });
});

describe('wrappers', () => {
  it('are opened in a chart as well', () => {
    const template = `kind: Template
apiVersion: template.openshift.io/v1
objects:
  - apiVersion: v1
    kind: List
    items: []
  - apiVersion: apps/v1
    kind: Deployment
    metadata: { name: ledger }
    spec: { replicas: "\${REPLICAS}", minReadySeconds: {{ .Values.wait }} }
parameters:
  - name: REPLICAS
    value: "3"
`;
    const deployment = objectsOf(template, 'wait: 5\n').find(({ kind }) => kind === 'Deployment') as ManifestObject;
    expect(said(deployment, ['spec', 'replicas'])).toEqual(['3', 'values', 'chart/templates/all.yaml:13']);
    expect(said(deployment, ['spec', 'minReadySeconds'])).toEqual([5, 'values', 'chart/values.yaml:1']);
  });
});

describe('named templates', () => {
  const printed = (body: string, values = ''): ManifestObject =>
    only(
      objectsOf(
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec:\n  template:\n    spec:\n      containers:\n        - name: a\n          {{- include "rest" . | nindent 10 }}\n',
        values,
        { 'chart/templates/_rest.tpl': `{{- define "rest" }}\n${body}{{- end }}\n` },
      ),
    );

  it('may print text that has to be quoted', () => {
    const object = printed('env:\n  - name: MODE\n    value: {{ .Values.mode | quote }}\n', 'mode: "a: b"\n');
    expect(valueAt(object, [...CONTAINER, 'env'])).toEqual([{ name: 'MODE', value: 'a: b' }]);
  });

  it('are followed part by part where a part of them cannot be decided', () => {
    const object = printed(
      'image: {{ .Values.image }}\n{{- if .Capabilities.X }}\nlivenessProbe: { tcpSocket: { port: 1 } }\n{{- end }}\n',
      'image: ledger:1\n',
    );
    expect(object.partial).toBeUndefined();
    expect(said(object, [...CONTAINER, 'image'])).toEqual(['ledger:1', 'values', 'chart/values.yaml:1']);
    expect(said(object, [...CONTAINER, 'livenessProbe'])).toEqual(['opaque', 'literal', 'chart/templates/all.yaml:9']);
  });
});

describe('what cannot be seen', () => {
  it('is a whole environment, where a file of its values cannot be read', () => {
    const { objects, unread } = rendered({
      'chart/Chart.yaml': CHART,
      'chart/values.yaml': 'replicas: 2\n',
      'chart/values-prod.yaml': 'replicas: [\n',
      'chart/templates/all.yaml': 'apiVersion: apps/v1\nkind: Deployment\nspec: { replicas: {{ .Values.replicas }} }\n',
    });
    expect(objects).toEqual([]);
    expect(unread.map(({ at }) => at.path)).toEqual(['chart/values-prod.yaml']);
  });

  it('is said of a container that a named template of elsewhere prints into', () => {
    const template = DEPLOYMENT.replace(
      '          resources:',
      '          {{- include "common.probes" . | nindent 10 }}\n          resources:',
    );
    expect(only(objectsOf(template, VALUES, CHART_FILES)).partial).toContain('common.probes');
  });

  it('makes nothing partial where only labels are printed', () => {
    const template = DEPLOYMENT.replace(
      '  name: {{',
      '  labels:\n    {{- include "common.labels" . | nindent 4 }}\n  name: {{',
    );
    expect(only(objectsOf(template, VALUES, CHART_FILES)).partial).toBeUndefined();
  });

  it('is said of a template that is no YAML even so', () => {
    const { unread } = rendered({
      'chart/Chart.yaml': CHART,
      'chart/templates/a.yaml': 'kind: Deployment\n  a: [\nb\n',
    });
    expect(unread.map(({ at }) => spot({ path: at.path }))).toEqual(['chart/templates/a.yaml']);
  });
});

const SNIPPETS = [
  ...[
    ...[
      'len',
      'keys',
      'merge',
      'omit',
      'add',
      'trunc 3',
      'replace "a" "b"',
      'printf',
      'index',
      'dict',
      'hasKey',
      'contains',
      'int',
      'toYaml',
      'join',
    ],
  ].flatMap((name) =>
    ['.Values.none', '.Values.m', '.Values.l 0', '.Release.X', ''].map((it) => `x: {{ ${name} ${it} }}\n`),
  ),
  '{{ if .Values.a }}',
  '{{- else if eq .Values.b "x" }}',
  '{{ else }}',
  '{{ end }}',
  '{{- range $k, $v := .Values.m }}',
  '{{ $v }}',
  '{{ include "self" . }}',
  '{{- define "self" }}',
  '{{ with .Values.m }}',
  '{{ toYaml . | nindent 4 }}',
  '{{ tpl .Values.t . }}',
  '{{ @0 }}',
  '{{ printf "%s-%d" .Values.a (index .Values.l 0) }}',
  '{{ ((((',
  '{{ .Values.constructor.name }}',
  '\n',
  '  ',
  'a: ',
  '- ',
  '---\n',
  'kind: Deployment\n',
];

describe('any text', () => {
  it('never throws, loops or grows without bound', () => {
    const text = fc.array(fc.oneof(fc.constantFrom(...SNIPPETS), fc.string({ maxLength: 6 })), { maxLength: 40 });
    fc.assert(
      fc.property(text, text, (template, values) => {
        const { objects } = rendered({
          'chart/Chart.yaml': CHART,
          'chart/values.yaml': `a: 1\nm: { x: 1, y: { z: [1] } }\nl: [1]\nt: "{{ .Values.t }}"\n${values.join('')}`,
          'chart/templates/a.yaml': `kind: Deployment\n${template.join('')}`,
        });
        for (const object of objects) {
          object.at([]);
          object.via(['spec', 'x', 0]);
          expect(JSON.stringify(object.value)).not.toContain('__proto__');
        }
        return true;
      }),
      { numRuns: 300 },
    );
  });

  it('ends where named templates call themselves and lists multiply', () => {
    const bomb = `{{- define "self" }}{{ include "self" . }}{{ include "self" . }}{{ end }}\nkind: Deployment\na: {{ include "self" . }}\n`;
    const lists = `kind: Job\nitems:\n${'{{- range $.Values.l }}'.repeat(8)}\n- x\n${'{{- end }}'.repeat(8)}\n`;
    const { objects, unread } = rendered({
      'chart/Chart.yaml': CHART,
      'chart/values.yaml': `l: [${Array.from({ length: 200 }, () => 1).join()}]\n`,
      'chart/templates/a.yaml': bomb,
      'chart/templates/b.yaml': lists,
    });
    expect(objects.length).toBeLessThan(3);
    expect(unread.map(({ reason }) => reason)).toContain('limit');
  });
});
