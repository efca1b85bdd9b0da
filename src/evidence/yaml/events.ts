/**
 * Reads YAML quickly, and only YAML without oddities: events of js-yaml to our tree. Whatever it declines, the `yaml` package
 * judges; what it reads, it reads as that package does, which a test holds it to.
 */
import {
  CHOMPING_MODE,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
  YAMLException,
} from 'js-yaml';
import { plainScalar } from './scalar.ts';
import { MAX_DEPTH, type YamlNode, type YamlPair, type YamlScalar, type YamlTree } from './tree.ts';

/** Line ends, marks and begins of lines of which the two packages think differently, or that say how to read the rest. */
const ODD = /\r(?!\n)|\uFEFF|(?:^|\n)(?: *%|\.\.\.|[-?: ]*\t)/;

/** Most characters that can divide one value from the next: four events at most come of each, a tenth of a second of each 100,000. */
const MAX_DIVIDERS = 400_000;

/** The documents of a text, or undefined where it is for the other reader to judge. */
export function quickTrees(text: string): readonly YamlTree[] | undefined {
  if (ODD.test(text) || isCrowded(text)) return undefined;
  try {
    return treesOf(text, parseEvents(text, { maxDepth: MAX_DEPTH }));
  } catch (error) {
    if (error instanceof YAMLException || error instanceof DeclinedError) return undefined;
    throw error;
  }
}

/** js-yaml tells of all events at once, so they are bounded before. */
function isCrowded(text: string): boolean {
  if (text.length <= MAX_DIVIDERS) return false;
  let dividers = 0;
  for (let at = 0; at < text.length && dividers <= MAX_DIVIDERS; at++) if (isDivider(text, at)) dividers++;
  return dividers > MAX_DIVIDERS;
}

/** A line's end, a comma, a colon, an opening bracket or brace, or a dash or question mark before a blank. */
function isDivider(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === 10 || code === 44 || code === 58 || code === 91 || code === 123) return true;
  return (code === 45 || code === 63) && text.charCodeAt(at + 1) === 32;
}

interface Work {
  readonly text: string;
  readonly events: readonly Event[];
  at: number;
}

/** js-yaml reads it, and we do not. */
class DeclinedError extends Error {}

function decline(): never {
  throw new DeclinedError();
}

function treesOf(text: string, events: readonly Event[]): readonly YamlTree[] {
  const work: Work = { text, events, at: 0 };
  const roots: YamlNode[] = [];
  const starts = documentStarts(text);
  const [first] = events;
  const implicit = first?.type === EVENT_ID.DOCUMENT && !first.explicitStart ? 1 : 0;
  while (work.at < events.length) {
    if (next(work).type !== EVENT_ID.DOCUMENT) decline();
    const start = starts[roots.length - implicit];
    const root = nodeOf(work, start === undefined ? undefined : afterBlanks(text, start + 3));
    // Of text that is nothing but one block, the two packages see different ends.
    if (root.kind === 'scalar' && (root.style === 'literal' || root.style === 'folded')) decline();
    roots.push(root);
    if (next(work).type !== EVENT_ID.POP) decline();
  }
  if (starts.length !== roots.length - implicit) decline();
  return roots.map((root, index) => ({ root, end: starts[index + 1 - implicit] ?? text.length }));
}

/** Offsets of `---` at the begin of a line, which nothing but a document can begin with. */
function documentStarts(text: string): readonly number[] {
  const starts: number[] = [];
  for (let at = text.startsWith('---') ? 0 : text.indexOf('\n---'); at >= 0; at = text.indexOf('\n---', at + 3)) {
    const start = text[at] === '\n' ? at + 1 : at;
    if (/^[ \t\r\n]?$/.test(text.slice(start + 3, start + 4))) starts.push(start);
  }
  return starts;
}

function next(work: Work): Event {
  return work.events[work.at++] ?? decline();
}

/** `gap`: where an empty value would stand, if that is known. */
function nodeOf(work: Work, gap?: number): YamlNode {
  const event = next(work);
  if (event.type === EVENT_ID.SCALAR) return scalarOf(event, work.text, gap);
  if (event.type === EVENT_ID.MAPPING) return mapOf(event, work);
  if (event.type === EVENT_ID.SEQUENCE) return listOf(event, work);
  if (event.type !== EVENT_ID.ALIAS) return decline();
  return { kind: 'alias', from: event.anchorStart - 1, name: work.text.slice(event.anchorStart, event.anchorEnd) };
}

