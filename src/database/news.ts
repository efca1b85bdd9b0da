/** Finds out what is new at an origin, and builds the files of one ecosystem from it: from the few records that were changed, or from all. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { malwareState } from '../advisories/data-states.ts';
import { InputError } from '../input-error.ts';
import { OnlineError } from '../online/online-error.ts';
import { hasGone, willLeave } from '../repo/leftovers.ts';
import type { Ecosystem } from '../versions/order.ts';
import { type Assembled, assemble } from './assemble.ts';
import { openFile } from './byte-source.ts';
import type { Kept } from './kept.ts';
import type { Origin, Said } from './origin.ts';
import { isLater, newestChange, type RawRecord, rawRecord, recordsInZip } from './records.ts';
import { waitingFolder } from './replace.ts';
import { openStore } from './store.ts';
import type { UpdateJob } from './update.ts';
import { ZipError } from './zip.ts';

/** Fewer changes than this are fetched one by one. */
const FEW = 200;
const AT_ONCE = 8;
/** Days after which all is fetched again: a record that was removed is in no list of changes. */
const WHOLE_EVERY = 7;

/** What the new files are made of. */
export interface News {
  readonly built: Assembled;
  /** No record has changed. */
  readonly same: boolean;
  readonly fetched: string;
  readonly etag?: string;
}

/** What is new, by the cheapest way that there is. */
export async function newsOf(ecosystem: Ecosystem, kept: Kept | undefined, job: UpdateJob): Promise<News> {
  const usable = needsMalware(ecosystem, job) ? undefined : kept;
  return (usable && (await fewChanges(ecosystem, usable, job))) ?? (await everything(ecosystem, usable, job));
}

/** The records that are kept, with those few that were changed since; undefined where all have to be fetched. */
async function fewChanges(ecosystem: Ecosystem, kept: Kept, job: UpdateJob): Promise<News | undefined> {
  const age = (Date.parse(job.now) - Date.parse(kept.fetched)) / 86_400_000;
  if (!(age < WHOLE_EVERY) || kept.newest === '') return undefined;
  const changes = await job.origin.changes(ecosystem, kept.newest, FEW);
  if (!changes || (job.malware && changes.malware)) return undefined;
  const fresh = await records(ecosystem, changes.ids, kept, job);
  if (!fresh) return undefined;
  if (fresh.length > 0) job.tell(`${ecosystem}: ${fresh.length} records changed`);
  const advisories = [...kept.advisories, ...fresh];
  const built = await build(ecosystem, { advisories }, changes, job);
  const { fetched, etag } = kept;
  return { built, same: fresh.length === 0, fetched, ...(etag !== undefined && { etag }) };
}

/** The changed records; those that are of the very instant that is known are not news. Undefined where one cannot be had. */
async function records(
  ecosystem: Ecosystem,
  ids: readonly string[],
  kept: Kept,
  { origin }: UpdateJob,
): Promise<readonly RawRecord[] | undefined> {
  const known = new Map(kept.advisories.map((record) => [record.id, record.modified]));
  const fresh: RawRecord[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = await Promise.all(ids.slice(at, at + AT_ONCE).map((id) => recordOf(ecosystem, id, origin)));
    for (const record of some) {
      if (!record) return undefined;
      if (record.modified !== known.get(record.id)) fresh.push(record);
    }
  }
  return fresh;
}

async function recordOf(ecosystem: Ecosystem, id: string, origin: Origin): Promise<RawRecord | undefined> {
  try {
    const record = rawRecord(await origin.record(ecosystem, id));
    return record?.id === id ? record : undefined;
  } catch (error) {
    if (error instanceof OnlineError && error.status !== undefined) return undefined;
    throw error;
  }
}

/** All records, unless they are those that are kept. */
async function everything(ecosystem: Ecosystem, kept: Kept | undefined, job: UpdateJob): Promise<News> {
  job.tell(`${ecosystem}: fetching all records from ${job.origin.name}`);
  const waiting = waitingFolder(job.folder.path, job.steps);
  willLeave(waiting);
  try {
    const dump = await job.origin.dump(ecosystem, join(waiting, 'all.zip'), kept?.etag);
    const unchanged = 'unchanged' in dump;
    const built = unchanged
      ? await build(ecosystem, { advisories: kept?.advisories ?? [] }, dump, job)
      : await fromZip(ecosystem, dump.path, dump, job);
    const told = dump.etag ?? (unchanged ? kept?.etag : undefined);
    return {
      built,
      same: unchanged,
      fetched: job.now,
      ...(told !== undefined && { etag: told }),
    };
  } finally {
    rmSync(waiting, { recursive: true, force: true });
    hasGone(waiting);
  }
}

/** A list of malware is wanted that is not there yet. */
function needsMalware(ecosystem: Ecosystem, { folder, malware }: UpdateJob): boolean {
  return malware && !openStore([folder]).states.some((state) => state.ecosystem === malwareState(ecosystem));
}

async function fromZip(ecosystem: Ecosystem, path: string, said: Said, job: UpdateJob): Promise<Assembled> {
  const file = openFile(path);
  const unread: string[] = [];
  const note = (sentence: string): void => void unread.push(sentence);
  try {
    const advisories = [...recordsInZip(file, 'advisories', note)];
    if (unread.length > 0) throw new ZipError(`holds something that is no record: ${unread[0]}`);
    const malware = job.malware ? recordsInZip(file, 'malware', note) : undefined;
    const built = await build(ecosystem, { advisories, ...(malware && { malware }) }, said, job);
    return { ...built, troubles: [...built.troubles, ...unread] };
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    throw new InputError(`${ecosystem}/all.zip of ${job.origin.name} ${error.message}`, ecosystem, 'fetch it again');
  } finally {
    file.close();
  }
}

interface Parts {
  readonly advisories: readonly RawRecord[];
  readonly malware?: Iterable<RawRecord>;
}

function build(ecosystem: Ecosystem, parts: Parts, said: Said, job: UpdateJob): Promise<Assembled> {
  const asOf = completeUpTo(newestChange(parts.advisories), said, job);
  const { attribution, builder } = job;
  return assemble({ ecosystem, ...parts, asOf, complete: true, source: attribution, builder });
}

/**
 * The instant up to which records are complete: now, of the publisher himself; of a mirror the last at which it was surely up to
 * date, which is when its file was written, or when its newest record was changed.
 */
export function completeUpTo(
  newest: string,
  { written }: Said,
  { now, origin }: Pick<UpdateJob, 'now' | 'origin'>,
): string {
  const told = [newest, written ?? (origin.official ? now : '')].reduce((a, b) => (isLater(b, a) ? b : a), '');
  const time = Math.min(Date.parse(told), Date.parse(now));
  return `${new Date(Number.isNaN(time) ? 0 : time).toISOString().slice(0, 19)}Z`;
}
