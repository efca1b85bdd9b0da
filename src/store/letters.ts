/** A finding's severity, standing and ruling as one letter, and a letter as what it stands for. Pure; the table is for ever, because stored runs hold it. */
import type { Finding, Ruling, Severity, Standing } from '../model.ts';

/** What a letter stands for. */
export type Mark = Pick<Finding, 'severity' | 'standing' | 'ruling'>;

/** A rule that was not judged for a service: off for its tier, due later, or left out of the run. */
export const NOT_JUDGED = '.';

/** What the verdict can make of each standing: of `declared` it depends on the proof asked for, of the rest on the bar, on waivers and on the day from which the rule counts. */
const PAIRS: readonly (readonly [Standing, Ruling])[] = [
  ['verified', 'pass'],
  ['declared', 'trust'],
  ['declared', 'warn'],
  ['declared', 'fail'],
  ['declared', 'waived'],
  ['contradicted', 'warn'],
  ['contradicted', 'fail'],
  ['contradicted', 'waived'],
  ['missing', 'warn'],
  ['missing', 'fail'],
  ['missing', 'waived'],
  ['stale', 'warn'],
  ['stale', 'fail'],
  ['stale', 'waived'],
  ['unknown', 'warn'],
  ['unknown', 'fail'],
  ['unknown', 'waived'],
  ['not-applicable', 'skip'],
];

/** A letter a pair, in their order. `off` has none: where a rule is off it is not judged. */
const ALPHABETS: readonly (readonly [Severity, string])[] = [
  ['critical', 'ABCDEFGHIJKLMNOPQR'],
  ['major', 'abcdefghijklmnopqr'],
  ['standard', '0123456789stuvwxyz'],
];

const MARKS: ReadonlyMap<string, Mark> = new Map(
  ALPHABETS.flatMap(([severity, letters]) =>
    PAIRS.map(([standing, ruling], index) => [letters.charAt(index), { severity, standing, ruling }] as const),
  ),
);

const LETTERS: ReadonlyMap<string, string> = new Map([...MARKS].map(([letter, mark]) => [keyOf(mark), letter]));

/** The letter of a finding; that of what is not judged where no verdict can have made it. */
export function letterOf(mark: Mark): string {
  return LETTERS.get(keyOf(mark)) ?? NOT_JUDGED;
}

/** What a letter stands for; undefined for a rule that was not judged. */
export function markOf(letter: string): Mark | undefined {
  return MARKS.get(letter);
}

function keyOf({ severity, standing, ruling }: Mark): string {
  return `${severity} ${standing} ${ruling}`;
}
