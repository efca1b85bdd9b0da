/**
 * Makes text templates (Helm above all) readable as YAML without rendering them. Lines stay lines, and columns stay columns
 * but for text that follows a condition on its own line, which moves left to where it belongs. Evaluates nothing.
 */
import { type Action, scanActions } from './template-actions.ts';
import { type Branch, type Injection, type InlineAction, type Neutralised, standIn } from './template-marks.ts';

/** Neutralises every action; text without any comes back as it was, and of text with too many nothing does. */
export function neutralise(text: string): Neutralised | undefined {
  const actions = scanActions(text);
  if (!actions) return undefined;
  const draft: Draft = {
    parts: [],
    length: 0,
    inline: [],
    injections: [],
    branches: [],
    hidden: 0,
    joins: false,
    longUntil: -1,
  };
  const open: OpenBlock[] = [];
  const oneLine = blocksOnOneLine(actions);
  let at = 0;
  for (const action of actions) {
    writeText(draft, text.slice(at, action.from));
    const role = roleOf(action, oneLine, open);
    trackBlocks(draft, action, { role, isOneLine: oneLine.has(action) }, open);
    writeAction(draft, action, role);
    at = action.to;
  }
  writeText(draft, text.slice(at));
  for (const block of open) closeBranch(draft, block);
  return { text: draft.parts.join(''), inline: draft.inline, injections: draft.injections, branches: draft.branches };
}

interface Draft {
  readonly parts: string[];
  length: number;
  readonly inline: InlineAction[];
  readonly injections: Injection[];
  readonly branches: Branch[];
  /** How many blocks are open whose second branch is not to be read, because the first stands on the same line. */
  hidden: number;
  /** The next text moves left, to where the line began. */
  joins: boolean;
  /** Line on which the last action that spans lines ended. */
  longUntil: number;
}

interface OpenBlock {
  readonly keyword: string;
  readonly condition: string;
  /** Line it was opened on, and whether it became part of a scalar there. */
  readonly line: number;
  readonly role: Role;
  /** A line of its own that holds a key per branch: `{{ if x }}a: 1{{ else }}b: 2{{ end }}`. */
  readonly holdsKeys: boolean;
  hidden: boolean;
  from: number;
  branch: string;
}

/** `blank`: leaves spaces. `inject`: leaves spaces and prints unseen YAML. `token`: is part of some text. */
type Role = 'blank' | 'inject' | 'token';

function roleOf(action: Action, oneLine: ReadonlySet<Action>, open: readonly OpenBlock[]): Role {
  if (action.kind === 'comment') return 'blank';
  if (action.aloneOnLine) return action.kind === 'output' ? 'inject' : 'blank';
  if (action.kind === 'output')
    return action.endsLine && action.startsValue && PRINTS_BLOCK.test(action.inner) ? 'inject' : 'token';
  if (action.kind === 'assign') return 'blank';
  if (action.kind === 'open') return oneLine.has(action) && !action.startsLine ? 'token' : 'blank';
  const opener = open.at(-1);
  return opener?.role === 'token' && opener.line === action.line ? 'token' : 'blank';
}

/** Functions whose result is usually a whole block rather than a word. */
const PRINTS_BLOCK = /\b(nindent|indent|toYaml)\b/;

/** Blocks that end on the line they begin on. */
function blocksOnOneLine(actions: readonly Action[]): ReadonlySet<Action> {
  const open: Action[] = [];
  const found = new Set<Action>();
  for (const action of actions) {
    if (action.kind === 'open') open.push(action);
    if (action.kind !== 'end') continue;
    const opener = open.pop();
    if (opener?.line === action.line) found.add(opener);
  }
  return found;
}

function trackBlocks(
  draft: Draft,
  action: Action,
  { role, isOneLine }: { readonly role: Role; readonly isOneLine: boolean },
  open: OpenBlock[],
): void {
  const top = open.at(-1);
  if (action.kind === 'open') {
    const keyword = action.inner.split(/\s/, 1)[0] ?? '';
    const holdsKeys = isOneLine && action.startsLine && !action.aloneOnLine;
    const block = { keyword, condition: action.inner, line: action.line, role, holdsKeys, hidden: false };
    open.push({ ...block, from: draft.length, branch: action.inner });
  } else if (action.kind === 'else' && top) {
    closeBranch(draft, top);
    top.from = draft.length;
    top.branch = `${action.inner} of ${top.condition}`;
    if (top.holdsKeys && !top.hidden) hide(draft, top, 1);
  } else if (action.kind === 'end' && top) {
    closeBranch(draft, top);
    if (top.hidden) hide(draft, top, -1);
    open.pop();
  }
}

function hide(draft: Draft, block: OpenBlock, change: 1 | -1): void {
  block.hidden = change === 1;
  draft.hidden += change;
}

function closeBranch(draft: Draft, block: OpenBlock): void {
  if (block.keyword === 'define' || block.keyword === 'block') return;
  draft.branches.push({ from: block.from, to: draft.length, condition: block.branch });
}

function writeAction(draft: Draft, action: Action, role: Role): void {
  const newlines = action.source.split('\n').length - 1;
  const startsLine = action.startsLine && !action.aloneOnLine && action.line !== draft.longUntil;
  if (newlines > 0) draft.longUntil = action.line + newlines;
  if (role === 'token' && draft.hidden === 0) {
    draft.inline.push({ offset: draft.length, source: action.source, ...literalOf(action) });
    write(draft, standIn(action.source));
    return;
  }
  if (role === 'inject') {
    const written = Number(/\bn?indent\s+\(?(\d{1,3})/.exec(action.inner)?.[1] ?? action.column);
    draft.injections.push({ offset: draft.length, indent: written, source: action.source });
  }
  draft.joins = newlines === 0 && startsLine;
  write(
    draft,
    action.aloneOnLine || draft.joins ? action.source.replace(/[^\r\n]/g, '') : action.source.replace(/[^\r\n]/g, ' '),
  );
}

/** A constant string, as charts write to print braces that Prometheus shall see; or what only Prometheus can mean. */
function literalOf({ inner, source }: Action): { literal: string } | undefined {
  if (/^\$(labels|value|externalLabels|externalURL)\b/.test(inner)) return { literal: source };
  const raw = /^`([^`]*)`$/.exec(inner)?.[1];
  if (raw !== undefined) return { literal: raw };
  const quoted = /^"((?:[^"\\\n]|\\["\\])*)"$/.exec(inner)?.[1];
  return quoted === undefined ? undefined : { literal: quoted.replace(/\\(["\\])/g, '$1') };
}

function writeText(draft: Draft, text: string): void {
  const shown = draft.hidden > 0 ? text.replace(/[^\r\n]/g, ' ') : text;
  write(draft, draft.joins ? shown.replace(/^[ \t]+/, '') : shown);
  draft.joins = false;
}

function write(draft: Draft, text: string): void {
  if (text === '') return;
  draft.parts.push(text);
  draft.length += text.length;
}
