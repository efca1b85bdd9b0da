/** A report and the line of an audit it is packed into: nothing is lost on the way. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packReport, unpackReport } from '../src/packed-report.ts';
import { HEADER } from './audit/sample-audit.ts';
import { anyReport } from './report/random-report.ts';

describe('packing', () => {
  it('gives back every report as it was, under the name that the audit gives it', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const { change: _, ...plain } = report;
        const header = { ...HEADER, asOf: report.asOf, tool: report.tool, checklists: report.checklists.slice(0, 1) };
        const row = packReport('acme/shop', report, [], header);
        const again = unpackReport(JSON.parse(JSON.stringify(row)), header);
        expect(again).toEqual({ ...plain, repo: { ...plain.repo, name: 'acme/shop' } });
      }),
    );
  });
});
