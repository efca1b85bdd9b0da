/**
 * Decides of a chart's template what its values decide: branches that are off are left out, lists are unrolled, and actions
 * whose result is known become references to it. The rest stays a template. Every line remembers the line it comes from.
 */
import type { Action } from '../yaml/template-actions.ts';
import { opaque } from '../yaml/template-marks.ts';
import { callFunction } from './helm-functions.ts';
import { type ChartScope, fieldOf, type Scope, type Seen, topScope, truthOf } from './helm-scope.ts';
import { type Branch, type Expression, lineBreaks, type Node, parseExpression } from './helm-syntax.ts';

/** An action whose result is known. */
export interface Reference {
  /** As written. */
  readonly source: string;
  readonly seen: Seen;
  /** It prints a block of YAML rather than a word. */
  readonly block: boolean;
}

/** A template after that; `{{ @3 }}` refers to `references[3]`. */
export interface Evaluated {
  readonly text: string;
  /** Line in the template of each line of the text. */
  readonly lines: readonly number[];
  readonly references: readonly Reference[];
  /** There was more of it than is evaluated. */
  readonly isCut: boolean;
}

/** Most named templates within each other. */
const DEEPEST = 20;
/** Longest text that comes out, in UTF-16 units. */
const LONGEST = 4 * 1024 * 1024;

interface Draft {
  readonly parts: string[];
  length: number;
  readonly lines: number[];
  references: Reference[];
  /** A named template: what is known is printed at once, blanks are trimmed, and a branch nobody can decide spoils it. */
  readonly flat: boolean;
  spoiled: boolean;
  trims: boolean;
}

/** Evaluates a template's tree. */
export function evaluateTemplate(tree: readonly Node[], chart: ChartScope): Evaluated {
  const draft = newDraft(false);
  writeNodes(draft, tree, topScope(chart));
  const isCut = draft.spoiled || chart.budget.left <= 0;
  return { text: draft.parts.join(''), lines: draft.lines, references: draft.references, isCut };
}

/** The bodies of the named templates in a tree. */
export function namedTemplates(tree: readonly Node[]): readonly (readonly [string, readonly Node[]])[] {
  return tree.flatMap((node) => {
    if (node.kind !== 'block') return [];
    const name = /^(?:define|block)\s+"([^"]+)"/.exec(node.branches[0]?.head.inner ?? '')?.[1];
    return name === undefined
      ? node.branches.flatMap(({ body }) => namedTemplates(body))
      : [[name, node.branches[0]?.body ?? []] as const];
  });
}

/** What an expression gives in a scope; undefined where nobody can know. */
function evaluate(expression: Expression | undefined, scope: Scope): Seen | undefined {
  if (!expression || scope.chart.budget.left-- <= 0) return undefined;
  switch (expression.kind) {
    case 'literal':
      return { value: expression.value };
    case 'path': {
      const root = expression.root === '.' ? scope.dot : scope.variables.get(expression.root);
      return fieldOf(root, expression.steps, scope.chart.values);
    }
    case 'field':
      return fieldOf(evaluate(expression.of, scope), expression.steps, scope.chart.values);
    case 'call':
      return called(expression.name, expression.args, scope);
  }
}

function called(name: string, args: readonly Expression[], scope: Scope): Seen | undefined {
  const given = args.map((arg) => evaluate(arg, scope));
  if (name === 'include' || name === 'template') return included(given[0], given[1], scope);
  if (name === 'index' || name === 'get') {
    const steps = given.slice(1).map((step) => (step ? String(step.value) : undefined));
    return steps.includes(undefined) ? undefined : fieldOf(given[0], steps as string[], scope.chart.values);
  }
  return callFunction(name, name === 'printf' || name === 'print' ? marked(given, args) : given);
}

/** Text may be known in part: what is unseen stands in it as an opaque part. */
function marked(given: readonly (Seen | undefined)[], args: readonly Expression[]): readonly (Seen | undefined)[] {
  return given.map((it, index) => it ?? { value: opaque(`{{ ${shown(args[index])} }}`) });
}

function shown(expression: Expression | undefined): string {
  if (expression?.kind === 'path')
    return [expression.root === '.' ? '' : expression.root, ...expression.steps].join('.');
  return expression?.kind === 'call' ? `${expression.name} …` : '…';
}

