/** The sample services in every format for programs: valid, with as many findings. */
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import { format as csv } from '../../src/report/csv.ts';
import { format as jsonl } from '../../src/report/jsonl.ts';
import { format as junit } from '../../src/report/junit.ts';
import { format as openmetrics } from '../../src/report/openmetrics.ts';
import { format as tap } from '../../src/report/tap.ts';
import { canvas } from './canvas.ts';
import { schemaErrors } from './junit-schema.ts';
import { parseOpenMetrics } from './openmetrics-parser.ts';
import { serviceReports } from './service-reports.ts';
import { parseTap } from './tap-parser.ts';

describe('the sample services', () => {
  let samples: readonly Report[] = [];
  beforeAll(async () => {
    samples = await serviceReports();
  });

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
