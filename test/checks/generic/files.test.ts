/** The generic checks of files: what proves, what is only mentioned, and what could not be read. */
import { describe, expect, it } from 'vitest';
import { judgedBy, MANIFEST } from './judged-by.ts';

describe('generic/file-exists', () => {
  const files = { 'gonogo.yaml': MANIFEST, 'docs/a.md': 'a', 'docs/b.md': 'b', 'node_modules/x/LICENSE': 'x' };

  it.each([
    [{ files: ['docs/*.md'] }, 'verified'],
    [{ files: ['docs/*.md', 'adr/*.md'] }, 'verified'],
    [{ files: ['docs/*.md', 'adr/*.md'], every: true }, 'missing'],
    [{ files: ['docs/*.md'], at_least: 3 }, 'missing'],
    [{ files: ['docs/*.md', 'docs/a.*'], at_least: 3 }, 'missing'],
    [{ files: ['**/LICENSE'] }, 'missing'],
    [{ files: ['repo:acme/platform//LICENSE'] }, 'unknown'],
  ])('%j is %s', async (params, standing) => {
    expect(await judgedBy('generic/file-exists', params, files)).toMatchObject({ standing });
  });

  it('cites the files and says only that they exist', async () => {
    const finding = await judgedBy('generic/file-exists', { files: ['docs/*.md'] }, files);
    expect(finding.because).toBe('2 files exist: docs/a.md, docs/b.md');
    expect(finding.evidence).toEqual([{ path: 'docs/a.md' }, { path: 'docs/b.md' }]);
  });

  it("sees a service's own files, and the root's by repo://", async () => {
    const monorepo = { 'a/gonogo.yaml': MANIFEST, 'a/README.md': '', LICENSE: '' };
    expect(await judgedBy('generic/file-exists', { files: ['README.md'] }, monorepo)).toMatchObject({
      standing: 'verified',
      evidence: [{ path: 'a/README.md' }],
    });
    expect(await judgedBy('generic/file-exists', { files: ['LICENSE'] }, monorepo)).toMatchObject({
      standing: 'missing',
    });
    expect(await judgedBy('generic/file-exists', { files: ['repo://LICENSE'] }, monorepo)).toMatchObject({
      standing: 'verified',
    });
  });
});

describe('generic/file-mentions', () => {
  const files = { 'README.md': 'One\n\nCalls the Ledger (v2).\n', 'docs/a.md': 'nothing', 'docs/logo.md': 'a\0b' };

  it.each([
    [{ files: ['README.md'], texts: ['ledger'] }, 'declared'],
    [{ files: ['README.md'], texts: ['ledge'] }, 'missing'],
    [{ files: ['README.md'], texts: ['ledge'], whole_words: false }, 'declared'],
    [{ files: ['README.md'], texts: ['ledger'], ignore_case: false }, 'missing'],
    [{ files: ['README.md'], patterns: ['\\(v\\d\\)'] }, 'declared'],
    [{ files: ['README.md', 'docs/a.md'], texts: ['ledger'], every_file: true }, 'missing'],
    [{ files: ['*.md', 'docs/*.md'], texts: ['ledger'] }, 'declared'],
    [{ files: ['docs/*.md'], texts: ['ledger'] }, 'unknown'],
    [{ files: ['none/*.md'], texts: ['ledger'] }, 'missing'],
    [{ files: ['README.md'], texts: ['ledger'], wanted: 'absent' }, 'contradicted'],
    [{ files: ['docs/a.md'], texts: ['ledger'], wanted: 'absent' }, 'declared'],
    [{ files: ['docs/*.md'], texts: ['ledger'], wanted: 'absent' }, 'unknown'],
    [{ files: ['none/*.md'], texts: ['ledger'], wanted: 'absent' }, 'missing'],
  ])('%j is %s', async (params, standing) => {
    expect(await judgedBy('generic/file-mentions', params, files)).toMatchObject({ standing });
  });

  it('names the line, and is never verified', async () => {
    const finding = await judgedBy('generic/file-mentions', { files: ['README.md'], texts: ['Ledger'] }, files);
    expect(finding).toMatchObject({ standing: 'declared', claim: { path: 'README.md', line: 3, column: 11 } });
  });

  it('takes time linear in the text, whatever the pattern', async () => {
    const hostile = { 'README.md': `${'a'.repeat(60_000)}!\n` };
    const finding = await judgedBy('generic/file-mentions', { files: ['README.md'], patterns: ['^(a+)+$'] }, hostile);
    expect(finding.standing).toBe('missing');
  });
});

