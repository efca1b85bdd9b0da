/** YAML or JSON text into plain data with the line of every key, strictly. Knows no schema; never throws, and never takes long. */
import { Composer, type Document, LineCounter, YAMLParseError } from 'yaml';
import { compose } from './compose.ts';
import type { Trouble } from './compose-work.ts';
import type { ManifestProblem } from './manifest.ts';
import type { Positions } from './pointer.ts';
import { CONFLICT, syntaxWords } from './syntax-words.ts';
import { guardedTokens } from './yaml-guard.ts';

export { describeError } from './describe-error.ts';

/** A text as data. */
export interface Parsed {
  /** What could be read; undefined when there was nothing. Only to be trusted when there are no problems. */
  readonly value: unknown;
  /** Line and column of every key, by JSON pointer. */
  readonly positions: Positions;
  readonly problems: readonly ManifestProblem[];
}

/** Errors after the third are mostly echoes of the first. */
const SYNTAX_CAP = 3;

/** Parses one document; `path` is for the problems' places. */
export function parseStrict(text: string, path: string): Parsed {
  try {
    return parse(text, path);
  } catch (error) {
    const message = `the file cannot be read as YAML: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
    return {
      value: undefined,
      positions: {},
      problems: [{ message, at: { path, line: 1, column: 1 }, fix: 'Correct the syntax.', subject: 'syntax' }],
    };
  }
}

const OPTIONS = {
  version: '1.2',
  schema: 'core',
  merge: false,
  stringKeys: true,
  // Checked in compose.ts, in linear time and with both lines.
  uniqueKeys: false,
  strict: true,
  logLevel: 'error',
  prettyErrors: false,
} as const;

function parse(text: string, path: string): Parsed {
  const lines = new LineCounter();
  const guarded = guardedTokens(text, lines);
  if ('refusal' in guarded) {
    lines.lineStarts = lineStartsOf(text);
    const problem = {
      message: guarded.refusal.message,
      at: placeAt(guarded.refusal.offset, lines, path),
      fix: 'Keep the file to what a person would write by hand.',
      subject: 'limit',
    };
    return { value: undefined, positions: {}, problems: [problem] };
  }
  const [document, second] = new Composer(OPTIONS).compose(guarded.tokens, true, text.length);
  const { value, positions, troubles } = compose(document?.contents ?? null, lines);
  const errors = [...(document?.errors ?? []), ...(second ? [severalDocuments(second)] : [])];
  const syntax = errors.length === 0 ? [] : syntaxProblems(errors, text, lines, path);
  const found = troubles.map((trouble) => problemOf(trouble, lines, path));
  // After a syntax error the rest of the document is guesswork, and what is wrong with it is an echo.
  return { value, positions, problems: syntax.length > 0 ? syntax : found };
}

function severalDocuments({ range }: Document.Parsed): YAMLParseError {
  return new YAMLParseError([range[0], range[1]], 'MULTIPLE_DOCS', 'a second document');
}

function syntaxProblems(
  errors: readonly YAMLParseError[],
  text: string,
  lines: LineCounter,
  path: string,
): readonly ManifestProblem[] {
  const conflict = /^<{7}( |$)/m.exec(text);
  if (conflict) return [{ ...CONFLICT, at: placeAt(conflict.index, lines, path), subject: 'conflict' }];
  const seen = new Map<number, ManifestProblem>();
  for (const { code, message, pos } of errors) {
    if (seen.size === SYNTAX_CAP) break;
    const at = placeAt(pos[0], lines, path);
    const line = at.line ?? 1;
    if (!seen.has(line)) seen.set(line, { ...syntaxWords(code, message), at, subject: code });
  }
  return [...seen.values()];
}

function problemOf({ message, fix, pointer, offset }: Trouble, lines: LineCounter, path: string): ManifestProblem {
  return { message, fix, subject: pointer, at: placeAt(offset, lines, path) };
}

function placeAt(offset: number, lines: LineCounter, path: string): ManifestProblem['at'] & { line: number } {
  const { line, col } = lines.linePos(offset);
  return { path, line: Math.max(line, 1), column: Math.max(col, 1) };
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
