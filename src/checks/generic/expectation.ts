/** What a rule expects of a value: something, one thing, one of some, a pattern, a number within bounds. Pure. */
import { compilePattern } from '../../expressions/linear-pattern.ts';
import type { ParamFault } from '../define.ts';
import { bound, scalar, scalars, text, type Values } from '../params.ts';

/** Parameters that say it; where none is set, any value but null will do. */
export const EXPECTATION = {
  equals: scalar('The value is this, of this very type: `3` is not `"3"`.'),
  one_of: scalars('The value is one of these.'),
  matches: text('The value is a text in which this pattern of RE2 is found; `^…$` for the whole of it.'),
  min: bound('The value is a number, and not less.'),
  max: bound('The value is a number, and not more.'),
} as const;

type Expectation = Values<typeof EXPECTATION>;

/** A scalar, or what else there is instead. */
export type Given = string | number | boolean | null | { readonly holds: 'list' | 'map'; readonly size: number };

/** What is wrong with the parameters themselves. */
export function faultsOfExpectation({ matches, min, max }: Expectation): readonly ParamFault[] {
  const compiled = matches ? compilePattern(matches) : undefined;
  const faults: ParamFault[] = [];
  if (compiled && 'fault' in compiled) faults.push(patternFault('matches', matches, compiled.fault));
  if (min !== undefined && max !== undefined && min > max)
    faults.push({ param: 'min', message: `min ${min} is above max ${max}`, fix: 'swap them, or leave one out' });
  return faults;
}

/** A fault of one pattern. */
export function patternFault(param: string, pattern: string, fault: string): ParamFault {
  return {
    param,
    message: `"${pattern}" is no pattern: ${fault}`,
    fix: 'write it in the syntax of RE2, which has no look-around and no back-references',
  };
}

/** What a value lacks, e.g. `is 2, which is less than 3`; undefined where it is as expected. */
export function lackOf(value: Given, { equals, one_of: oneOf, matches, min, max }: Expectation): string | undefined {
  const is = `is ${shown(value)}`;
  if (value === null) return 'is null';
  if (equals !== undefined && value !== equals) return `${is} and not ${shown(equals)}`;
  if (oneOf && !oneOf.some((it) => it === value)) return `${is}, none of ${oneOf.map(shown).join(', ')}`;
  if (matches && !isFound(matches, value)) return `${is}, in which ${matches} is not found`;
  if (min === undefined && max === undefined) return undefined;
  if (typeof value !== 'number') return `${is}, which is no number`;
  if (min !== undefined && value < min) return `${is}, which is less than ${min}`;
  return max !== undefined && value > max ? `${is}, which is more than ${max}` : undefined;
}

/** The expectation in words that follow `is`, e.g. `at least 3`. */
export function expected({ equals, one_of: oneOf, matches, min, max }: Expectation): string {
  const parts = [
    ...(equals === undefined ? [] : [shown(equals)]),
    ...(oneOf ? [`one of ${oneOf.map(shown).join(', ')}`] : []),
    ...(matches ? [`a text with ${matches}`] : []),
    ...(min === undefined ? [] : [`at least ${min}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
  ];
  return parts.length > 0 ? parts.join(' and ') : 'set';
}

/** A value for a sentence, in quotes where it is a text, cut where it is long. */
function shown(value: Given): string {
  if (typeof value === 'object' && value !== null) return `a ${value.holds} of ${value.size}`;
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 79)}…` : value);
}

function isFound(pattern: string, value: Given): boolean {
  if (typeof value !== 'string') return false;
  const compiled = compilePattern(pattern);
  return 'pattern' in compiled && compiled.pattern.isIn(value.slice(0, LONGEST));
}

/** Longest part of a value that patterns see, in UTF-16 units. */
const LONGEST = 65_536;
