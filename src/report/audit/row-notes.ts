/** What rows say besides, each sentence once: of five hundred repositories it is often the same. Pure. */
import type { AuditRow } from '../../model-audit.ts';

/** Sentences as rows bring them. */
export interface RowNotes {
  add(row: Pick<AuditRow, 'repo' | 'notes'>): void;
  /** In the order in which they came, each with the repository, or with the first and how many more. */
  all(): readonly string[];
}

/** None yet. */
export function rowNotes(): RowNotes {
  const told = new Map<string, { readonly first: string; more: number }>();
  return {
    add({ repo, notes }) {
      for (const note of new Set(notes)) {
        const known = told.get(note);
        if (known) known.more++;
        else told.set(note, { first: repo, more: 0 });
      }
    },
    all: () => [...told].map(([note, { first, more }]) => `${first}${more === 0 ? '' : ` and ${more} more`}: ${note}`),
  };
}
