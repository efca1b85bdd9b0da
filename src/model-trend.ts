/** The nouns of trends: what a store keeps of each audit. Types only. */

import type { Score, Verdict } from './model.ts';
import type { AuditHeader, AuditRow, Identity, Outcome } from './model-audit.ts';

/** One audit in a store. */
export interface StoredRun extends Omit<AuditHeader, 'rules'> {
  /** Digest of the header and every line: the same audit has the same id, however often it is pushed. */
  readonly id: string;
  /** Rules in the order of each line's letters; with the area, statement and fix that a digest shows. */
  readonly rules: readonly StoredRule[];
  readonly repositories: number;
  readonly services: number;
  /** Repositories that were not judged. */
  readonly unjudged: readonly { readonly repo: string; readonly outcome: Outcome }[];
}

/** A rule of a stored run. */
export interface StoredRule {
  readonly id: string;
  readonly area: string;
  readonly statement: string;
  readonly fix: string;
}

/** One service in one run, compactly: some hundred bytes. */
export interface ServiceLine extends Identity {
  readonly repo: string;
  readonly commit?: string;
  readonly verdict: Verdict;
  readonly score: Score;
  /** One letter a rule of the run, in its order, for severity, standing and ruling; see store/letters.ts. */
  readonly letters: string;
  readonly waivers?: readonly { readonly rule: string; readonly expires: string; readonly owner: string }[];
  /** Runtimes and systems whose maintenance ends, with the ISO date it does. */
  readonly endOfLife?: readonly { readonly name: string; readonly on: string }[];
  /** Known vulnerabilities that are past their deadline. */
  readonly overdue?: number;
  readonly leads?: Readonly<Record<string, string>>;
}

/** Where runs are kept: a folder, or a PostgreSQL database. */
export interface Store {
  /** Keeps a run whole or not at all; `known` where it is there already. Rows are gone through once. */
  push(header: AuditHeader, rows: Iterable<AuditRow>): Promise<'stored' | 'known'>;
  /** Every run, oldest first (by `asOf`, then by when it was pushed). */
  runs(): Promise<readonly StoredRun[]>;
  /** The services of a run, sorted by repository and folder. */
  lines(run: string): Promise<readonly ServiceLine[]>;
  close(): Promise<void>;
}
