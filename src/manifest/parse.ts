/** YAML or JSON text into plain data with the line of every key, strictly. Knows no schema; never throws, and never takes long. */
import { type Lines, linesOf } from '../evidence/pages/text-lines.ts';
import { quickTrees } from '../evidence/yaml/events.ts';
import { compose } from './compose.ts';
import type { Trouble } from './compose-work.ts';
import type { ManifestProblem } from './manifest.ts';
import { type Judged, judgeManifest } from './manifest-judge.ts';
import type { Positions } from './pointer.ts';

export { describeError } from './describe-error.ts';

/** A text as data. */
export interface Parsed {
  /** What could be read; undefined when there was nothing. Only to be trusted when there are no problems. */
  readonly value: unknown;
  /** Line and column of every key, by JSON pointer. */
  readonly positions: Positions;
  readonly problems: readonly ManifestProblem[];
}

/** Longest text, in UTF-16 units, that can hold no more than the guard lets pass, so that it needs no counting. */
const SURELY_SMALL = 50_000;

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

function parse(text: string, path: string): Parsed {
  const lines = linesOf(text);
  const { contents, problems } = quickly(text) ?? judgeManifest(text, lines, path);
  const { value, positions, troubles } = compose(contents, lines);
  // After a syntax error the rest of the document is guesswork, and what is wrong with it is an echo.
  return {
    value,
    positions,
    problems: problems.length > 0 ? problems : troubles.map((trouble) => problemOf(trouble, lines, path)),
  };
}

/** The one document of a small text without oddities. */
function quickly(text: string): Judged | undefined {
  const [only, second] = (text.length <= SURELY_SMALL ? quickTrees(text) : undefined) ?? [];
  return only && !second ? { contents: only.root, problems: [] } : undefined;
}

function problemOf({ message, fix, pointer, offset }: Trouble, lines: Lines, path: string): ManifestProblem {
  return { message, fix, subject: pointer, at: { path, ...lines.at(offset) } };
}
