/** Versions and constraints of Helm's charts. */
import { defineOrder } from './define-order.ts';
import { meetsHelmConstraint } from './helm-constraints.ts';
import { parseHelm } from './helm-versions.ts';
import { compareSemver, parseSemver } from './semver.ts';

export const helm = defineOrder({
  parse: parseSemver,
  accepts: (_, text) => parseHelm(text) !== undefined,
  compare: compareSemver,
  isPrerelease: ({ pre }) => pre.length > 0,
  satisfies: meetsHelmConstraint,
});