describe('generic/structured-value', () => {
  const strict = (files: readonly string[], more = {}) => ({ files, path: 'a.b', equals: 3, ...more });

  it.each([
    ['a:\n  b: 3\n', 'verified'],
    ['a:\n  b: "3"\n', 'contradicted'],
    ['a:\n  b: 4\n', 'contradicted'],
    ['a:\n  c: 3\n', 'missing'],
    ['', 'missing'],
    ['a: {{ b: 3 }\n', 'unknown'],
    ['a:\n  b: {{ .Values.b }}\n', 'unknown'],
    ['a:\n{{- if .Values.on }}\n  b: 3\n{{- end }}\n', 'unknown'],
    ['a:\n{{ toYaml .Values.a | indent 2 }}\n', 'unknown'],
    ['c: {{ .Values.c }}\na:\n  b: 3\n', 'verified'],
    ['c: 1\n---\na:\n  b: 3\n', 'verified'],
  ])('of %j is %s', async (text, standing) => {
    const finding = await judgedBy('generic/structured-value', strict(['chart/x.yaml']), { 'chart/x.yaml': text });
    expect(finding).toMatchObject({ standing });
  });

  it.each([
    ['x.json', '{\n "a": {\n  "b": 3 } }', 3],
    ['x.yaml', 'a:\n  b: 3', 2],
    ['x.toml', '# x\n[a]\n\nb = 3', 4],
    ['x.toml', 'c = """\n[a]\nb = 3\n"""\na.b = 3', 5],
  ])('cites the line in %s', async (path, text, line) => {
    const finding = await judgedBy('generic/structured-value', strict([path]), { [path]: text });
    expect(finding).toMatchObject({ standing: 'verified', evidence: [{ path, line }] });
  });

  it('wants every file, unless one suffices', async () => {
    const files = { 'a.yaml': 'a: { b: 3 }', 'b.yaml': 'a: { b: 4 }' };
    expect(await judgedBy('generic/structured-value', strict(['*.yaml']), files)).toMatchObject({
      standing: 'contradicted',
      problems: [{ at: { path: 'b.yaml', line: 1 } }],
    });
    expect(await judgedBy('generic/structured-value', strict(['*.yaml'], { every_file: false }), files)).toMatchObject({
      standing: 'verified',
      evidence: [{ path: 'a.yaml' }],
    });
  });

  it('asks every item of a wildcard, also those that have no such key', async () => {
    const files = { 'compose.yaml': 'services:\n  a: { restart: always }\n  b: { image: x }\n' };
    const params = { files: ['compose.yaml'], path: 'services.*.restart', one_of: ['always', 'unless-stopped'] };
    expect(await judgedBy('generic/structured-value', params, files)).toMatchObject({
      standing: 'missing',
      problems: [{ message: 'there is no services.*.restart', at: { path: 'compose.yaml', line: 3 } }],
    });
  });

  const many = (last: string) =>
    `services:\n${Array.from({ length: 1001 }, (_, index) => `  s${index}: { restart: ${index === 1000 ? last : 'always'} }\n`).join('')}`;

  it.each([
    ['more items than are looked at', 'c.yaml', many('never'), true],
    ['more items than are looked at, where one file suffices', 'c.yaml', many('never'), false],
    [
      'an item that a template decides, where one file suffices',
      'c.yaml',
      'services:\n  a: { restart: always }\n  b: { restart: "{{ .x }}" }\n',
      false,
    ],
    ['a text that a template fills in', 'c.toml', '[services.a]\nrestart = "{{ always }}"\n', true],
  ])('says unknown of %s', async (_, path, text, every) => {
    const params = { files: [path], path: 'services.*.restart', matches: 'always', every_file: every };
    expect(await judgedBy('generic/structured-value', params, { [path]: text })).toMatchObject({ standing: 'unknown' });
  });

  it('does not read what is no structured file, and does not take that for an answer', async () => {
    const finding = await judgedBy('generic/structured-value', strict(['x.ini']), { 'x.ini': '[a]\nb=3' });
    expect(finding).toMatchObject({ standing: 'unknown', evidence: [{ path: 'x.ini' }] });
  });

  it('is not made unknown by what another rule could not read', async () => {
    const files = { 'a.yaml': 'a: { c: 1 }', 'b.ini': '' };
    expect(await judgedBy('generic/structured-value', strict(['a.yaml']), files)).toMatchObject({
      standing: 'missing',
    });
  });
});

describe('generic/manifest-states', () => {
  const manifest = `${MANIFEST}x-cost: CC-12\nx-list: [1, 2]\nx-none: null\nx-todo: TBD\nx-num: 7\ndata:\n  classification: internal\n  stores:\n    - { id: a, kind: postgres }\n`;

  it.each([
    [{ path: 'x-cost' }, 'declared'],
    [{ path: '/x-cost' }, 'declared'],
    [{ path: 'x-cost', matches: '^CC-' }, 'declared'],
    [{ path: 'x-cost', matches: '^DD-' }, 'contradicted'],
    [{ path: 'x-cost', one_of: ['a', 'b'] }, 'contradicted'],
    [{ path: 'x-num', min: 5, max: 7 }, 'declared'],
    [{ path: 'x-num', min: 8 }, 'contradicted'],
    [{ path: 'x-cost', min: 8 }, 'contradicted'],
    [{ path: 'x-todo' }, 'missing'],
    [{ path: 'x-none' }, 'missing'],
    [{ path: 'x-other' }, 'missing'],
    [{ path: 'constructor' }, 'missing'],
    [{ path: '__proto__' }, 'missing'],
    [{ path: 'x-list.1', equals: 2 }, 'declared'],
    [{ path: 'x-list.*', min: 2 }, 'contradicted'],
    [{ path: 'data.stores.*.id' }, 'declared'],
    [{ path: 'data.stores.*.owner' }, 'missing'],
  ])('%j is %s', async (params, standing) => {
    const finding = await judgedBy('generic/manifest-states', params, { 'gonogo.yaml': manifest });
    expect(finding).toMatchObject({ standing });
  });

  it('says nothing beyond the absence of a manifest where there is none', async () => {
    expect(await judgedBy('generic/manifest-states', { path: 'x-cost' }, { 'a.md': '' })).toMatchObject({
      standing: 'not-applicable',
    });
  });
});
