/** Goes through the repositories of an audit, so many at once, and hands each one's row to a ledger. */
import type { AuditRow, Target } from '../model-audit.ts';

/** Judges one repository; never rejects. */
export type Judge = (target: Target) => Promise<AuditRow>;

/** Makes a target of kind `git` one of kind `folder`, or its row where it cannot be fetched. */
export type Prepare = (target: Target, signal: AbortSignal) => Promise<Target | AuditRow>;

/** Keeps the rows of an audit as they come. */
export interface Ledger {
  /** Whether the repository's row is there already. */
  has(repo: string): boolean;
  append(row: AuditRow): void;
  /** Every row once, sorted by repository (by code units). */
  rows(): Iterable<AuditRow>;
  close(): void;
}

/** Judges every target whose row is not there yet. */
export async function runAudit(
  targets: readonly Target[],
  judge: Judge,
  ledger: Ledger,
  { atOnce, onRow }: { readonly atOnce: number; onRow?(row: AuditRow): void },
): Promise<void> {
  const left = targets.filter(({ id }) => !ledger.has(id));
  let next = 0;
  async function lane(): Promise<void> {
    for (let target = left[next++]; target; target = left[next++]) {
      const row = await judge(target);
      ledger.append(row);
      onRow?.(row);
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, left.length) }, lane));
}

/** A ledger that lives as long as the run. */
export function memoryLedger(): Ledger {
  const kept = new Map<string, AuditRow>();
  return {
    has: (repo) => kept.has(repo),
    append: (row) => void kept.set(row.repo, row),
    rows: () => [...kept.values()].sort((a, b) => (a.repo < b.repo ? -1 : 1)),
    close: () => undefined,
  };
}
