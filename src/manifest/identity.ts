/** What can be trusted about who a service is, even where the rest of its manifest is broken. Pure. */
import type { Manifest } from './manifest.ts';
import { member } from './pointer.ts';
import { SERVICE_SCHEMA, shapesOf } from './schema-walk.ts';

type Identity = Manifest['identity'];

/** Name, tier, stage and profile, each where it is valid on its own; `doubtful` are the pointers that something is wrong with. */
export function identityOf(data: unknown, doubtful: ReadonlySet<string>): Identity {
  const fields = ['name', 'tier', 'stage', 'profile'].map((key) => [key, member(data, key)] as const);
  return Object.fromEntries(fields.filter(([key, value]) => !doubtful.has(`/${key}`) && fits(key, value))) as Identity;
}

function fits(key: string, value: unknown): boolean {
  return shapesOf(SERVICE_SCHEMA.properties?.[key] ?? {}).some(({ node }) => {
    if (node.enum) return node.enum.includes(value);
    return typeof value === 'string' && node.pattern !== undefined && new RegExp(node.pattern, 'u').test(value);
  });
}
