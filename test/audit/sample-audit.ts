/** Builds audits for tests: rows by hand with defaults, and the audit of some rows. */
import fc from 'fast-check';
import { CHECKLISTS } from '../../src/generated/checklists.ts';
import type { Report } from '../../src/model.ts';
import type { Audit, AuditHeader, AuditRow, EstateReport } from '../../src/model-audit.ts';
import { packReport, ruleTexts } from '../../src/packed-report.ts';
import { anyReport } from '../report/random-report.ts';
import { AS_OF } from '../report/sample-report.ts';

/** The header of every sample audit. */
export const HEADER: AuditHeader = {
  schemaVersion: 1,
  tool: { name: 'gonogo', version: '0.1.0' },
  asOf: AS_OF,
  checklists: CHECKLISTS.map(({ area, digest }) => ({ name: area, digest })),
  yardstick: '0123456789abcdef',
  rules: ruleTexts(CHECKLISTS),
};

/** A repository that could not be judged. */
export function unjudgedRow(repo: string, more: Partial<AuditRow> = {}): AuditRow {
  return { repo, outcome: 'unreachable', because: 'nobody answered', services: [], notes: [], ...more };
}

/** The row of a report. */
export function rowOf(repo: string, report: Report, header: AuditHeader = HEADER): AuditRow {
  return packReport(repo, report, [], header);
}

const NOTHING: EstateReport = { findings: [], edges: [] };

/** The audit of some rows. */
export function auditOf(rows: readonly AuditRow[], more: Partial<Audit> = {}): Audit {
  const sorted = [...rows].sort((a, b) => (a.repo < b.repo ? -1 : 1));
  return { ...HEADER, estate: NOTHING, rows: () => sorted, ...more };
}

/** Arbitrary hostile audits: every report by the same header, some repositories not judged. */
export const anyAudit: fc.Arbitrary<Audit> = fc
  .uniqueArray(fc.tuple(fc.string({ minLength: 1 }), fc.oneof(anyReport, fc.string())), {
    maxLength: 5,
    selector: ([repo]) => repo,
  })
  .map((them) =>
    auditOf(
      them.map(([repo, report]) =>
        typeof report === 'string' ? unjudgedRow(repo, { because: report }) : rowOf(repo, alike(report)),
      ),
    ),
  );

/** The same by the sample header: an audit has one day and one tool. */
function alike(report: Report): Report {
  const { asOf, tool, checklists } = HEADER;
  const { policy: _, ...rest } = report;
  return { ...rest, asOf, tool, checklists };
}
