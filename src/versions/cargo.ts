/** Versions and requirements of crates: a bare version is a caret, commas join, and prereleases match only where one is asked for. */
import { defineOrder } from './define-order.ts';
import { atMost, compareDigits } from './digits.ts';
import { any, every } from './operators.ts';
import { comparePrerelease, compareSemver, isStrictSemver, parseSemver, type Semver } from './semver.ts';

const LARGEST_PART = '18446744073709551615';
const MOST_COMPARATORS = 32;
const COMPARATOR =
  /^(=|>=|<=|>|<|~|\^|) *(0|[1-9][0-9]*)(?:\.(0|[1-9][0-9]*|[*xX])(?:\.(0|[1-9][0-9]*|[*xX])(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?)?)? *$/;

interface Comparator {
  readonly operator: string;
  /** One to three: those before a wildcard or the end. */
  readonly parts: readonly string[];
  readonly pre: readonly string[];
}

export const cargo = defineOrder<Semver>({
  parse: parseSemver,
  accepts: ({ parts }, text) => isStrictSemver(text) && inBounds(parts),
  compare: compareSemver,
  isPrerelease: ({ pre }) => pre.length > 0,
  satisfies(version, requirement) {
    if (/^ *[*xX] *$/.test(requirement)) return version.pre.length === 0;
    const pieces = requirement.split(',');
    if (pieces.length > MOST_COMPARATORS) return undefined;
    const comparators = pieces.map((piece) => readComparator(piece.replace(/^ +/, '')));
    const matching = every(comparators.map((one) => one && matches(one, version)));
    if (!matching || version.pre.length === 0) return matching;
    return any(comparators.map((one) => one && asksForPrerelease(one, version)));
  },
});

function inBounds(parts: readonly string[]): boolean {
  return parts.every((part) => atMost(part, LARGEST_PART));
}

function readComparator(text: string): Comparator | undefined {
  const [, operator = '', major = '', minor, patch, pre, build] = COMPARATOR.exec(text) ?? [];
  if (major === '' || !isStrictSemver(`0.0.0${pre ?? ''}${build ?? ''}`)) return undefined;
  const given = [major, minor, patch].filter((part) => part !== undefined);
  const wildcard = given.findIndex((part) => /[*xX]/.test(part));
  const parts = wildcard < 0 ? given : given.slice(0, wildcard);
  if (!inBounds(parts) || given.slice(parts.length).some((part) => !/[*xX]/.test(part))) return undefined;
  if (wildcard >= 0 && (pre !== undefined || build !== undefined)) return undefined;
  const meaning = operator || (wildcard < 0 ? '^' : '=');
  return { operator: meaning, parts, pre: pre?.slice(1).split('.') ?? [] };
}

function matches({ operator, parts, pre }: Comparator, version: Semver): boolean {
  const order = compareGiven(parts, version);
  const preOrder = comparePrerelease(version.pre, pre);
  switch (operator) {
    case '=':
      return isExact(order, preOrder, version, pre);
    case '>':
      return isBeyond(order, preOrder, parts, 1);
    case '<':
      return isBeyond(order, preOrder, parts, -1);
    case '>=':
      return isExact(order, preOrder, version, pre) || isBeyond(order, preOrder, parts, 1);
    case '<=':
      return isExact(order, preOrder, version, pre) || isBeyond(order, preOrder, parts, -1);
    case '~':
      return sharesParts(parts, version, Math.min(parts.length, 2)) && isFrom(order, preOrder);
    default:
      return (
        sharesParts(parts, version, fixedByCaret(parts)) && (parts.length < 3 ? order >= 0 : isFrom(order, preOrder))
      );
  }
}

/** The order of a version to the parts that a comparator gives. */
function compareGiven(parts: readonly string[], version: Semver): number {
  for (const [i, part] of parts.entries()) {
    const order = compareDigits(version.parts[i] ?? '0', part);
    if (order !== 0) return order;
  }
  return 0;
}

/** A prerelease equals only itself, even where the comparator gives fewer parts. */
function isExact(order: number, preOrder: number, version: Semver, pre: readonly string[]): boolean {
  return order === 0 && preOrder === 0 && version.pre.length === pre.length;
}

/** `>1.2` is above every 1.2.x, and `<1.2` below all of them. */
function isBeyond(order: number, preOrder: number, parts: readonly string[], way: 1 | -1): boolean {
  if (order !== 0) return order * way > 0;
  return parts.length === 3 && preOrder * way > 0;
}

function isFrom(order: number, preOrder: number): boolean {
  return order > 0 || (order === 0 && preOrder >= 0);
}

function sharesParts(parts: readonly string[], version: Semver, count: number): boolean {
  return compareGiven(parts.slice(0, count), version) === 0;
}

/** How many parts a caret holds fixed: up to the first that is not zero. */
function fixedByCaret(parts: readonly string[]): number {
  const first = parts.findIndex((part) => part !== '0');
  return first < 0 ? parts.length : first + 1;
}

function asksForPrerelease({ parts, pre }: Comparator, version: Semver): boolean {
  return pre.length > 0 && parts.length === 3 && compareGiven(parts, version) === 0;
}