function included(name: Seen | undefined, dot: Seen | undefined, scope: Scope): Seen | undefined {
  const body = scope.chart.named.get(String(name?.value));
  if (!body || scope.depth >= DEEPEST) return undefined;
  const draft = newDraft(true);
  writeNodes(draft, body, topScope(scope.chart, dot, scope.depth + 1));
  return draft.spoiled ? undefined : { value: draft.parts.join('').trim() };
}

function newDraft(flat: boolean): Draft {
  return { parts: [], length: 0, lines: [1], references: [], flat, spoiled: false, trims: false };
}

function writeNodes(draft: Draft, nodes: readonly Node[], scope: Scope): void {
  for (const node of nodes) {
    if (draft.length > LONGEST || scope.chart.budget.left-- <= 0) {
      draft.spoiled = true;
      return;
    }
    if (node.kind === 'text') write(draft, node.text, node.line);
    else if (node.kind === 'action') writeAction(draft, node.action, scope);
    else writeBlock(draft, node, scope);
  }
}

function writeAction(draft: Draft, action: Action, scope: Scope): void {
  trim(draft, action);
  if (action.kind === 'comment') return;
  const assigned = /^(\$\w*)\s*(:?=)\s*([\s\S]+)$/.exec(action.inner);
  if (assigned) {
    scope.variables.set(assigned[1] ?? '', evaluate(parseExpression(assigned[3] ?? ''), scope));
    return;
  }
  const seen = evaluate(parseExpression(action.inner), scope);
  if (!seen && !draft.flat && writeIncluded(draft, action, scope)) return;
  if (!seen || seen.value === undefined) writeUnseen(draft, action);
  else if (draft.flat) writeFlat(draft, action, seen);
  else if (!/^["`]/.test(action.inner)) writeReference(draft, action, seen);
  else write(draft, action.source, action.line + 1);
}

/** A named template that cannot be decided as a whole is written out where it stands, so that its parts can be. */
function writeIncluded(draft: Draft, action: Action, scope: Scope): boolean {
  const expression = parseExpression(action.inner);
  const indent = expression?.kind === 'call' && /^n?indent$/.test(expression.name) ? expression : undefined;
  const [width, call] = indent?.args ?? [];
  if (!indent || width?.kind !== 'literal' || call?.kind !== 'call' || !/^(include|template)$/.test(call.name))
    return false;
  const [name, dot] = call.args.map((it) => evaluate(it, scope));
  const body = scope.chart.named.get(String(name?.value));
  if (!body || scope.depth >= DEEPEST) return false;
  const inner: Draft = { ...newDraft(false), references: draft.references };
  writeNodes(inner, body, topScope(scope.chart, dot, scope.depth + 1));
  if (inner.spoiled) return false;
  const lead = ' '.repeat(Math.min(Number(width.value), 100));
  const text = inner.parts.join('').replace(/^(?=[^\r\n])/gm, lead);
  draft.parts.push(indent.name === 'nindent' ? `\n${text}` : text);
  draft.length += text.length;
  // All of it stands on the line that asks for it.
  for (let count = lineBreaks(draft.parts.at(-1) ?? ''); count > 0; count--) draft.lines.push(action.line + 1);
  return true;
}

/** Nothing else may pass for a reference. */
function writeUnseen(draft: Draft, action: Action): void {
  const source = action.inner.startsWith('@') ? '{{ ? }}' : action.source;
  write(draft, draft.flat ? opaque(source) : source, action.line + 1);
}

function writeFlat(draft: Draft, action: Action, { value }: Seen): void {
  if (typeof value === 'object' && value !== null) write(draft, indented(action, value), action.line + 1);
  else if (/\bs?quote$|^s?quote\b|%q/.test(action.inner))
    write(draft, JSON.stringify(String(value ?? '')), action.line + 1);
  else write(draft, value === null ? '' : String(value), action.line + 1);
}

/** JSON is YAML that needs no indentation. */
function indented(action: Action, value: object): string {
  return /\bnindent\b/.test(action.inner) ? `\n${JSON.stringify(value)}` : JSON.stringify(value);
}

function writeReference(draft: Draft, action: Action, seen: Seen): void {
  const hint = (/\bn?indent\s+\(?\d{1,3}/.exec(action.inner) ?? /\btoYaml\b/.exec(action.inner))?.[0];
  const block = hint !== undefined || action.aloneOnLine;
  draft.references.push({ source: action.source, seen, block });
  const breaks = '\n'.repeat(lineBreaks(action.source));
  write(draft, `{{ @${draft.references.length - 1} ${hint ?? ''}${breaks}}}`, action.line + 1);
}

function writeBlock(draft: Draft, block: Extract<Node, { kind: 'block' }>, scope: Scope): void {
  if (block.keyword === 'define') return;
  /** Some branch before this one may hold, so that the rest is a template still. */
  let undecided = false;
  for (const branch of block.branches) {
    trim(draft, branch.head);
    const decided = decide(block.keyword, branch, scope);
    if (decided.truth === false) continue;
    if (decided.truth === undefined || undecided) writeOpen(draft, branch.head, undecided);
    undecided ||= decided.truth === undefined;
    for (const inner of decided.scopes) {
      draft.trims = branch.head.source.endsWith('-}}');
      writeNodes(draft, branch.body, inner);
    }
    if (decided.truth === true) break;
  }
  if (undecided && block.end) write(draft, block.end.source, block.end.line + 1);
  if (block.end) trim(draft, block.end);
}

function writeOpen(draft: Draft, head: Action, chained: boolean): void {
  if (draft.flat) draft.spoiled = true;
  const inner = chained ? head.inner : head.inner.replace(/^else\s+/, '');
  write(draft, `{{- ${inner} }}`, head.line + 1);
}

interface Decided {
  readonly truth: boolean | undefined;
  /** What the branch's body sees, once for each time it is printed. */
  readonly scopes: readonly Scope[];
}

function decide(keyword: string, { head }: Branch, scope: Scope): Decided {
  const said = /^(?:else\s+)?(if|with|range|block)\b\s*([\s\S]*)$/.exec(head.inner);
  if (!said)
    return head.kind === 'else' ? { truth: true, scopes: [scope] } : { truth: undefined, scopes: [unseenDot(scope)] };
  const [, word = keyword, rest = ''] = said;
  const assigned = /^((?:\$\w+\s*,\s*)?\$\w+)\s*:?=\s*([\s\S]*)$/.exec(rest);
  const names = (assigned?.[1] ?? '').split(',').map((name) => name.trim());
  const seen = evaluate(parseExpression(assigned?.[2] ?? rest), scope);
  const truth = truthOf(seen);
  if (word === 'range') {
    const scopes = truth ? rangeScopes(seen, names, scope) : undefined;
    return scopes
      ? { truth, scopes }
      : { truth: truth === false ? false : undefined, scopes: [unseenDot(scope, names)] };
  }
  const inner = word === 'with' ? { ...scope, dot: seen } : scope;
  if (assigned) scope.variables.set(names[0] ?? '', seen);
  return { truth, scopes: [inner] };
}

/** Most rounds of one `range`; what goes round more often is not followed. */
const MOST_ROUNDS = 1_000;

function rangeScopes(seen: Seen | undefined, names: readonly string[], scope: Scope): readonly Scope[] | undefined {
  const value = seen?.value;
  if (typeof value !== 'object' || value === null) return undefined;
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value).sort();
  if (keys.length > MOST_ROUNDS) return undefined;
  return keys.map((key) => {
    const dot = fieldOf(seen, [String(key)], scope.chart.values);
    const variables = new Map(scope.variables);
    if (names.length === 2) variables.set(names[0] ?? '', { value: key });
    if (names.at(-1)) variables.set(names.at(-1) ?? '', dot);
    return { ...scope, dot, variables };
  });
}

function unseenDot(scope: Scope, names: readonly string[] = []): Scope {
  const variables = new Map(scope.variables);
  for (const name of names) variables.set(name, undefined);
  return { ...scope, dot: undefined, variables };
}

/** What stands before an action that trims, in text where blanks matter. */
function trim(draft: Draft, action: Action): void {
  if (!draft.flat) return;
  if (action.source.startsWith('{{-')) {
    while (draft.parts.length > 0 && draft.parts.at(-1)?.trim() === '') draft.parts.pop();
    const last = draft.parts.pop();
    if (last !== undefined) draft.parts.push(last.trimEnd());
  }
  draft.trims = action.source.endsWith('-}}');
}

function write(draft: Draft, text: string, line: number): void {
  const shown = draft.flat && draft.trims ? text.trimStart() : text;
  if (shown === '') return;
  draft.trims = false;
  draft.parts.push(shown);
  draft.length += shown.length;
  const breaks = lineBreaks(shown);
  for (let count = 1; count <= breaks; count++) draft.lines.push(line + count);
}
