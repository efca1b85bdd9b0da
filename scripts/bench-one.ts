/**
 * `npm run bench [-- [--gate] FOLDER]`: whole-process times as ratios to `node -e 0` in the same run, against budgets that `--gate`
 * enforces. FOLDER is a large checkout to judge besides the samples.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { namesToLookUp, writeAdvisories } from './bench-advisories.ts';
import { LOCKED, writePnpmLock } from './bench-lockfile.ts';
import { writeCommitted, writeRepository } from './bench-repository.ts';

const RUNS = 11;
const BIN = 'bin/gonogo.js';
const AS_OF = ['--as-of', '2026-11-16'];

interface Measure {
  readonly name: string;
  readonly args: readonly string[];
  /** The program is none of ours, and prints how long a part of it took: that is what counts. */
  readonly inside?: true;
  /** What it is a multiple of, where that is no empty Node process: arguments of ours, and what to call that. */
  readonly than?: { readonly args: readonly string[]; readonly name: string };
  /** The most that the median may be, as such a multiple, and what that is taken from: a guard against getting slower. */
  readonly budget?: { readonly most: number; readonly from: string };
  /** Where we want to be, as such a multiple; told, and not enforced while we are not there. */
  readonly goal?: number;
}

const folder = process.argv.slice(2).find((word) => !word.startsWith('-'));
const small = mkdtempSync(join(tmpdir(), 'gonogo-bench-'));
writeRepository(small);
const large = mkdtempSync(join(tmpdir(), 'gonogo-bench-'));
const committed = mkdtempSync(join(tmpdir(), 'gonogo-bench-'));
writeCommitted(committed, 25);

/** Starting loads commander and no more; an empty Node with commander bundled takes 1.5 to 1.6. */
const START = { most: 1.8, from: 'commander alone takes 1.6' };

const measures: readonly Measure[] = [
  { name: '--help', args: ['--help'], budget: START },
  { name: '--version', args: ['--version'], budget: START },
  {
    name: 'check of a small repository',
    args: ['check', small, ...AS_OF],
    // Of a check that asks everything; a prototype that parses the same files and asks a dozen questions takes 2.6 to 4.2.
    goal: 4.8,
    budget: { most: 11, from: 'Node 20 took 8.6 with 173 rules; a quarter is left for a busy machine' },
  },
  {
    name: 'check of payments',
    args: ['check', 'fixtures/services/payments', ...AS_OF],
    budget: { most: 26, from: 'Node 20 took 21 with 173 rules; a quarter is left for a busy machine' },
  },
  {
    name: 'check of payments --only ownership',
    args: ['check', 'fixtures/services/payments', ...AS_OF, '--only', 'ownership'],
  },
  {
    name: 'check --since of 1,000 files',
    args: ['check', committed, ...AS_OF, '--since', 'HEAD', '--fail-on', 'none'],
    than: { args: ['check', committed, ...AS_OF, '--fail-on', 'none'], name: 'check of the same' },
    budget: { most: 2.2, from: 'it judges twice; 8,800 files took 2.1' },
  },
  ...(folder && existsSync(folder) ? [{ name: `check of ${folder}`, args: ['check', folder, ...AS_OF] }] : []),
];

/** Parts that have a bar of their own, in milliseconds on a machine that starts an empty Node in 40. */
async function insides(folder: string): Promise<readonly Measure[]> {
  const program = join(folder, 'inside.cjs');
  await build({
    entryPoints: ['scripts/bench-inside.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    logLevel: 'error',
  });
  const [database, names, lock] = ['db', 'names.json', 'pnpm-lock.yaml'].map((name) => join(folder, name));
  await writeAdvisories(String(database));
  writeFileSync(String(names), JSON.stringify(namesToLookUp()));
  writePnpmLock(String(lock));
  return [
    {
      name: '5,000 look-ups in 11 MB of advisories',
      args: [program, 'lookup', String(namesToLookUp().length / 10), String(database), String(names)],
      inside: true,
      goal: 0.5,
      budget: { most: 3, from: 'Node 20 took 1.4 on a busy machine; 20 ms are the goal' },
    },
    {
      name: 'a pnpm lockfile of 6 MB',
      args: [program, 'pnpm', String(LOCKED), String(lock)],
      inside: true,
      goal: 2.5,
      budget: { most: 20, from: 'Node 20 took 16.6 on a busy machine; 100 ms are the goal' },
    },
  ];
}

/** Wall milliseconds of one process. Certificates are left out: reading them costs an empty Node more than our whole start. */
function time(args: readonly string[], inside = false): number {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const start = process.hrtime.bigint();
  const { error, status, stdout } = spawnSync(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  if (error || status === null || status > 1) throw error ?? new Error(`${args.join(' ')} ended with ${status}`);
  return inside ? Number(stdout) : Number(process.hrtime.bigint() - start) / 1e6;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Pairs each run with an empty one, so that the ratio holds when the machine's speed drifts. */
function compare({ args, inside, than }: Measure): { readonly ms: number; readonly ratio: number } {
  const once = (): number => (inside ? time(args, true) : time([BIN, ...args]));
  once();
  const pairs = Array.from({ length: RUNS }, () => ({
    empty: time(than ? [BIN, ...than.args] : ['-e', '0']),
    full: once(),
  }));
  return { ms: median(pairs.map(({ full }) => full)), ratio: median(pairs.map(({ empty, full }) => full / empty)) };
}

/** Measures, prints one line, and answers whether the budget was kept. */
function keeps(measure: Measure): boolean {
  const { ms, ratio } = compare(measure);
  const kept = measure.budget === undefined || ratio <= measure.budget.most;
  const { budget, goal, than } = measure;
  const figures = `${ms.toFixed(0).padStart(6)} ms  ${ratio.toFixed(2).padStart(6)} x ${than?.name ?? 'node -e 0'}`;
  const verdict = budget && `${kept ? 'within' : 'OVER'} ${budget.most} (${budget.from})`;
  const aim = goal && `${ratio <= goal ? 'at' : 'short of'} the goal of ${goal}`;
  console.log([measure.name.padEnd(40), figures, verdict, aim].filter(Boolean).join('  '));
  return kept;
}

console.log(`Node ${process.versions.node}, ${RUNS} pairs each, medians`);
try {
  const over = [...measures, ...(await insides(large))].filter((measure) => !keeps(measure)).length;
  process.exitCode = over > 0 && process.argv.includes('--gate') ? 1 : 0;
} finally {
  for (const made of [small, large, committed]) rmSync(made, { recursive: true, force: true });
}
