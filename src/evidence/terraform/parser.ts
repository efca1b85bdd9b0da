/** Parses Terraform with its tree-sitter grammar into plain syntax. Loads the grammar on first use; evaluates nothing. */
import { Buffer } from 'node:buffer';
import type { Node } from 'web-tree-sitter';
import { expressionOf } from './expressions.ts';
import type { SyntaxAttribute, SyntaxBlock, SyntaxFile } from './syntax.ts';

/** Reads one text; never throws on what it says. Blocks at the top that are not wanted are left out. */
export type ParseTerraform = (text: string, wanted: (type: string, label: string) => boolean) => SyntaxFile;

/** Most levels of blocks that are followed; real ones stay below eight. */
const DEEPEST = 40;

let loading: Promise<ParseTerraform> | undefined;

/** The parser; rejects where WebAssembly is not to be had. */
export function loadTerraformParser(): Promise<ParseTerraform> {
  loading ??= load();
  return loading;
}

async function load(): Promise<ParseTerraform> {
  const [{ Parser, Language }, { GRAMMAR, RUNTIME }] = await Promise.all([
    import('web-tree-sitter'),
    import('../../generated/terraform-grammar.ts'),
  ]);
  // With its program at hand it has no file to look for.
  await Parser.init({ wasmBinary: new Uint8Array(Buffer.from(RUNTIME, 'base64')), locateFile: (name: string) => name });
  const parser = new Parser();
  parser.setLanguage(await Language.load(new Uint8Array(Buffer.from(GRAMMAR, 'base64'))));
  return (text, wanted) => {
    const tree = parser.parse(text);
    if (!tree) return { attributes: [], blocks: [], broken: [1] };
    try {
      return fileOf(tree.rootNode, text, wanted);
    } finally {
      tree.delete();
    }
  };
}

function fileOf(root: Node, text: string, wanted: Parameters<ParseTerraform>[1]): SyntaxFile {
  const bodies = root.namedChildren.filter((node) => node.type === 'body');
  const isWanted = (block: Node): boolean => {
    const { type, labels } = headOf(block);
    return wanted(type, labels[0] ?? '');
  };
  const parts = bodies.map((body) => membersOf(body, text, 0, isWanted));
  const broken = root.hasError ? errorsIn(root) : [];
  return {
    attributes: parts.flatMap(({ attributes }) => attributes),
    blocks: parts.flatMap(({ blocks }) => blocks),
    broken,
  };
}

/** Lines of what does not follow the grammar, down to the second level: enough to say where. */
function errorsIn(root: Node): readonly number[] {
  const lines: number[] = [];
  const pending: Node[] = [root];
  for (let node = pending.pop(); node && lines.length < 20; node = pending.pop()) {
    if (node.isError || node.isMissing) lines.push(node.startPosition.row + 1);
    else if (node.hasError) pending.push(...[...node.children].reverse());
  }
  return lines;
}

type Members = Pick<SyntaxBlock, 'attributes' | 'blocks'>;

function membersOf(body: Node, text: string, depth: number, isWanted = (_: Node) => true): Members {
  const attributes: SyntaxAttribute[] = [];
  const blocks: SyntaxBlock[] = [];
  for (const node of body.namedChildren) {
    if (node.type === 'attribute') {
      const [name, value] = node.namedChildren.filter(isMeant);
      if (name && value) attributes.push({ name: name.text, value: expressionOf(value, text), ...spotOf(node) });
    } else if (node.type === 'block' && isWanted(node)) blocks.push(blockOf(node, text, depth + 1));
  }
  return { attributes, blocks };
}

/** What a block is called. */
function headOf(node: Node): Pick<SyntaxBlock, 'type' | 'labels'> {
  const [type, ...rest] = node.namedChildren.filter(isMeant);
  const labels = rest.flatMap((it) => {
    if (it.type === 'identifier') return [it.text];
    return it.type === 'string_lit' ? [it.text.slice(1, -1)] : [];
  });
  return { type: type?.text ?? '', labels };
}

function blockOf(node: Node, text: string, depth: number): SyntaxBlock {
  const body = depth < DEEPEST ? node.namedChildren.find((it) => it.type === 'body') : undefined;
  return {
    ...headOf(node),
    ...(body ? membersOf(body, text, depth) : { attributes: [], blocks: [] }),
    broken: node.hasError || depth >= DEEPEST,
    ...spotOf(node),
  };
}

function isMeant({ type }: Node): boolean {
  return type !== 'comment';
}

function spotOf({ startPosition }: Node) {
  return { line: startPosition.row + 1, column: startPosition.column + 1 };
}
