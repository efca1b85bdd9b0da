/** Semantic versions as npm, Cargo, Hex, Go, Helm and Terraform order them: any number of parts, and build metadata left out. */
import { compareDigits, compareLists, compareText, isDigits } from './digits.ts';

/** A version by its parts, each as written. */
export interface Semver {
  /** At least one. Those that are missing count as zero. */
  readonly parts: readonly string[];
  /** Identifiers of the prerelease; none for a release. */
  readonly pre: readonly string[];
}

const SEMVER =
  /^[v=\s]*([0-9]+(?:\.[0-9]+)*)(?:(?:-|(?=[a-z~]))([0-9a-z~-]+(?:\.[0-9a-z~-]+)*))?(?:\+[0-9a-z.~-]*)?\s*$/i;
const STRICT =
  /^(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*)){2}(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** Reads more than any of the tools accept, so that versions they refuse still have a place in the order. */
export function parseSemver(text: string): Semver | undefined {
  const match = SEMVER.exec(text);
  if (match?.[1] === undefined) return undefined;
  return { parts: match[1].split('.'), pre: match[2]?.split('.') ?? [] };
}

/** Whether the text is a version by the letter of SemVer 2.0.0. */
export function isStrictSemver(text: string): boolean {
  const match = STRICT.exec(text);
  return match !== null && (match[1]?.split('.').every(isPlainIdentifier) ?? true);
}

/** Whether an identifier has no leading zeros, where it is a number. */
export function isPlainIdentifier(identifier: string): boolean {
  return identifier === '0' || !/^0[0-9]*$/.test(identifier);
}

/** The order of SemVer 2.0.0, §11. */
export function compareSemver(a: Semver, b: Semver): number {
  return compareParts(a.parts, b.parts) || comparePrerelease(a.pre, b.pre);
}

export function compareParts(a: readonly string[], b: readonly string[]): number {
  return compareLists(a, b, compareDigits, '0');
}

export function comparePrerelease(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  return compareLists(a, b, compareIdentifiers);
}

function compareIdentifiers(a: string, b: string): number {
  const left = isDigits(a);
  const right = isDigits(b);
  if (left && right) return compareDigits(a, b);
  if (left !== right) return left ? -1 : 1;
  return compareText(a, b);
}
