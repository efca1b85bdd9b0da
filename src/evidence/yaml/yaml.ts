/** Lenient, bounded reading of YAML (and JSON) found in repositories. Never throws and never renders a template; says what it could not read. */

import { linesOf } from '../pages/text-lines.ts';
import { type DuplicateKey, readDocument, type YamlDocument } from './document.ts';
import { quickTrees } from './events.ts';
import { neutralise } from './helm-template.ts';
import { hasActions, MAX_ACTIONS } from './template-actions.ts';
import { fromMarked, hasMarks, type Neutralised, withoutForgedMarks } from './template-marks.ts';
import type { Fault } from './tree.ts';
import { type Budget, composeText, indentQuotedText } from './yaml-judge.ts';

export type { Position, YamlDocument, YamlPath } from './document.ts';
export { actionsIn, isOpaque, withoutMarks } from './template-marks.ts';

/** What one text holds: its readable documents, and what stood in the way of the others. */
export interface YamlFile {
  /** Documents without errors, in order. */
  readonly documents: readonly YamlDocument[];
  readonly errors: readonly { readonly line: number; readonly column: number; readonly message: string }[];
  /** Template actions were set aside, so that some values are opaque and some parts unseen. */
  readonly templated: boolean;
  /** Keys given twice in one map; the last one counts. Not told for templates, where branches repeat keys. */
  readonly duplicateKeys: readonly DuplicateKey[];
}

/** Longest text that is parsed, in UTF-16 units. */
const LONGEST = 5 * 1024 * 1024;
/** Most lexical tokens that the slow reader takes of one text, over all attempts to make sense of it: about a second. */
const MAX_TOKENS = 400_000;

/** Reads a text. `template`: it is known to be one (a chart's template), so that every action in it is one. */
export function parseYaml(text: string, options: { readonly template?: boolean } = {}): YamlFile {
  if (text.length > LONGEST) return unreadable(`longer than ${LONGEST} characters`);
  try {
    const plain = withoutForgedMarks(text.startsWith('\uFEFF') ? text.slice(1) : text);
    return climb(withoutMergeTags(plain), options.template === true);
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

/** Merges as some tools write them, `!!merge <<: *base`: the tag says nothing that `<<` does not. */
function withoutMergeTags(text: string): string {
  return text.includes('!!merge') ? text.replace(/!!merge[ \t]{1,9}(?=<<[ \t]*:)/g, '') : text;
}

/** Reads YAML that is a value of a document read before; actions that were set aside there stay opaque. */
export function parseEmbedded(text: string): YamlFile {
  if (!hasMarks(text)) return parseYaml(text);
  try {
    return mended(text, fromMarked, { tokens: MAX_TOKENS }) ?? tooMuch();
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

function unreadable(message: string): YamlFile {
  return { documents: [], errors: [{ line: 1, column: 1, message }], templated: false, duplicateKeys: [] };
}

function tooMuch(): YamlFile {
  return unreadable(`more than ${MAX_TOKENS} tokens or ${MAX_ACTIONS} template actions`);
}

/** The ladder of leniency: as it is, with quoted text indented, with templates set aside, and then whatever is clean. */
function climb(text: string, template: boolean): YamlFile {
  const budget: Budget = { tokens: MAX_TOKENS };
  const plain = template ? undefined : mended(text, asWritten, budget);
  if (plain && (plain.errors.length === 0 || !hasActions(text))) return plain;
  const neutral = mended(text, neutralise, budget);
  if (plain && (!neutral || neutral.errors.length >= plain.errors.length)) return plain;
  return neutral ?? tooMuch();
}

type Prepare = (text: string) => Neutralised | undefined;

function asWritten(text: string): Neutralised {
  return { text, inline: [], injections: [], branches: [] };
}

/** Undefined where the budget does not suffice, or the text has too many actions. */
function mended(text: string, prepare: Prepare, budget: Budget): YamlFile | undefined {
  const prepared = prepare(text);
  const first = prepared && attempt(prepared, budget);
  if (!first || first.errors.length === 0) return first;
  const indented = indentQuotedText(prepared.text, text, budget);
  const again = indented === undefined ? undefined : prepare(indented);
  const second = again && attempt(again, budget);
  return second && second.errors.length < first.errors.length ? second : first;
}

function attempt(source: Neutralised, budget: Budget): YamlFile | undefined {
  const quick = quickTrees(source.text);
  const composed = quick ? { trees: quick, faults: [] } : composeText(source.text, budget);
  if (!composed) return undefined;
  const lines = linesOf(source.text);
  const documents: YamlDocument[] = [];
  const duplicateKeys: DuplicateKey[] = [];
  const errors: Fault[] = [...composed.faults];
  for (const tree of composed.trees) {
    const read = readDocument(tree, source, lines);
    if ('fault' in read) errors.push(read.fault);
    else {
      documents.push(read.document);
      for (const duplicate of read.duplicateKeys) duplicateKeys.push(duplicate);
    }
  }
  const templated = source.inline.length + source.injections.length + source.branches.length > 0;
  return {
    documents,
    errors: errors.map(({ offset, message }) => ({ ...lines.at(offset), message })),
    templated,
    duplicateKeys: templated ? [] : duplicateKeys,
  };
}
