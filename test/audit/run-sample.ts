/** Runs for tests: kept in folders of their own, judged by nobody, each row being said beforehand. */
import type fc from 'fast-check';
import type { OpenJournal } from '../../src/audit/journal.ts';
import { createRun, type Inventory, type Run } from '../../src/audit/run-folder.ts';
import type { Audit, AuditRow, Missing } from '../../src/model-audit.ts';
import { format as jsonl } from '../../src/report/audit/jsonl.ts';
import { anyAudit, auditOf, HEADER } from './sample-audit.ts';

/** Arbitrary rows of an audit, each of another repository. */
export const anyRows: fc.Arbitrary<readonly AuditRow[]> = anyAudit.map((audit) => [...audit.rows()]);

/** The inventory of an audit that comes to these rows. */
export function inventoryOf(rows: readonly AuditRow[], more: Partial<Inventory> = {}): Inventory {
  const targets = rows.map(({ repo }) => ({ id: repo, kind: 'folder', location: '/nowhere' }) as const);
  return { kind: 'gonogo-run', header: HEADER, across: { only: [] }, flags: {}, gates: false, targets, ...more };
}

/** A run in which those rows are that are its own, written in the given order. */
export function runOf(
  folder: string,
  rows: readonly AuditRow[],
  inventory: Inventory = inventoryOf(rows),
): Run<OpenJournal> {
  const run = createRun(folder, inventory);
  const own = new Set(run.targets.map(({ id }) => id));
  for (const row of rows) if (own.has(row.repo)) run.journal.append(row);
  return run;
}

/** What the JSON Lines format makes of some rows. */
export function linesOf(rows: () => Iterable<AuditRow>, missing?: Missing): string {
  const audit: Audit = { ...auditOf([]), rows, ...(missing && { missing }) };
  return [
    ...jsonl.render(audit, { width: 80, colour: 0, hyperlinks: false, unicode: true, quiet: false, verbose: false }),
  ].join('');
}
