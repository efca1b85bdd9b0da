/** Reads the YAML block at the top of a Markdown document, defensively: what cannot be read counts as not given. */
import { parseDocument } from 'yaml';
import { tooDeepAt } from './yaml-parse.ts';

/** Real front matter is a few lines; more is not read. */
const CAP = 16 * 1024;
const DEPTH = 8;

const BLOCK = /^(---|\+\+\+)[ \t]*\n(?:([\s\S]*?)\n)??\1[ \t]*(?:\n|$)/;

/** What front matter says, and the text with blank lines in its place, so that numbers of lines stay right. */
export interface FrontMatter {
  /** Scalars are strings as they were written, dates cut to YYYY-MM-DD. Nothing for TOML. */
  readonly keys: Readonly<Record<string, unknown>>;
  readonly rest: string;
}

/** Takes the front matter off a text whose line breaks are `\n`. */
export function splitFrontMatter(text: string): FrontMatter {
  const match = BLOCK.exec(text);
  if (!match) return { keys: {}, rest: text };
  const [block, mark, source = ''] = match;
  const rest = block.replace(/[^\n]/g, '') + text.slice(block.length);
  return { keys: mark === '---' ? keysOf(source) : {}, rest };
}

function keysOf(source: string): Readonly<Record<string, unknown>> {
  if (source.length > CAP) return {};
  const value = plain(parse(source), 0);
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
