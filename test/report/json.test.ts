/** The JSON report: valid against its schema, complete, and the same bytes for the same report. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import { format } from '../../src/report/json.ts';
import {
  RULING_WORDS,
  SEVERITY_WORDS,
  STAGE_WORDS,
  STANDING_WORDS,
  UNREAD_WORDS,
  VERDICT_WORDS,
} from '../../src/report/words.ts';
import { canvas } from './canvas.ts';
import { hostileText, offences, poisoned } from './hostile.ts';
import { anyReport } from './random-report.ts';
import { withPackages } from './sample-packages.ts';
import { conditional, finding, go, noGo, nothingJudged, report, service, several } from './sample-report.ts';

const SCHEMA = JSON.parse(readFileSync('schemas/report.schema.json', 'utf8'));
const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: false }).compile(SCHEMA);
const SAMPLES = {
  'no-go': noGo(),
  conditional: conditional(),
  go: go(),
  several: several(),
  'nothing-judged': nothingJudged(),
  empty: report([]),
  packages: withPackages(),
  supplemented: supplemented(),
};

/** With all that only some runs and formats ask for. */
function supplemented(): Report {
  return report([service([finding('runbooks/fresh', 'fail', { refs: ['Site Reliability Workbook, On-Call'] })])], {
    repo: { name: 'shop', dir: 'services/shop' },
    lines: [{ path: 'gonogo.yaml', line: 1, length: 24, hash: 'a7f2ff13bc495cf2:2' }],
  });
}

function rendered(it: Report): string {
  return format.render(it, canvas());
}

describe('the JSON report', () => {
  it.each(Object.entries(SAMPLES))('of %s is valid and says exactly what the report says', (_, sample) => {
    const text = rendered(sample);
    const parsed: unknown = JSON.parse(text);
    expect(validate(parsed), JSON.stringify(validate.errors)).toBe(true);
    expect(parsed).toEqual(sample);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('is as committed', async () => {
    await expect(rendered(conditional())).toMatchFileSnapshot('__golden__/json-conditional.json.txt');
  });

  it('of any report is valid and says exactly what the report says', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        const parsed: unknown = JSON.parse(rendered(it));
        expect(validate(parsed), JSON.stringify(validate.errors)).toBe(true);
        expect(rendered(parsed as Report)).toBe(rendered(it));
      }),
      { numRuns: 1000 },
    );
  });

  it('has the same bytes in whatever order its objects were made', () => {
    const reversed = JSON.parse(JSON.stringify(noGo()), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    );
    expect(Object.keys(reversed)[0]).toBe('notes');
    expect(rendered(reversed)).toBe(rendered(noGo()));
  });

  it('is well-formed and safe to print whatever the repository says', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 20 }), (texts) => {
        const hostile = poisoned(several(), texts);
        const text = rendered(hostile);
        expect(offences(text).filter((it) => it.startsWith('U+'))).toEqual([]);
        const wellFormed = JSON.parse(JSON.stringify(hostile), (_, value: unknown) =>
          typeof value === 'string' ? value.replaceAll(/\p{Surrogate}/gu, '\uFFFD') : value,
        );
        expect(JSON.parse(text)).toEqual(wellFormed);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the schema of the report', () => {
  const refuses: readonly (readonly [string, (sample: Report) => unknown])[] = [
    ['an unknown key', (it) => ({ ...it, extra: 1 })],
    ['another version', (it) => ({ ...it, schemaVersion: 2 })],
    ['a day that is none', (it) => ({ ...it, asOf: 'today' })],
    ['an unknown verdict', (it) => ({ ...it, verdict: 'MAYBE' })],
    ['a missing field', ({ notes: _, ...it }) => it],
    [
      'an unknown key deep inside',
      (it) => ({ ...it, services: it.services.map((one) => ({ ...one, service: { ...one.service, x: 1 } })) }),
    ],
  ];

  it.each(refuses)('refuses %s', (_, spoil) => {
    expect(validate(spoil(noGo()))).toBe(false);
  });

  it('knows the words that the model knows', () => {
    const { finding, unread, verdict, severity, service } = SCHEMA.$defs;
    expect(finding.properties.standing.enum).toEqual(Object.keys(STANDING_WORDS));
    expect(finding.properties.ruling.enum).toEqual(expect.arrayContaining(Object.keys(RULING_WORDS)));
    expect(unread.properties.reason.enum).toEqual(Object.keys(UNREAD_WORDS));
    expect(verdict.enum).toEqual(Object.keys(VERDICT_WORDS));
    expect(severity.enum).toEqual(Object.keys(SEVERITY_WORDS));
    expect(service.properties.stage.enum).toEqual(Object.keys(STAGE_WORDS));
  });

  it('closes every object and describes every field', () => {
    const fields: string[] = [];
    const visit = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      const {
        type,
        additionalProperties,
        properties = {},
      } = schema as { type?: string; additionalProperties?: boolean; properties?: Record<string, object> };
      if (type === 'object' && additionalProperties !== false) fields.push(`${path} is open`);
      for (const [name, field] of Object.entries(properties)) {
        if (!('description' in field) && !('$ref' in field)) fields.push(`${path}/${name} has no description`);
      }
      for (const [key, value] of Object.entries(schema)) visit(value, `${path}/${key}`);
    };
    visit(SCHEMA, '');
    expect(fields).toEqual([]);
  });
});
