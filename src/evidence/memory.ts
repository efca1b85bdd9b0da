/** Lets one run after another over the same repository gather anew only what a change could have altered. Its answers are those of a run without a memory. */
import type { Repo } from '../repo/repo.ts';
import type { Sources } from './collector.ts';
import { gatheredFrom, keepGathered } from './once.ts';
import type { Reference } from './reference.ts';
import { openReading, openSources, type Reading, sameTexts } from './sources.ts';
import { everyPart, type Used, withNotes } from './used.ts';

/** What is remembered from one run to the next. */
export interface Memory {
  /** Opens a run: texts of files that are the same need not be read again. */
  reading(repo: Repo, rootNamed: (name: string) => Repo | undefined): Reading;
  /** The sources of one service, with the evidence that is the same as before. */
  sources(...asked: Parameters<typeof openSources>): Sources;
  /** Kinds of evidence of the last run, over all services, and those among them that did not have to be gathered. */
  tally(): { readonly all: number; readonly kept: number };
}

/** The state of a repository, and what was seen then. */
interface Round {
  readonly name: string;
  readonly stamps: ReadonlyMap<string, unknown>;
  readonly listing: string;
  readonly past: string | undefined;
  readonly reading: Reading;
  readonly services: Map<string, Served>;
}

/** One service in a round, and what it was told apart by. */
interface Served {
  readonly sources: Sources;
  readonly manifest: string;
  /** Folders of the other services, whose files are not its own. */
  readonly folders: string;
  readonly reference: Reference | undefined;
}

/** A memory that knows nothing yet. */
export function openMemory(): Memory {
  let before: Round | undefined;
  let now: Round | undefined;
  return {
    reading(repo, rootNamed) {
      // Another folder may have come to the same place.
      before = now?.name === repo.name ? now : undefined;
      const stamps = stampsOf(repo);
      const same = before && sameTexts(before.reading, (path) => isUnchanged(path, before, stamps));
      const reading = openReading(doubting(repo, stamps), rootNamed, same);
      now = { name: repo.name, stamps, listing: listingOf(repo), past: repo.past?.(), reading, services: new Map() };
      return reading;
    },
    sources(reading, manifest, others, reference, asked) {
      const base = openSources(reading, manifest, others, reference, asked);
      const [claims, folders] = [JSON.stringify([manifest, asked]), JSON.stringify(others)];
      const served: Served = { sources: base, manifest: claims, folders, reference };
      const earlier = before?.services.get(manifest.dir);
      if (before && now && earlier) keepGathered(earlier.sources, base, sameness([before, earlier], [now, served]));
      now?.services.set(manifest.dir, served);
      return withNotes(base).sources;
    },
    tally() {
      const each = [...(now?.services.values() ?? [])].map(({ sources }) => gatheredFrom(sources));
      return { all: each.reduce((sum, it) => sum + it.all, 0), kept: each.reduce((sum, it) => sum + it.kept, 0) };
    },
  };
}

/** A test for whether all that was looked at in one round is the same in the next. */
function sameness(
  [before, then]: readonly [Round, Served],
  [now, served]: readonly [Round, Served],
): (used: Used) => boolean {
  const sameManifest = then.manifest === served.manifest;
  const sameReference = then.reference === served.reference;
  const sameListing = before.listing === now.listing && then.folders === served.folders;
  const samePast = before.past !== undefined && before.past === now.past;
  return (used) =>
    everyPart(
      used,
      (part) =>
        !part.beyond &&
        (sameReference || !part.reference) &&
        (sameListing || !part.listing) &&
        (sameManifest || !part.manifest) &&
        (samePast || !part.history) &&
        [...part.files].every((path) => isUnchanged(path, before, now.stamps)),
    );
}

function isUnchanged(path: string, before: Round | undefined, now: ReadonlyMap<string, unknown>): boolean {
  return before !== undefined && before.stamps.get(path) === now.get(path);
}

/** What could not be opened may open the next time, without a change that its stamp would tell. */
function doubting(repo: Repo, stamps: Map<string, unknown>): Repo {
  return {
    ...repo,
    read(path, cap) {
      const read = repo.read(path, cap);
      if (!read.ok && read.reason === 'unreadable' && stamps.has(path)) stamps.set(path, Number.NaN);
      return read;
    },
  };
}

/** By path. NaN is never the same, which is right for a file about which nobody can tell. */
function stampsOf(repo: Repo): Map<string, unknown> {
  return new Map(repo.list().files.map(({ path }) => [path, repo.stamp?.(path) ?? Number.NaN]));
}

/** Some kinds of evidence leave large files out, so that a listing tells the sizes of those. */
const LARGE = 64 * 1024;

function listingOf(repo: Repo): string {
  const { files, skipped } = repo.list();
  const listed = files.map(({ path, size }) => [path, ...(size > LARGE ? [size] : [])]);
  return JSON.stringify([listed, skipped]);
}
