/** Version specifications of Maven: ranges, which bind, and bare versions, which only recommend. */

type Compare = (a: string, b: string) => number;

interface Range {
  /** Without, nothing is too old. */
  readonly lowest: string | undefined;
  readonly withLowest: boolean;
  readonly highest: string | undefined;
  readonly withHighest: boolean;
}

/** A bare version is met by itself; whether another would be taken is for the rest of the build to say, so that is not known. */
export function meetsMavenSpec(version: string, spec: string, compare: Compare): boolean | undefined {
  if (!/^[[(]/.test(spec)) return spec !== '' && compare(version, spec) === 0 ? true : undefined;
  const ranges = readRanges(spec, compare);
  return ranges?.some((range) => isWithin(version, range, compare));
}

/** Ranges one after another, from the lowest and without overlap; else Maven refuses them. */
function readRanges(spec: string, compare: Compare): readonly Range[] | undefined {
  const ranges: Range[] = [];
  let rest = spec;
  while (/^[[(]/.test(rest)) {
    const end = rest.search(/[\])]/);
    const range = end < 0 ? undefined : readRange(rest.slice(0, end + 1), compare);
    if (range === undefined || isOverlapping(ranges.at(-1), range, compare)) return undefined;
    ranges.push(range);
    rest = rest.slice(end + 1).trim();
    if (rest.startsWith(',')) rest = rest.slice(1).trim();
  }
  return rest === '' ? ranges : undefined;
}

function readRange(text: string, compare: Compare): Range | undefined {
  const withLowest = text.startsWith('[');
  const withHighest = text.endsWith(']');
  const inner = text.slice(1, -1).trim();
  const comma = inner.indexOf(',');
  if (comma < 0)
    return withLowest && withHighest ? { lowest: inner, withLowest, highest: inner, withHighest } : undefined;
  const lowest = inner.slice(0, comma).trim() || undefined;
  const highest = inner.slice(comma + 1).trim() || undefined;
  if (lowest !== undefined && highest !== undefined) {
    const order = compare(lowest, highest);
    if (order > 0 || (order === 0 && !(withLowest && withHighest))) return undefined;
  }
  return { lowest, withLowest, highest, withHighest };
}

function isOverlapping(before: Range | undefined, range: Range, compare: Compare): boolean {
  if (before === undefined || before.highest === undefined) return false;
  return range.lowest === undefined || compare(range.lowest, before.highest) < 0;
}

function isWithin(version: string, range: Range, compare: Compare): boolean {
  if (range.lowest !== undefined) {
    const order = compare(version, range.lowest);
    if (order < 0 || (order === 0 && !range.withLowest)) return false;
  }
  if (range.highest === undefined) return true;
  const order = compare(version, range.highest);
  return order < 0 || (order === 0 && range.withHighest);
}
