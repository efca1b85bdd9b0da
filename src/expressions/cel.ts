/** Expressions of the Common Expression Language: compiled with their types checked, and run with a bound on their work. Pure; a fault and a failure are answers. */
import { Environment, type ParseError, type ParseResult } from '@marcbachmann/cel-js';
import type { Place } from '../model.ts';
import { compilePattern, type Pattern } from './linear-pattern.ts';
import {
  alternatives,
  BY_CHARACTER,
  counterexamples,
  IN_DEPTH,
  type Meter,
  membersOf,
  metered,
  type Node,
  treeOf,
} from './syntax.ts';

/** What is wrong with an expression, and where in its text; both count from 1. */
export interface ExpressionFault {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** What an expression has to give. */
export type Wanted = 'bool' | 'string' | 'list';

/** What an expression may look at. */
export interface World {
  readonly manifest: unknown;
  /** Facts by the kind's name, `-` written as `_`. */
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** What came out of a run. */
export interface Outcome {
  /** Undefined where it failed. */
  readonly value?: unknown;
  /** Why it failed. */
  readonly trouble?: string;
  /** Kinds of evidence that were really looked at. */
  readonly touched: readonly string[];
  /** Lists that were empty where something was to be true of all their items, or where there was nothing else to look at. */
  readonly ofNothing: readonly string[];
  /** A text that a template fills in, where one was compared or searched: what it will be is not known. */
  readonly opaque?: string;
  /** Places of the items that were gone through, at most `MOST_PLACES`. */
  readonly places: readonly Place[];
}

/** A compiled expression. */
export interface Expression {
  readonly source: string;
  /** Members of `evidence` that it names. */
  readonly kinds: readonly string[];
  /** Members of `manifest` that it names. */
  readonly claims: readonly string[];
  run(world: World): Outcome;
  /** The items that a false `all(…)` is not true of, with what was asked of them. */
  offenders(world: World): readonly { readonly predicate: string; readonly item: unknown }[];
}

/** Longest expression, in UTF-16 units, and what it may be made of. */
const LONGEST = 10_000;
const LIMITS = { maxAstNodes: 2000, maxDepth: 60 };
/** The counted text has a call around nearly every node. */
const METERED_LIMITS = { maxAstNodes: 20_000, maxDepth: 240 };

/** Items that a run may go through: about a second. */
const MOST_STEPS = 1_000_000;

/** An action of a template that is filled in before anything runs; what Prometheus itself fills in is no such thing. */
const TEMPLATE_ACTION = /\{\{(?!-?\s{0,9}\$(?:labels|value|externalLabels)\b)/;

const TOO_LONG = `it takes more than ${MOST_STEPS} steps over this evidence`;

/** Steps that compiling a pattern counts as, and the size of one of which a character costs one step. */
const COMPILING = 5000;
const QUICK_SIZE = 10;

const MOST_PLACES = 20;

const COUNT = 'counted_';
const MATCHES = 'matches_';

/** A compiled expression, or its first fault. */
export function compileExpression(
  source: string,
  wanted: Wanted,
): { readonly expression: Expression } | { readonly fault: ExpressionFault } {
  try {
    return compile(source, wanted);
  } catch (error) {
    return { fault: faultOf(error, source) };
  }
}

function compile(source: string, wanted: Wanted): ReturnType<typeof compileExpression> {
  if (source.length > LONGEST) throw new Error(`it is longer than ${LONGEST} characters`);
  const parsed = environment(LIMITS).parse(source);
  // Before the types are checked: that rewrites the tree.
  const tree = treeOf(parsed.ast);
  const sites: Meter['sites'] = [];
  const meter = { count: COUNT, matches: MATCHES, sites };
  const text = metered(tree, source, meter);
  const doubtful = counterexamples(tree, source, meter);
  const [kinds, claims] = [named(tree, 'evidence', source), named(tree, 'manifest', source)];
  if (kinds.includes(undefined)) throw new Error('name the kind of evidence that is meant, e.g. evidence.alerts');
  const { valid, type = '', error } = parsed.check();
  if (!valid) throw error;
  if (type !== 'dyn' && !type.startsWith(wanted)) throw new Error(`it gives ${type}, and ${wanted} is asked for`);
  const state = freshState();
  const running = meteredEnvironment(state, sites);
  const program = running.parse(text);
  const filters = doubtful.map((it) => ({ ...it, program: running.parse(it.text) }));
  const ways = alternatives(tree).map((it) => metered(it, source, meter));
  const others = ways.length > 1 ? ways.map((it) => running.parse(it)) : [];
  return {
    expression: {
      source,
      kinds: present(kinds),
      claims: present(claims),
      run: (world) => {
        const whole = outcomeOf(program, world, state, sites);
        return (whole.value === true ? firstTrue(others, world, state, sites) : undefined) ?? whole;
      },
      offenders: (world) =>
        filters.flatMap(({ predicate, program: filter }) => {
          const { value } = outcomeOf(filter, world, state, sites);
          return Array.isArray(value) ? value.map((item: unknown) => ({ predicate, item })) : [];
        }),
    },
  };
}

/** Of alternatives, the one that makes the whole true: what was looked at for those before it shows nothing. */
function firstTrue(
  others: readonly ParseResult[],
  world: World,
  state: State,
  sites: Meter['sites'],
): Outcome | undefined {
  for (const other of others) {
    const outcome = outcomeOf(other, world, state, sites);
    if (outcome.value === true) return outcome;
  }
  return undefined;
}

function named(tree: Node, variable: string, source: string): readonly (string | undefined)[] {
  return [...new Set(membersOf(tree, variable, source))];
}

function present(names: readonly (string | undefined)[]): readonly string[] {
  return names.filter((it) => it !== undefined);
}

function environment(limits: typeof LIMITS): Environment {
  return new Environment({ homogeneousAggregateLiterals: false, enableOptionalTypes: true, limits })
    .registerVariable('manifest', 'map<string, dyn>')
    .registerVariable('evidence', 'map<string, dyn>');
}

/** What is noted while a program runs. */
interface State {
  steps: number;
  opaque: string | undefined;
  readonly touched: Set<string>;
  /** By number of the site, whether anything was ever in it. */
  readonly ranges: Map<number, boolean>;
  readonly places: Map<string, Place>;
  readonly patterns: Map<string, Pattern>;
}

function freshState(): State {
  return { steps: 0, opaque: undefined, touched: new Set(), ranges: new Map(), places: new Map(), patterns: new Map() };
}

function reset(state: State): void {
  state.steps = 0;
  state.opaque = undefined;
  for (const notes of [state.touched, state.ranges, state.places, state.patterns]) notes.clear();
}

function meteredEnvironment(state: State, sites: Meter['sites']): Environment {
  return environment(METERED_LIMITS)
    .registerFunction(`${COUNT}(int, dyn): dyn`, (site: bigint, value: unknown) => {
      const at = Number(site);
      if (at === IN_DEPTH) spendAll(state, value);
      else spend(state, at === BY_CHARACTER && typeof value === 'string' ? value.length : weightOf(value));
      if (typeof value === 'string' && TEMPLATE_ACTION.test(value)) state.opaque ??= value;
      if (at > 0 && at <= sites.length) noteRange(at, value, state);
      return value;
    })
    .registerFunction(`string.${MATCHES}(string): bool`, (text: string, pattern: string) => {
      const compiled = patternOf(pattern, state);
      // Each character is held against every part of the pattern.
      spend(state, Math.ceil((text.length * compiled.size) / QUICK_SIZE));
      return compiled.isIn(text);
    });
}

/** A pattern is compiled once a run: evidence may be part of it, and then there are many. */
function patternOf(source: string, state: State): Pattern {
  const known = state.patterns.get(source);
  if (known) return known;
  spend(state, COMPILING);
  const compiled = compilePattern(source);
  if ('fault' in compiled) throw new Error(`"${source}" is no pattern: ${compiled.fault}`);
  state.patterns.set(source, compiled.pattern);
  return compiled.pattern;
}

function spend(state: State, steps: number): void {
  state.steps += steps;
  if (state.steps > MOST_STEPS) throw new Error(TOO_LONG);
}

/** Spends on a value and on all that is in it, one step after another. */
function spendAll(state: State, value: unknown): void {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    spend(state, weightOf(next));
    if (Array.isArray(next) || isPlain(next)) for (const it of Object.values(next)) open.push(it);
  }
}

/** Items of a list; a text is gone through much quicker. */
function weightOf(value: unknown): number {
  if (Array.isArray(value)) return value.length + 1;
  if (typeof value === 'string') return 1 + value.length / 64;
  return isPlain(value) ? Object.keys(value).length + 1 : 1;
}

function noteRange(site: number, value: unknown, state: State): void {
  const items: readonly unknown[] = Array.isArray(value) ? value : isPlain(value) ? Object.keys(value) : [];
  state.ranges.set(site, (state.ranges.get(site) ?? false) || items.length > 0);
  for (const item of items) {
    if (state.places.size >= MOST_PLACES) return;
    const place = placeOf(item);
    if (place) state.places.set(JSON.stringify(place), place);
  }
}

/** Where a fact stands, by its `at`. */
export function placeOf(item: unknown): Place | undefined {
  if (!isPlain(item) || !Object.hasOwn(item, 'at') || !isPlain(item.at)) return undefined;
  const { path, line, column, root } = item.at;
  if (typeof path !== 'string') return undefined;
  return {
    path,
    ...(isCount(line) && { line: Number(line) }),
    ...(isCount(column) && { column: Number(column) }),
    ...(typeof root === 'string' && { root }),
  };
}

/** A whole number from 1, as JavaScript or as the language has it. */
export function isCount(value: unknown): value is number | bigint {
  return (typeof value === 'number' || typeof value === 'bigint') && Number.isSafeInteger(Number(value)) && value >= 1;
}

/** An object that is no list and no value of the language's own types. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function outcomeOf(program: ParseResult, { manifest, evidence }: World, state: State, sites: Meter['sites']): Outcome {
  reset(state);
  let result: Pick<Outcome, 'value' | 'trouble'>;
  try {
    result = { value: program({ manifest, evidence: watched(evidence, state) }) as unknown };
  } catch (error) {
    result = { trouble: sentenceOf(error) };
  }
  // `all` and `exists` swallow what fails within them where another item decides: the bound is none of that.
  if (state.steps > MOST_STEPS) result = { trouble: TOO_LONG };
  return {
    ...result,
    touched: [...state.touched],
    ...(state.opaque !== undefined && { opaque: state.opaque }),
    ofNothing: emptyIn(state, sites),
    places: [...state.places.values()],
  };
}

/** An empty list that `map` or `filter` goes through says nothing where another one holds something. */
function emptyIn({ ranges }: State, sites: Meter['sites']): readonly string[] {
  const empty = [...ranges].flatMap(([site, filled]) => (filled ? [] : (sites[site - 1] ?? [])));
  const every = empty.filter(({ about }) => about === 'every');
  const only = empty.length === ranges.size ? empty.filter(({ about }) => about === 'other') : [];
  return [...every, ...only].map(({ over }) => over);
}

/** Evidence that notes which kinds are looked at. */
function watched(evidence: World['evidence'], state: State): object {
  const properties = Object.keys(evidence).map((kind) => [
    kind,
    {
      enumerable: true,
      get: () => {
        state.touched.add(kind);
        return evidence[kind];
      },
    },
  ]);
  return Object.defineProperties({}, Object.fromEntries(properties) as PropertyDescriptorMap);
}

function faultOf(error: unknown, source: string): ExpressionFault {
  const offset = Math.min((error as Partial<ParseError>)?.range?.start ?? 0, source.length);
  const before = source.slice(0, offset).split('\n');
  return { message: sentenceOf(error), line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Without the excerpt that the library adds. */
function sentenceOf(error: unknown): string {
  const { summary, message } = error as Partial<ParseError>;
  return String(summary ?? message ?? error).split('\n')[0] ?? '';
}
