/** A chart's template as a tree of texts, actions and blocks, and its expressions as trees of calls. Evaluates nothing. */
import { type Action, scanActions } from '../yaml/template-actions.ts';

/** A piece of a template. */
export type Node =
  | { readonly kind: 'text'; readonly text: string; readonly line: number }
  | { readonly kind: 'action'; readonly action: Action }
  | { readonly kind: 'block'; readonly keyword: string; readonly branches: readonly Branch[]; readonly end?: Action };

/** One branch of a block: its opening action, or an `else`. */
export interface Branch {
  readonly head: Action;
  readonly body: readonly Node[];
}

/** An expression. `path` starts at the dot, `$` or a variable; `call` is a function with its arguments, the piped one last. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'path'; readonly root: string; readonly steps: readonly string[] }
  | { readonly kind: 'field'; readonly of: Expression; readonly steps: readonly string[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

/** Deepest nesting of blocks and of parentheses that is read. */
const DEEPEST = 60;

interface Open {
  readonly keyword: string;
  readonly branches: { readonly head: Action; readonly body: Node[] }[];
}

/** The tree of a template; undefined where it has more actions than anybody writes. Blocks that nest too deeply, or an `end` too many, are left out. */
export function templateTree(text: string): readonly Node[] | undefined {
  const actions = scanActions(text);
  if (!actions) return undefined;
  const root: Node[] = [];
  const open: Open[] = [];
  const here = (): Node[] => open.at(-1)?.branches.at(-1)?.body ?? root;
  const textUpTo = textWalk(text);
  let skipped = 0;
  for (const action of actions) {
    here().push(...textUpTo(action.from, action.to));
    if (action.kind === 'open' && open.length >= DEEPEST) skipped++;
    else if (action.kind === 'end' && skipped > 0) skipped--;
    else if (skipped > 0) continue;
    else if (action.kind === 'open') open.push({ keyword: keywordOf(action), branches: [{ head: action, body: [] }] });
    else if (action.kind === 'else' && open.length > 0) open.at(-1)?.branches.push({ head: action, body: [] });
    else if (action.kind === 'end') close(open, here, action);
    else here().push({ kind: 'action', action });
  }
  here().push(...textUpTo(text.length, text.length));
  while (open.length > 0) close(open, here, undefined);
  return root;
}

function close(open: Open[], here: () => Node[], end: Action | undefined): void {
  const block = open.pop();
  if (block) here().push({ kind: 'block', ...block, ...(end && { end }) });
}

function keywordOf(action: Action): string {
  return /^\w+/.exec(action.inner)?.[0] ?? '';
}

function textWalk(text: string): (from: number, next: number) => readonly Node[] {
  let at = 0;
  let line = 1;
  return (from, next) => {
    const piece = text.slice(at, from);
    const node: Node = { kind: 'text', text: piece, line };
    line += lineBreaks(text.slice(at, next));
    at = next;
    return piece === '' ? [] : [node];
  };
}

/** How many line ends a text has. */
export function lineBreaks(text: string): number {
  return text.split('\n').length - 1;
}

interface Tokens {
  readonly all: readonly string[];
  next: number;
}

/** What blocks and actions say after their keyword or assignment; undefined where it is none that is understood. */
export function parseExpression(source: string): Expression | undefined {
  const tokens = tokensOf(source);
  if (!tokens) return undefined;
  const parsed = pipeline(tokens, 0);
  return tokens.next === tokens.all.length ? parsed : undefined;
}

const TOKEN =
  /(\s+)|"(?:[^"\\]|\\.)*"|`[^`]*`|-?\d+(?:\.\d+)?(?![\w.])|[()|]|(?:\$\w*|\w+)?(?:\.\w+)+|\$\w*|[A-Za-z_]\w*|\./y;

/** Words and signs; a field that is asked of a parenthesis begins with that parenthesis: `).name`. */
function tokensOf(source: string): Tokens | undefined {
  const all: string[] = [];
  const token = new RegExp(TOKEN);
  while (token.lastIndex < source.length) {
    const touches = source[token.lastIndex - 1] === ')';
    const found = token.exec(source);
    if (!found) return undefined;
    if (found[1] !== undefined) continue;
    all.push(touches && /^\.\w/.test(found[0]) ? `)${found[0]}` : found[0]);
  }
  return { all, next: 0 };
}

function pipeline(tokens: Tokens, depth: number): Expression | undefined {
  let left = command(tokens, depth, undefined);
  while (left && tokens.all[tokens.next] === '|') {
    tokens.next++;
    left = command(tokens, depth, left);
  }
  return left;
}

function command(tokens: Tokens, depth: number, piped: Expression | undefined): Expression | undefined {
  const name = tokens.all[tokens.next];
  if (name === undefined || depth > DEEPEST) return undefined;
  if (!isName(name)) return piped ? undefined : operand(tokens, depth);
  tokens.next++;
  const args: Expression[] = [];
  while (tokens.next < tokens.all.length && tokens.all[tokens.next] !== '|' && tokens.all[tokens.next] !== ')') {
    const argument = operand(tokens, depth);
    if (!argument) return undefined;
    args.push(argument);
  }
  return { kind: 'call', name, args: piped ? [...args, piped] : args };
}

function isName(token: string): boolean {
  return /^[A-Za-z]\w*$/.test(token) && !/^(true|false|nil)$/.test(token);
}

function operand(tokens: Tokens, depth: number): Expression | undefined {
  const token = tokens.all[tokens.next++];
  if (token === undefined) return undefined;
  if (token === '(') return parenthesised(tokens, depth);
  if (/^["`]/.test(token)) return { kind: 'literal', value: unquoted(token) };
  if (/^-?\d/.test(token)) return { kind: 'literal', value: Number(token) };
  if (token === 'true' || token === 'false') return { kind: 'literal', value: token === 'true' };
  if (token === 'nil') return { kind: 'literal', value: null };
  if (/^[.$]/.test(token)) {
    const [root = '', ...steps] = token.split('.');
    return { kind: 'path', root: root === '' ? '.' : root, steps: steps.filter((step) => step !== '') };
  }
  return isName(token) ? { kind: 'call', name: token, args: [] } : undefined;
}

function parenthesised(tokens: Tokens, depth: number): Expression | undefined {
  const inner = pipeline(tokens, depth + 1);
  if (!inner || tokens.all[tokens.next++] !== ')') return undefined;
  const field = tokens.all[tokens.next];
  if (!field?.startsWith(').')) return inner;
  tokens.next++;
  return { kind: 'field', of: inner, steps: field.split('.').slice(1) };
}

function unquoted(token: string): string {
  const inner = token.slice(1, -1);
  if (token.startsWith('`')) return inner;
  return inner.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped === 't' ? '\t' : escaped));
}
