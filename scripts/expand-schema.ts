/** What the generator derives from the manifest's schema: its shape without short forms, and the pointers of all references. Pure. */

/** A JSON Schema node, as far as the manifest's schema uses the language. */
export interface Schema {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema | boolean>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly description?: string;
}

/** Keywords of our own in the schemas; a strict validator has to be told about them. */
export const OWN_KEYWORDS: readonly string[] = ['x-short'];

const REFERENCE = '#/$defs/reference';

/**
 * The schema of a manifest after loading: short forms are expanded, and `x-` keys are nobody's business.
 * Types are generated from it, so that checks see one shape.
 */
export function withoutShortForms(schema: Readonly<Record<string, unknown>>): Schema {
  return withoutShort(schema, schema);
}

function withoutShort(node: Schema, root: Schema): Schema {
  const { anyOf, patternProperties, propertyNames: _, ...rest } = node;
  const kept = anyOf?.filter((branch) => !('x-short' in branch)).map((branch) => withoutShort(branch, root)) ?? [];
  const only = kept.length === 1 ? kept[0] : undefined;
  const merged: Schema = { ...only, ...rest, ...(kept.length > 1 && { anyOf: kept }) };
  return oneName(merged, root) ?? { ...merged, ...children(merged, root), ...ownPatterns(patternProperties) };
}

/** The type generator would copy a definition under a second name for each description beside a `$ref`: objects keep their name, scalars their description. */
function oneName(node: Schema, root: Schema): Schema | undefined {
  const { $ref, ...beside } = node;
  if ($ref === undefined || Object.keys(beside).length === 0) return $ref === undefined ? undefined : node;
  const target = withoutShort(definition($ref, root), root);
  const named = target.type === 'object' || target.type === 'array' || target.anyOf !== undefined;
  return named || $ref === REFERENCE ? { $ref } : { ...target, ...beside };
}

function children(node: Schema, root: Schema): Schema {
  const { properties, $defs, items, additionalProperties } = node;
  return {
    ...(properties && { properties: mapValues(properties, (it) => withoutShort(it, root)) }),
    ...($defs && { $defs: mapValues($defs, (it) => withoutShort(it, root)) }),
    ...(items && { items: withoutShort(items, root) }),
    ...(isSchema(additionalProperties) && { additionalProperties: withoutShort(additionalProperties, root) }),
  };
}

function ownPatterns(patterns: Schema['patternProperties']): Schema {
  const kept = Object.entries(patterns ?? {}).filter(([pattern]) => pattern !== '^x-');
  return kept.length > 0 ? { patternProperties: Object.fromEntries(kept) } : {};
}

/** JSON pointers of every reference in an expanded manifest, sorted; `*` stands for a list's index or a map's key. */
export function referencePointers(schema: Readonly<Record<string, unknown>>): readonly string[] {
  const root = withoutShortForms(schema);
  const all = [...new Set(referencesBelow(root, root, '', []))].sort();
  return all.filter((pointer) => !all.some((other) => other !== pointer && coversPointer(other, pointer)));
}

/** Whether a pattern matches every pointer that another one matches. */
function coversPointer(pattern: string, other: string): boolean {
  const [wide, narrow] = [pattern.split('/'), other.split('/')];
  return wide.length === narrow.length && wide.every((step, index) => step === '*' || step === narrow[index]);
}

function referencesBelow(node: Schema, root: Schema, pointer: string, open: readonly string[]): readonly string[] {
  if (node.$ref === REFERENCE) return [pointer];
  if (node.$ref !== undefined) {
    if (open.includes(node.$ref)) return [];
    return referencesBelow(definition(node.$ref, root), root, pointer, [...open, node.$ref]);
  }
  const below = (child: Schema, step: string): readonly string[] => referencesBelow(child, root, pointer + step, open);
  return [
    ...Object.entries(node.properties ?? {}).flatMap(([key, child]) => below(child, `/${escapeKey(key)}`)),
    ...(node.items ? below(node.items, '/*') : []),
    ...(isSchema(node.additionalProperties) ? below(node.additionalProperties, '/*') : []),
    ...(node.anyOf ?? []).flatMap((branch) => below(branch, '')),
  ];
}

function definition(ref: string, root: Schema): Schema {
  const found = root.$defs?.[ref.replace('#/$defs/', '')];
  if (!found) throw new Error(`the schema refers to ${ref}, which it does not define`);
  return found;
}

function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function isSchema(node: Schema | boolean | undefined): node is Schema {
  return typeof node === 'object';
}

function mapValues(record: Readonly<Record<string, Schema>>, change: (it: Schema) => Schema): Record<string, Schema> {
  return Object.fromEntries(Object.entries(record).map(([key, it]) => [key, change(it)]));
}
