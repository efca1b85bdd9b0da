/** Versions and requirements of gems, as `Gem::Version` and `Gem::Requirement` read them. */
import { defineOrder } from './define-order.ts';
import { compareDigits, compareLists, compareText, isDigits, successor, withoutLeadingZeros } from './digits.ts';
import { every, meets } from './operators.ts';

/** Runs of digits and of letters, in turn; `-` counts as `.pre.`. */
type Segments = readonly string[];

const VERSION = /^[ \t\n\v\f\r]*(?:[0-9]+(?:\.[0-9a-zA-Z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)?[ \t\n\v\f\r]*$/;
const REQUIREMENT = /^\s*(=|!=|>=|<=|>|<|~>|)\s*([0-9]\S*)\s*$/;

/** Requirements joined by commas; none at all is met by every version, as for a gem that is named alone. */
export const rubygems = defineOrder<Segments>({
  parse: readSegments,
  compare: compareSegments,
  isPrerelease: (segments) => segments.some((segment) => !isDigits(segment)),
  satisfies(version, requirement) {
    if (requirement.trim() === '') return true;
    return every(requirement.split(',').map((one) => holds(version, one)));
  },
});

function readSegments(text: string): Segments | undefined {
  if (!VERSION.test(text)) return undefined;
  const segments = text.replaceAll('-', '.pre.').match(/[0-9]+|[a-zA-Z]+/g) ?? ['0'];
  return segments.map((segment) => (isDigits(segment) ? withoutLeadingZeros(segment) : segment));
}

/** Letters are older than numbers, and zeros before the first letters do not count. */
function compareSegments(a: Segments, b: Segments): number {
  return compareLists(canonical(a), canonical(b), compareSegment, '0');
}

function compareSegment(a: string, b: string): number {
  const left = isDigits(a);
  const right = isDigits(b);
  if (left && right) return compareDigits(a, b);
  if (left !== right) return left ? 1 : -1;
  return compareText(a, b);
}

function canonical(segments: Segments): Segments {
  const numbers = release(segments);
  return [...withoutTrailingZeros(numbers), ...withoutTrailingZeros(segments.slice(numbers.length))];
}

function withoutTrailingZeros(segments: Segments): Segments {
  return segments.slice(0, segments.findLastIndex((segment) => segment !== '0') + 1);
}

/** The numbers before the first letters. */
function release(segments: Segments): Segments {
  const letters = segments.findIndex((segment) => !isDigits(segment));
  return letters < 0 ? segments : segments.slice(0, letters);
}

function holds(version: Segments, requirement: string): boolean | undefined {
  const [, operator = '', text = ''] = REQUIREMENT.exec(requirement) ?? [];
  const asked = text === '' ? undefined : readSegments(text);
  if (asked === undefined) return undefined;
  const order = compareSegments(version, asked);
  if (operator !== '~>') return meets(operator || '=', order);
  return order >= 0 && compareSegments(release(version), bump(asked)) < 0;
}

/** The first version that `~>` leaves out: without the last number, and one up. */
function bump(segments: Segments): Segments {
  const numbers = release(segments);
  const kept = numbers.length > 1 ? numbers.slice(0, -1) : numbers;
  return [...kept.slice(0, -1), successor(kept.at(-1) ?? '0')];
}
