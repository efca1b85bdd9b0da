/** Judges a manifest that the quick reader declined, with the `yaml` package: what its author got wrong, and what can be read all the same. Loaded on use. */
import { Composer, type Document, YAMLParseError } from 'yaml';
import type { Lines } from '../evidence/pages/text-lines.ts';
import { treeOf } from '../evidence/yaml/nodes.ts';
import type { YamlNode } from '../evidence/yaml/tree.ts';
import type { ManifestProblem } from './manifest.ts';
import { CONFLICT, syntaxWords } from './syntax-words.ts';
import { guardedTokens } from './yaml-guard.ts';

/** Errors after the third are mostly echoes of the first. */
const SYNTAX_CAP = 3;

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

/** What can be read of a document, and what is wrong with its syntax. */
export interface Judged {
  readonly contents: YamlNode | undefined;
  readonly problems: readonly ManifestProblem[];
}

/** Judges a text; `path` is for the problems' places. */
export function judgeManifest(text: string, lines: Lines, path: string): Judged {
  const guarded = guardedTokens(text);
  if ('refusal' in guarded) {
    const { message, offset } = guarded.refusal;
    const fix = 'Keep the file to what a person would write by hand.';
    return { contents: undefined, problems: [{ message, fix, at: { path, ...lines.at(offset) }, subject: 'limit' }] };
  }
  const [document, second] = new Composer(OPTIONS).compose(guarded.tokens, true, text.length);
  const errors = [...(document?.errors ?? []), ...(second ? [severalDocuments(second)] : [])];
  const contents = document?.contents ? treeOf(document.contents) : undefined;
  return { contents, problems: errors.length === 0 ? [] : syntaxProblems(errors, text, lines, path) };
}

function severalDocuments({ range }: Document.Parsed): YAMLParseError {
  return new YAMLParseError([range[0], range[1]], 'MULTIPLE_DOCS', 'a second document');
}

function syntaxProblems(
  errors: readonly YAMLParseError[],
  text: string,
  lines: Lines,
  path: string,
): readonly ManifestProblem[] {
  const conflict = /^<{7}( |$)/m.exec(text);
  if (conflict) return [{ ...CONFLICT, at: { path, ...lines.at(conflict.index) }, subject: 'conflict' }];
  const seen = new Map<number, ManifestProblem>();
  for (const { code, message, pos } of errors) {
    if (seen.size === SYNTAX_CAP) break;
    const { line, column } = lines.at(pos[0]);
    if (!seen.has(line)) seen.set(line, { ...syntaxWords(code, message), at: { path, line, column }, subject: code });
  }
  return [...seen.values()];
}
