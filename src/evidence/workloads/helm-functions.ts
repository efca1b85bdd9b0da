/** The functions of Helm's templates that only choose or reshape what is there. Anything else is unseen. */

import { table } from '../../table.ts';
import { isOpaque } from '../yaml/yaml.ts';
import { type Seen, truthOf } from './helm-scope.ts';
import { mergeValues } from './helm-values.ts';

type Args = readonly (Seen | undefined)[];
type Apply = (args: Args) => Seen | undefined;

/** By name. An argument that is unseen makes the result unseen, but where a function says otherwise. */
const FUNCTIONS: Readonly<Record<string, Apply>> = table({
  default: ([fallback, given]) => choose(truthOf(given), given, fallback),
  coalesce: (args) => firstTrue(args, { value: undefined }),
  or: (args) => firstTrue(args, args.at(-1)),
  and,
  not: ([it]) => negated(truthOf(it)),
  empty: ([it]) => negated(truthOf(it)),
  ternary: ([yes, no, condition]) => {
    const truth = truthOf(condition);
    return truth === undefined ? undefined : truth ? yes : no;
  },
  required: ([, it]) => it,
  eq: ([first, ...others]) => compared(first, others, (a, b) => String(a) === String(b)),
  ne: ([first, ...others]) => compared(first, others, (a, b) => String(a) !== String(b)),
  gt: ([first, ...others]) => compared(first, others, (a, b) => Number(a) > Number(b)),
  ge: ([first, ...others]) => compared(first, others, (a, b) => Number(a) >= Number(b)),
  lt: ([first, ...others]) => compared(first, others, (a, b) => Number(a) < Number(b)),
  le: ([first, ...others]) => compared(first, others, (a, b) => Number(a) <= Number(b)),
  hasKey: ([map, key]) => computed(([it, name]) => isMap(it) && Object.hasOwn(it, String(name)), [map, key]),
  has: ([item, list]) => computed(([it, all]) => Array.isArray(all) && all.includes(it), [item, list]),
  contains: (args) => computed(([part, whole]) => String(whole).includes(String(part)), args),
  hasPrefix: (args) => computed(([part, whole]) => String(whole).startsWith(String(part)), args),
  hasSuffix: (args) => computed(([part, whole]) => String(whole).endsWith(String(part)), args),
  quote: asText,
  squote: asText,
  toString: asText,
  print: (args) => computed((all) => all.map(text).join(''), args),
  printf: ([format, ...args]) => printf(format, args),
  toYaml: same,
  fromYaml: ([it]) => (isMap(it?.value) ? it : undefined),
  nindent: same,
  indent: same,
  tpl: ([it]) => (it && !holdsActions(it.value) ? it : undefined),
  int: number,
  int64: number,
  float64: number,
  add: (args) => computed((all) => all.reduce<number>((sum, it) => sum + Number(it), 0), args),
  sub: (args) =>
    computed(([first, ...all]) => all.reduce<number>((rest, it) => rest - Number(it), Number(first)), args),
  mul: (args) => computed((all) => all.reduce<number>((product, it) => product * Number(it), 1), args),
  max: (args) => computed((all) => Math.max(...all.map(Number)), args),
  min: (args) => computed((all) => Math.min(...all.map(Number)), args),
  merge: (args) => known(args, (all) => all.reduceRight<unknown>((below, it) => mergeValues(below, it), {})),
  mergeOverwrite: (args) => known(args, (all) => all.reduce<unknown>((below, it) => mergeValues(below, it), {})),
  lower: reshaped((it) => it.toLowerCase()),
  upper: reshaped((it) => it.toUpperCase()),
  trim: reshaped((it) => it.trim()),
  trunc: withWord((it, length) => (Number(length) >= 0 ? it.slice(0, Number(length)) : it.slice(Number(length)))),
  trimSuffix: withWord((it, end) => (end !== '' && it.endsWith(end) ? it.slice(0, -end.length) : it)),
  trimPrefix: withWord((it, start) => (it.startsWith(start) ? it.slice(start.length) : it)),
  replace: (args) => computed(([old, young, it]) => text(it).split(String(old)).join(String(young)), args),
  dict: (args) => known(args, (all) => Object.fromEntries(pairs(all))),
  list: (args) => known(args, (all) => [...all]),
  tuple: (args) => known(args, (all) => [...all]),
  keys: ([it]) => known([it], ([value]) => (isMap(value) ? Object.keys(value).sort() : [])),
  omit: ([map, ...names]) => known([map, ...names], ([value, ...all]) => members(value, (key) => !all.includes(key))),
  pick: ([map, ...names]) => known([map, ...names], ([value, ...all]) => members(value, (key) => all.includes(key))),
  len: ([it]) => computed(([value]) => lengthOf(value), [it]),
});

