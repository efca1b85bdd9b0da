/** Composer's registry: a list in which each version states only what differs from the one before. */
import { items, members, word } from '../../advisories/fields.ts';
import type { Release } from '../../releases/release.ts';
import { dayOf, jsonIn, LONGEST_VERSION, MOST_RELEASES, type Registry } from './registry.ts';

export const registry: Registry = {
  ecosystem: 'Packagist',
  path: (name) => (/^[\w.-]+\/[\w.-]+$/.test(name) ? `/p2/${name.toLowerCase()}.json` : undefined),
  read: (answer, name) => {
    const { packages } = members(jsonIn(answer));
    const its = members(packages);
    const all = Object.hasOwn(its, name.toLowerCase()) ? items(its[name.toLowerCase()], MOST_RELEASES) : undefined;
    if (!all) return undefined;
    let before: Readonly<Record<string, unknown>> = {};
    return {
      releases: all.map(members).flatMap((it): readonly Release[] => {
        before = { ...before, ...it };
        const version = word(before.version, LONGEST_VERSION);
        const published = dayOf(before.time);
        return version === undefined ? [] : [{ version, ...(published !== undefined && { published }) }];
      }),
    };
  },
};
