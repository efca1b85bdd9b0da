/** Kills real audits with SIGKILL at random points of their journal, resumes them, and holds what they come to against an audit that nobody disturbed. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { AS_OF, writeEstate } from './estate.ts';

/** What came of it. */
export interface Crashes {
  readonly kills: number;
  /** Kills that came before the first row, between rows, and after the last. */
  readonly before: number;
  readonly between: number;
  readonly after: number;
  /** Audits that were brought to their end. */
  readonly audits: number;
  /** Of these, those whose output is byte for byte that of the undisturbed one. */
  readonly identical: number;
  /** Repositories begun more often than once, over all audits. */
  readonly redone: number;
  /** Most of them after one kill. */
  readonly mostRedone: number;
  /** Rows that a journal has twice. */
  readonly twice: number;
  /** Lines cut off because they were torn. */
  readonly torn: number;
}

/** A generator of numbers in [0, 1) that gives the same ones for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Makes an estate in a folder and kills audits of it until that has happened so often. */
export async function crash(
  folder: string,
  { repositories, kills, seed }: { readonly repositories: number; readonly kills: number; readonly seed: number },
): Promise<Crashes> {
  const estate = join(folder, 'estate');
  const names = writeEstate(estate, repositories);
  const [undisturbed, expected] = [join(folder, 'undisturbed'), join(folder, 'expected.jsonl')];
  spawnSync(process.execPath, words(['--run', undisturbed, '--format', `jsonl=${expected}`, estate]), { env: env() });
  const length = statSync(join(undisturbed, 'journal.jsonl')).size;
  const random = randomFrom(seed);
  const sum = {
    kills: 0,
    before: 0,
    between: 0,
    after: 0,
    audits: 0,
    identical: 0,
    redone: 0,
    mostRedone: 0,
    twice: 0,
    torn: 0,
  };
  while (sum.kills < kills) {
    const at = join(folder, `audit-${sum.audits}`);
    mkdirSync(at);
    const run = join(at, 'run');
    const journal = join(run, 'journal.jsonl');
    for (let wanted = Math.ceil(random() * 12); wanted > 0 && sum.kills < kills; wanted -= 1) {
      const from = sizeOf(journal);
      const point = random() < 0.15 ? from : from + random() * (length + 40 - from);
      const wasKilled = await killedAt({ at, journal, point, isAmidst: random() < 0.5 }, audit(run, estate, at));
      if (!wasKilled) break;
      sum.kills += 1;
      const size = sizeOf(journal);
      if (size === 0) sum.before += 1;
      else if (size < length) sum.between += 1;
      else sum.after += 1;
      sum.torn += size > 0 && readFileSync(journal).at(-1) !== 0x0a ? 1 : 0;
      sum.mostRedone = Math.max(sum.mostRedone, inFlight(at, journal));
    }
    const output = join(at, 'output.jsonl');
    const last = audit(run, estate, at, ['--format', `jsonl=${output}`]);
    await over(last);
    sum.audits += 1;
    if (existsSync(output) && readFileSync(output).equals(readFileSync(expected))) sum.identical += 1;
    sum.redone += begunIn(at).length - new Set(begunIn(at)).size;
    sum.twice += rowsIn(journal).length - names.length;
    rmSync(at, { recursive: true, force: true });
  }
  return sum;
}

/** Begins the run, or goes on with it where it has begun. */
function audit(run: string, estate: string, at: string, more: readonly string[] = []): ChildProcess {
  const begun = existsSync(join(run, 'inventory.json'));
  const what = begun ? ['--resume', run] : ['--run', run, estate];
  const counting = {
    BEGUN_FILE: join(at, 'begun'),
    NODE_OPTIONS: `--require ${resolve('scripts/note-begun.cjs')}`,
  };
  return spawn(process.execPath, words([...more, ...what]), { env: { ...env(), ...counting }, stdio: 'ignore' });
}

function words(more: readonly string[]): string[] {
  return ['bin/gonogo.js', 'audit', '--as-of', AS_OF, ...more];
}

function env(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: '/nonexistent', NO_COLOR: '1', TZ: 'UTC' };
}

/** When a process is killed. */
interface Moment {
  readonly at: string;
  readonly journal: string;
  /** As soon as the journal is there and has so many bytes. */
  readonly point: number;
  /** Not at once then, but when the next repository was begun. */
  readonly isAmidst: boolean;
}

/** Kills it then; false where it was over before. */
async function killedAt({ at, journal, point, isAmidst }: Moment, child: ChildProcess): Promise<boolean> {
  const end = once(child, 'exit');
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  while (!isOver() && !(existsSync(journal) && sizeOf(journal) >= point)) await turn();
  const before = sizeOf(join(at, 'begun'));
  while (isAmidst && !isOver() && sizeOf(join(at, 'begun')) === before) await turn();
  child.kill('SIGKILL');
  await end;
  return child.signalCode === 'SIGKILL';
}

async function over(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** Repositories that the killed process had begun and whose row is not there: they will be judged again. */
function inFlight(at: string, journal: string): number {
  const there = new Set(rowsIn(journal));
  return new Set(begunIn(at).filter((name) => !there.has(name))).size;
}

function begunIn(at: string): readonly string[] {
  const file = join(at, 'begun');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}

function rowsIn(journal: string): readonly string[] {
  if (!existsSync(journal)) return [];
  const lines = readFileSync(journal, 'utf8').split('\n').slice(0, -1);
  return lines
    .map((line) => (JSON.parse(line) as { readonly repo?: string }).repo)
    .filter((repo) => repo !== undefined);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
