/** Version specifiers of PEP 440. A prerelease is judged by its place alone: the policy that leaves prereleases out is about choosing, and a version that is locked has been chosen. */
import { compareDigits, compareLists } from './digits.ts';
import { every, meets } from './operators.ts';
import {
  comparePre,
  comparePython,
  compareRelease,
  isPythonPrerelease,
  type PythonVersion,
  parsePython,
} from './pypi-versions.ts';

const SPECIFIER = /^\s*(~=|===|==|!=|<=|>=|<|>)\s*([^\s;)]*)\s*$/;
const PREFIX = /^(v?(?:\d+!)?\d+(?:\.\d+)*)\.\*$/i;

/** Joined by commas; none at all is met by every version. */
export function meetsSpecifiers(version: PythonVersion, requirement: string, text: string): boolean | undefined {
  const specifiers = requirement.split(',').filter((one) => one.trim() !== '');
  return every(specifiers.map((one) => meetsSpecifier(version, one, text)));
}

function meetsSpecifier(version: PythonVersion, specifier: string, text: string): boolean | undefined {
  const [, operator, asked = ''] = SPECIFIER.exec(specifier) ?? [];
  if (operator === undefined) return undefined;
  if (operator === '===') return text.toLowerCase() === asked.toLowerCase();
  const equality = operator === '==' || operator === '!=';
  const prefix = equality ? PREFIX.exec(asked)?.[1] : undefined;
  const bound = parsePython(prefix ?? asked);
  if (bound === undefined || (bound.local.length > 0 && !equality)) return undefined;
  if (prefix !== undefined) return startsWith(version, bound, bound.release.length) === (operator === '==');
  return meetsBound(operator, version, bound);
}

function meetsBound(operator: string, version: PythonVersion, bound: PythonVersion): boolean | undefined {
  const known = { ...version, local: [] };
  switch (operator) {
    case '==':
    case '!=':
      return meets(operator, comparePython(bound.local.length > 0 ? version : known, bound));
    case '~=':
      if (bound.release.length < 2) return undefined;
      return comparePython(known, bound) >= 0 && startsWith(version, bound, bound.release.length - 1);
    case '<':
      return comparePython(version, isPythonPrerelease(bound) ? bound : { ...bound, dev: '0', local: [] }) < 0;
    case '>':
      return comparePython(known, bound) > 0 && !isPostReleaseOf(version, bound);
    default:
      return meets(operator, comparePython(known, bound));
  }
}

function startsWith(version: PythonVersion, prefix: PythonVersion, count: number): boolean {
  if (compareDigits(version.epoch, prefix.epoch) !== 0) return false;
  const padded = prefix.release.slice(0, count).map((_, i) => version.release[i] ?? '0');
  return compareLists(padded, prefix.release.slice(0, count), compareDigits) === 0;
}

/** `>1.0` leaves out 1.0's own post-releases, as `<1.0` leaves out its prereleases. */
function isPostReleaseOf(version: PythonVersion, bound: PythonVersion): boolean {
  if (version.post === undefined || bound.post !== undefined || bound.dev !== undefined) return false;
  return compareRelease(version, bound) === 0 && comparePre(version, bound) === 0;
}
