/** At which commit of a history each rule turned. Pure. */
import type { CommitStep, CommitTurn, Kept, Turn } from '../model-trend.ts';
import { countPair, newDraft } from './draft.ts';
import { joined } from './joined.ts';

/** What services gained and lost from one state to another. */
export function turnsBetween(
  before: Kept,
  after: Kept,
): { readonly gained: readonly Turn[]; readonly lost: readonly Turn[] } {
  const draft = newDraft();
  for (const { key, presence, pairs } of joined(before, after))
    if (presence === 'compared') for (const pair of pairs) countPair(draft, key, pair);
  return draft;
}

/** A judged commit with its place in the history. */
export interface JudgedCommit {
  readonly index: number;
  readonly step: CommitStep;
  readonly kept: Kept;
}

/** Every turn between neighbours among the judged commits, oldest first. */
export function commitTurns(judged: readonly JudgedCommit[]): readonly CommitTurn[] {
  return judged.flatMap(({ index, step, kept }, at) => {
    const before = judged[at - 1];
    if (!before) return [];
    const { gained, lost } = turnsBetween(before.kept, kept);
    const { commit, on, subject } = step;
    const where = { at: { commit, on, subject }, ...(index - before.index > 1 && { after: before.step.commit }) };
    return [
      ...lost.map((turn) => ({ ...turn, better: false, ...where })),
      ...gained.map((turn) => ({ ...turn, better: true, ...where })),
    ];
  });
}
