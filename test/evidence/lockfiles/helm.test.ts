/** Chart.lock and requirements.lock: charts that a chart depends on, and whether it still does. */
import { describe, expect, it } from 'vitest';
import { format } from '../../../src/evidence/lockfiles/formats/helm.ts';
import { agree, disagreements, gaps, holdsForAny, hugeLines, named, read, told } from './reading.ts';

const LOCK = `dependencies:
- name: postgresql
  repository: https://charts.example/stable
  version: 12.5.8
- name: common
  repository: oci://registry.example:5000/charts
  version: 1.10
- name: own
  repository: file://../own
  version: 0.1.0
- name: inner
  repository: ""
  version: 0.2.0
- name: shared
  repository: '@acme'
  version: v1.0.0
digest: sha256:00
generated: "2024-01-01T00:00:00Z"
`;
const CHART = `apiVersion: v2
name: shop
version: 1.0.0
dependencies:
  - name: postgresql
    version: ~12.5.0
    repository: https://charts.example/stable
    alias: db
  - { name: common, version: 1.x.x, repository: "oci://registry.example:5000/charts" }
  - name: own
    repository: file://../own
    version: "*"
  - name: inner
    version: 0.2.0
  - name: shared
    version: ^1
    repository: "@acme"
`;
const FILES = { 'chart/Chart.lock': LOCK, 'chart/Chart.yaml': CHART };

describe('Chart.lock', () => {
  it('tells charts of registries and of folders', () => {
    const result = read(format, FILES);
    expect(told(result)).toEqual([
      'postgresql 12.5.8 registry production direct',
      'common 1.10 registry production direct',
      'own - path production direct',
      'inner - path production direct',
      'shared v1.0.0 registry production direct',
    ]);
    expect(named(result, 'postgresql')).toMatchObject({
      registry: 'charts.example',
      line: 2,
      requiredBy: [{ name: '', range: '~12.5.0' }],
    });
    expect(named(result, 'common').registry).toBe('registry.example');
    expect(named(result, 'shared').registry).toBeUndefined();
    expect(read(format, { 'Chart.lock': LOCK }).packages[0]?.direct).toBeUndefined();
  });

  it('is requirements.lock for older charts', () => {
    const files = { 'requirements.lock': LOCK, 'requirements.yaml': CHART.slice(CHART.indexOf('dependencies')) };
    expect(told(read(format, files))).toEqual(told(read(format, FILES)));
    expect(agree(format, files).disagreements).toEqual([]);
  });

  it('counts a chart that is there under two names once', () => {
    const twice =
      'dependencies:\n- name: db\n  version: 1.0.0\n  repository: https://a.example\n- name: db\n  version: 1.0.0\n  repository: https://a.example\n';
    expect(read(format, { 'Chart.lock': twice }).packages).toHaveLength(1);
  });

  it('says what it does not understand', () => {
    const odd =
      'dependencies:\n- 7\n- name: a\n  repository: https://a.example\n- name: "a\\x07"\n  version: 1.0.0\n- name: __proto__\n  version: 1.0.0\n  repository: https://a.example\n';
    const result = read(format, { 'Chart.lock': odd });
    expect(gaps(result)).toEqual(['unparsed 2: charts are not understood', 'no-version 1: charts have no version']);
    expect(told(result)).toEqual(['__proto__ 1.0.0 registry production ?']);
    for (const text of ['', '- a', 'a==1.0\n', '{{ template }}', 'dependencies: 7'])
      expect(gaps(read(format, { 'requirements.lock': text }))).toEqual([
        'unparsed 0: it is not the list of dependencies that Helm writes',
      ]);
    expect(gaps(read(format, { 'Chart.lock': 'dependencies: []\ndigest: x\n' }))).toEqual([]);
  });

  it('reads any text, and long lines in one go', () => {
    holdsForAny(format, FILES);
    for (const text of hugeLines('- ', '[', '{a: ', '"', 'a: '))
      expect(read(format, { 'Chart.lock': `dependencies:\n${text}` }).packages).toEqual([]);
  });
});

describe('Chart.lock and Chart.yaml', () => {
  it('agree where the same charts are asked for', () => {
    expect(agree(format, FILES)).toEqual({ disagreements: [], compared: 5, untold: [] });
  });

  it('differ in charts that are missing or gone', () => {
    expect(
      disagreements(format, { ...FILES, 'chart/Chart.yaml': CHART.replace('name: postgresql', 'name: mariadb') }),
    ).toEqual([
      'mariadb: is asked for and not locked (chart/Chart.yaml:5)',
      'postgresql: is locked, and chart/Chart.yaml does not ask for it (chart/Chart.lock:2)',
    ]);
  });

  it('differ where the locked version is not one that is asked for', () => {
    expect(disagreements(format, { ...FILES, 'chart/Chart.yaml': CHART.replace('~12.5.0', '~12.6.0') })).toEqual([
      'postgresql: asks for ~12.6.0, and 12.5.8 is locked (chart/Chart.yaml:5)',
    ]);
    expect(agree(format, { ...FILES, 'chart/Chart.yaml': CHART.replace('~12.5.0', '"what?"') }).untold).toEqual([
      'whether the locked version meets what is asked of postgresql',
    ]);
  });

  it('do not guess what a template asks for, or what is not there', () => {
    const answer = agree(format, { ...FILES, 'chart/Chart.yaml': CHART.replace('name: postgresql', 'name: {{ db }}') });
    expect(answer.disagreements).toEqual([]);
    expect(answer.untold).not.toEqual([]);
    expect(agree(format, { 'Chart.lock': LOCK }).untold).toHaveLength(1);
  });
});
