/** Python's package index, by its JSON API: a version is as old as its first file, and yanked when all its files are. */
import { items, members, word } from '../../advisories/fields.ts';
import type { Release } from '../../releases/release.ts';
import { dayOf, jsonIn, LONGEST_VERSION, MOST_RELEASES, type Registry } from './registry.ts';

const MOST_FILES = 5000;

export const registry: Registry = {
  ecosystem: 'PyPI',
  path: (name) => `/pypi/${encodeURIComponent(name)}/json`,
  read: (answer) => {
    const { info, releases } = members(jsonIn(answer));
    if (word(members(info).name) === undefined) return undefined;
    const read = Object.entries(members(releases))
      .slice(0, MOST_RELEASES)
      .flatMap(([version, files]): readonly Release[] => {
        const its = (items(files, MOST_FILES) ?? []).map(members);
        if (its.length === 0 || word(version, LONGEST_VERSION) === undefined) return [];
        const [published] = its.flatMap(({ upload_time_iso_8601: at }) => dayOf(at) ?? []).sort();
        return [
          {
            version,
            ...(published !== undefined && { published }),
            ...(its.every(({ yanked }) => yanked === true) && { yanked: true }),
          },
        ];
      });
    return { releases: read };
  },
};
