/** Versions and constraints of Composer's packages. */
import { defineOrder } from './define-order.ts';
import { meetsComposerConstraint } from './packagist-constraints.ts';
import { compareNormalised, isBranch, isUnstable, normalise } from './packagist-versions.ts';

/** A branch (`dev-main`) can be asked for, and has no place in the order. */
export const packagist = defineOrder<string>({
  parse: normalise,
  isPlaced: (version) => !isBranch(version),
  compare: compareNormalised,
  isPrerelease: isUnstable,
  satisfies: meetsComposerConstraint,
});
