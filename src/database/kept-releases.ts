/** What registries said before, by ecosystem and package. A file may have been written by anybody who may write there: what it says is read as carefully as an answer. */
import { items, members, text, word } from '../advisories/fields.ts';
import type { KeptReleases } from '../online/registries.ts';
import type { Release } from '../releases/release.ts';
import { keptJson } from './kept-json.ts';

const MOST_RELEASES = 20_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Kept in a folder, which is made when something is first kept. */
export function keptReleases(path: string): KeptReleases {
  const kept = keptJson(path);
  return {
    get: (ecosystem, name) => {
      const { of, asOf, releases } = members(kept.get(`${ecosystem}/${name}`));
      const all = items(releases, MOST_RELEASES);
      if (of !== name || typeof asOf !== 'string' || !DAY.test(asOf) || !all) return undefined;
      return { asOf, releases: all.map(members).flatMap(releaseOf) };
    },
    put: (ecosystem, name, answer) => kept.put(`${ecosystem}/${name}`, { of: name, ...answer }),
  };
}

function releaseOf(it: Readonly<Record<string, unknown>>): readonly Release[] {
  const version = word(it.version);
  if (version === undefined) return [];
  const published = text(it.published, 10);
  const deprecated = text(it.deprecated, 300);
  const licence = text(it.licence, 200);
  return [
    {
      version,
      ...(published !== undefined && DAY.test(published) && { published }),
      ...(it.yanked === true && { yanked: true }),
      ...(deprecated !== undefined && { deprecated }),
      ...(licence !== undefined && { licence }),
    },
  ];
}
