/** Makes text templates (Helm above all) readable as YAML without rendering them: lines stay lines, columns stay columns. Evaluates nothing. */
import { type Action, scanActions } from './template-actions.ts';

/** First character of the stand-in for an action; never occurs in what `neutralise` was given. */
const OPEN = '\uE000';
/** Filler of a stand-in, and the mark that ends an action in a finished value. */
const CLOSE = '\uE001';
const STAND_IN = /\uE000\uE001*/g;

/** An action that became part of some text, with where its stand-in begins in the neutralised text. */
export interface InlineAction {
  readonly offset: number;
  readonly source: string;
  /** What the action prints, where that is a constant: `{{ "{{" }}` prints braces. */
  readonly literal?: string;
}

/** An action on lines of its own that prints YAML nobody here can see. */
interface Injection {
  readonly offset: number;
  /** Spaces before what it prints: of its `nindent`, or as it is written. */
  readonly indent: number;
  readonly source: string;
}

/** The stretch of text an `if`, `with` or `range` decides about. */
export interface Branch {
  readonly from: number;
  readonly to: number;
  /** E.g. `if .Values.alerts.enabled` or `else of if .Values.alerts.enabled`. */
  readonly condition: string;
}

/** YAML in which actions are opaque, and where they were. */
export interface Neutralised {
  readonly text: string;
  readonly inline: readonly InlineAction[];
  readonly injections: readonly Injection[];
  readonly branches: readonly Branch[];
}

/** Whether a value contains a template action of any kind, so that its text is not what will be deployed. */
export function isOpaque(value: unknown): boolean {
  return typeof value === 'string' && (value.includes(OPEN) || value.includes('{{'));
}

/** Whether an action was set aside in a value; braces that a rule or a program fills in later do not count. */
export function hasMarks(value: unknown): boolean {
  return typeof value === 'string' && value.includes(OPEN);
}

/** A finished value as text to read once more, e.g. YAML within YAML: its actions are opaque, all else is as it stands. */
export function fromMarked(value: string): Neutralised {
  const inline: InlineAction[] = [];
  let removed = 0;
  const text = value.replace(/\uE000([^\uE001]*)\uE001/g, (marked, action: string, at: number) => {
    const standing = action === '' ? '' : standIn(action);
    if (action !== '') inline.push({ offset: at - removed, source: action });
    removed += marked.length - standing.length;
    return standing;
  });
  return { text, inline, injections: [], branches: [] };
}

/** Text of a value as the author wrote it: the marks around its actions removed. */
export function withoutMarks(value: string): string {
  return value.replaceAll(OPEN, '').replaceAll(CLOSE, '');
}

/** The actions in a value, braces included. */
export function actionsIn(value: string): readonly string[] {
  return [...value.matchAll(/\uE000([^\uE001]*)\uE001/g)].map(([, action]) => action ?? '');
}

/** A value that stands for text which a template will print. */
export function opaque(source: string): string {
  return `${OPEN}${source}${CLOSE}`;
}

/** Puts the actions of a scalar back for their stand-ins; `actions` are those within the scalar, in order. */
export function restore(value: string, actions: readonly InlineAction[]): string {
  if (!value.includes(OPEN)) return value;
  let next = 0;
  return value.replace(STAND_IN, () => {
    const action = actions[next++];
    return action?.literal ?? opaque(action?.source ?? '');
  });
}

/** Text without the two characters that mark actions, so that no file can forge or hide one. */
export function withoutForgedMarks(text: string): string {
  return text.includes(OPEN) || text.includes(CLOSE) ? text.replace(/[\uE000\uE001]/g, '\uFFFD') : text;
}

/** Neutralises every action; text without any comes back as it was. */
export function neutralise(text: string): Neutralised {
  const draft: Draft = { parts: [], length: 0, inline: [], injections: [], branches: [] };
  const open: OpenBlock[] = [];
  const actions = scanActions(text);
  const oneLine = blocksOnOneLine(actions);
  let at = 0;
  for (const action of actions) {
    write(draft, text.slice(at, action.from));
    const role = roleOf(action, oneLine, open);
    trackBlocks(draft, action, role, open);
    writeAction(draft, action, role);
    at = action.to;
  }
  write(draft, text.slice(at));
  for (const block of open) closeBranch(draft, block);
  return { text: draft.parts.join(''), inline: draft.inline, injections: draft.injections, branches: draft.branches };
}

interface Draft {
  readonly parts: string[];
  length: number;
  readonly inline: InlineAction[];
  readonly injections: Injection[];
  readonly branches: Branch[];
}

interface OpenBlock {
  readonly keyword: string;
  readonly condition: string;
  /** Line it was opened on, and whether it became part of a scalar there. */
  readonly line: number;
  readonly role: Role;
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

function trackBlocks(draft: Draft, action: Action, role: Role, open: OpenBlock[]): void {
  const top = open.at(-1);
  if (action.kind === 'open') {
    const keyword = action.inner.split(/\s/, 1)[0] ?? '';
    open.push({ keyword, condition: action.inner, line: action.line, role, from: draft.length, branch: action.inner });
  } else if (action.kind === 'else' && top) {
    closeBranch(draft, top);
    top.from = draft.length;
    top.branch = `${action.inner} of ${top.condition}`;
  } else if (action.kind === 'end' && top) {
    closeBranch(draft, top);
    open.pop();
  }
}

function closeBranch(draft: Draft, block: OpenBlock): void {
  if (block.keyword === 'define' || block.keyword === 'block') return;
  draft.branches.push({ from: block.from, to: draft.length, condition: block.branch });
}

function writeAction(draft: Draft, action: Action, role: Role): void {
  if (role === 'token') {
    draft.inline.push({ offset: draft.length, source: action.source, ...literalOf(action) });
    write(draft, standIn(action.source));
    return;
  }
  if (role === 'inject') {
    const written = Number(/\bn?indent\s+\(?(\d{1,3})/.exec(action.inner)?.[1] ?? action.column);
    draft.injections.push({ offset: draft.length, indent: written, source: action.source });
  }
  write(draft, action.aloneOnLine ? action.source.replace(/[^\r\n]/g, '') : action.source.replace(/[^\r\n]/g, ' '));
}

/** As long as the action, so that what follows keeps its column; later lines of the action become blank. */
function standIn(source: string): string {
  const end = source.search(/\r?\n/);
  const first = end < 0 ? source : source.slice(0, end);
  return OPEN + CLOSE.repeat(first.length - 1) + source.slice(first.length).replace(/[^\r\n]/g, ' ');
}

/** A constant string, as charts write to print braces that Prometheus shall see; or what only Prometheus can mean. */
function literalOf({ inner, source }: Action): { literal: string } | undefined {
  if (/^\$(labels|value|externalLabels|externalURL)\b/.test(inner)) return { literal: source };
  const raw = /^`([^`]*)`$/.exec(inner)?.[1];
  if (raw !== undefined) return { literal: raw };
  const quoted = /^"((?:[^"\\\n]|\\["\\])*)"$/.exec(inner)?.[1];
  return quoted === undefined ? undefined : { literal: quoted.replace(/\\(["\\])/g, '$1') };
}

function write(draft: Draft, text: string): void {
  if (text === '') return;
  draft.parts.push(text);
  draft.length += text.length;
}
