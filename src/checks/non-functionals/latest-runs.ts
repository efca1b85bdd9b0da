/** Puts days and environments to the results of load tests, and picks those of the latest day. */
import type { LoadResult } from '../../evidence/load-results.ts';
import { referencesUnder } from '../../evidence/references/lookup.ts';
import type { Facts as References } from '../../evidence/references.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Place, Unread } from '../../model.ts';
import { listed } from '../words.ts';

/** A result and what the manifest or its name adds to it. */
export interface Run {
  readonly result: LoadResult;
  readonly on?: string;
  readonly env?: string;
}

/** A result that could not be read. */
export interface Lost {
  readonly on: string;
  readonly at: Place;
  readonly detail: string;
}

/** A test that the manifest speaks of and its cited files. */
interface Citation {
  readonly on: string;
  readonly env?: string | undefined;
  readonly places: readonly Place[];
}

const DAY = /(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)/;

/** The runs of the latest day; those without any day only where none has one. */
export function latestRuns(claims: Claims, results: readonly LoadResult[], references: References): readonly Run[] {
  const citations = citationsIn(claims, references);
  const runs = results.map((result) => runOf(result, citations));
  const latest = runs.reduce((day, { on }) => (on !== undefined && on > day ? on : day), '');
  return latest === '' ? runs : runs.filter(({ on }) => on === latest);
}

/** The latest of the results that could not be read, as far as the manifest or its name says its day. */
export function latestUnread(claims: Claims, unread: readonly Unread[], references: References): Lost | undefined {
  const citations = citationsIn(claims, references);
  const lost = unread.flatMap(({ at, detail }) => {
    const cited = citations.filter(({ places }) => places.some((it) => isSamePlace(it, at))).map(({ on }) => on);
    const on = cited.sort().at(-1) ?? DAY.exec(at.path)?.[1];
    return on === undefined ? [] : [{ on, at, detail }];
  });
  return lost.sort((a, b) => (a.on < b.on ? 1 : -1))[0];
}

/** "k6 on 2026-05-02 in staging, which is kept like prod". */
export function introduced(runs: readonly Run[], claims: Claims): string {
  const [first] = runs;
  const tools = listed([...new Set(runs.map(({ result }) => result.tool))]);
  const when = first?.on === undefined ? 'on an unknown day' : `on ${first.on}`;
  const places = [...new Set(runs.flatMap(({ env }) => env ?? []))].map((env) => likeness(env, claims));
  return places.length > 0 ? `${tools} ${when} in ${listed(places)}` : `${tools} ${when}`;
}

/** How an environment compares with production, as far as the manifest says. */
function likeness(env: string, { environments = [] }: Claims): string {
  const parity = environments.find(({ id }) => id === env)?.parity;
  if (parity) return `${env}, which is kept like ${parity}`;
  return /^(prod|production|live)/i.test(env) ? env : `${env} (nothing says how it compares with production)`;
}

/** The day in the file itself outweighs the manifest's, and that the one in its name. */
function runOf(result: LoadResult, citations: readonly Citation[]): Run {
  const cited = citations.filter(({ places }) => places.some((at) => isSamePlace(at, result.at)));
  const claimed = cited.reduce<Citation | undefined>(
    (latest, it) => (latest && latest.on >= it.on ? latest : it),
    undefined,
  );
  const on = result.date ?? claimed?.on ?? DAY.exec(result.at.path)?.[1];
  return { result, ...(on !== undefined && { on }), ...(claimed?.env !== undefined && { env: claimed.env }) };
}

function citationsIn({ nfrs }: Claims, references: References): readonly Citation[] {
  return Object.entries(nfrs ?? {}).flatMap(([name, nfr]) =>
    (nfr?.validated ?? []).map(({ on, env }, index) => ({
      on,
      env,
      places: referencesUnder(references, `/nfrs/${name}/validated/${index}/evidence`).flatMap(
        ({ matches }) => matches,
      ),
    })),
  );
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.path === b.path && a.root === b.root;
}
