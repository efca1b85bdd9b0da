/** One sign for each ruling, the same in every format that draws. Every sign stands beside its word, so that nothing is said by shape alone. */
import type { Ruling } from '../model.ts';

/** The sign of each ruling. */
export const RULING_SIGNS: Readonly<Record<Ruling, string>> = {
  pass: '✔',
  trust: '○',
  warn: '▲',
  fail: '✖',
  waived: '◆',
  skip: '–',
};
