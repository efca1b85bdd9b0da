/** Where in the manifest a key belongs, for someone who wrote it in the wrong place. Pure. */
import { type SchemaNode, SERVICE_SCHEMA, type Shape, shapesOf } from './schema-walk.ts';

let homes: ReadonlyMap<string, readonly string[]> | undefined;

/** Where a key belongs when there is exactly one such place below the top, e.g. `data.stores[]` for `rto`. */
export function homeOf(key: string): string | undefined {
  homes ??= findHomes();
  const known = homes.get(key) ?? [];
  return known.length === 1 ? known[0] : undefined;
}

function findHomes(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  collect({ node: SERVICE_SCHEMA }, '', found);
  return found;
}

function collect({ node }: Shape, said: string, found: Map<string, string[]>): void {
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    if (said !== '') found.set(key, [...(found.get(key) ?? []), said]);
    for (const shape of longForms(child)) collect(shape, said === '' ? key : `${said}.${key}`, found);
  }
  if (node.items) for (const shape of longForms(node.items)) collect(shape, `${said}[]`, found);
}

function longForms(node: SchemaNode): readonly Shape[] {
  return shapesOf(node).filter((shape) => shape.short === undefined);
}
