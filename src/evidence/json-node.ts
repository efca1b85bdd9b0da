/** Asks a parsed value of unknown shape politely: what is not there is nothing, and nothing throws. */

/** A value of unknown shape, asked politely: what is not there is nothing. */
export interface JsonNode {
  readonly value: unknown;
  at(key: string): JsonNode;
  present(): boolean;
  number(): number | undefined;
  text(): string | undefined;
  items(): readonly JsonNode[];
  entries(): readonly (readonly [string, JsonNode])[];
}

/** Wraps a parsed value. */
export function jsonNode(value: unknown): JsonNode {
  const members = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  return {
    value,
    at: (key) => jsonNode(members.find(([name]) => name === key)?.[1]),
    present: () => value !== undefined && value !== null,
    number: () => finite(value),
    text: () => (typeof value === 'string' ? value : undefined),
    items: () => (Array.isArray(value) ? value.map(jsonNode) : []),
    entries: () => members.map(([key, it]) => [key, jsonNode(it)] as const),
  };
}

/** Older Gatling writes numbers as text, and `-` for none. */
function finite(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined;
}
