/** Finds the actions `{{ … }}` (also `{% … %}` and `<% … %>`) in a text and says where on their lines they stand. Does not interpret them. */
import { table } from '../../table.ts';

/** What an action is for: it prints, opens a block, divides it, ends it, sets a variable, or says nothing. */
type ActionKind = 'output' | 'open' | 'else' | 'end' | 'assign' | 'comment';

/** One action. Offsets are of the whole text; `line` and `column` start at 0. */
export interface Action {
  readonly from: number;
  readonly to: number;
  readonly source: string;
  /** Without delimiters, trim marks and outer blanks. */
  readonly inner: string;
  readonly kind: ActionKind;
  readonly line: number;
  readonly column: number;
  /** Nothing but blanks and other actions share its lines. */
  readonly aloneOnLine: boolean;
  /** Nothing but blanks and other actions stand before it, or after it, on its line. */
  readonly startsLine: boolean;
  readonly endsLine: boolean;
  /** It is the first thing after `key:` or `-`. */
  readonly startsValue: boolean;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly inner: string;
}

/** Longest action believed to be one; longer ones are text that happens to hold braces. */
const LONGEST = 20_000;
/** Most actions of one text; the largest charts' templates have some hundreds. */
export const MAX_ACTIONS = 20_000;
const CLOSERS: Readonly<Record<string, string>> = table({ '{{': '}}', '{%': '%}', '<%': '%>' });

/** All actions, in order; undefined where there are more than anybody writes. Takes time in proportion to the text, whatever the text. */
export function scanActions(text: string): readonly Action[] | undefined {
  const spans = findSpans(text);
  if (spans.length > MAX_ACTIONS) return undefined;
  const lineAt = lineWalk(text);
  return groupByLine(text, spans).flatMap((group) => describe(text, group, lineAt));
}

/** Whether the text holds something that looks like an action. */
export function hasActions(text: string): boolean {
  return /\{\{|\{%|<%/.test(text);
}

function findSpans(text: string): readonly Span[] {
  const spans: Span[] = [];
  const ends = endFinder(text);
  const opener = /\{\{|\{%|<%/g;
  for (let match = opener.exec(text); match && spans.length <= MAX_ACTIONS; match = opener.exec(text)) {
    const to = ends(match.index, CLOSERS[match[0]] ?? '}}');
    if (to === undefined) continue;
    spans.push({ from: match.index, to, inner: innerOf(text.slice(match.index + 2, to - 2)) });
    opener.lastIndex = to;
  }
  return spans;
}

/** Finds where actions end. Asked with growing offsets; it remembers dead ends so that no stretch is searched twice. */
function endFinder(text: string): (from: number, close: string) => number | undefined {
  const next = nextFinder(text);
  let plainUntil = 0;
  return (from, close) => {
    const plain = next(close, from + 2);
    if (plain < 0 || plain - from > LONGEST) return undefined;
    if (close !== '}}') return plain + 2;
    if (/^\{\{-?\s{0,9}\/\*/.test(text.slice(from, from + 16))) {
      const comment = next('*/', from + 2);
      const closing = comment < 0 ? -1 : text.slice(comment, comment + 12).indexOf(close);
      if (closing >= 0 && comment - from < LONGEST) return comment + closing + 2;
    }
    if (from < plainUntil) return plain + 2;
    const quoted = endOutsideQuotes(text, from + 2);
    if (quoted.end === undefined) plainUntil = quoted.seen;
    return quoted.end ?? plain + 2;
  };
}

/** `indexOf` for offsets that grow: an answer that still lies ahead is given again. */
function nextFinder(text: string): (needle: string, from: number) => number {
  const found = new Map<string, number>();
  return (needle, from) => {
    const known = found.get(needle);
    if (known !== undefined && (known < 0 || known >= from)) return known;
    const index = text.indexOf(needle, from);
    found.set(needle, index);
    return index;
  };
}

/** End of an action whose strings may hold braces; without one, how far the search went. */
function endOutsideQuotes(text: string, from: number): { readonly end?: number; readonly seen: number } {
  const limit = Math.min(text.length, from + LONGEST);
  const part = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"|`[^`]*`|'(?:[^'\\\n]|\\.)'|\}\}/y;
  for (let at = from; at < limit; at++) {
    const character = text[at];
    if (character !== '"' && character !== '`' && character !== "'" && character !== '}') continue;
    part.lastIndex = at;
    const found = part.exec(text)?.[0];
    if (found === '}}') return { end: at + 2, seen: at };
    if (found) at += found.length - 1;
    else if (character === '`') return { seen: text.length };
    else if (character === '"') return { seen: lineEnd(text, at) };
  }
  return { seen: limit };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function innerOf(source: string): string {
  return source.replace(/^[-=]|-$/g, '').trim();
}

/** Spans that touch a line together; a span over several lines joins them. */
function groupByLine(text: string, spans: readonly Span[]): readonly (readonly Span[])[] {
  const groups: Span[][] = [];
  let end = -1;
  for (const span of spans) {
    const group = groups.at(-1);
    if (group && !text.slice(end, span.from).includes('\n')) group.push(span);
    else groups.push([span]);
    end = span.to;
  }
  return groups;
}

function describe(text: string, group: readonly Span[], lineAt: LineAt): readonly Action[] {
  const rest = besides(text, group);
  const firstText = rest.findIndex((part) => part.trim() !== '');
  const lastText = rest.findLastIndex((part) => part.trim() !== '');
  return group.map((span, index) => {
    const { line, start } = lineAt(span.from);
    const source = text.slice(span.from, span.to);
    const { from, to, inner } = span;
    // Written out, for spread objects are slow ones, and a text may have 100,000 actions.
    return {
      from,
      to,
      inner,
      source,
      kind: kindOf(inner, source),
      line,
      column: from - start,
      aloneOnLine: firstText < 0,
      startsLine: firstText < 0 || firstText > index,
      endsLine: lastText <= index,
      startsValue: /:$|(^|\s)-$/.test((rest[index] ?? '').trimEnd()),
    };
  });
}

/** What stands before, between and after the actions of a group; one piece more than there are actions. */
function besides(text: string, group: readonly Span[]): readonly string[] {
  const first = group[0]?.from ?? 0;
  const pieces = [text.slice(first === 0 ? 0 : text.lastIndexOf('\n', first - 1) + 1, first)];
  for (const [index, span] of group.entries()) {
    pieces.push(text.slice(span.to, group[index + 1]?.from ?? lineEnd(text, span.to)));
  }
  return pieces;
}

function kindOf(inner: string, source: string): ActionKind {
  if (inner.startsWith('/*') || source.startsWith('<%#')) return 'comment';
  if (source.startsWith('<%')) return source.startsWith('<%=') ? 'output' : 'assign';
  if (/^(if|with|range|for|define|block|unless)\b/.test(inner)) return 'open';
  if (/^(else|elif)\b/.test(inner)) return 'else';
  if (/^end/.test(inner)) return 'end';
  if (source.startsWith('{%') || /^(\$\w*\s*(,\s*\$\w+\s*)?:?=[^=]|(break|continue)\b)/.test(inner)) return 'assign';
  return 'output';
}

type LineAt = (offset: number) => { readonly line: number; readonly start: number };

/** Line numbers for growing offsets, each line looked at once. */
function lineWalk(text: string): LineAt {
  let line = 0;
  let start = 0;
  let next = text.indexOf('\n');
  return (offset) => {
    while (next >= 0 && next < offset) {
      line++;
      start = next + 1;
      next = text.indexOf('\n', start);
    }
    return { line, start };
  };
}
