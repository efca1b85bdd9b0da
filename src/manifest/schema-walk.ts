/** The manifest's schema alongside its data: which part of the schema speaks about a value. Reads the published schema; judges nothing. */
import schema from '../../schemas/service.schema.json' with { type: 'json' };

/** A JSON Schema node, as far as the manifest's schema uses the language. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly propertyNames?: { readonly pattern?: string };
  readonly required?: readonly string[];
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  /** A short form: the key that the value becomes, or `[]` for a list of one. */
  readonly 'x-short'?: string;
}

/** The schema of `gonogo.yaml`. */
export const SERVICE_SCHEMA = schema as SchemaNode;

/** One shape that a value may have, and the short form it is, if any. */
export interface Shape {
  readonly node: SchemaNode;
  readonly short?: string;
}

/** A node with its `$ref` followed: the description is the definition's, which says what is expected, not what it is for. */
function resolved(node: SchemaNode): SchemaNode {
  if (node.$ref === undefined) return node;
  const { $ref, ...beside } = node;
  const target = SERVICE_SCHEMA.$defs?.[$ref.replace('#/$defs/', '')];
  return target ? { ...beside, ...resolved(target) } : beside;
}

/** All shapes a node allows, long forms first as written. */
export function shapesOf(node: SchemaNode): readonly Shape[] {
  const { 'x-short': short, ...plain } = resolved(node);
  const shapes = plain.anyOf ? plain.anyOf.flatMap(shapesOf) : [{ node: plain }];
  return short === undefined ? shapes : shapes.map((shape) => ({ ...shape, short }));
}

/** The shape that a value is meant to have: one of its JSON type; among several maps the one with a required key that is there. */
export function shapeFor(node: SchemaNode, value: unknown): Shape | undefined {
  const fitting = shapesOf(node).filter((shape) => typesOf(shape.node).some((type) => isOfType(value, type)));
  return fitting.find((shape) => hasRequired(shape.node, value)) ?? fitting[0];
}

function hasRequired({ required }: SchemaNode, value: unknown): boolean {
  return typeof value === 'object' && value !== null && (required ?? []).some((key) => Object.hasOwn(value, key));
}

/** The part of a shape that speaks about a member; undefined where nothing does, e.g. for `x-` keys. */
export function memberOf({ node }: Shape, step: string | number): SchemaNode | undefined {
  if (typeof step === 'number') return node.items;
  if (node.properties && Object.hasOwn(node.properties, step)) return node.properties[step];
  if (step.startsWith('x-')) return undefined;
  return typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined;
}

/** JSON types a node allows, whether it says so or its values do. */
export function typesOf({ type, enum: values, const: only }: SchemaNode): readonly string[] {
  if (type !== undefined) return typeof type === 'string' ? [type] : type;
  const allowed = values ?? (only === undefined ? [] : [only]);
  return [...new Set(allowed.map(typeName))];
}

/** JSON's name for the type of a value. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function isOfType(value: unknown, type: string): boolean {
  return typeName(value) === (type === 'integer' ? 'number' : type);
}
