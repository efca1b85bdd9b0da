/**
 * `npm run bench -- --estate [--count 1000] [--memory 5000] [--gate]`: an audit of a generated fleet, cold and cached, as multiples of a floor
 * that reads and parses the same files, what the same audit answers each way, eight audits at once, and the memory of a large one.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { type Ran, runWatched } from './bench-process.ts';
import { makeFleet } from './fleet/make.ts';

const BIN = 'bin/gonogo.js';
const SEED = 1;
/** Repositories that eight audits go through at once. */
const SHARED = 50;
const MIB = 1024 * 1024;
/** Bytes. */
const MEMORY = 512 * MIB;
const COLD = { most: 30, from: 'Node 20 took 16 to 20 with 173 rules; a third is left for a busy machine' };
const WARM = { most: 0.25, from: 'a cache that saves less is not worth its place' };
const TWO = { most: 1, from: 'threads that gain nothing are not worth their memory' };

interface Bar {
  readonly name: string;
  readonly value: number;
  /** The most that it may be, and what that is taken from. */
  readonly most: number;
  readonly from: string;
  /** Where we want to be. */
  readonly goal?: number;
}

const { values } = parseArgs({
  options: {
    estate: { type: 'boolean' },
    gate: { type: 'boolean' },
    count: { type: 'string', default: '1000' },
    memory: { type: 'string', default: '5000' },
  },
});

/** One audit in a process of its own. */
function audit(folder: string, ...words: readonly string[]): Promise<Ran> {
  return runWatched([BIN, 'audit', folder, '--as-of', '2026-11-16', '--format', 'jsonl', ...words]);
}

/** A build that has no pool judges in one thread. */
const HAS_JOBS = spawnSync(process.execPath, [BIN, 'audit', '--help'], { encoding: 'utf8' }).stdout.includes('--jobs');

function jobs(count: number): readonly string[] {
  return HAS_JOBS ? ['--jobs', String(count)] : [];
}

async function floorProgram(folder: string): Promise<string> {
  const outfile = join(folder, 'floor.cjs');
  const entryPoints = ['scripts/bench-floor.ts'];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20.19' });
  return outfile;
}

/** Cold, cached and on two threads, each as a multiple of the floor before it: the machine's speed drifts. */
async function times(fleet: string, work: string, count: number): Promise<readonly Bar[]> {
  const program = await floorProgram(work);
  const cache = join(work, 'rows');
  const floor = await runWatched([program, fleet]);
  const cold = await audit(fleet, '--cache', cache, ...jobs(1));
  const warm = await audit(fleet, '--cache', cache, ...jobs(1));
  const two = await audit(fleet, '--no-cache', ...jobs(2));
  told(`floor of ${count} repositories`, floor);
  told('audit, cold, one thread', cold);
  told('audit, cached', warm);
  told(HAS_JOBS ? 'audit, cold, two jobs' : 'audit, without a cache (this build has no --jobs)', two);
  return [
    same('answers cached and cold', warm, cold),
    same(HAS_JOBS ? 'answers of two jobs and one thread' : 'answers without a cache and cold', two, cold),
    { name: 'cold to the floor, in time of the processor', value: cold.cpu / floor.cpu, goal: 1.6, ...COLD },
    { name: 'cached to cold, in time of the processor', value: warm.cpu / cold.cpu, goal: 0.1, ...WARM },
    ...(HAS_JOBS
      ? [{ name: 'two jobs to one thread, on the clock', value: two.ms / cold.ms, goal: 0.75, ...TWO }]
      : []),
  ];
}

/** Eight at once on a cache that none of them finds filled. */
async function together(work: string): Promise<readonly Bar[]> {
  const some = join(work, 'some');
  await makeFleet(some, { count: SHARED, seed: SEED });
  const alone = await audit(some, '--no-cache', ...jobs(1));
  const shared = ['--cache', join(work, 'shared'), ...jobs(1)];
  const all = await Promise.all(Array.from({ length: 8 }, () => audit(some, ...shared)));
  const other = all.find(({ digest, status }) => digest !== alone.digest || status !== alone.status);
  return [same('answers of eight at once', other ?? alone, alone)];
}

async function memory(work: string, count: number): Promise<readonly Bar[]> {
  const fleet = join(work, 'large');
  await makeFleet(fleet, { count, seed: SEED });
  const large = await audit(fleet, '--no-cache', ...jobs(2));
  told(`audit of ${count}`, large);
  const from = 'what a small runner can spare';
  return [{ name: `MiB of all processes at ${count}`, value: large.peak / MIB, most: MEMORY / MIB, from }];
}

function same(name: string, one: Ran, other: Ran): Bar {
  const isSame = one.digest === other.digest && one.status === other.status;
  return { name, value: isSame ? 0 : 1, most: 0, from: 'they are to be the same bytes' };
}

function told(name: string, { ms, cpu, peak }: Ran): void {
  const seconds = (value: number): string => `${(value / 1000).toFixed(1).padStart(7)} s`;
  const figures = `${seconds(ms)}  ${seconds(cpu)} of the processor  ${(peak / MIB).toFixed(0).padStart(5)} MiB`;
  console.log(`${name.padEnd(44)}${figures}`);
}

/** Prints one line, and answers whether the bar was kept. */
function keeps({ name, value, most, from, goal }: Bar): boolean {
  const kept = value <= most;
  const aim = goal === undefined ? '' : `  ${value <= goal ? 'at' : 'short of'} the goal of ${goal}`;
  console.log(`${name.padEnd(44)}${value.toFixed(2).padStart(9)}  ${kept ? 'within' : 'OVER'} ${most} (${from})${aim}`);
  return kept;
}

const count = Number(values.count);
const large = Number(values.memory);
const folder = mkdtempSync(join(tmpdir(), 'gonogo-estate-'));
try {
  await makeFleet(join(folder, 'fleet'), { count, seed: SEED });
  const bars = [
    ...(await times(join(folder, 'fleet'), folder, count)),
    ...(await together(folder)),
    ...(large > 0 ? await memory(folder, large) : []),
  ];
  const over = bars.filter((bar) => !keeps(bar)).length;
  process.exitCode = over > 0 && values.gate ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
