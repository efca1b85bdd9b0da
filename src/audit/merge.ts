/** Several runs as one: the shards of an audit, none of them missing unless that is allowed, and then it is said. */
import { InputError } from '../input-error.ts';
import type { AuditRow, Missing } from '../model-audit.ts';
import { type Inventory, isWhole, type Run, readRun } from './run-folder.ts';
import { differenceOf } from './same-yardstick.ts';
import { missingShards, type Shard, shardName } from './shard.ts';

/** What the runs come to. */
export interface Merged {
  /** As that of a run of all repositories. */
  readonly inventory: Inventory;
  /** Every row once, sorted by repository. */
  rows(): Iterable<AuditRow>;
  /** Absent where nothing is. */
  readonly missing?: Missing;
  close(): void;
}

/** A shard that is not there, or not all of it. */
interface Gap {
  readonly shard: Shard;
  readonly why: string;
}

const WHOLE: Shard = { index: 1, of: 1 };

/** Merges the runs in some folders; throws an InputError where they do not belong together, or where a part is missing and `allowMissing` is not set. */
export function mergeRuns(folders: readonly string[], { allowMissing }: { readonly allowMissing: boolean }): Merged {
  const opened: Run[] = [];
  const close = (): void => {
    for (const run of opened) run.close();
  };
  try {
    for (const folder of folders) opened.push(readRun(folder));
    const [first] = opened;
    if (first === undefined) throw new InputError('there is nothing to merge', 'merge', 'name the folders of runs');
    for (const run of opened) refuseMixed(first, run);
    const runs = oncePerShard(opened);
    const gaps = gapsAmong(runs, shardOf(first).of);
    if (gaps.length > 0 && !allowMissing) refuseGaps(gaps, shardOf(first).of);
    const { shard: _, ...inventory } = first.inventory;
    const missing = gaps.length > 0 && missingFrom(inventory, runs, gaps);
    return { inventory, rows: () => rowsOf(runs), close, ...(missing && { missing }) };
  } catch (error) {
    close();
    throw error;
  }
}

function shardOf({ inventory }: Run): Shard {
  return inventory.shard ?? WHOLE;
}

function refuseMixed(first: Run, run: Run): void {
  const difference = mixtureOf(first, run);
  if (difference !== undefined)
    throw new InputError(
      `"${first.folder}" and "${run.folder}" are not of one audit: ${difference}`,
      run.folder,
      'merge the shards of one audit, all begun with the same list, flags and version',
    );
}

function mixtureOf(first: Run, run: Run): string | undefined {
  const [one, other] = [shardOf(first), shardOf(run)];
  if (one.of !== other.of) return `one is shard ${shardName(one)}, the other ${shardName(other)}`;
  const difference = differenceOf(first.inventory.header, run.inventory.header);
  if (difference !== undefined) return difference;
  if (JSON.stringify(first.inventory.across) !== JSON.stringify(run.inventory.across))
    return 'the campaigns of their policies differ';
  if (first.inventory.gates !== run.inventory.gates) return 'only one was begun with --fail-on';
  return listDifference(first.inventory, run.inventory);
}

/** What is judged, wherever its copy lies: machines keep checkouts in different folders. */
function listDifference({ targets: one }: Inventory, { targets: other }: Inventory): string | undefined {
  const [before, after] = [one, other].map(
    (list) => new Map(list.map(({ id, dir, ref }) => [id, JSON.stringify([dir, ref])])),
  );
  const only = one.find(({ id, dir, ref }) => after?.get(id) !== JSON.stringify([dir, ref]));
  const more = other.find(({ id }) => !before?.has(id));
  const named = only ?? more;
  return named === undefined
    ? undefined
    : `their lists of ${one.length} and ${other.length} repositories differ, e.g. in "${named.id}"`;
}

/** The same shard may be there twice where both copies say the same. */
function oncePerShard(runs: readonly Run[]): readonly Run[] {
  const kept = new Map<number, Run>();
  for (const run of runs) {
    const { index } = shardOf(run);
    const before = kept.get(index);
    if (before && before.journal.digest() !== run.journal.digest())
      throw new InputError(
        `"${before.folder}" and "${run.folder}" are both shard ${shardName(shardOf(run))} and say different things`,
        run.folder,
        'leave out the one that does not count',
      );
    if (!before || isWhole(run)) kept.set(index, run);
  }
  return [...kept.values()];
}

function gapsAmong(runs: readonly Run[], of: number): readonly Gap[] {
  const present = new Map(runs.map((run) => [shardOf(run).index, run]));
  return Array.from({ length: of }, (_, at): Gap | undefined => {
    const shard = { index: at + 1, of };
    const run = present.get(shard.index);
    if (run === undefined) return { shard, why: 'its run is not among them' };
    if (isWhole(run)) return undefined;
    const done = run.journal.ids().length;
    return { shard, why: `"${run.folder}" has ${done} of its ${run.targets.length} repositories and is not complete` };
  }).filter((gap) => gap !== undefined);
}

function refuseGaps(gaps: readonly Gap[], of: number): never {
  const said = gaps.map(({ shard, why }) => `${shardName(shard)} (${why})`).join(', ');
  throw new InputError(
    of === 1 ? `the run is incomplete: ${gaps[0]?.why}` : `${gaps.length} of ${of} shards are missing: ${said}`,
    'merge',
    'resume what is incomplete with `gonogo audit --resume RUN`, or show what there is with --allow-missing',
  );
}

function missingFrom({ targets }: Inventory, runs: readonly Run[], gaps: readonly Gap[]): Missing {
  const there = new Set(runs.flatMap(({ journal }) => journal.ids()));
  return missingShards(
    targets,
    gaps.map(({ shard }) => shard),
    (id) => there.has(id),
  );
}

/** No repository is in two shards. */
function* rowsOf(runs: readonly Run[]): Iterable<AuditRow> {
  const owners = new Map(runs.flatMap(({ journal }) => journal.ids().map((id) => [id, journal] as const)));
  for (const [id, journal] of [...owners].sort(([a], [b]) => (a < b ? -1 : 1))) yield journal.row(id);
}
