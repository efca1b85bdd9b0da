/** Reads the YAML block at the top of a Markdown document, defensively: what cannot be read counts as not given. */
import { quickTrees } from '../yaml/events.ts';
import type { YamlNode } from '../yaml/tree.ts';
import { composeText } from '../yaml/yaml-judge.ts';

/** Real front matter is a few lines; more is not read. */
const CAP = 16 * 1024;
const DEPTH = 8;
/** Most values, those of aliases counted each time, and most tokens. */
const MOST = 20_000;

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
  const top = source.length > CAP ? undefined : rootOf(source);
  const value = top && plain(top, 0, { anchors: new Map(), left: MOST });
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function rootOf(text: string): YamlNode | undefined {
  const quick = quickTrees(text);
  if (quick) return quick.length === 1 ? quick[0]?.root : undefined;
  const composed = composeText(text, { tokens: MOST });
  return composed?.faults.length === 0 && composed.trees.length === 1 ? composed.trees[0]?.root : undefined;
}

interface Work {
  readonly anchors: Map<string, YamlNode>;
  left: number;
}

/** Every scalar as the text it was written as, so that `1.10` and `2026-01-02` stay; null for what is too much. */
function plain(node: YamlNode | null, depth: number, work: Work): unknown {
  if (node === null) return '';
  if (depth > DEPTH || --work.left < 0) return null;
  if (node.anchor !== undefined) work.anchors.set(node.anchor, node);
  if (node.kind === 'scalar') return /^\d{4}-\d{2}-\d{2}[T ]\d/.test(node.text) ? node.text.slice(0, 10) : node.text;
  if (node.kind === 'list') return node.items.map((item) => plain(item, depth + 1, work));
  if (node.kind === 'alias') return plain(work.anchors.get(node.name) ?? null, depth + 1, work);
  const entries = node.pairs.flatMap(({ key, value }) =>
    key.kind === 'scalar' && key.text !== '__proto__' ? [[key.text, plain(value, depth + 1, work)] as const] : [],
  );
  return Object.fromEntries(entries);
}
