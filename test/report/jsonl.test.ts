/** JSON Lines: every line a whole object whose parts are those of the JSON report. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, Report, Service } from '../../src/model.ts';
import { format as json } from '../../src/report/json.ts';
import { format } from '../../src/report/jsonl.ts';
import { canvas } from './canvas.ts';
import { offences } from './hostile.ts';
import { anyReport } from './random-report.ts';
import { finding, noGo, nothingJudged, report, service, several } from './sample-report.ts';

const SCHEMA = JSON.parse(readFileSync('schemas/report.schema.json', 'utf8'));
const REPORT = 'report.schema.json#';
const validate = new Ajv2020({ allErrors: true }).addSchema(SCHEMA).compile({
  type: 'object',
  additionalProperties: false,
  required: ['schemaVersion', 'tool', 'repo', 'asOf', 'service', 'verdict', 'finding'],
  properties: {
    ...Object.fromEntries(
      ['schemaVersion', 'tool', 'repo', 'asOf'].map((name) => [name, { $ref: `${REPORT}/properties/${name}` }]),
    ),
    service: { $ref: `${REPORT}/$defs/service` },
    verdict: { anyOf: [{ $ref: `${REPORT}/$defs/verdict` }, { type: 'null' }] },
    finding: { $ref: `${REPORT}/$defs/finding` },
  },
});

interface Line {
  readonly service: Service;
  readonly verdict: string | null;
  readonly finding: Finding;
}

function linesOf(it: Report): readonly Line[] {
  return parsed(format.render(it, canvas()));
}

function parsed(text: string): readonly Line[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}

describe('JSON Lines', () => {
  it('are as committed', async () => {
    await expect(format.render(noGo(), canvas())).toMatchFileSnapshot('__golden__/jsonl-no-go.jsonl.txt');
  });

  it('carry each finding with whose it is', () => {
    const lines = linesOf(several());
    expect(lines.map(({ service: { name }, finding: { rule } }) => [name, rule])).toEqual(
      several().services.flatMap((one) => one.findings.map(({ rule }) => [one.service.name, rule])),
    );
    expect(new Set(lines.map(({ verdict }) => verdict))).toEqual(new Set(['GO', 'NO-GO', 'CONDITIONAL GO']));
  });

  it('name no verdict where nothing was judged', () => {
    expect(linesOf(nothingJudged())).toEqual([]);
    expect(linesOf(report([service([finding('data/a', 'skip')])]))).toMatchObject([{ verdict: null }]);
  });

  it('of any report are valid, and the same findings that the JSON report has', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        const text = format.render(it, canvas());
        expect(offences(text)).toEqual([]);
        const lines = parsed(text);
        expect(lines.flatMap((line) => (validate(line) ? [] : (validate.errors ?? [])))).toEqual([]);
        const whole = JSON.parse(json.render(it, canvas())) as Report;
        const texts = whole.services.flatMap(({ findings }) => findings.map((one) => JSON.stringify(one)));
        expect(lines.map((line) => JSON.stringify(line.finding))).toEqual(texts);
      }),
      { numRuns: 1000 },
    );
  });
});
