/** What a schema expects and what was found, in words. Pure. */
import { type SchemaNode, type Shape, typeName, typesOf } from './schema-walk.ts';

/** What was found: a short quotation for scalars, the kind for the rest. */
export function foundWords(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return Object.keys(value).length === 0 ? 'an empty map' : 'a map';
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 39)}…` : value);
  return String(value);
}

/** What the shapes of a value expect, e.g. `some text, or a map with \`team\``. */
export function expectationOf(shapes: readonly Shape[]): string {
  const words = shapes.map(({ node }) => nodeWords(node));
  return [...new Set(words)].reverse().join(', or ');
}

/** What one schema node expects. */
export function nodeWords(node: SchemaNode): string {
  if (node.const !== undefined) return String(node.const);
  if (node.enum) return either(node.enum.map(String));
  const [type = ''] = typesOf(node);
  if (type === 'object') return mapWords(node);
  if (type === 'array') return 'a list';
  if (type === 'boolean') return 'true or false';
  return describedWords(node) ?? scalarWords(type, node);
}

function mapWords({ required = [] }: SchemaNode): string {
  const [first] = required;
  return first === undefined ? 'a map' : `a map with \`${first}\``;
}

/** Definitions of scalars describe themselves, e.g. "A number and its unit: ms, s, m, h, d or w." */
function describedWords({ description, examples = [] }: SchemaNode): string | undefined {
  const words = /^(?:An?|Some) [^.]*/.exec(description ?? '')?.[0];
  if (words === undefined) return undefined;
  const example = examples[0] === undefined ? '' : `, e.g. ${String(examples[0])}`;
  return words.charAt(0).toLowerCase() + words.slice(1) + example;
}

function scalarWords(type: string, { minimum, maximum, minLength }: SchemaNode): string {
  if (type === 'string') return minLength === undefined ? 'some text' : `a text of at least ${minLength} characters`;
  const kind = type === 'integer' ? 'a whole number' : 'a number';
  if (minimum !== undefined && maximum !== undefined) return `${kind} from ${minimum} to ${maximum}`;
  return minimum === undefined ? kind : `${kind}, ${minimum} or more`;
}

/** `a, b or c`. */
function either(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** Whether quotes would turn what was found into what is expected. */
export function needsQuotes(shapes: readonly Shape[], value: unknown): boolean {
  const types = shapes.flatMap(({ node }) => typesOf(node));
  return types.includes('string') && !types.includes('number') && ['number', 'boolean'].includes(typeName(value));
}
