/**
 * Versions and constraints of Terraform's providers and modules: any number of parts, and a prerelease only where the same version is
 * asked for. Its library orders `beta`, `beta.1` and `beta.x` in a circle and forgets the prerelease of `1.0.0.0-beta`: there the order is
 * SemVer's, and what else it lets pass against SemVer is no version.
 */
import { defineOrder } from './define-order.ts';
import { atMost, compareDigits, isDigits } from './digits.ts';
import { every, meets } from './operators.ts';
import { compareParts, compareSemver, isPlainIdentifier, parseSemver, type Semver } from './semver.ts';

const LARGEST_PART = '9223372036854775807';
const VERSION =
  /^v?[0-9]+(?:\.[0-9]+)*(?:(?:-?[A-Za-z~]|-[0-9])[0-9A-Za-z~-]*(?:\.[0-9A-Za-z~][0-9A-Za-z~-]*)*)?(?:\+[0-9A-Za-z~-]+(?:\.[0-9A-Za-z~-]+)*)?$/;
const CONSTRAINT = /^\s*(<=|>=|!=|~>|<|>|=|)\s*(\S+)\s*$/;

export const terraform = defineOrder<Semver>({
  parse: parseSemver,
  accepts: isTerraformVersion,
  compare: compareSemver,
  isPrerelease: ({ pre }) => pre.length > 0,
  satisfies: (version, requirement) => every(requirement.split(',').map((one) => holds(version, one))),
});

function isTerraformVersion({ parts, pre }: Semver, text: string): boolean {
  const numbers = [...parts, ...pre.filter(isDigits)];
  return VERSION.test(text) && pre.every(isPlainIdentifier) && numbers.every((number) => atMost(number, LARGEST_PART));
}

function holds(version: Semver, constraint: string): boolean | undefined {
  const [, operator = '', text = ''] = CONSTRAINT.exec(constraint) ?? [];
  const asked = parseSemver(text);
  if (asked === undefined || !isTerraformVersion(asked, text)) return undefined;
  const order = compareSemver(version, asked);
  if (operator === '' || operator === '=' || operator === '!=') return meets(operator || '=', order);
  if (version.pre.length > 0 && !isPrereleaseOfSame(version, asked)) return false;
  return operator === '~>' ? isApproximately(version, asked, order) : meets(operator, order);
}

function isPrereleaseOfSame(version: Semver, asked: Semver): boolean {
  return asked.pre.length > 0 && compareParts(version.parts, asked.parts) === 0;
}

/** All parts but the last that is given stay as they are; `~> 1` therefore only sets a minimum. */
function isApproximately(version: Semver, asked: Semver, order: number): boolean {
  if (order < 0 || (asked.pre.length > 0 && version.pre.length === 0)) return false;
  if (Math.max(asked.parts.length, 3) > Math.max(version.parts.length, 3)) return false;
  return asked.parts.slice(0, -1).every((part, i) => compareDigits(version.parts[i] ?? '0', part) === 0);
}
