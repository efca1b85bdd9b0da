/** The bill of materials: valid by the official schema, the same bytes for the same report, and of nothing but what was read. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Component, ServiceReport } from '../../src/model.ts';
import { format } from '../../src/report/cyclonedx.ts';
import { anyCharacter } from '../any-character.ts';
import { canvas } from './canvas.ts';
import { report, service } from './sample-report.ts';

function schema(name: string): object {
  return JSON.parse(readFileSync(`test/report/conformance/cyclonedx-${name}.schema.json`, 'utf8')) as object;
}

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addFormat('iri-reference', true);
ajv.addFormat('idn-email', true);
ajv.addSchema(schema('spdx')).addSchema(schema('jsf-0.82'));
const validate = ajv.compile(schema('bom-1.6'));

interface Bom {
  readonly metadata: { readonly component: { readonly name: string } };
  readonly components: readonly (Record<string, unknown> & { readonly 'bom-ref': string })[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

function component(name: string, version: string | undefined, more: Partial<Component> = {}): Component {
  return {
    ecosystem: 'npm',
    name,
    ...(version !== undefined && { version }),
    scope: 'production',
    direct: true,
    source: 'registry',
    requiredBy: [''],
    at: { path: 'package-lock.json', line: 12 },
    ...more,
  };
}

function shop(components: readonly Component[], name = 'shop'): ServiceReport {
  return service([], { name, dir: name }, { components });
}

function bomOf(components: readonly Component[]): Bom {
  const text = format.render(report([shop(components)]), canvas());
  const bom = JSON.parse(text) as Bom;
  expect(validate(bom), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  return bom;
}

describe('the bill of materials', () => {
  it('names each version once, with its package URL, scope and licence', () => {
    const bom = bomOf([
      component('@acme/mailer', '2.1.0', { licence: 'MIT' }),
      component('@acme/mailer', '2.1.0', { at: { path: 'tools/package-lock.json', line: 3 } }),
      component('left', '1.0.0', { scope: 'development', licence: '(MIT OR Apache-2.0)' }),
      component('org.acme:shop', '3', { ecosystem: 'Maven', licence: 'See LICENSE' }),
    ]);
    expect(bom.components.map((it) => it['bom-ref']).sort()).toEqual([
      'pkg:maven/org.acme/shop@3',
      'pkg:npm/%40acme/mailer@2.1.0',
      'pkg:npm/left@1.0.0',
    ]);
    const [mailer] = bom.components.filter((it) => it.name === 'mailer');
    expect(mailer).toMatchObject({ group: '@acme', scope: 'required', licenses: [{ license: { id: 'MIT' } }] });
    expect(mailer?.properties).toHaveLength(2);
    expect(bom.components.find((it) => it.name === 'left')).toMatchObject({
      scope: 'excluded',
      licenses: [{ expression: '(MIT OR Apache-2.0)' }],
    });
    expect(bom.components.find((it) => it.name === 'shop')).toMatchObject({
      licenses: [{ license: { name: 'See LICENSE' } }],
    });
  });

  it('draws a requirement only where the name means one version', () => {
    const bom = bomOf([
      component('a', '1.0.0'),
      component('b', '1.0.0', { direct: false, requiredBy: ['a'] }),
      component('c', '1.0.0', { direct: false, requiredBy: ['twice'] }),
      component('twice', '1.0.0', { direct: false, requiredBy: ['a'] }),
      component('twice', '2.0.0', { direct: false, requiredBy: ['b'] }),
    ]);
    const dependsOn = (ref: string): readonly string[] =>
      bom.dependencies.find((it) => it.ref === ref)?.dependsOn ?? [];
    expect(dependsOn('service:shop')).toEqual(['pkg:npm/a@1.0.0']);
    expect(dependsOn('pkg:npm/a@1.0.0')).toEqual(['pkg:npm/b@1.0.0', 'pkg:npm/twice@1.0.0']);
    expect(dependsOn('pkg:npm/twice@1.0.0')).toEqual([]);
  });

  it('lists what has no package URL without one', () => {
    const bom = bomOf([
      component('acme/null', '1.0.0', { ecosystem: 'Terraform' }),
      component('ours', undefined, { source: 'git', commit: '0123456789abcdef0123456789abcdef01234567' }),
    ]);
    expect(bom.components.find((it) => it.name === 'null')).not.toHaveProperty('purl');
    expect(bom.components.find((it) => it.name === 'ours')).toMatchObject({
      version: '0123456789abcdef0123456789abcdef01234567',
    });
  });

  it('is valid for several services and for none', () => {
    const several = report([shop([component('x', '1.0.0')], 'a'), shop([component('x', '1.0.0')], 'b')]);
    for (const it of [several, report([])]) {
      const bom: unknown = JSON.parse(format.render(it, canvas()));
      expect(validate(bom), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  it('is valid whatever the names, versions and licences are', () => {
    const word = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.string({ unit: anyCharacter, maxLength: 30 }),
      fc.constant('__proto__'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word, word), { maxLength: 6 }), (rows) => {
        bomOf(rows.map(([name, version, licence]) => component(name, version, { licence, requiredBy: [name] })));
      }),
    );
  });
});
