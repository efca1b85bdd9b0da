/** Template actions within text and values: the stand-ins while it is parsed, the marks in the values afterwards. Knows no template language. */

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
export interface Injection {
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

/** A value with something put for each of its actions; what is put back through `opaque` stays one. */
export function replaceActions(value: string, put: (action: string) => string): string {
  return value.replace(/\uE000([^\uE001]*)\uE001/g, (_, action: string) => put(action));
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

/** As long as the action, so that what follows keeps its column; later lines of the action become blank. */
export function standIn(source: string): string {
  const end = source.search(/\r?\n/);
  const first = end < 0 ? source : source.slice(0, end);
  return OPEN + CLOSE.repeat(first.length - 1) + source.slice(first.length).replace(/[^\r\n]/g, ' ');
}
