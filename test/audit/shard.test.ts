/** Shards: each repository in exactly one, whichever others there are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inShard, shardFrom, shardName } from '../../src/audit/shard.ts';

const ids = fc.uniqueArray(fc.string(), { maxLength: 30 });
const targetsOf = (them: readonly string[]) => them.map((id) => ({ id }));
const shardsOf = (of: number) => Array.from({ length: of }, (_, at) => ({ index: at + 1, of }));

describe('a shard', () => {
  it('has each repository that no other has, and all have every one', () => {
    fc.assert(
      fc.property(ids, fc.integer({ min: 1, max: 9 }), (them, of) => {
        const parts = shardsOf(of).map((shard) => inShard(targetsOf(them), shard));
        expect(
          parts
            .flat()
            .map(({ id }) => id)
            .sort(),
        ).toEqual([...them].sort());
      }),
    );
  });

  it('keeps its repositories when others are added or taken out', () => {
    fc.assert(
      fc.property(ids, ids, fc.integer({ min: 1, max: 9 }), (them, more, of) => {
        const known = new Set(them);
        for (const shard of shardsOf(of)) {
          const after = inShard(targetsOf([...more, ...them]), shard).filter(({ id }) => known.has(id));
          const before = inShard(targetsOf(them), shard);
          expect(new Set(after.map(({ id }) => id))).toEqual(new Set(before.map(({ id }) => id)));
        }
      }),
    );
  });

  it('is the same in every version: parts of a run that went on elsewhere fit together', () => {
    const names = ['acme/payments', 'acme/orders', 'acme/shop', 'acme/übersicht', 'x'];
    expect(shardsOf(3).map((shard) => inShard(targetsOf(names), shard).map(({ id }) => id))).toMatchInlineSnapshot(`
      [
        [
          "acme/orders",
          "acme/shop",
        ],
        [
          "acme/payments",
          "acme/übersicht",
        ],
        [
          "x",
        ],
      ]
    `);
  });

  it('gets about as many as any other', () => {
    const many = targetsOf(Array.from({ length: 4000 }, (_, at) => `acme/service-${at}`));
    for (const shard of shardsOf(8)) {
      const { length } = inShard(many, shard);
      expect(length).toBeGreaterThan(400);
      expect(length).toBeLessThan(600);
    }
  });

  it.each(['1/1', '2/4', '10000/10000'])('is written as %s', (text) => {
    const shard = shardFrom(text);
    expect(shard && shardName(shard)).toBe(text);
  });

  it.each(['', '0/4', '5/4', '1/0', '1/10001', '01/4', '1', '1/4/2', ' 1/4', '-1/4', '1/4\n', '１/４'])(
    'is not written as %j',
    (text) => {
      expect(shardFrom(text)).toBeUndefined();
    },
  );
});