function mapOf(event: MappingEvent, work: Work): YamlNode {
  const pairs: YamlPair[] = [];
  while (work.events[work.at]?.type !== EVENT_ID.POP) {
    const key = keyOf(work);
    pairs.push({ key, value: nodeOf(work, isEmpty(work.events[work.at]) ? afterColon(work.text, key.to) : undefined) });
  }
  work.at++;
  const inBraces = work.text[event.start] === '{';
  // A map that begins with `?`, whose begin the two packages see in different places.
  if (!inBraces && pairs[0]?.key.from !== event.start) decline();
  return { kind: 'map', from: event.start, pairs, ...propertiesOf(event, work.text) };
}

function isEmpty(event: Event | undefined): boolean {
  return event?.type === EVENT_ID.SCALAR && event.valueStart < 0;
}

function keyOf(work: Work): YamlScalar {
  const event = next(work);
  if (event.type !== EVENT_ID.SCALAR || event.anchorStart >= 0) return decline();
  const key = scalarOf(event, work.text, undefined);
  return { ...key, value: key.text };
}

function listOf(event: SequenceEvent, work: Work): YamlNode {
  const items: YamlNode[] = [];
  while (work.events[work.at]?.type !== EVENT_ID.POP) items.push(nodeOf(work));
  work.at++;
  return { kind: 'list', from: event.start, items, ...propertiesOf(event, work.text) };
}

function propertiesOf(event: MappingEvent | SequenceEvent | ScalarEvent, text: string): { readonly anchor?: string } {
  if (event.tagStart >= 0) decline();
  return event.anchorStart < 0 ? {} : { anchor: text.slice(event.anchorStart, event.anchorEnd) };
}

function scalarOf(event: ScalarEvent, text: string, gap: number | undefined): YamlScalar {
  const properties = propertiesOf(event, text);
  const { valueStart, valueEnd, style } = event;
  if (valueStart < 0) {
    if (gap === undefined || properties.anchor !== undefined) return decline();
    return { kind: 'scalar', from: gap, to: gap, value: null, text: '', style: 'plain' };
  }
  const value = getScalarValue(text, event);
  if (style === SCALAR_STYLE.PLAIN) {
    return {
      kind: 'scalar',
      from: valueStart,
      to: valueEnd,
      value: plainScalar(value),
      text: value,
      style: 'plain',
      ...properties,
    };
  }
  const isQuoted = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
  if (isQuoted) {
    return {
      kind: 'scalar',
      from: valueStart - 1,
      to: valueEnd + 1,
      value,
      text: value,
      style: 'quoted',
      ...properties,
    };
  }
  return {
    kind: 'scalar',
    from: blockStart(text, event),
    to: valueEnd,
    value,
    text: value,
    style: style === SCALAR_STYLE.LITERAL_BLOCK ? 'literal' : 'folded',
    ...properties,
  };
}

/** Offset of the `|` or `>` above a block's text. A comment behind it could hold another, and a digit means different things to the two packages. */
function blockStart(text: string, { valueStart, valueEnd, chomping }: ScalarEvent): number {
  // Blanks where a text ends without a line feed: a last line that is kept, or none.
  if (chomping === CHOMPING_MODE.KEEP && valueEnd === text.length && !text.endsWith('\n')) return decline();
  const end = text[valueStart - 1] === '\n' ? valueStart - 1 : valueStart;
  const header = text.slice(text.lastIndexOf('\n', end - 1) + 1, end);
  const found = /[ \t]#/.test(header) ? null : /[|>][-+]?[ \t\r]*$/.exec(header);
  return found ? end - header.length + found.index : decline();
}

/** Where an empty value stands: behind the colon of a key that ends at an offset, and behind the blanks after it. */
function afterColon(text: string, keyEnd: number): number | undefined {
  const colon = afterBlanks(text, keyEnd);
  return text[colon] === ':' ? afterBlanks(text, colon + 1) : undefined;
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}
