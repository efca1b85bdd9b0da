/** Hex, the registry of Elixir and Erlang. */
import { items, members, word } from '../../advisories/fields.ts';
import type { Release } from '../../releases/release.ts';
import { dayOf, jsonIn, LONGEST_VERSION, MOST_RELEASES, type Registry } from './registry.ts';

export const registry: Registry = {
  ecosystem: 'Hex',
  path: (name) => `/packages/${encodeURIComponent(name)}`,
  read: (answer, name) => {
    const { name: its, releases, retirements } = members(jsonIn(answer));
    const all = items(releases, MOST_RELEASES);
    if (its !== name || !all) return undefined;
    const retired = members(retirements);
    return {
      releases: all.map(members).flatMap(({ version: written, inserted_at: at }): readonly Release[] => {
        const version = word(written, LONGEST_VERSION);
        if (version === undefined) return [];
        const published = dayOf(at);
        return [
          {
            version,
            ...(published !== undefined && { published }),
            ...(Object.hasOwn(retired, version) && { yanked: true }),
          },
        ];
      }),
    };
  },
};
