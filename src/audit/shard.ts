/** Which repositories a shard judges: decided by each one's id alone, so that one more moves no other. Pure. */
import { createHash } from 'node:crypto';
import type { Missing } from '../model-audit.ts';

/** One part of an audit that several machines share. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

/** Most parts: more than anybody has machines. */
export const MOST_SHARDS = 10_000;

/** `2/4` as a shard; undefined where it is none. */
export function shardFrom(text: string): Shard | undefined {
  const [, index = '', of = ''] = /^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  return shard.index > 0 && shard.index <= shard.of && shard.of <= MOST_SHARDS ? shard : undefined;
}

/** As it is written: `2/4`. */
export function shardName({ index, of }: Shard): string {
  return `${index}/${of}`;
}

/** The targets of a shard, in the order in which they were; all of them where there is no shard. */
export function inShard<T extends { readonly id: string }>(
  targets: readonly T[],
  shard: Shard | undefined,
): readonly T[] {
  return shard === undefined ? targets : targets.filter(({ id }) => indexOf(id, shard.of) === shard.index);
}

/** What is not there where these shards of all targets are not, but for the repositories that are there all the same. */
export function missingShards(
  targets: readonly { readonly id: string }[],
  shards: readonly Shard[],
  isThere: (id: string) => boolean,
): Missing {
  const indexes = new Set(shards.map(({ index }) => index));
  const of = shards[0]?.of ?? 1;
  const lacking = targets.map(({ id }) => id).filter((id) => indexes.has(indexOf(id, of)) && !isThere(id));
  return { shards: shards.map(shardName), repositories: lacking.sort() };
}

/** What whoever judges one shard alone leaves to others; undefined where there are no others. */
export function otherShards(targets: readonly { readonly id: string }[], own: Shard | undefined): Missing | undefined {
  if (own === undefined || own.of === 1) return undefined;
  const all = Array.from({ length: own.of }, (_, at) => ({ index: at + 1, of: own.of }));
  return missingShards(
    targets,
    all.filter(({ index }) => index !== own.index),
    () => false,
  );
}

/** 48 bits of a digest are spread evenly and are an exact number. */
function indexOf(id: string, of: number): number {
  return (createHash('sha256').update(id).digest().readUIntBE(0, 6) % of) + 1;
}
