/** A Go module proxy: a list of versions, and the day of each on its own. */
import { members, word } from '../../advisories/fields.ts';
import { dayOf, jsonIn, LONGEST_VERSION, MOST_RELEASES, type Registry } from './registry.ts';

export const registry: Registry = {
  ecosystem: 'Go',
  path: (name) => `/${escaped(name)}/@v/list`,
  read: ({ text }) => {
    const lines = text.split('\n', MOST_RELEASES).filter((line) => line !== '');
    if (!lines.every((line) => /^v\d/.test(line))) return undefined;
    return {
      releases: lines.flatMap((line) => (word(line, LONGEST_VERSION) === undefined ? [] : [{ version: line }])),
    };
  },
  dayPath: (name, version) => `/${escaped(name)}/@v/${escaped(version)}.info`,
  readDay: (answer) => dayOf(members(jsonIn(answer)).Time),
};

/** After go.dev/ref/mod: a capital letter is an exclamation mark and the small one, for file systems that know no difference. */
function escaped(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(part.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`)))
    .join('/')
    .replaceAll('%21', '!');
}
