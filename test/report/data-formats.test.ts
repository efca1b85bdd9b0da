/** What all formats for programs have in common: valid for the sample services, inert whatever a repository says, the same bytes for the same report. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import { format as badge } from '../../src/report/badge.ts';
import { format as picture } from '../../src/report/badge-svg.ts';
import { format as csv } from '../../src/report/csv.ts';
import { format as json } from '../../src/report/json.ts';
import { format as jsonl } from '../../src/report/jsonl.ts';
import { format as junit } from '../../src/report/junit.ts';
import { format as openmetrics } from '../../src/report/openmetrics.ts';
import { format as tap } from '../../src/report/tap.ts';
import { canvas } from './canvas.ts';
import { offences } from './hostile.ts';
import { schemaErrors } from './junit-schema.ts';
import { parseOpenMetrics } from './openmetrics-parser.ts';
import { anyReport } from './random-report.ts';
import { conditional, noGo, report, service } from './sample-report.ts';
import { serviceReports } from './service-reports.ts';
import { parseTap } from './tap-parser.ts';

/** In the others a tag is a text like any other. */
const IS_MARKUP = ['junit', 'picture'];

const FORMATS = { junit, tap, csv, json, jsonl, badge, picture, openmetrics };

describe('the sample services', () => {
  let samples: readonly Report[] = [];
  beforeAll(async () => {
    samples = await serviceReports();
  }, 120_000);

  it('are there', () => {
    expect(samples.length).toBeGreaterThanOrEqual(5);
  });

  it('are valid as JUnit, TAP, CSV, JSON Lines and metrics, with as many findings', async () => {
    const shown = (format: typeof junit) => samples.map((it) => format.render(it, canvas()));
    expect(await schemaErrors(shown(junit))).toEqual([]);
    const counts = samples.map(({ services }) => services.reduce((sum, { findings }) => sum + findings.length, 0));
    expect(shown(tap).map((text) => parseTap(text).points.length)).toEqual(counts);
    expect(shown(csv).map((text) => parse(text, { columns: true }).length)).toEqual(counts);
    expect(shown(jsonl).map((text) => text.split('\n').length - 1)).toEqual(counts);
    for (const text of shown(openmetrics)) expect(parseOpenMetrics(text).length).toBeGreaterThan(0);
  });
});

describe.each(Object.entries(FORMATS))('%s', (name, format) => {
  /** CSV ends its lines with a carriage return, by its standard. */
  const shown = (it: Report) => format.render(it, canvas()).replaceAll(name === 'csv' ? '\r\n' : '\n', '\n');

  it('of any report obeys nobody, and is the same twice', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        const text = shown(it);
        expect(offences(text)).toEqual([]);
        if (IS_MARKUP.includes(name)) expect(text).not.toMatch(/<script|<img/);
        expect(shown(structuredClone(it))).toBe(text);
      }),
      { numRuns: ['junit', 'badge', 'picture'].includes(name) ? 1000 : 300 },
    );
  });

  it('has whatever a repository says as text', () => {
    const evil = '\u001B[31m\u202E::error::x ##[error]y ##vso[task]';
    const [first = service([])] = conditional().services;
    const findings = first.findings.map((it) => ({ ...it, because: evil, statement: evil }));
    const text = shown(report([{ ...first, findings }]));
    expect(offences(text)).toEqual([]);
    if (!['badge', 'picture', 'openmetrics'].includes(name)) expect(text).toMatch(/error::x/);
  });

  it('does not depend on where it is shown', () => {
    const loud = canvas({ width: 40, colour: 3, hyperlinks: true, unicode: false, quiet: true, verbose: true });
    expect(format.render(noGo(), loud)).toBe(format.render(noGo(), canvas()));
  });
});
