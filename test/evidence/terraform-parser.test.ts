/** Terraform's syntax: what becomes of every kind of expression, where things stand, and that nothing makes the parser throw. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadTerraformParser } from '../../src/evidence/terraform/parser.ts';
import { compute } from '../../src/evidence/terraform/values.ts';
import { withoutMarks } from '../../src/evidence/yaml/template-marks.ts';

const parse = await loadTerraformParser();
const all = (): boolean => true;

/** What an expression comes to; `var.region` is known, nothing else is. */
function worth(expression: string): unknown {
  const [attribute] = parse(`x = ${expression}\n`, all).attributes;
  if (!attribute) throw new Error(`no attribute in ${expression}`);
  const { value } = compute(attribute.value, {
    lookUp: (kind, name) => (kind === 'var' && name === 'region' ? { value: 'eu', via: 'default' } : undefined),
  });
  return JSON.parse(withoutMarks(JSON.stringify(value)));
}

describe('the grammar', () => {
  it('is the file that was reviewed', () => {
    const digest = createHash('sha256')
      .update(readFileSync('grammars/terraform/tree-sitter-terraform.wasm'))
      .digest('hex');
    expect(digest).toBe('0d9ef3ae926acc0411bfecba9b34df4ea659061917b96455570a45a70824e890');
  });
});

describe('an expression', () => {
  it.each<[string, unknown]>([
    ['"plain"', 'plain'],
    ['"a\\n\\"b\\" $${c}"', 'a\n"b" ${c}'],
    ['60 * 60 * 3', 10_800],
    ['-3', -3],
    ['null', null],
    ['"${var.region}-1"', 'eu-1'],
    ['"${var.other}-1"', '${var.other}-1'],
    ['var.region == "eu" ? 1 : 0', 1],
    ['var.other == "eu" ? 1 : 0', 'var.other == "eu" ? 1 : 0'],
    ['var.other ? [] : []', []],
    ['!(var.region == "us") && true', true],
    ['[1, var.other, "b"]', [1, 'var.other', 'b']],
    ['{ a = 1, "b" : [true] }', { a: 1, b: [true] }],
    ['jsonencode([{ name = "x" }])', [{ name: 'x' }]],
    ['join("-", ["a", var.region, var.other])', 'a-eu-var.other'],
    ['concat(["a"], [])', ['a']],
    ['compact([var.other])', 'compact([var.other])'],
    ['file("x.json")', 'file("x.json")'],
    ['[for it in var.list : "@${it}"]', '[for it in var.list : "@${it}"]'],
    ['aws_sns_topic.pager[0].arn', 'aws_sns_topic.pager[0].arn'],
    ['<<-EOT\n    one\n      two ${var.region}\n    EOT', 'one\n  two eu\n'],
    ['<<EOT\n  one\nEOT', '  one\n'],
  ])('%s', (expression, value) => {
    expect(worth(expression)).toEqual(value);
  });
});

describe('a block', () => {
  it('has its labels, its place and its nested blocks', () => {
    const { blocks } = parse('# first\nresource "a" b {\n  x = 1\n  inner {\n    y = 2\n  }\n}\n', all);
    expect(blocks).toMatchObject([
      {
        type: 'resource',
        labels: ['a', 'b'],
        line: 2,
        broken: false,
        attributes: [{ name: 'x', line: 3, column: 3 }],
        blocks: [{ type: 'inner', line: 4, attributes: [{ name: 'y', line: 5 }] }],
      },
    ]);
  });

  it('that does not follow the syntax is broken, and those before it are not', () => {
    const { blocks, broken } = parse('resource "a" "b" {\n  x = 1\n}\nresource "c" "d" {\n  y = \n}\n', all);
    expect(blocks.map((it) => it.broken)).toEqual([false, true]);
    expect(broken).toEqual([5]);
  });
});

const PIECES = [
  'resource "a" "b" {',
  '}',
  'x = ',
  '"${',
  '}"',
  '[',
  ']',
  '{',
  '<<EOT',
  'EOT',
  '\n',
  'var.x',
  '? 1 : 0',
  '%{ if',
  '# c',
  '/*',
  '\\',
  '"',
  'for',
  '=>',
  '(',
  ')',
  '\uE000',
  '\u0000',
  '日本',
];

describe('any text', () => {
  it('is read without a throw, and comes to plain data', () => {
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(text, (it) => {
        const file = parse(it, all);
        expect(JSON.parse(JSON.stringify(file))).toEqual(file);
        for (const { value } of file.attributes) JSON.stringify(compute(value, { lookUp: () => undefined }));
      }),
      { numRuns: 300 },
    );
  });

  it('nested a thousandfold is read too', () => {
    expect(() => parse(`x = ${'['.repeat(3000)}${']'.repeat(3000)}\n`, all)).not.toThrow();
    expect(() => parse('a {\n'.repeat(2000) + '}\n'.repeat(2000), all)).not.toThrow();
    expect(() => parse('{'.repeat(20_000), all)).not.toThrow();
  });
});
