/** `npm run bench [-- FOLDER]`: whole-process times as ratios to `node -e 0` in the same run; FOLDER is a large checkout to judge besides the sample. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const RUNS = 11;
const BIN = 'bin/gonogo.js';
const AS_OF = ['--as-of', '2026-11-16'];

interface Measure {
  readonly name: string;
  readonly args: readonly string[];
  /** Budget: the most that the median may be, as a multiple of an empty Node process. */
  readonly budget: number | undefined;
}

const folder = process.argv.slice(2).find((word) => !word.startsWith('-'));
const measures: readonly Measure[] = [
  { name: '--help', args: [BIN, '--help'], budget: 1.8 },
  { name: '--version', args: [BIN, '--version'], budget: 1.8 },
  { name: 'check payments', args: [BIN, 'check', 'fixtures/services/payments', ...AS_OF], budget: 4.8 },
  {
    name: 'check payments --only ownership',
    args: [BIN, 'check', 'fixtures/services/payments', ...AS_OF, '--only', 'ownership'],
    budget: undefined,
  },
  ...(folder && existsSync(folder)
    ? [{ name: `check ${folder}`, args: [BIN, 'check', folder, ...AS_OF], budget: undefined }]
    : []),
];

/** Wall milliseconds of one process. Certificates are left out: reading them costs an empty Node more than our whole start. */
function time(args: readonly string[]): number {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const start = process.hrtime.bigint();
  const { error, status } = spawnSync(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  if (error || status === null || status > 1) throw error ?? new Error(`${args.join(' ')} ended with ${status}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Pairs each run with an empty one, so that the ratio holds when the machine's speed drifts. */
function compare({ args }: Measure): { readonly ms: number; readonly ratio: number } {
  time(args);
  const pairs = Array.from({ length: RUNS }, () => ({ empty: time(['-e', '0']), full: time(args) }));
  return { ms: median(pairs.map(({ full }) => full)), ratio: median(pairs.map(({ empty, full }) => full / empty)) };
}

console.log(`Node ${process.versions.node}, ${RUNS} pairs each, medians`);
let over = 0;
for (const measure of measures) {
  const { ms, ratio } = compare(measure);
  const verdict =
    measure.budget === undefined ? '' : ratio <= measure.budget ? `within ${measure.budget}` : `OVER ${measure.budget}`;
  if (verdict.startsWith('OVER')) over += 1;
  console.log(
    `${measure.name.padEnd(40)} ${ms.toFixed(0).padStart(6)} ms  ${ratio.toFixed(2).padStart(6)} x node -e 0  ${verdict}`,
  );
}
process.exitCode = over > 0 && process.argv.includes('--gate') ? 1 : 0;
