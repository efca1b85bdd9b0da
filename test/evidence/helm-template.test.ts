/** Templates read without rendering: lines and columns stay, what is not known is opaque, what is constant is read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neutralise } from '../../src/evidence/yaml/helm-template.ts';
import { actionsIn, isOpaque, withoutMarks } from '../../src/evidence/yaml/template-marks.ts';
import { parseYaml } from '../../src/evidence/yaml/yaml.ts';

function template(text: string) {
  const file = parseYaml(text, { template: true });
  const [document] = file.documents;
  if (!document) throw new Error(JSON.stringify(file.errors));
  return document;
}

const CHART = `{{- if .Values.deploy }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "pay.fullname" . }}-worker
  labels:
    {{- include "pay.labels" . | nindent 4 }}
  annotations: {{- toYaml .Values.annotations | nindent 4 }}
spec:
  replicas: {{ .Values.replicas | default 2 }}
  template:
    spec:
      containers:
        {{- range .Values.sidecars }}
        - name: {{ .name | quote }}
        {{- end }}
        - name: worker
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          args: ["--level={{ .Values.level }}", plain]
          env:
            - { name: MODE, value: {{ .Values.mode }} }
          resources:
{{ toYaml .Values.resources | indent 12 }}
          command: {{ if .Values.debug }}debug{{ else }}serve{{ end }}
          {{- with .Values.lifecycle }}
          lifecycle:
            preStop: {{ .preStop }}
          {{- end }}
          securityContext: {{/* set by the platform */}}
            runAsNonRoot: true
      nodeSelector: {}
{{- end }}
`;

describe('a chart template', () => {
  const document = template(CHART);
  const spec = (
    document.value as { spec: { replicas: unknown; template: { spec: { containers: Record<string, unknown>[] } } } }
  ).spec;
  const worker = spec.template.spec.containers[1];

  it('keeps what is literal', () => {
    expect(document.value).toMatchObject({ kind: 'Deployment' });
    expect(worker).toMatchObject({ name: 'worker', securityContext: { runAsNonRoot: true } });
  });

  it('makes values that hold actions opaque, with the action readable', () => {
    expect(isOpaque(spec.replicas)).toBe(true);
    expect(actionsIn(String(spec.replicas))).toEqual(['{{ .Values.replicas | default 2 }}']);
    expect(withoutMarks(String(worker?.image))).toBe('{{ .Values.image.repository }}:{{ .Values.image.tag }}');
    expect(worker?.args).toEqual([expect.stringContaining('{{ .Values.level }}'), 'plain']);
    expect(isOpaque(worker?.command)).toBe(true);
  });

  it('does not take what an action fills in for empty', () => {
    expect(isOpaque(worker?.resources)).toBe(true);
    expect(document.value).toMatchObject({
      metadata: { labels: expect.stringContaining('pay.labels'), annotations: expect.stringContaining('toYaml') },
    });
    expect(document.injected(['metadata', 'labels'])).toEqual(['{{- include "pay.labels" . | nindent 4 }}']);
    expect(document.injected(['spec', 'template', 'spec', 'nodeSelector'])).toEqual([]);
    const beside = template(
      'labels:\n  team: pay\n{{ toYaml .Values.more | indent 0 }}\n  {{- toYaml .Values.deep | nindent 2 }}\nkind: A\n',
    );
    expect(beside.injected(['labels'])).toEqual(['{{- toYaml .Values.deep | nindent 2 }}']);
    expect(beside.injected([])).toHaveLength(2);
  });

  it('says under which conditions something is there', () => {
    const containers = ['spec', 'template', 'spec', 'containers'];
    expect(document.conditions([...containers, 0])).toEqual(['if .Values.deploy', 'range .Values.sidecars']);
    expect(document.conditions([...containers, 1])).toEqual(['if .Values.deploy']);
    expect(document.conditions([...containers, 1, 'lifecycle'])).toEqual([
      'if .Values.deploy',
      'with .Values.lifecycle',
    ]);
  });

  it('points into the template', () => {
    expect(document.at(['spec', 'template', 'spec', 'containers', 1, 'securityContext', 'runAsNonRoot'])).toEqual({
      line: 30,
      column: 13,
    });
    expect(document.at(['spec', 'template', 'spec', 'containers', 1, 'args'])).toEqual({ line: 19, column: 11 });
  });
});

describe('particular actions', () => {
  it('lets both branches of an if survive; which word counts is not known', () => {
    const { value } = template(
      'labels:\n  {{- if .Values.page }}\n  severity: page\n  team: pay\n  {{- else }}\n  severity: ticket\n  team: pay\n  {{- end }}\n',
    );
    const { labels } = value as { labels: Record<string, string> };
    expect(isOpaque(labels.severity)).toBe(true);
    expect(withoutMarks(labels.severity ?? '')).toBe('page or ticket');
    expect(labels.team).toBe('pay');
  });

  it('prints braces that are written for Prometheus', () => {
    const text =
      'a: "{{ "{{" }} $labels.pod {{ "}}" }} down"\nb: \'{{`{{ $labels.pod }}`}} down\'\nc: \'{{ $value }} down\'\n';
    expect(template(text).value).toEqual({
      a: '{{ $labels.pod }} down',
      b: '{{ $labels.pod }} down',
      c: '{{ $value }} down',
    });
  });

  it('knows the end of an action by its quotes and comments', () => {
    const text = 'a: {{ printf "}}" }}\nb: {{ `}}` | quote }}\n{{/* a comment with {{ braces }} and " */}}\nc: 1\n';
    const { value } = template(text);
    expect(withoutMarks(String((value as Record<string, unknown>).a))).toBe('{{ printf "}}" }}');
    expect(value).toMatchObject({ c: 1 });
  });

  it('spans lines', () => {
    const document = template('a: {{ include "x" (dict\n  "k" 1\n  "v" 2) }}\nb: 1\n');
    expect(isOpaque((document.value as { a: unknown }).a)).toBe(true);
    expect(document.at(['b'])).toEqual({ line: 4, column: 1 });
  });

  it('stays inside block scalars', () => {
    const document = template(
      'data:\n  run.sh: |\n    one\n{{- if .Values.x }}\n    two {{ .Values.y }}\n{{- end }}\n    three\nend: 1\n',
    );
    const { data } = document.value as { data: Record<string, string> };
    expect(withoutMarks(data['run.sh'] ?? '')).toBe('one\n\ntwo {{ .Values.y }}\n\nthree\n');
    expect(document.at(['end'])).toEqual({ line: 8, column: 1 });
  });

  it('before a key on its line leave the key where it belongs', () => {
    const text =
      'spec:\n  {{ if .Values.tls }}secretName: {{ .Values.tls }}{{ end }}\n  {{- if .Values.a -}} one: 1 {{- else -}} two: 2 {{- end }}\n  three: 3\n';
    const { value } = template(text);
    expect(value).toMatchObject({ spec: { one: 1, three: 3 } });
    expect((value as { spec: Record<string, unknown> }).spec).not.toHaveProperty('two');
  });

  it('are recognised as keys', () => {
    expect(template('{{ .Values.name }}: 1\nx-{{ .b }}: 2\n').value).toEqual({
      '{{ .Values.name }}': 1,
      'x-{{ .b }}': 2,
    });
  });

  it('of other engines are set aside only where the text does not parse', () => {
    const file = parseYaml('{% if prod %}\nhost: <%= db %>\n{% endif %}\nport: {{ port }}\n');
    expect(file.templated).toBe(true);
    expect(file.errors).toEqual([]);
    expect(isOpaque((file.documents[0]?.value as { host: unknown } | undefined)?.host)).toBe(true);
  });
});

describe('neutralising any text', () => {
  const pieces = fc.constantFrom(
    '{{',
    '}}',
    '{{- ',
    ' -}}',
    '{{ if x }}',
    '{{ else }}',
    '{{ end }}',
    '{{/*',
    '*/}}',
    '`',
    '"',
    "'",
    '\\',
    '\n',
    '\r\n',
    ' ',
    'a: ',
    '- ',
    '| nindent 4',
    'x',
    '{%',
    '%}',
    '<%=',
    '%>',
  );
  const text = fc.array(pieces, { maxLength: 50 }).map((parts) => parts.join(''));

  it('keeps the number of lines and the columns of what stays', () => {
    fc.assert(
      fc.property(text, (input) => {
        const before = input.split('\n');
        const after = neutralise(input)?.text.split('\n') ?? [];
        expect(after).toHaveLength(before.length);
        for (const [index, line] of after.entries()) {
          const original = before[index] ?? '';
          if (/^\s*(\{\{|\{%|<%)/.test(original)) continue;
          for (const [column, character] of [...line].entries()) {
            if (!/[\s\uE000\uE001]/.test(character)) expect(original[column]).toBe(character);
          }
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('leaves text without actions as it is', () => {
    fc.assert(
      fc.property(
        fc.string().filter((it) => !/\{\{|\{%|<%/.test(it)),
        (input) => {
          expect(neutralise(input)?.text).toBe(input);
        },
      ),
    );
  });

  it.each([
    ['openers', '{{'.repeat(50_000)],
    ['opened strings', '{{"}}{{\\"}}'.repeat(20_000)],
    ['opened comments', '{{/*'.repeat(50_000)],
    ['blocks on one line', 'a{{if x}}'.repeat(20_000)],
    ['raw strings', `${'{{`}}'.repeat(30_000)}\``],
  ])('gets through many %s', (_, input) => {
    expect(neutralise(input)?.text.split('\n')).toHaveLength(1);
  });
});
