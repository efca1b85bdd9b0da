/** Versions of NuGet: up to four numbers, and labels whose case does not count. */
import { atMost, compareDigits, compareLists, compareText, isDigits } from './digits.ts';
import { compareParts, isPlainIdentifier } from './semver.ts';

export interface NugetVersion {
  /** One to four. */
  readonly parts: readonly string[];
  /** Labels of the prerelease; none for a release. */
  readonly labels: readonly string[];
}

const LARGEST = '2147483647';
const VERSION = /^([0-9.\s]+)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$/;
const NUMBERS = /^\s*[0-9]+\s*(?:\.\s*[0-9]+\s*){0,3}$/;

export function parseNuget(text: string): NugetVersion | undefined {
  const [, numbers = '', labels, metadata] = VERSION.exec(text.trim()) ?? [];
  if (!NUMBERS.test(numbers)) return undefined;
  const parts = numbers.split('.').map((part) => part.trim());
  const identifiers = labels?.split('.') ?? [];
  if (!parts.every((part) => atMost(part, LARGEST))) return undefined;
  if (!identifiers.every((label) => label !== '' && isPlainIdentifier(label))) return undefined;
  if (metadata?.split('.').includes('')) return undefined;
  return { parts, labels: identifiers };
}

export function compareNuget(a: NugetVersion, b: NugetVersion): number {
  const order = compareParts(a.parts, b.parts);
  if (order !== 0) return order;
  if (a.labels.length === 0 || b.labels.length === 0) return b.labels.length - a.labels.length;
  return compareLists(a.labels, b.labels, compareLabels);
}

/** Only what fits .NET's `int` is a number, and `-1` is one too. */
function compareLabels(a: string, b: string): number {
  const left = isNumber(a);
  const right = isNumber(b);
  if (left && right) return Number(a) - Number(b);
  if (left !== right) return left ? -1 : 1;
  return compareText(a.toUpperCase(), b.toUpperCase());
}

function isNumber(label: string): boolean {
  const digits = label.startsWith('-') ? label.slice(1) : label;
  return isDigits(digits) && compareDigits(digits, label === digits ? LARGEST : '2147483648') <= 0;
}
