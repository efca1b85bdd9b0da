/** The syntax tree of an expression: walks it, and writes it out again with every step counted. Pure. */
import type { ASTNode } from '@marcbachmann/cel-js';
import { table } from '../table.ts';

/** A node as far as it is looked at here: the library's own type spells each operation out. */
export interface Node {
  readonly op: string;
  readonly args: unknown;
  /** Offsets in the source; parentheses around a node are not counted in. */
  readonly start: number;
  readonly end: number;
}

/** The tree of a parsed expression. */
export function treeOf(ast: ASTNode): Node {
  return ast as Node;
}

/** A call of a method, e.g. `list.all(x, …)`. */
interface MethodCall {
  readonly name: string;
  readonly receiver: Node;
  readonly args: readonly Node[];
}

/** The method call that a node is. */
function methodCall({ op, args }: Node): MethodCall | undefined {
  if (op !== 'rcall') return undefined;
  const [name, receiver, given] = args as readonly [string, Node, readonly Node[]];
  return { name, receiver, args: given };
}

/** What a node is made of. */
function children({ args }: Node): readonly Node[] {
  return nodesIn(args);
}

function nodesIn(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  return typeof value === 'object' && value !== null && 'op' in value ? [value as Node] : [];
}

/** The members of a variable that are read, by `v.name`, `v.?name` or `v["name"]`; undefined for any other use of it. */
export function membersOf(root: Node, variable: string, source: string): readonly (string | undefined)[] {
  function within(node: Node): readonly (string | undefined)[] {
    const [object, key] = Array.isArray(node.args) ? (node.args as readonly unknown[]) : [];
    if (['.', '.?', '[]', '[?]'].includes(node.op) && isVariable(object, variable))
      return [typeof key === 'string' ? key : literalText(key, source)];
    if (isVariable(node, variable)) return [undefined];
    return children(node).flatMap(within);
  }
  return within(root);
}

function isVariable(node: unknown, variable: string): boolean {
  const { op, args } = node as Partial<Node>;
  return op === 'id' && args === variable;
}

