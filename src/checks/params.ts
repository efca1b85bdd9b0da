/** Parameters of checks: one declaration gives the TypeScript type, the JSON Schema fragment, the default and the line in the docs. */

/** A duration as people write it: `300ms`, `2s`, `15m`, `4h`, `7d`. */
export type Duration = string;

/** One declared parameter. */
export interface Builder<T> {
  /** One line for the docs. */
  readonly doc: string;
  /** Value when neither checklist nor policy sets one. */
  readonly default: T;
  /** JSON Schema of one value. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** A named set of parameter declarations. */
export type Params = Readonly<Record<string, Builder<unknown>>>;

/** The typed values of a set of declarations. */
export type Values<P extends Params> = { readonly [K in keyof P]: P[K] extends Builder<infer T> ? T : never };

/** A whole number, at least `minimum`. */
export function integer(doc: string, fallback: number, minimum = 0): Builder<number> {
  return { doc, default: fallback, schema: { type: 'integer', minimum } };
}

/** Any finite number. */
export function number(doc: string, fallback: number): Builder<number> {
  return { doc, default: fallback, schema: { type: 'number' } };
}

/** Yes or no. */
export function flag(doc: string, fallback: boolean): Builder<boolean> {
  return { doc, default: fallback, schema: { type: 'boolean' } };
}

/** One of a few words. */
export function choice<const T extends string>(doc: string, fallback: NoInfer<T>, values: readonly T[]): Builder<T> {
  return { doc, default: fallback, schema: { enum: values } };
}

/** A list of strings. */
export function list(doc: string, fallback: readonly string[]): Builder<readonly string[]> {
  return { doc, default: fallback, schema: { type: 'array', items: { type: 'string' } } };
}

/** A map of strings to strings. */
export function map(
  doc: string,
  fallback: Readonly<Record<string, string>>,
): Builder<Readonly<Record<string, string>>> {
  return { doc, default: fallback, schema: { type: 'object', additionalProperties: { type: 'string' } } };
}

/** A map of strings to lists of strings. */
export function lists(
  doc: string,
  fallback: Readonly<Record<string, readonly string[]>>,
): Builder<Readonly<Record<string, readonly string[]>>> {
  const items = { type: 'array', items: { type: 'string' } };
  return { doc, default: fallback, schema: { type: 'object', additionalProperties: items } };
}

/** A duration, e.g. `180d`. */
export function duration(doc: string, fallback: Duration): Builder<Duration> {
  return { doc, default: fallback, schema: { type: 'string', pattern: '^[0-9]+(\\.[0-9]+)?(ms|s|m|h|d|w)$' } };
}

/** A text; empty where none is set. */
export function text(doc: string, fallback = ''): Builder<string> {
  return { doc, default: fallback, schema: { type: 'string' } };
}

/** A text, a number or yes/no, none by default. */
export function scalar(doc: string): Builder<string | number | boolean | undefined> {
  return { doc, default: undefined, schema: SCALAR };
}

/** A list of texts, numbers and yes/no, none by default. */
export function scalars(doc: string): Builder<readonly (string | number | boolean)[] | undefined> {
  return { doc, default: undefined, schema: { type: 'array', minItems: 1, items: SCALAR } };
}

/** A number, none by default. */
export function bound(doc: string): Builder<number | undefined> {
  return { doc, default: undefined, schema: { type: 'number' } };
}

const SCALAR = { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] };
