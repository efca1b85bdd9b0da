import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { OWN_KEYWORDS, referencePointers, type Schema, withoutShortForms } from '../../scripts/expand-schema.ts';
import { shapesOf } from '../../src/manifest/schema-walk.ts';

const NAMES = ['service', 'waivers', 'policy', 'checklist', 'ops-stats'] as const;

function load(name: string): Schema {
  return JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')) as Schema;
}

const AJV = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true, keywords: [...OWN_KEYWORDS] });
for (const name of NAMES) AJV.addSchema(load(name));

interface Visited {
  readonly node: Schema;
  readonly at: string;
  /** Whether the node is the value of a property, and so what an editor shows. */
  readonly isProperty: boolean;
}

function nodesOf(node: unknown, at = '', isProperty = false): readonly Visited[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap((item, index) => nodesOf(item, `${at}/${index}`));
  const inside = Object.entries(node).flatMap(([key, child]) =>
    ['properties', '$defs'].includes(key)
      ? Object.entries(child as object).flatMap(([name, it]) => nodesOf(it, `${at}/${key}/${name}`, true))
      : nodesOf(child, `${at}/${key}`),
  );
  return [{ node: node as Schema, at, isProperty }, ...inside];
}

describe.each(NAMES)('the schema of %s', (name) => {
  const schema = load(name);

  it('compiles in strict mode and has a relative id', () => {
    expect(AJV.getSchema(`${name}.schema.json`)).toBeTypeOf('function');
    expect(schema.$id).toBe(`${name}.schema.json`);
    expect(schema.title).toBe(`Gonogo${name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase())}`);
  });

  it('describes every property and definition for someone in an editor', () => {
    const bare = nodesOf(schema).filter(
      ({ node, isProperty }) => isProperty && !/^[^\s].{8,}\.$/.test(node.description ?? ''),
    );
    expect(bare.map(({ at }) => at)).toEqual([]);
  });

  it('is closed: an object lists its keys or says what all of them are', () => {
    const open = nodesOf(schema).filter(
      ({ node }) => node.type === 'object' && node.additionalProperties === undefined,
    );
    expect(open.map(({ at }) => at)).toEqual([]);
  });
});

describe('the manifest schema', () => {
  const schema = load('service');

  it('requires four keys only', () => {
    expect(schema.required).toEqual(['apiVersion', 'kind', 'name', 'tier']);
  });

  it('leaves x- keys free in every closed object', () => {
    const strict = nodesOf(schema).filter(
      ({ node }) => node.additionalProperties === false && !node.patternProperties?.['^x-'],
    );
    expect(strict.map(({ at }) => at)).toEqual([]);
  });

  it('has short forms that stand for a key of the long form', () => {
    const shorts = nodesOf(schema).flatMap(({ node, at }) => {
      const shapes = shapesOf(node as Parameters<typeof shapesOf>[0]);
      const long = shapes.filter((shape) => shape.short === undefined).map((shape) => shape.node);
      return (node.anyOf ?? []).flatMap((branch) =>
        'x-short' in branch ? [{ at, short: String(branch['x-short']), long }] : [],
      );
    });
    expect(shorts.length).toBeGreaterThan(25);
    const dangling = shorts.filter(
      ({ short, long }) => !long.some((it) => (short === '[]' ? it.type === 'array' : it.properties?.[short])),
    );
    expect(dangling.map(({ at, short }) => `${at} → ${short}`)).toEqual([]);
  });

  it('has one shape once short forms are written out', () => {
    const expanded = withoutShortForms(schema);
    const text = JSON.stringify(expanded);
    expect(text).not.toContain('x-short');
    expect(text).not.toContain('^x-');
    const unions = nodesOf(expanded).filter(({ node }) => node.anyOf !== undefined);
    expect(unions.map(({ at }) => at).sort()).toEqual(['/$defs/quantity', '/$defs/step']);
    expect(expanded.properties?.owner).toEqual({ $ref: '#/$defs/owner' });
    expect(expanded.$defs?.owner).toMatchObject({ type: 'object', required: ['team'] });
    expect(expanded.$defs?.evidence).toMatchObject({ type: 'array' });
  });

  it('names the pointers of all references', () => {
    const pointers = referencePointers(schema);
    expect(pointers).toEqual([...pointers].sort());
    expect(pointers).toEqual(
      expect.arrayContaining([
        '/handover',
        '/waivers',
        '/imports/*',
        '/alerts/sources/*',
        '/runbooks/dir',
        '/runbooks/url_map/*',
        '/dependencies/*/timeout/evidence/*',
        '/nfrs/*/validated/*/evidence/*',
        '/security/threat_model/path',
        '/data/stores/*/restore_runbook',
      ]),
    );
    expect(pointers.filter((pointer) => pointer.startsWith('/nfrs/availability'))).toEqual([]);
  });

  it('finds references through lists, maps, choices and cycles', () => {
    const $defs = {
      reference: { type: 'string' },
      tree: { type: 'object', properties: { file: { $ref: '#/$defs/reference' }, child: { $ref: '#/$defs/tree' } } },
    };
    const properties = {
      tree: { $ref: '#/$defs/tree' },
      'a/b': {
        anyOf: [
          { type: 'array', items: { $ref: '#/$defs/reference' } },
          { type: 'object', additionalProperties: { $ref: '#/$defs/reference' } },
        ],
      },
      own: {
        anyOf: [
          { type: 'object', properties: { at: { $ref: '#/$defs/reference' } } },
          { $ref: '#/$defs/reference', 'x-short': 'at' },
        ],
      },
    };
    expect(referencePointers({ type: 'object', properties, $defs })).toEqual(['/a~1b/*', '/own/at', '/tree/file']);
  });
});

