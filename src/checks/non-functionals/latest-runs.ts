/** Puts days and environments to the results of load tests, and picks those of the latest day. */
import type { LoadResult } from '../../evidence/load-results.ts';
import { referencesUnder } from '../../evidence/reference-lookup.ts';
import type { Facts as References } from '../../evidence/references.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Place } from '../../model.ts';

/** A result and what the manifest or its name adds to it. */
export interface Run {
  readonly result: LoadResult;
  readonly on?: string;
  readonly env?: string;
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

/** The day of the latest test whose cited file is among some places, e.g. those that could not be read. */
export function latestCited(
  claims: Claims,
  places: readonly Place[],
  references: References,
): { readonly on: string; readonly at: Place } | undefined {
  const hits = citationsIn(claims, references).flatMap(({ on, places: cited }) =>
    cited.filter((at) => places.some((it) => isSamePlace(it, at))).map((at) => ({ on, at })),
  );
  return hits.length === 0 ? undefined : hits.reduce((latest, it) => (it.on > latest.on ? it : latest));
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
