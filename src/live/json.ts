/** Members of JSON that a server sent, which may be anything. */

/** The members of an object; none of anything else. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** The items of a list; undefined for anything else. */
export function items(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** A text. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
