/** Judges YAML that the quick reader declined, with the `yaml` package: what is wrong with it, or what it means all the same. Large, and loaded on use. */
import { Composer } from 'yaml';
import { treeOf } from './nodes.ts';
import { type Budget, firstTooDeep, tokensOf } from './tokens.ts';
import { type Composed, type Fault, MAX_DEPTH, type YamlTree } from './tree.ts';

export { indentQuotedText } from './repair.ts';
export type { Budget } from './tokens.ts';

/** Options under which no small document hangs or surprises: one schema, string keys, no quadratic check, no printing. */
const YAML_OPTIONS = {
  version: '1.2',
  schema: 'core',
  stringKeys: true,
  uniqueKeys: false,
  strict: true,
  merge: true,
  resolveKnownTags: false,
  prettyErrors: false,
  logLevel: 'error',
} as const;

/** Most faults told of one document. */
const MAX_FAULTS = 20;

/** Composes a text; undefined where the budget does not suffice. */
export function composeText(text: string, budget: Budget): Composed | undefined {
  const tokens = tokensOf(text, budget);
  if (!tokens) return undefined;
  const deep = firstTooDeep(tokens);
  if (deep !== undefined) {
    return { trees: [], faults: [{ offset: deep, message: `nested deeper than ${MAX_DEPTH} levels` }] };
  }
  const documents = [...new Composer(YAML_OPTIONS).compose(tokens, false, text.length)];
  const trees: YamlTree[] = [];
  const faults: Fault[] = [];
  for (const [index, { contents, errors }] of documents.entries()) {
    const end = documents[index + 1]?.range[0] ?? text.length;
    if (errors.length === 0 && contents) trees.push({ root: treeOf(contents), end });
    else faults.push(...errors.slice(0, MAX_FAULTS).map(({ pos, message }) => ({ offset: pos[0], message })));
  }
  return { trees, faults };
}
