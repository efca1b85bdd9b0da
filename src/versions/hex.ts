/** Versions and requirements of Hex, as Elixir's `Version` reads them: strict SemVer, `~>`, and alternatives of conditions. */
import { defineOrder } from './define-order.ts';
import { successor } from './digits.ts';
import { any, every, meets } from './operators.ts';
import { compareSemver, isStrictSemver, parseSemver, type Semver } from './semver.ts';

const CONDITION = /^ *(==|!=|>=|<=|>|<|~>|) *([^ ]+) *$/;

export const hex = defineOrder<Semver>({
  parse: parseSemver,
  accepts: (_, text) => isStrictSemver(text),
  compare: compareSemver,
  isPrerelease: ({ pre }) => pre.length > 0,
  satisfies: (version, requirement) =>
    any(requirement.split(' or ').map((group) => every(group.split(' and ').map((one) => holds(version, one))))),
});

function holds(version: Semver, condition: string): boolean | undefined {
  const [, operator = '', text = ''] = CONDITION.exec(condition) ?? [];
  if (operator === '~>') return isApproximately(version, text);
  const asked = readAsked(text);
  return asked && meets(operator || '==', compareSemver(version, asked));
}

function readAsked(text: string): Semver | undefined {
  return isStrictSemver(text) ? parseSemver(text) : undefined;
}

/** `~> 2.1` stays below 3.0.0, `~> 2.1.3` below 2.2.0; prereleases of the bound are beyond it too. */
function isApproximately(version: Semver, text: string): boolean | undefined {
  const short = /^([0-9]+\.[0-9]+)([-+].*)?$/.exec(text);
  const asked = readAsked(short ? `${short[1]}.0${short[2] ?? ''}` : text);
  if (asked === undefined) return undefined;
  const [major = '0', minor = '0'] = asked.parts;
  const bound = short ? [successor(major), '0', '0'] : [major, successor(minor), '0'];
  return compareSemver(version, asked) >= 0 && compareSemver(version, { parts: bound, pre: ['0'] }) < 0;
}