describe('the other schemas', () => {
  const waiver = { rule: 'runbooks/runbook-fresh', reason: 'the page moves with the new platform in May' };
  it.each([
    ['waivers', { waivers: [waiver] }, true],
    [
      'waivers',
      { waivers: [{ ...waiver, owner: 'team-payments', expires: '2026-10-01', from: '2026-09-01', scope: 'docs' }] },
      true,
    ],
    ['waivers', { waivers: [{ rule: 'a/b' }] }, true],
    ['waivers', { waivers: [{ ...waiver, reason: 'later' }] }, false],
    ['waivers', { waivers: [{ ...waiver, expire: '2026-10-01' }] }, false],
    ['waivers', { waivers: [{ reason: waiver.reason }] }, false],
    [
      'policy',
      {
        waivers: { critical: '14d' },
        rules: { 'runbooks/runbook-fresh': { severity: { tier3: 'major' }, with: { max_age: { tier1: '90d' } } } },
      },
      true,
    ],
    ['policy', { rules: { 'a/b': { severity: { tier5: 'major' } } } }, false],
    ['policy', { rules: { 'a/b': { severity: { tier1: 'blocker' } } } }, false],
    ['policy', { waivers: { critical: 14 } }, false],
  ])('%s %j → %s', (name, body, valid) => {
    const kind = name === 'waivers' ? 'Waivers' : 'Policy';
    expect(AJV.validate(`${name}.schema.json`, { apiVersion: 'gonogo/v1', kind, ...body })).toBe(valid);
  });

  const entry = {
    id: 'runbooks/fresh',
    statement: 'Runbooks are fresh.',
    severity: { tier1: 'major' },
    why: 'They rot.',
    fix: 'Review them.',
  };
  it.each([
    [entry, true],
    [
      {
        ...entry,
        with: { max_age: '180d', words: ['a'], per: { tier1: 1, tier2: 2 } },
        aliases: ['runbooks/old'],
        refs: ['https://sre.google'],
      },
      true,
    ],
    [{ ...entry, id: 'fresh' }, false],
    [{ ...entry, severity: 'major' }, true],
    [{ ...entry, severity: 'grave' }, false],
    [{ ...entry, with: { max_age: null } }, false],
    [{ ...entry, wiht: {} }, false],
  ])('checklist %j → %s', (rule, valid) => {
    const list = { area: 'runbooks', title: 'Runbooks', intro: 'What to do at night.', rules: [rule] };
    expect(AJV.validate('checklist.schema.json', list)).toBe(valid);
  });
});
