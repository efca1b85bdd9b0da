/** Versions of Go modules, with or without their `v`. Pseudo-versions are prereleases, and `+incompatible` is build metadata. */
import { defineOrder } from './define-order.ts';
import { compareSemver, isStrictSemver, parseSemver, type Semver } from './semver.ts';

/** `v1` and `v1.2` stand for `v1.0.0` and `v1.2.0`. */
const SHORTHAND = /^(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*))?$/;

export const go = defineOrder<Semver>({
  parse: parseSemver,
  accepts: (_, text) => isGoVersion(text),
  compare: compareSemver,
  isPrerelease: ({ pre }) => pre.length > 0,
  satisfies(version, requirement) {
    const least = parseSemver(requirement);
    if (least === undefined || !isGoVersion(requirement)) return undefined;
    return compareSemver(version, least) >= 0;
  },
});

function isGoVersion(text: string): boolean {
  const bare = text.startsWith('v') ? text.slice(1) : text;
  return SHORTHAND.test(bare) || isStrictSemver(bare);
}