function literalText(node: unknown, source: string): string | undefined {
  const { op, start = 0, end = 0 } = node as Partial<Node>;
  return op === 'value' ? /^["'](\w+)["']$/.exec(source.slice(start, end))?.[1] : undefined;
}

/** How the calls that count are written. */
export interface Meter {
  /** Function that counts what its second argument holds and gives it back; the first is a number of `sites`, or 0. */
  readonly count: string;
  /** Method that replaces `matches`. */
  readonly matches: string;
  /** What each macro goes through, by number less one; the writer adds to it. */
  readonly sites: Site[];
}

/** One thing that a macro goes through. */
interface Site {
  /** `every` where something is to be so of all items, as in `all(…)` and `!exists(…)`; `some` where one has to be there. */
  readonly about: 'every' | 'some' | 'other';
  readonly over: string;
}

/** In place of a site's number: the value is counted down to its last member, because all of it is looked at. */
export const IN_DEPTH = -1;
/** The same: a text is counted by its characters, because each becomes an item. */
export const BY_CHARACTER = -2;

const MACROS: readonly string[] = ['all', 'exists', 'exists_one', 'map', 'filter'];
/** Methods that make something as large as all that their receiver holds. */
const MAKERS: Readonly<Record<string, number>> = table({ join: IN_DEPTH, split: BY_CHARACTER });
const NAMESPACES: readonly string[] = ['cel', 'optional'];
/** Operators that look at lists and texts as they are, and those that look at all that is in them. */
const WEIGHTY: readonly string[] = ['+', '<', '<=', '>', '>='];
const DEEP: readonly string[] = ['==', '!=', 'in'];
/** Operators and macros whose parts are negated where they are. */
const TRANSPARENT: readonly string[] = ['&&', '||', '?:', 'all', 'exists'];

/** The same expression, fully parenthesised, in which everything that can be long is counted before it is gone through. */
export function metered(node: Node, source: string, meter: Meter, negated = false): string {
  const write = (it: Node): string => metered(it, source, meter);
  const { op, args } = node;
  const within = (it: Node): string => metered(it, source, meter, negated && TRANSPARENT.includes(op));
  const list = Array.isArray(args) ? (args as readonly Node[]) : [];
  const [first, second, third] = list;
  if (op === 'value') return source.slice(node.start, node.end);
  if (op === 'id') return String(args);
  if (op === '!_') return `!(${metered(args as Node, source, meter, !negated)})`;
  if (op === '-_') return `-(${write(args as Node)})`;
  if (op === 'list') return `[${list.map(write).join(', ')}]`;
  if (op === 'map')
    return `{${(args as readonly (readonly [Node, Node])[]).map(([key, value]) => `${write(key)}: ${write(value)}`).join(', ')}}`;
  if (op === 'call') return writtenFunction(args as readonly [string, readonly Node[]], meter, write);
  const call = methodCall(node);
  if (call) return writtenCall(call, source, meter, negated);
  if (!first) throw new Error(`an operation ${op} without operands`);
  if (op === '.' || op === '.?') return `${written(first, write)}${op}${String(args && list[1])}`;
  if (!second) throw new Error(`an operation ${op} with one operand`);
  if (op === '[]') return `${written(first, write)}[${write(second)}]`;
  if (op === '[?]') return `${written(first, write)}[?${write(second)}]`;
  if (op === '?:' && third) return `((${write(first)}) ? (${within(second)}) : (${within(third)}))`;
  if (WEIGHTY.includes(op)) return `(${meter.count}(0, ${write(first)}) ${op} ${meter.count}(0, ${write(second)}))`;
  if (DEEP.includes(op)) {
    // What is written out is short, and beside it nothing is gone through further than it reaches.
    const site = isWrittenOut(first) || isWrittenOut(second) ? 0 : IN_DEPTH;
    return `(${meter.count}(${site}, ${write(first)}) ${op} ${meter.count}(${site}, ${write(second)}))`;
  }
  return `(${within(first)} ${op} ${within(second)})`;
}

function isWrittenOut({ op, args }: Node): boolean {
  return op === 'value' || (op === 'list' && (args as readonly Node[]).every(isWrittenOut));
}

/** Functions go through texts; `has` is none, and sees a chain of names. */
function writtenFunction(
  [name, given]: readonly [string, readonly Node[]],
  meter: Meter,
  write: (node: Node) => string,
): string {
  const argument = (it: Node): string => (name === 'has' ? write(it) : `${meter.count}(0, ${write(it)})`);
  return `${name}(${given.map(argument).join(', ')})`;
}

/** What stands before a dot or a bracket: names and calls as they are, so that `has` sees a chain of names. */
function written(node: Node, write: (node: Node) => string): string {
  return ['id', '.', '.?', '[]', '[?]', 'call', 'rcall'].includes(node.op) ? write(node) : `(${write(node)})`;
}

function writtenCall({ name, receiver, args }: MethodCall, source: string, meter: Meter, negated: boolean): string {
  const write = (it: Node, as = false): string => metered(it, source, meter, as);
  const given = `(${args.map((it) => write(it, negated && TRANSPARENT.includes(name))).join(', ')})`;
  if (receiver.op === 'id' && NAMESPACES.includes(String(receiver.args))) return `${write(receiver)}.${name}${given}`;
  const over = source.slice(receiver.start, receiver.end);
  const site = MACROS.includes(name) ? meter.sites.push({ about: aboutOf(name, negated), over }) : (MAKERS[name] ?? 0);
  return `${meter.count}(${site}, ${write(receiver)}).${name === 'matches' ? meter.matches : name}${given}`;
}

function aboutOf(macro: string, negated: boolean): Site['about'] {
  if (macro === 'all') return negated ? 'some' : 'every';
  if (macro === 'exists') return negated ? 'every' : 'some';
  return 'other';
}

/** What an expression is the disjunction of; itself where it is none. */
export function alternatives(node: Node): readonly Node[] {
  return node.op === '||' ? (node.args as readonly Node[]).flatMap(alternatives) : [node];
}

/** The `all(…)` of which an expression is the conjunction, each as the list of what it is not true of. */
export function counterexamples(
  node: Node,
  source: string,
  meter: Meter,
): readonly { readonly predicate: string; readonly text: string }[] {
  if (node.op === '&&') return (node.args as readonly Node[]).flatMap((it) => counterexamples(it, source, meter));
  const call = methodCall(node);
  const [variable, predicate] = call?.args ?? [];
  if (call?.name !== 'all' || !variable || !predicate) return [];
  const write = (it: Node): string => metered(it, source, meter);
  const text = `${meter.count}(0, ${write(call.receiver)}).filter(${write(variable)}, !(${write(predicate)}))`;
  return [{ predicate: source.slice(variable.end, node.end).replace(/^\s*,\s*|\s*\)$/g, ''), text }];
}
