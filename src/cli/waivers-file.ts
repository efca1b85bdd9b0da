/** A waivers file as text: read, checked, and given one more entry without touching a byte of the others. Writes nothing. */
import { readFileSync, type Stats, statSync } from 'node:fs';
import { isMap, isScalar, isSeq, parseDocument, stringify, type YAMLSeq } from 'yaml';
import { validate } from '../generated/validate-waivers.js';
import type { GonogoWaivers } from '../generated/waivers.ts';
import { InputError } from '../input-error.ts';
import { describeError, parseStrict } from '../manifest/parse.ts';

const HEADER = `# Agreed, dated exceptions. Each needs an owner, a reason and an end; \`gonogo check\` reports those that expired or cover nothing.
apiVersion: gonogo/v1
kind: Waivers
waivers:
`;

/** Larger than any list that people agreed on. */
const CAP = 1024 * 1024;

/** An exception as the file's schema has it. */
export type Entry = GonogoWaivers['waivers'][number];

/** What a file holds now; nothing when there is no such file. */
export interface WaiversText {
  readonly text: string;
  readonly entries: readonly (Entry & { readonly line: number })[];
}

/** Reads a file that is there; undefined when there is none. */
export function readWaivers(file: string): WaiversText | undefined {
  const text = textOf(file);
  if (text === undefined) return undefined;
  const parsed = parseStrict(text, file);
  const [problem] = parsed.problems;
  const trouble = problem ?? (validate(parsed.value) ? undefined : schemaTrouble(parsed.positions));
  if (trouble) {
    const { line = 1, column = 1 } = trouble.at;
    throw new InputError(
      `${file} cannot be added to: ${trouble.message}`,
      `${file}:${line}:${column}`,
      'repair it first; it was left as it is',
    );
  }
  const { waivers } = parsed.value as GonogoWaivers;
  return {
    text,
    entries: waivers.map((it, index) => ({ ...it, line: parsed.positions[`/waivers/${index}`]?.[0] ?? 1 })),
  };
}

type Positions = ReturnType<typeof parseStrict>['positions'];

function schemaTrouble(positions: Positions): {
  readonly message: string;
  readonly at: { readonly line: number; readonly column: number };
} {
  const { message, pointer } = describeError(validate.errors?.[0]);
  const [line, column] = positions[pointer] ?? [1, 1];
  return { message, at: { line, column } };
}

function textOf(file: string): string | undefined {
  const kind = kindOf(file);
  if (!kind) return undefined;
  if (!kind.isFile())
    throw new InputError(`"${file}" is not a regular file`, '--file', 'give the path of a waivers file');
  if (kind.size > CAP)
    throw new InputError(`"${file}" is larger than 1 MiB`, '--file', 'give the path of a waivers file');
  const bytes = readFileSync(file);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new InputError(`"${file}" is not UTF-8 text`, '--file', 'save it as UTF-8 first; it was left as it is');
  }
}

function kindOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    // A part of its path is no folder: writing will say so.
    return undefined;
  }
}

/** The text with one more entry at the end of the list; a new file when there was none. */
export function withEntry(before: WaiversText | undefined, entry: Entry): string {
  if (!before) return `${HEADER}${block(entry, 2, '\n')}`;
  const appended = appendedTo(before.text, entry);
  return appended !== undefined && holds(appended, before, entry) ? appended : rewritten(before.text, entry);
}

/** The entry as it stands in the file. */
export function block(entry: Entry, indent: number, eol: string): string {
  const lines = stringify([entry], { lineWidth: 0 }).trimEnd().split('\n');
  return lines.map((line) => `${' '.repeat(indent)}${line}${eol}`).join('');
}

/** Adds lines and changes none; undefined where the list is not written one entry a line below the other. */
function appendedTo(text: string, entry: Entry): string | undefined {
  const list = listIn(text);
  const start = list?.range?.[0];
  const last = list?.items.at(-1);
  const end = isMap(last) ? last.range?.[1] : undefined;
  if (!list || list.flow || start === undefined || end === undefined) return undefined;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  // What ends in the middle of a line may have a comment behind it.
  const at = text[end - 1] === '\n' ? end : lineEnd(text, end);
  const before = text.slice(0, at);
  const indent = start - (text.lastIndexOf('\n', start - 1) + 1);
  return `${before}${before.endsWith('\n') ? '' : eol}${block(entry, indent, eol)}${text.slice(at)}`;
}

function lineEnd(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  return found === -1 ? text.length : found + 1;
}

function listIn(text: string): YAMLSeq | undefined {
  const list: unknown = parseDocument(text).get('waivers', true);
  return isSeq(list) ? list : undefined;
}

function holds(text: string, before: WaiversText, entry: Entry): boolean {
  const { value, problems } = parseStrict(text, '');
  const wanted = [...before.entries.map(({ line: _, ...it }) => it), entry];
  return (
    problems.length === 0 &&
    validate(value) &&
    JSON.stringify((value as GonogoWaivers).waivers) === JSON.stringify(wanted)
  );
}

/** The library's own writing: keeps comments and order, and may change quotes and line breaks. For `waivers: []` and the like. */
function rewritten(text: string, entry: Entry): string {
  const document = parseDocument(text);
  const list: unknown = document.get('waivers', true);
  if (isSeq(list)) list.flow = false;
  else if (isScalar(list)) document.set('waivers', document.createNode([]));
  document.addIn(['waivers'], document.createNode(entry));
  return document.toString({ lineWidth: 0 });
}
