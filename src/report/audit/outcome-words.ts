/** The words for what became of a repository: an exhaustive table, so that a new outcome cannot be forgotten. */
import type { Outcome } from '../../model-audit.ts';

/** The word for what became of a repository. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  judged: 'judged',
  unreachable: 'unreachable',
  empty: 'empty',
  refused: 'refused',
  timeout: 'took too long',
  exhausted: 'took too much memory',
  failed: 'gonogo failed',
};
