/** Lenient reading of YAML: what is accepted, where things are, and that nothing hangs or throws. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpaque, parseEmbedded, parseYaml, type YamlFile } from '../../src/evidence/yaml/yaml.ts';
import { composeText, indentQuotedText } from '../../src/evidence/yaml/yaml-judge.ts';
import { guardedTokens } from '../../src/manifest/yaml-guard.ts';
import { anyCharacter } from '../any-character.ts';

function values(file: YamlFile): readonly unknown[] {
  return file.documents.map(({ value }) => value);
}

function only(text: string, options = {}) {
  const file = parseYaml(text, options);
  const [document] = file.documents;
  if (!document || file.errors.length > 0) throw new Error(JSON.stringify(file.errors));
  return document;
}

describe('values', () => {
  it('follow YAML 1.2 whatever the text asks for', () => {
    expect(values(parseYaml('%YAML 1.1\n---\non: no\nport: 012\nratio: 1:30\n'))).toEqual([
      { on: 'no', port: 12, ratio: '1:30' },
    ]);
  });

  it('merge where a tool wrote the tag out', () => {
    expect(only('a: &a\n  x: 1\nb:\n  !!merge <<: *a\n  y: 2\n').value).toEqual({ a: { x: 1 }, b: { x: 1, y: 2 } });
  });

  it('are plain: tags noted only, odd numbers as written, keys as text, no prototype', () => {
    const text =
      'ref: !Ref Queue\nlimit: .inf\nnan: .nan\nhuge: 12345678901234567890\nhex: 0x1F\n1: one\n~: none\n__proto__: {admin: true}\nbin: !!binary aGk=\n';
    const value = only(text).value as Record<string, unknown>;
    expect(value).toEqual({
      ref: 'Queue',
      limit: '.inf',
      nan: '.nan',
      huge: '12345678901234567890',
      hex: 31,
      1: 'one',
      '~': 'none',
      bin: 'aGk=',
    });
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect((value as { admin?: boolean }).admin).toBeUndefined();
  });

  it('resolve aliases and merges; explicit keys and earlier sources win', () => {
    const text =
      'base: &base {cpu: 1, mem: 2}\nmore: &more {mem: 3, disk: 4}\none: {<<: [*base, *more], cpu: 9}\ntwo: *base\n';
    expect(only(text).value).toMatchObject({ one: { cpu: 9, mem: 2, disk: 4 }, two: { cpu: 1, mem: 2 } });
  });

  it('accept 150 uses of one anchor', () => {
    const uses = Array.from({ length: 150 }, (_, index) => `k${index}: *a`).join('\n');
    expect(parseYaml(`a: &a {x: 1}\n${uses}\n`).errors).toEqual([]);
  });

  it('come from JSON, also with tabs', () => {
    expect(only('{\n\t"a": [\n\t\t1,\n\t\t{"b": null}\n\t]\n}\n').value).toEqual({ a: [1, { b: null }] });
  });

  it('survive a byte order mark, CRLF, emoji and an empty text', () => {
    expect(only('\uFEFFa: 1\r\nb: |\r\n  x\r\n  y\r\nc: "📟 pager"\r\n').value).toEqual({
      a: 1,
      b: 'x\ny\n',
      c: '📟 pager',
    });
    expect(values(parseYaml(''))).toEqual([]);
    expect(values(parseYaml('# nothing\n'))).toEqual([]);
  });
});

describe('leniency', () => {
  const RULE =
    "rules:\n  - alert: QueueStuck\n    annotations:\n      description: \"The queue has not moved\nfor {{ $value }} minutes.\"\n      note: 'it''s\nlate'\n    for: 5m\n";

  it('reads quoted text whose continuation lines are not indented, and moves no line', () => {
    const document = only(RULE);
    expect(document.value).toEqual({
      rules: [
        {
          alert: 'QueueStuck',
          annotations: { description: 'The queue has not moved for {{ $value }} minutes.', note: "it's late" },
          for: '5m',
        },
      ],
    });
    expect(document.at(['rules', 0, 'for'])).toEqual({ line: 8, column: 5 });
  });

  it('keeps the documents that are clean and says where the others are not', () => {
    const file = parseYaml('a: 1\n---\nb: [1,\n---\nc: 3\n');
    expect(values(file)).toEqual([{ a: 1 }, { c: 3 }]);
    expect(file.errors[0]?.line).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ['conflict markers', 'a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> topic\n'],
    ['tabs as indentation', 'a:\n\tb: 1\n'],
    ['a quote that never ends', 'a: "b\nc: d\n'],
  ])('does not make sense of %s', (_, text) => {
    const file = parseYaml(text);
    expect(file.documents).toEqual([]);
    expect(file.errors[0]).toMatchObject({
      line: expect.any(Number),
      column: expect.any(Number),
      message: expect.any(String),
    });
  });

  it('knows an unquoted action that would pass for a map', () => {
    const file = parseYaml('kind: Application\nimage: {{ image }}\nport: 80\n');
    expect(file.templated).toBe(true);
    expect(isOpaque((file.documents[0]?.value as { image: unknown } | undefined)?.image)).toBe(true);
    expect(file.documents[0]?.at(['port'])).toEqual({ line: 3, column: 1 });
  });

  it("leaves Prometheus' own actions alone", () => {
    const file = parseYaml('summary: "{{ $labels.pod }} is down"\n');
    expect(file.templated).toBe(false);
    expect(values(file)).toEqual([{ summary: '{{ $labels.pod }} is down' }]);
  });

  it('tells keys given twice; the last one counts', () => {
    const file = parseYaml('a: 1\nb: {c: 1, c: 2}\na: 3\n');
    expect(values(file)).toEqual([{ a: 3, b: { c: 2 } }]);
    expect(file.duplicateKeys).toEqual([
      { key: 'c', line: 2 },
      { key: 'a', line: 3 },
    ]);
    expect(file.documents[0]?.at(['a'])).toEqual({ line: 3, column: 1 });
  });
});

describe('places', () => {
  const TEXT = 'x: &x\n  deep: 1\ny:\n  - first\n  - name: second\n    <<: *x\nz: *x\n';

  it('are those of keys and items, also behind aliases and merges', () => {
    const { at } = only(TEXT);
    expect(at(['y', 1, 'name'])).toEqual({ line: 5, column: 5 });
    expect(at(['y', 0])).toEqual({ line: 4, column: 5 });
    expect(at(['z', 'deep'])).toEqual({ line: 2, column: 3 });
    expect(at(['y', 1, 'deep'])).toEqual({ line: 2, column: 3 });
  });

  it('fall back to the nearest ancestor', () => {
    const { at } = only(TEXT);
    expect(at(['y', 1, 'nowhere', 'at', 'all'])).toEqual({ line: 5, column: 5 });
    expect(at(['y', 'name'])).toEqual({ line: 3, column: 1 });
    expect(at([])).toEqual({ line: 1, column: 1 });
  });

  it('lead into the text of block scalars', () => {
    const document = only(
      'data:\n  rules.yaml: |\n    groups:\n      - name: a\n  folded: >-\n    one\n    two\n  quoted: "a: 1"\n  kept: |2\n     x\n',
    );
    expect(document.inner(['data', 'rules.yaml'])).toBe(3);
    expect(document.inside(['data', 'rules.yaml'], { line: 2, column: 5 })).toEqual({ line: 4, column: 9 });
    expect(document.inner(['data', 'folded'])).toBe(6);
    expect(document.inside(['data', 'quoted'], { line: 1, column: 1 })).toEqual({ line: 8, column: 11 });
    expect(document.inside(['data', 'kept'], { line: 1, column: 2 })).toEqual({ line: 10, column: 6 });
  });

  it('are inside the text for every path', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 4 }),
        fc.array(fc.oneof(fc.string(), fc.nat(5)), { maxLength: 5 }),
        (value, path) => {
          const text = JSON.stringify(value, null, 2);
          const [document] = parseYaml(text).documents;
          if (!document) return;
          const lines = text.split('\n');
          const { line, column } = document.at(path);
          expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? -1) + 1);
        },
      ),
    );
  });
});

describe('hostile text', () => {
  const bomb = [
    'a0: &a0 [x, x, x, x, x, x, x, x, x]',
    ...Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]`),
  ];
  const PATHOLOGIES: readonly (readonly [string, string])[] = [
    ['20,000 open sequences', '['.repeat(20_000)],
    ['20,000 closed sequences', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['20,000 nested dashes', '- '.repeat(20_000)],
    ['nested keys in keys', '? '.repeat(700)],
    ['500 open maps', '{'.repeat(500)],
    ['nested maps on one line', '{a: '.repeat(20_000)],
    ['nested maps over lines', Array.from({ length: 800 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['an alias bomb', bomb.join('\n')],
    [
      'a chain of merges',
      [
        'a0: &a0 {k: 1}',
        ...Array.from({ length: 2000 }, (_, n) => `a${n + 1}: &a${n + 1} {<<: *a${n}, k${n}: 1}`),
      ].join('\n'),
    ],
    [
      'a chain of aliases',
      ['a0: &a0 [1]', ...Array.from({ length: 300 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}]`)].join('\n'),
    ],
    ['an alias to itself', 'a: &a [*a]'],
    ['a million tokens', '{}\n'.repeat(400_000)],
  ];

  it.each(PATHOLOGIES)('refuses %s with a reason', (_, text) => {
    const file = parseYaml(text);
    expect(file.documents).toEqual([]);
    expect(file.errors[0]?.message).toBeTruthy();
  });

  it.each([
    ['in a row', '- '.repeat(110)],
    ['by indentation', Array.from({ length: 102 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['in brackets', '['.repeat(102)],
  ])('has its depth told before anything recurses into it: %s', (_, text) => {
    const told = {
      trees: [],
      faults: [{ offset: expect.any(Number), message: expect.stringMatching(/nested deeper/) }],
    };
    expect(composeText(text, { tokens: 10_000 })).toEqual(told);
    expect(guardedTokens(text)).toMatchObject({
      refusal: { message: expect.stringMatching(/nested/) },
    });
    expect(composeText('a: {b: [c]}\n', { tokens: 10_000 })?.faults).toEqual([]);
  });

  it('is looked at as far as a budget goes, over all attempts', () => {
    expect(composeText('a: b\n'.repeat(10_000), { tokens: 10_000 })).toBeUndefined();
    expect(composeText(`a: ${'b'.repeat(1_000_000)}`, { tokens: 50_000 })).toBeUndefined();
    const budget = { tokens: 10_000 };
    const quotes = '- "a\nb"\n'.repeat(1000);
    indentQuotedText(quotes, quotes, budget);
    expect(budget.tokens).toBeGreaterThanOrEqual(5000);
    expect(budget.tokens).toBeLessThan(6000);
  });

  it('with more actions than anybody writes is unread', () => {
    const line = 'a: {{ b }}\n';
    expect(parseYaml(line.repeat(20_000)).documents).toHaveLength(1);
    const file = parseYaml(line.repeat(20_001));
    expect(file.documents).toEqual([]);
    expect(file.errors[0]?.message).toBeTruthy();
    expect(parseYaml(line.repeat(20_001), { template: true }).errors[0]?.message).toMatch(/template actions/);
  });

  it('reads 50,000 keys', () => {
    const file = parseYaml(Array.from({ length: 50_000 }, (_, n) => `key${n}: 1`).join('\n'));
    expect(Object.keys(file.documents[0]?.value as object)).toHaveLength(50_000);
    const lines = Array.from({ length: 50_000 }, (_, n) => file.documents[0]?.at([`key${n}`]).line);
    expect(lines[49_999]).toBe(50_000);
  });

  it('refuses what is longer than the cap', () => {
    expect(parseYaml(' '.repeat(5 * 1024 * 1024 + 1)).errors[0]?.message).toMatch(/longer than/);
  });

  it('cannot forge the marks of an action', () => {
    expect(values(parseYaml('a: "\uE000x\uE001"\n'))).toEqual([{ a: '\uFFFDx\uFFFD' }]);
  });

  it('never makes it throw, as a template or not, and gives plain data', () => {
    const pieces = fc.constantFrom(
      '{{ ',
      ' }}',
      '{{- if .x }}',
      '{{ end }}',
      '`',
      '"',
      "'",
      '\\',
      '{',
      '}',
      '[',
      ']',
      '- ',
      '? ',
      ': ',
      'a',
      '|',
      '>-',
      '\n',
      '\r\n',
      '  ',
      '\t',
      '&a ',
      '*a',
      '<<: ',
      '!t ',
      '---\n',
      '...\n',
      '# c\n',
      '%YAML 1.1\n',
      '\uD800',
      '\uFEFF',
      '\uE000',
      '\uE001',
      '\0',
      '{%',
      '%}',
      '<%= ',
      '%>',
      '/*',
      '*/',
      ',',
    );
    const text = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.boolean(), (input, template) => {
        const file = parseYaml(input, { template });
        for (const document of file.documents) {
          JSON.stringify(document.value);
          expect(document.at(['a', 0]).line).toBeGreaterThan(0);
          expect(document.inner(['a'])).toBeGreaterThan(0);
          document.injected(['a']);
          document.conditions(['a']);
        }
        for (const error of file.errors) expect(error.line).toBeGreaterThan(0);
        parseEmbedded(input);
      }),
      { numRuns: 1500 },
    );
  });
});
