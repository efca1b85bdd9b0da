/** Resources of Terraform with their values: from locals, defaults, tfvars files and callers, and whether they are there at all. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collector } from '../../src/evidence/terraform.ts';
import { withoutMarks } from '../../src/evidence/yaml/template-marks.ts';
import { collected, spot } from './collected.ts';

async function blocksIn(files: Readonly<Record<string, string>>) {
  const { facts, unread } = await collected(collector, files);
  return { blocks: facts.blocks, modules: facts.modules, unread };
}

const QUEUE = 'resource "aws_sqs_queue" "q" {\n  name = var.name\n}\n';

describe('a resource', () => {
  it('of interest has its values and places; others are left out', async () => {
    const { blocks } = await blocksIn({
      'infra/main.tf':
        'resource "aws_vpc" "main" {}\nlocals {\n  tags = { team = "ledger" }\n}\nresource "aws_sqs_queue" "q" {\n  name = "q-${local.tags.team}"\n  delay = 5\n}\n',
    });
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).toMatchObject({
      kind: 'resource',
      type: 'aws_sqs_queue',
      name: 'q',
      folder: 'infra',
      attributes: { name: { value: 'q-ledger', via: 'literal' }, delay: { value: 5 } },
    });
    expect(spot(blocks[0]?.attributes.name?.at ?? { path: '' })).toBe('infra/main.tf:6:3');
  });

  it('in documentation, in an example, in a comment and in a text is none', async () => {
    const { blocks } = await blocksIn({
      'docs/main.tf': QUEUE,
      'examples/main.tf': QUEUE,
      'main.tf':
        '/*\nresource "aws_sqs_queue" "a" {}\n*/\nvariable "x" {\n  default = <<EOT\nresource "aws_sqs_queue" "b" {}\nEOT\n}\n',
    });
    expect(blocks).toEqual([]);
  });

  it('that does not follow the syntax is unread, and the others of its file are read', async () => {
    const { blocks, unread } = await blocksIn({
      'main.tf': 'resource "aws_sqs_queue" "a" {\n  name = "a"\n}\nresource "aws_sqs_queue" "b" {\n  name = \n}\n',
    });
    expect(blocks.map(({ name }) => name)).toEqual(['a']);
    expect(unread.map(({ at, detail }) => `${spot(at)} ${detail}`)).toEqual([
      'main.tf:4 the Terraform resource aws_sqs_queue "b" is not read: line 5 does not follow the syntax',
    ]);
  });

  it.each([
    ['count = 0', { absent: 'count = 0' }],
    ['count = 2', {}],
    ['for_each = toset([])', { absent: 'for_each = toset([])' }],
    ['count = var.on ? 1 : 0', { when: 'count = var.on ? 1 : 0' }],
    ['count = var.off ? 1 : 0', { when: 'count = var.off ? 1 : 0' }],
    ['count = local.no ? 1 : 0', { absent: 'count = local.no ? 1 : 0' }],
    ['for_each = var.queues', {}],
  ])('with %s', async (line, expected) => {
    const { blocks } = await blocksIn({
      'main.tf': `variable "off" {\n  default = false\n}\nlocals {\n  no = false\n}\nresource "aws_sqs_queue" "q" {\n  ${line}\n}\n`,
    });
    expect({ absent: blocks[0]?.absent, when: blocks[0]?.when }).toEqual({
      absent: undefined,
      when: undefined,
      ...expected,
    });
  });
});

describe('a variable', () => {
  const name = async (files: Readonly<Record<string, string>>) => {
    const { blocks } = await blocksIn(files);
    return blocks.map(({ attributes }) => {
      const { value, via } = attributes.name ?? {};
      return `${withoutMarks(String(value))} ${via}`;
    });
  };
  const variable = 'variable "name" {\n  default = "plain"\n}\n';

  it('is its default, which others may set', async () => {
    expect(await name({ 'a.tf': QUEUE, 'variables.tf': variable })).toEqual(['plain default']);
  });

  it("is what production's values say, and what Terraform reads by itself before that", async () => {
    const values = { 'staging.tfvars': 'name = "s"\n', 'prod.tfvars': 'name = "p"\n' };
    expect(await name({ 'a.tf': QUEUE, 'v.tf': variable, ...values })).toEqual(['p values']);
    expect(await name({ 'a.tf': QUEUE, 'v.tf': variable, ...values, 'terraform.tfvars': 'name = "t"\n' })).toEqual([
      't values',
    ]);
  });

  it('is what the callers in the repository give, if they agree', async () => {
    const call = (label: string, given: string): string =>
      `module "${label}" {\n  source = "../modules/queue"\n  name = ${given}\n}\n`;
    const called = { 'modules/queue/main.tf': QUEUE, 'modules/queue/variables.tf': variable };
    expect(await name({ ...called, 'live/main.tf': call('a', '"given"') })).toEqual(['given values']);
    expect(await name({ ...called, 'live/main.tf': call('a', '"one"') + call('b', '"two"') })).toEqual([
      'var.name literal',
    ]);
    expect(await name({ ...called, 'live/main.tf': call('a', 'aws_x.y.id') })).toEqual(['aws_x.y.id values']);
  });

  it('that refers to itself is what is written', async () => {
    expect(
      await name({
        'a.tf': 'locals {\n  a = local.b\n  b = local.a\n}\nresource "aws_sqs_queue" "q" {\n  name = local.a\n}\n',
      }),
    ).toEqual(['local.a literal']);
  });
});

describe('any file', () => {
  it('is read without a throw', async () => {
    const whole = `${QUEUE}locals {\n  a = { b = [1, "x\${var.c}"] }\n}\nmodule "m" {\n  source = "./m"\n}\nresource "aws_cloudwatch_metric_alarm" "a" {\n  count = var.on ? 1 : 0\n  alarm_actions = [local.a]\n}\n`;
    const cut = fc.tuple(fc.nat(whole.length), fc.nat(whole.length), fc.string({ maxLength: 5 }));
    await fc.assert(
      fc.asyncProperty(cut, async ([from, to, put]) => {
        const text = whole.slice(0, Math.min(from, to)) + put + whole.slice(Math.max(from, to));
        const { facts } = await collected(collector, { 'a.tf': text, 'm/b.tf': text });
        expect(Array.isArray(facts.blocks)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
