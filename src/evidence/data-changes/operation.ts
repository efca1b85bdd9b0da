/** What a schema change does that the version still running may not survive. Types only. */

/** Kinds of operations that break old code, lose data or hold a table locked. */
export type OperationKind =
  | 'drop-table'
  | 'drop-column'
  | 'rename-table'
  | 'rename-column'
  | 'type-change'
  | 'not-null'
  | 'blocking-index';

/** One operation. */
export interface Operation {
  readonly kind: OperationKind;
  readonly table?: string;
  readonly column?: string;
  readonly line: number;
}

/** What one migration holds. */
export interface Operations {
  readonly operations: readonly Operation[];
  /** Tables it creates: what happens to those hurts nobody. */
  readonly created: readonly string[];
  /** Statements or calls that were understood, harmless ones included; 0 where some of it cannot be seen. */
  readonly understood: number;
}
