/** The quick reader of YAML declines what it likes, and what it reads it reads as the `yaml` package does: values, places, anchors, ends. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { linesOf } from '../../src/evidence/pages/text-lines.ts';
import { quickTrees } from '../../src/evidence/yaml/events.ts';
import { neutralise } from '../../src/evidence/yaml/helm-template.ts';
import type { YamlNode, YamlTree } from '../../src/evidence/yaml/tree.ts';
import { composeText } from '../../src/evidence/yaml/yaml-judge.ts';
import { judgeManifest } from '../../src/manifest/manifest-judge.ts';

/** Every YAML file, and every block of YAML in a page. */
const TEXTS: readonly string[] = ['fixtures', 'checklists'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
    if (/\.(ya?ml|tpl)$/.test(path)) return [readFileSync(join(folder, path), 'utf8')];
    if (!path.endsWith('.md')) return [];
    const page = readFileSync(join(folder, path), 'utf8');
    return [...page.matchAll(/```ya?ml[^\n]*\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  }),
);

/** Blank lines below a block are text to one package and not to the other, and nobody asks. */
function tidy(node: YamlNode, text: string): YamlNode {
  if (node.kind === 'list') return { ...node, items: node.items.map((item) => tidy(item, text)) };
  if (node.kind === 'map') {
    const pairs = node.pairs.map(({ key, value }) => ({ key: tidy(key, text), value: value && tidy(value, text) }));
    return { ...node, pairs };
  }
  if (node.kind !== 'scalar' || node.style === 'plain' || node.style === 'quoted') return node;
  return { ...node, to: node.from + text.slice(node.from, node.to).trimEnd().length };
}

function tidied(trees: readonly YamlTree[], text: string): readonly YamlTree[] {
  return trees.map(({ root, end }) => ({ root: tidy(root, text), end }));
}

/** Told apart by Node, which is quicker, and shown by vitest. */
function same(one: unknown, other: unknown): void {
  if (!isDeepStrictEqual(one, other)) expect(one).toStrictEqual(other);
}

/** Whether the quick reader read the text; fails where the other one reads it differently. */
function agreed(text: string): boolean {
  const quick = quickTrees(text);
  if (!quick) return false;
  const judged = composeText(text, { tokens: Number.POSITIVE_INFINITY });
  expect(judged?.faults).toEqual([]);
  same(tidied(quick, text), tidied(judged?.trees ?? [], text));
  const [only, second] = quick;
  if (!only || second) return true;
  const manifest = judgeManifest(text, linesOf(text), 'gonogo.yaml');
  expect(manifest.problems).toEqual([]);
  same(tidy(only.root, text), manifest.contents && tidy(manifest.contents, text));
  return true;
}

const PIECES: readonly string[] = [
  ...['- ', '-\n', '? ', ': ', ':', 'a', 'b: ', '"a"', "'a'", '"', "'", '\\', '\\n', '\\\n', '{', '}', '[', ']', ','],
  ...[
    '|',
    '>',
    '|-\n',
    '>+\n',
    '|2\n',
    '|\n',
    '\n',
    '\n\n',
    '\r\n',
    '\r',
    ' ',
    '  ',
    '    ',
    '\t',
    '&a ',
    '*a',
    '<<: ',
  ],
  ...['!t ', '!!str ', '! ', '---', '---\n', '--- ', '...\n', '# c\n', ' # c', '#', '%YAML 1.2\n', '%', '=', '@', '`'],
  ...['\uD800', '\uFEFF', '\uE000\uE001', '\0', '\x01', '\x7F', '\x85', '\xA0', '\u2028', '\u200B', 'é', '😀'],
  ...['~', 'null', 'true', '1', '-0', '0x1F', '0o7', '012', '1e3', '.5', '5.', '.inf', '.NaN', '12345678901234567890'],
  ...['a: 1\n', '  b: 2\n', '- c\n', '  - d\n', '{{ x }}', '{{- if x }}\n', '{{ end }}\n'],
];

const assembled = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(''));

const changes = fc.array(fc.tuple(fc.nat(), fc.nat(4), fc.constantFrom(...PIECES)), { minLength: 1, maxLength: 4 });
const changed = fc
  .tuple(fc.constantFrom(...TEXTS.filter(({ length }) => length < 4000)), changes)
  .map(([text, edits]) =>
    edits.reduce((edited, [offset, length, piece]) => {
      const at = offset % (edited.length + 1);
      return edited.slice(0, at) + piece + edited.slice(at + length);
    }, text),
  );

const word = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...PIECES));
const leaf = fc.oneof(word, fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(word, tie('value'), { maxKeys: 4 }),
  ),
}));
const styles = fc.record({
  indent: fc.constantFrom(2, 4),
  lineWidth: fc.constantFrom(0, 20),
  indentSeq: fc.boolean(),
  collectionStyle: fc.constantFrom('any', 'block', 'flow'),
  defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
  aliasDuplicateObjects: fc.boolean(),
} as const);

