/** Versions and ranges of npm. Ranges are read by npm's own `semver`, which also says what is a version; the order is ours, since `semver` refuses four parts and rounds long numbers. */
import Range from 'semver/classes/range.js';
import parse from 'semver/functions/parse.js';
import { defineOrder } from './define-order.ts';
import { compareSemver, parseSemver, type Semver } from './semver.ts';

/** Aliases (`npm:name@range`), tags, addresses and paths are no ranges. */
export const npm = defineOrder<Semver>({
  parse: parseSemver,
  accepts: (_, text) => parse(text) !== null,
  compare: compareSemver,
  isPrerelease: ({ pre }) => pre.length > 0,
  satisfies: (_, requirement, text) => readRange(requirement)?.test(text),
});

/** Read as npm does: with what older versions of it let pass, such as `>=1.2.3beta`. */
function readRange(requirement: string): Range | undefined {
  try {
    return new Range(requirement, { loose: true });
  } catch {
    return undefined;
  }
}
