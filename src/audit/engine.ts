/** Goes through the repositories of an audit, so many at once, and hands each one's row to a ledger. */
import type { AuditRow, Target } from '../model-audit.ts';
import { ahead } from './ahead.ts';

/** Judges one repository that lies on this machine; never rejects. Undefined where the run was stopped before there was an answer. */
export type Judge = (target: Target) => Promise<AuditRow | undefined>;

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

/** How targets are got and judged. */
export interface Work {
  readonly judge: Judge;
  readonly prepare: Prepare;
  /** Judged at once. */
  readonly jobs: number;
  /** Fetched at once, ahead of judging. */
  readonly fetches: number;
  /** Once aborted, nothing new is begun. */
  readonly stop?: AbortSignal;
  /** Told of each that is begun to be judged, and of each row that was kept. */
  onBegin?(target: Target): void;
  onRow?(row: AuditRow): void;
}

/** Judges every target whose row is not there yet; rejects where the ledger cannot keep a row. */
export async function runAudit(targets: readonly Target[], ledger: Ledger, work: Work): Promise<void> {
  const left = targets.filter(({ id }) => !ledger.has(id));
  const failures: unknown[] = [];
  const stopped = (): boolean => failures.length > 0 || (work.stop?.aborted ?? false);
  const next = inTurn(left, work, stopped);
  async function lane(): Promise<void> {
    for (let it = await next(); it && !stopped(); it = await next()) {
      const row = 'outcome' in it ? it : await judged(it, work);
      if (!row) continue;
      ledger.append(row);
      work.onRow?.(row);
    }
  }
  const lanes = Array.from({ length: work.jobs }, () => lane().catch((error) => void failures.push(error)));
  await Promise.all(lanes);
  if (failures.length > 0) throw failures[0];
}

function judged(target: Target, { judge, onBegin }: Work): Promise<AuditRow | undefined> {
  onBegin?.(target);
  return judge(target);
}

/** What lies here is judged while the rest is fetched. */
function inTurn(
  targets: readonly Target[],
  { prepare, fetches, stop = new AbortController().signal }: Work,
  stopped: () => boolean,
): () => Promise<Target | AuditRow | undefined> {
  const fetched = ahead(
    targets.filter(({ kind }) => kind === 'git'),
    (target) => prepare(target, stop),
    { atOnce: fetches, stopped },
  );
  const here = targets.filter(({ kind }) => kind === 'folder');
  let next = 0;
  return async () => here[next++] ?? fetched();
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
