/**
 * `npx tsx scripts/make-fleet.ts --out DIR [--count 1000] [--seed 1]`: small, realistic service repositories that depend on each
 * other, to measure and try audits with. The same seed and count make the same files and the same commit ids.
 */
import { parseArgs } from 'node:util';
import { makeFleet } from './fleet/make.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
});
if (values.out === undefined) {
  console.error('usage: make-fleet.ts --out DIR [--count N] [--seed N]');
  process.exitCode = 2;
} else {
  await makeFleet(values.out, { count: Number(values.count), seed: Number(values.seed) });
}
