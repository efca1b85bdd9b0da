/** npm's registry: the full document of a package, which alone carries the days. */
import { members, word } from '../../advisories/fields.ts';
import type { Release } from '../../releases/release.ts';
import { dayOf, jsonIn, LONGEST_VERSION, MOST_RELEASES, type Registry } from './registry.ts';

export const registry: Registry = {
  ecosystem: 'npm',
  path: (name) => `/${name.startsWith('@') ? `@${encodeURIComponent(name.slice(1))}` : encodeURIComponent(name)}`,
  read: (answer, name) => {
    const { name: its, versions, time } = members(jsonIn(answer));
    if (its !== name) return undefined;
    const days = members(time);
    const releases = Object.entries(members(versions))
      .slice(0, MOST_RELEASES)
      .flatMap(([version, value]): readonly Release[] => {
        if (word(version, LONGEST_VERSION) === undefined) return [];
        const { deprecated, license } = members(value);
        const published = Object.hasOwn(days, version) ? dayOf(days[version]) : undefined;
        return [
          {
            version,
            ...(published !== undefined && { published }),
            ...(typeof deprecated === 'string' && deprecated !== '' && { deprecated: deprecated.slice(0, 300) }),
            ...(typeof license === 'string' && { licence: license.slice(0, 200) }),
          },
        ];
      });
    return { releases };
  },
};
