/** Brings a database up to date: one ecosystem after the other, each whole or not at all, so that trouble with one leaves the others alone. */

import { EXPLOITED_STATE } from '../advisories/data-states.ts';
import type { DatabaseHeader } from '../advisories/database/database.ts';
import { buildExploited } from '../advisories/database/exploited.ts';
import { members } from '../advisories/fields.ts';
import { InputError } from '../input-error.ts';
import { OnlineError } from '../online/online-error.ts';
import type { Ecosystem } from '../versions/order.ts';
import { EXPLOITED_FILE } from './ecosystems.ts';
import type { Folder } from './folders.ts';
import { keptOf, stateFile } from './kept.ts';
import { completeUpTo, newsOf } from './news.ts';
import type { Origin } from './origin.ts';
import { headerIn, place, refuseShrunken } from './place.ts';
import { replaceFiles, type Steps } from './replace.ts';
import { openStore } from './store.ts';

/** How to update. */
export interface UpdateJob {
  readonly folder: Folder;
  readonly origin: Origin;
  readonly ecosystems: readonly Ecosystem[];
  /** Take the lists of malicious packages along; they are many times larger. */
  readonly malware: boolean;
  /** Take much less than before all the same. */
  readonly force: boolean;
  /** ISO instant. */
  readonly now: string;
  /** Version of the program. */
  readonly builder: string;
  /** Licence and home of what the origin serves, for attribution. */
  readonly attribution: { readonly name: string; readonly licence: string; readonly url: string };
  /** Told what is being done. */
  readonly tell: (sentence: string) => void;
  readonly steps?: Steps;
}

/** What became of one part. */
export interface Outcome {
  /** An ecosystem, or the list of what is known to be exploited. */
  readonly what: string;
  readonly result: 'updated' | 'unchanged' | 'failed';
  readonly sentence: string;
}

/** Updates every part; what fails is told and leaves what was there. */
export async function update(job: UpdateJob): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const ecosystem of job.ecosystems) outcomes.push(await attempt(ecosystem, () => updateOne(ecosystem, job)));
  outcomes.push(await attempt(EXPLOITED_STATE, () => updateExploited(job)));
  return outcomes;
}

async function attempt(what: string, run: () => Promise<Omit<Outcome, 'what'>>): Promise<Outcome> {
  try {
    return { what, ...(await run()) };
  } catch (error) {
    if (error instanceof InputError || error instanceof OnlineError)
      return { what, result: 'failed', sentence: error.message };
    throw error;
  }
}

async function updateOne(ecosystem: Ecosystem, job: UpdateJob): Promise<Omit<Outcome, 'what'>> {
  const before = headerIn(job.folder, ecosystem);
  const news = await newsOf(ecosystem, keptOf(job.folder, before, job.origin.name), job);
  const unchanged = { result: 'unchanged', sentence: `unchanged, as of ${before?.asOf}` } as const;
  if (news.same && news.built.header.asOf === before?.asOf) return unchanged;
  const { built } = news;
  const state = stateFile(ecosystem, built.files, {
    origin: job.origin.name,
    digest: built.header.digest,
    newest: built.newest,
    fetched: news.fetched,
    ...(news.etag !== undefined && { etag: news.etag }),
  });
  place(job.folder, { header: built.header, files: [...built.files, state] }, job);
  for (const trouble of built.troubles) job.tell(`${ecosystem}: ${trouble}`);
  const { digest, asOf } = built.header;
  if (digest === before?.digest && asOf === before.asOf && !job.malware) return unchanged;
  return { result: 'updated', sentence: difference(before, built.header) };
}

function difference(before: DatabaseHeader | undefined, { records, asOf }: DatabaseHeader): string {
  const change = records - (before?.records ?? 0);
  const words = before === undefined ? '' : ` (${change >= 0 ? '+' : ''}${change})`;
  return `${records} records${words}, as of ${asOf}`;
}

async function updateExploited(job: UpdateJob): Promise<Omit<Outcome, 'what'>> {
  const { origin, folder, force } = job;
  const catalogue = await origin.exploited();
  if (catalogue === undefined) return { result: 'unchanged', sentence: `${origin.name} has no list of them` };
  const asOf = completeUpTo(String(members(catalogue).dateReleased), {}, job);
  const built = buildExploited(catalogue, asOf);
  if ('trouble' in built) throw new InputError(`${origin.name}: ${built.trouble}`, origin.name, 'try again later');
  const before = openStore([folder]).states.find(({ ecosystem }) => ecosystem === EXPLOITED_STATE);
  refuseShrunken(EXPLOITED_STATE, before?.records, built.entries, force);
  replaceFiles(folder.path, [{ name: EXPLOITED_FILE, bytes: Buffer.from(built.text) }], job.steps);
  return { result: 'updated', sentence: `${built.entries} listed, as of ${asOf}` };
}
