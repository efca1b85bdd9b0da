/** What the manifest says about who uses the service; silence says nothing. Pure. */
import type { Claims } from '../../manifest/manifest.ts';

/** Somebody who uses a service: people or systems, outside or inside. */
type User = NonNullable<Claims['audience']>[number];

/** Whether it is said that nobody uses it at all. */
export function nobodyUses({ audience }: Claims): boolean {
  return audience?.length === 0;
}

/** Whether it is said who uses it, and none of these kinds is among them. */
export function isUsedByNone({ audience }: Claims, kinds: readonly User[]): boolean {
  return audience !== undefined && !audience.some((it) => kinds.includes(it));
}
