/** Holds the tool's answers against the labels: right, wrong or abstained. Pure. */
import type { Finding, Standing } from '../../src/model.ts';
import type { Answer, Label } from './labels.ts';

/** How an answer of the tool compares with a label. `beyond`: a plain yes or no where people said "unsure" or "does not arise". */
export type Outcome = 'right' | 'accepted' | 'relaxed' | 'wrong-yes' | 'wrong-no' | 'beyond' | 'abstained';

/** One finding beside one label. */
export interface Compared {
  readonly repository: string;
  readonly rule: string;
  readonly outcome: Outcome;
  readonly finding: Finding;
  readonly label: Label;
}

/** What a standing says to the question; undefined where it leaves the question open. */
const SAYS: Readonly<Record<Standing, Answer | undefined>> = {
  verified: 'yes',
  declared: undefined,
  contradicted: 'no',
  missing: 'no',
  stale: 'no',
  unknown: 'unsure',
  'not-applicable': 'na',
};

/** Compares one standing with one label. `relaxed` counts as right only where the finding states its scope, which is for people to read. */
export function outcomeOf(standing: Standing, { answer, relaxed, accept }: Label): Outcome {
  const says = SAYS[standing];
  if (says === answer) return 'right';
  if (says !== undefined && accept.includes(says)) return 'accepted';
  if (says !== undefined && says === relaxed) return 'relaxed';
  if (says !== 'yes' && says !== 'no') return 'abstained';
  if (answer !== 'yes' && answer !== 'no') return 'beyond';
  return says === 'yes' ? 'wrong-yes' : 'wrong-no';
}
