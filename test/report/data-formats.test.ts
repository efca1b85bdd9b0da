/** What all formats for programs have in common: inert whatever a repository says, the same bytes for the same report. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
import { anyReport } from './random-report.ts';
import { conditional, noGo, report, service } from './sample-report.ts';

const IS_MARKUP = ['junit', 'picture'];

const FORMATS = { junit, tap, csv, json, jsonl, badge, picture, openmetrics };

/** CSV ends its lines with a carriage return, by its standard. */
function shown(name: string, it: Report): string {
  const text = FORMATS[name as keyof typeof FORMATS].render(it, canvas());
  return name === 'csv' ? text.replaceAll('\r\n', '\n') : text;
}

const NAMES = Object.keys(FORMATS);

describe('formats for programs', () => {
  it('hold no tag of a repository where a tag means something', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        for (const name of IS_MARKUP) expect(shown(name, it)).not.toMatch(/<script|<img/);
      }),
      { numRuns: 300 },
    );
  });

  it('are the same bytes for the same report', () => {
    fc.assert(
      fc.property(anyReport, (it) => {
        const copy = structuredClone(it);
        for (const name of NAMES) expect(shown(name, copy) === shown(name, it), name).toBe(true);
      }),
    );
  });

  it.each(NAMES)('%s has whatever a repository says as text', (name) => {
    const evil = '\u001B[31m\u202E::error::x ##[error]y ##vso[task]';
    const [first = service([])] = conditional().services;
    const findings = first.findings.map((it) => ({ ...it, because: evil, statement: evil }));
    const text = shown(name, report([{ ...first, findings }]));
    expect(offences(text)).toEqual([]);
    if (!['badge', 'picture', 'openmetrics'].includes(name)) expect(text).toMatch(/error::x/);
  });

  it.each(NAMES)('%s does not depend on where it is shown', (name) => {
    const loud = canvas({ width: 40, colour: 3, hyperlinks: true, unicode: false, quiet: true, verbose: true });
    const format = FORMATS[name as keyof typeof FORMATS];
    expect(format.render(noGo(), loud)).toBe(format.render(noGo(), canvas()));
  });
});
