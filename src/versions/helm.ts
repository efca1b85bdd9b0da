/** Versions and constraints of Helm's charts. */
import { defineOrder } from './define-order.ts';
import { meetsHelmConstraint } from './helm-constraints.ts';
import { compareHelm, parseHelm } from './helm-versions.ts';
import { parseSemver } from './semver.ts';

export const helm = defineOrder({
  parse: parseSemver,
  accepts: (_, text) => parseHelm(text) !== undefined,
  compare: compareHelm,
  isPrerelease: ({ pre }) => pre.length > 0,
  satisfies: meetsHelmConstraint,
});
