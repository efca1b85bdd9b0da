/** Reads the YAML block at the top of a Markdown document, defensively: what cannot be read counts as not given. */
import type { Root } from 'mdast';
import { parseDocument } from 'yaml';
import { tooDeepAt } from './yaml-parse.ts';

/** Real front matter is a few lines; more is not read. */
const CAP = 16 * 1024;
const DEPTH = 8;

/** Its keys; scalars as the strings that were written, dates cut to YYYY-MM-DD. */
export function readFrontMatter(root: Root): Readonly<Record<string, unknown>> {
  const [first] = root.children;
  if (first?.type !== 'yaml' || first.value.length > CAP) return {};
  const value = plain(parse(first.value), 0);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The failsafe schema keeps every scalar a string, so that `1.10` and `2026-01-02` stay what was written. */
function parse(text: string): unknown {
  if (tooDeepAt(text) !== undefined) return undefined;
  try {
    const document = parseDocument(text, {
      schema: 'failsafe',
      stringKeys: true,
      uniqueKeys: false,
      logLevel: 'silent',
    });
    return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}

function plain(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}[T ]\d/.test(value) ? value.slice(0, 10) : value;
  if (typeof value !== 'object' || value === null || depth > DEPTH) return undefined;
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1) ?? null);
  const entries = Object.entries(value).filter(([key]) => key !== '__proto__');
  return Object.fromEntries(entries.map(([key, item]) => [key, plain(item, depth + 1) ?? null]));
}