describe('the quick reader and the judge', () => {
  it('agree on the fixtures, nearly all of which are read quickly', () => {
    const read = TEXTS.filter(agreed);
    expect(TEXTS.length).toBeGreaterThan(300);
    expect(read.length / TEXTS.length).toBeGreaterThan(0.95);
    for (const text of TEXTS) agreed(text.replaceAll('\n', '\r\n'));
  });

  it('agree on templates that were set aside', () => {
    const template =
      '{{- if .x }}\n---\na: {{ .b }}\nc:\n  {{- toYaml .d | nindent 2 }}\n  e: "{{ f }}"\ng: |\n  {{ h }} i\n{{- end }}\n';
    expect(agreed(neutralise(template)?.text ?? '')).toBe(true);
    fc.assert(fc.property(changed, (text) => void agreed(neutralise(text)?.text ?? '')));
  });

  it('agree on documents in every style', () => {
    let read = 0;
    fc.assert(
      fc.property(value, styles, (document, style) => {
        if (agreed(stringify({ document, again: document }, style))) read++;
      }),
      { numRuns: 500 },
    );
    expect(read).toBeGreaterThan(250);
  });

  it('agree on whatever is made of pieces', () => {
    fc.assert(
      fc.property(assembled, (text) => void agreed(text)),
      { numRuns: 5000 },
    );
  });

  it('agree on fixtures that somebody broke', () => {
    fc.assert(
      fc.property(changed, (text) => void agreed(text)),
      { numRuns: 1500 },
    );
  });

  it.each([
    ['a tag', 'a: !t b\n'],
    ['a directive', '%YAML 1.1\n---\na: 1\n'],
    ['an end of a document', 'a: 1\n...\n'],
    ['a tab at the begin of a line', '{\n\t"a": 1\n}\n'],
    ['a tab behind a dash', '- \ta: 1\n'],
    ['a line feed that is none', 'a: 1\rb: 2\n'],
    ['a mark of byte order in the middle', 'a: 1\n\uFEFFb: 2\n'],
    ['a map as a key', '? {a: b}\n: c\n'],
    ['an alias as a key', 'a: &a b\n*a : c\n'],
    ['a map that begins with a question mark', '? a\n: b\n'],
    ['a key without a colon', '{a, b: c}\n'],
    ['an item that is nothing', '-\n- a\n'],
    ['a block that says its indentation', 'a: |2\n   b\n'],
    ['a block with a comment behind its begin', 'a: | # |\n  b\n'],
    ['a text that is one block', '|\n  a\n'],
    ['a kept end without a line feed', 'a: |+\n  b\n   '],
    ['a syntax error', 'a: [\n'],
    ['too deep a nesting', `${'['.repeat(100)}${']'.repeat(100)}`],
    ['too many dividers', `{${'a,'.repeat(400_001)}}`],
  ])('differ over %s, or might: it is declined', (_, text) => {
    expect(quickTrees(text)).toBeUndefined();
  });
});
