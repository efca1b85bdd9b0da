/** Turns the grammar's expressions into plain ones. What is too deep or not known becomes `other`. */
import type { Node } from 'web-tree-sitter';
import type { Expression, Spot } from './syntax.ts';
import { dedented, unescaped } from './text-literals.ts';

/** Most levels of expressions that are followed. */
const DEEPEST = 60;
const OPERATORS = new Set(['*', '/', '%', '+', '-', '>', '>=', '<', '<=', '==', '!=', '&&', '||', '!']);

/** An `expression` node as plain data. */
export function expressionOf(node: Node, text: string, depth = 0): Expression {
  const parts = node.namedChildren.filter(({ type }) => type !== 'comment');
  return chained(parts, node, text, depth);
}

/** A term with what is asked of it: `a`, `a.b`, `a[0].c`. */
function chained(parts: readonly Node[], whole: Node, text: string, depth: number): Expression {
  const [first, ...steps] = parts;
  const last = parts.at(-1) ?? whole;
  const at = first ?? whole;
  const about = { source: text.slice(at.startIndex, last.endIndex), ...spotOf(at) };
  if (!first || depth > DEEPEST) return { form: 'other', ...about };
  if (steps.length === 0) return termOf(first, about, text, depth + 1);
  const names = first.type === 'variable_expr' ? [first.text, ...steps.map(stepOf)] : [];
  const known = names.flatMap((name) => (name === undefined ? [] : [name]));
  return names.length > 0 && known.length === names.length
    ? { form: 'reference', steps: known, ...about }
    : { form: 'other', ...about };
}

/** `.name`, `[0]` and `["name"]`; undefined for what is computed. */
function stepOf(node: Node): string | number | undefined {
  if (node.type === 'get_attr') return node.namedChildren.at(-1)?.text;
  const inner = /^\[\s*(?:(\d+)|"([^"$%\\]*)")\s*\]$|^\.(\d+)$/.exec(node.text);
  if (!inner) return undefined;
  return inner[2] ?? Number(inner[1] ?? inner[3]);
}

type About = Spot & { readonly source: string };

function termOf(node: Node, about: About, text: string, depth: number): Expression {
  switch (node.type) {
    case 'expression':
      return expressionOf(node, text, depth);
    case 'literal_value':
      return literalOf(node.namedChildren[0] ?? node, about);
    case 'template_expr':
      return templateOf(node.namedChildren[0] ?? node, about, text, depth);
    case 'collection_value':
      return collectionOf(node.namedChildren[0] ?? node, about, text, depth);
    case 'variable_expr':
      return { form: 'reference', steps: [node.text], ...about };
    case 'function_call':
      return callOf(node, about, text, depth);
    case 'conditional':
      return choiceOf(node, about, text, depth);
    case 'operation':
      return operationOf(node.namedChildren[0] ?? node, about, text, depth);
    default:
      return { form: 'other', ...about };
  }
}

function literalOf(node: Node, about: About): Expression {
  const written = node.text;
  if (node.type === 'string_lit') return { form: 'literal', value: unescaped(written.slice(1, -1)), ...about };
  if (node.type === 'bool_lit') return { form: 'literal', value: written === 'true', ...about };
  if (node.type === 'null_lit') return { form: 'literal', value: null, ...about };
  const value = Number(written);
  return Number.isFinite(value) ? { form: 'literal', value, ...about } : { form: 'other', ...about };
}

/** The grammar drops white space beside what is computed, so that the text is taken from the file. */
function templateOf(node: Node, about: About, text: string, depth: number): Expression {
  const isHeredoc = node.type === 'heredoc_template';
  const marks = node.namedChildren.filter(({ type }) =>
    /^(quoted_template_(start|end)|heredoc_identifier)$/.test(type),
  );
  const [open, close] = [marks[0], marks.at(-1)];
  if (!open || !close || open.id === close.id) return { form: 'other', ...about };
  const parts: Expression[] = [];
  let from = isHeredoc ? text.indexOf('\n', open.endIndex) + 1 : open.endIndex;
  const pushText = (to: number): void => {
    const written = text.slice(from, to);
    const value = isHeredoc ? written.replaceAll('$${', '${').replaceAll('%%{', '%{') : unescaped(written);
    if (value !== '') parts.push({ form: 'literal', value, source: written, ...spotOf(open) });
  };
  for (const child of node.namedChildren) {
    if (child.type !== 'template_interpolation' && child.type !== 'template_directive') continue;
    pushText(child.startIndex);
    parts.push(interpolated(child, text, depth));
    from = child.endIndex;
  }
  pushText(isHeredoc ? Math.max(from, text.lastIndexOf('\n', close.startIndex) + 1) : close.startIndex);
  const whole = isHeredoc && /^<<-/.test(node.text) ? dedented(parts) : parts;
  const [only] = whole;
  if (whole.length === 0) return { form: 'literal', value: '', ...about };
  return whole.length === 1 && only?.form === 'literal'
    ? { ...only, ...about }
    : { form: 'template', parts: whole, ...about };
}

function interpolated(node: Node, text: string, depth: number): Expression {
  const inner = node.namedChildren.find(({ type }) => type === 'expression');
  const about = { source: node.text, ...spotOf(node) };
  return inner && node.type === 'template_interpolation'
    ? expressionOf(inner, text, depth + 1)
    : { form: 'other', ...about };
}

function collectionOf(node: Node, about: About, text: string, depth: number): Expression {
  if (node.type === 'tuple') {
    const items = node.namedChildren.filter(({ type }) => type === 'expression');
    return { form: 'list', items: items.map((it) => expressionOf(it, text, depth)), ...about };
  }
  const entries = node.namedChildren.flatMap((it) => {
    if (it.type !== 'object_elem') return [];
    const [key, value] = it.namedChildren.filter(({ type }) => type === 'expression');
    return key && value ? [{ key: expressionOf(key, text, depth), value: expressionOf(value, text, depth) }] : [];
  });
  return { form: 'object', entries, ...about };
}

function callOf(node: Node, about: About, text: string, depth: number): Expression {
  const name = node.namedChildren[0]?.text ?? '';
  const list = node.namedChildren.find(({ type }) => type === 'function_arguments');
  const given = list?.namedChildren ?? [];
  if (given.some(({ type }) => type === 'ellipsis')) return { form: 'other', ...about };
  const args = given.filter(({ type }) => type === 'expression').map((it) => expressionOf(it, text, depth));
  return { form: 'call', name, args, ...about };
}

function choiceOf(node: Node, about: About, text: string, depth: number): Expression {
  const [test, yes, no] = node.namedChildren.filter(({ type }) => type === 'expression');
  if (!test || !yes || !no) return { form: 'other', ...about };
  const [a, b, c] = [test, yes, no].map((it) => expressionOf(it, text, depth));
  return a && b && c ? { form: 'choice', test: a, yes: b, no: c, ...about } : { form: 'other', ...about };
}

/** Operands are chains beside each other; what stands between them is the operator. */
function operationOf(node: Node, about: About, text: string, depth: number): Expression {
  const groups: Node[][] = [[]];
  let operator = '';
  for (const child of node.children) {
    if (!child.isNamed && OPERATORS.has(child.type)) {
      operator = child.type;
      groups.push([]);
    } else if (child.isNamed && child.type !== 'comment') groups.at(-1)?.push(child);
  }
  const operands = groups.filter((it) => it.length > 0).map((it) => chained(it, node, text, depth));
  return { form: 'operation', operator, operands, ...about };
}

function spotOf({ startPosition }: Node): Spot {
  return { line: startPosition.row + 1, column: startPosition.column + 1 };
}