/** Calls a function; undefined where it is none of these or its result cannot be known. */
export function callFunction(name: string, args: Args): Seen | undefined {
  const found = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  return found?.(args);
}

function choose(truth: boolean | undefined, yes: Seen | undefined, no: Seen | undefined): Seen | undefined {
  return truth === undefined ? undefined : truth ? yes : no;
}

function firstTrue(args: Args, otherwise: Seen | undefined): Seen | undefined {
  for (const arg of args) {
    const truth = truthOf(arg);
    if (truth !== false) return truth ? arg : undefined;
  }
  return otherwise;
}

function and(args: Args): Seen | undefined {
  const no = args.find((arg) => truthOf(arg) === false);
  if (no) return no;
  return args.every((arg) => truthOf(arg) === true) ? args.at(-1) : undefined;
}

function negated(truth: boolean | undefined): Seen | undefined {
  return truth === undefined ? undefined : { value: !truth };
}

function compared(first: Seen | undefined, others: Args, test: (a: unknown, b: unknown) => boolean): Seen | undefined {
  return computed(([a, ...rest]) => rest.some((b) => test(a ?? '', b ?? '')), [first, ...others]);
}

/** Applies a function to values that are all known, in full. */
function computed(apply: (values: readonly unknown[]) => unknown, args: Args): Seen | undefined {
  if (args.some((arg) => !arg || isOpaque(arg.value))) return undefined;
  const value = apply(args.map((arg) => arg?.value));
  return { value };
}

/** Applies a function that keeps values whole, so that they may hold opaque parts. */
function known(args: Args, apply: (values: readonly unknown[]) => unknown): Seen | undefined {
  return args.some((arg) => !arg) ? undefined : { value: apply(args.map((arg) => arg?.value)) };
}

function same(args: Args): Seen | undefined {
  return args.at(-1);
}

function asText([it]: Args): Seen | undefined {
  if (!it || it.value === undefined || it.value === null || typeof it.value === 'object') return it;
  return { ...it, value: String(it.value) };
}

function number([it]: Args): Seen | undefined {
  if (!it || isOpaque(it.value)) return it;
  const value = Number(it.value ?? 0);
  return Number.isFinite(value) ? { ...it, value: Math.trunc(value) } : undefined;
}

function reshaped(apply: (it: string) => string): Apply {
  // Blocks of YAML are passed on as they are.
  return ([it]) => (typeof it?.value === 'object' ? it : withWord(apply)([{ value: '' }, it]));
}

/** For functions that change the ends of a text; what is opaque in it stays as it is. */
function withWord(apply: (it: string, word: string) => string): Apply {
  return ([word, it]) => {
    if (!word || !it || isOpaque(word.value) || typeof it.value === 'object') return undefined;
    return isOpaque(it.value) ? it : { ...it, value: apply(text(it.value), text(word.value)) };
  };
}

function printf(format: Seen | undefined, args: Args): Seen | undefined {
  if (!format || args.some((arg) => !arg || typeof arg.value === 'object')) return undefined;
  const rest = args.map((arg) => text(arg?.value));
  return { value: String(format.value).replace(/%[sdvq]/g, () => rest.shift() ?? '') };
}

function text(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

function pairs(all: readonly unknown[]): readonly [string, unknown][] {
  return Array.from({ length: all.length >> 1 }, (_, index) => [String(all[index * 2]), all[index * 2 + 1]]);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return isMap(value) ? Object.keys(value).length : 0;
}

function members(value: unknown, keeps: (key: string) => boolean): unknown {
  return isMap(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => keeps(key))) : {};
}

function holdsActions(value: unknown): boolean {
  return typeof value === 'object' ? (JSON.stringify(value) ?? '').includes('{{') : isOpaque(value);
}
