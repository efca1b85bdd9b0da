/** Reads the YAML block at the top of a Markdown document, defensively: what cannot be read counts as not given. */
import type { Root } from 'mdast';
import { quickTrees } from './yaml-events.ts';
import { composeText } from './yaml-judge.ts';
import type { YamlNode } from './yaml-tree.ts';

/** Real front matter is a few lines; more is not read. */
const CAP = 16 * 1024;
const DEPTH = 8;
/** Most values, those of aliases counted each time, and most tokens. */
const MOST = 20_000;

/** Its keys; scalars as the strings that were written, dates cut to YYYY-MM-DD. */
export function readFrontMatter(root: Root): Readonly<Record<string, unknown>> {
  const [first] = root.children;
  if (first?.type !== 'yaml' || first.value.length > CAP) return {};
  const top = rootOf(first.value);
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
