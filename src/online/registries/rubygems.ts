/** The registry of Ruby's gems: versions once for each platform, of which the earliest day counts. */
import { items, members, word } from '../../advisories/fields.ts';
import type { Release } from '../../releases/release.ts';
import { dayOf, jsonIn, LONGEST_VERSION, MOST_RELEASES, type Registry } from './registry.ts';

export const registry: Registry = {
  ecosystem: 'RubyGems',
  path: (name) => `/api/v1/versions/${encodeURIComponent(name)}.json`,
  read: (answer) => {
    const json = jsonIn(answer);
    const all = Array.isArray(json) ? items(json, MOST_RELEASES) : undefined;
    if (!all) return undefined;
    const releases = new Map<string, Release>();
    for (const it of all.map(members)) {
      const version = word(it.number, LONGEST_VERSION);
      if (version === undefined) continue;
      const [published] = [dayOf(it.created_at), releases.get(version)?.published].flatMap((day) => day ?? []).sort();
      releases.set(version, { version, ...(published !== undefined && { published }) });
    }
    return { releases: [...releases.values()] };
  },
};
