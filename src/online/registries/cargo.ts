/** Cargo's sparse index: a line of JSON for each version; newer lines carry the day. */
import { members, word } from '../../advisories/fields.ts';
import type { Release } from '../../releases/release.ts';
import { dayOf, jsonIn, LONGEST_VERSION, MOST_RELEASES, type Registry } from './registry.ts';

export const registry: Registry = {
  ecosystem: 'crates.io',
  path: (name) => (/^[\w-]+$/.test(name) ? `/${folderOf(name.toLowerCase())}/${name.toLowerCase()}` : undefined),
  read: ({ text }, name) => {
    const lines = text.split('\n', MOST_RELEASES).filter((line) => line.trim() !== '');
    const read = lines.map((line) => members(jsonIn({ text: line })));
    if (!read.every((it) => typeof it.name === 'string' && it.name.toLowerCase() === name.toLowerCase()))
      return undefined;
    return {
      releases: read.flatMap(({ vers, yanked, pubtime }): readonly Release[] => {
        const version = word(vers, LONGEST_VERSION);
        const published = dayOf(pubtime);
        return version === undefined
          ? []
          : [{ version, ...(published !== undefined && { published }), ...(yanked === true && { yanked: true }) }];
      }),
    };
  },
};

/** After doc.rust-lang.org/cargo/reference/registry-index.html: by the first letters, so that no folder is too large. */
function folderOf(name: string): string {
  if (name.length <= 2) return String(name.length);
  return name.length === 3 ? `3/${name[0]}` : `${name.slice(0, 2)}/${name.slice(2, 4)}`;
}
