/** NuGet's registrations: pages of versions, some of them in documents of their own. An unlisted version counts as taken back. */
import { items, members, word } from '../../advisories/fields.ts';
import type { Release } from '../../releases/release.ts';
import { dayOf, jsonIn, LONGEST_VERSION, type Page, type Registry } from './registry.ts';

const MOST_PAGES = 500;
const MOST_ITEMS = 1000;

export const registry: Registry = {
  ecosystem: 'NuGet',
  path: (name) => `/${encodeURIComponent(name.toLowerCase())}/index.json`,
  read: (answer) => {
    const json = members(jsonIn(answer));
    const pages = items(json.items, MOST_PAGES);
    if (!pages || json.items === undefined) return undefined;
    // A page of its own holds versions directly.
    const isPage = pages.some((it) => members(it).catalogEntry !== undefined);
    const read = isPage ? [pageOf({ items: pages })] : pages.map((it) => pageOf(members(it)));
    return { releases: read.flatMap(({ releases }) => releases), more: read.flatMap(({ more = [] }) => more) };
  },
};

function pageOf(page: Readonly<Record<string, unknown>>): Page {
  const address = word(page['@id'], 1000);
  if (page.items === undefined) return { releases: [], ...(address !== undefined && { more: [address] }) };
  return { releases: (items(page.items, MOST_ITEMS) ?? []).flatMap(releaseOf) };
}

function releaseOf(item: unknown): readonly Release[] {
  const { version: written, published: at, listed, deprecation } = members(members(item).catalogEntry);
  const version = word(written, LONGEST_VERSION);
  if (version === undefined) return [];
  const published = dayOf(at);
  // What is unlisted is dated 1900.
  const isTakenBack = listed === false || (published === undefined && typeof at === 'string' && at.startsWith('1900'));
  const { message, reasons } = members(deprecation);
  const words = typeof message === 'string' && message !== '' ? message : (items(reasons, 10) ?? []).join(', ');
  return [
    {
      version,
      ...(published !== undefined && { published }),
      ...(isTakenBack && { yanked: true }),
      ...(deprecation !== undefined && { deprecated: words.slice(0, 300) || 'deprecated' }),
    },
  ];
}
