/** Markdown within a size: what matters least is left out, whole entries at a time, and counted. Pure. */
import { type Markdown, remark } from './markdown-template.ts';
import { counted } from './words.ts';

/** Entries of which the last may be left out. */
export interface Listing {
  /** Listings with a lower number are filled before those with a higher one. */
  readonly importance: number;
  /** A heading, the head of a table or the begin of a fold; ends where the first entry begins. */
  readonly open: Markdown;
  /** The most important first; each ends its line. */
  readonly entries: readonly Markdown[];
  /** Ends what `open` began. */
  readonly close?: Markdown;
}

/** A part of a document: one that is always there, or one that may be shortened. Each ends its line. */
export type Part = Markdown | Listing;

/** How much there may be, how it is measured, and where all of it is. */
export interface Room {
  readonly limit: number;
  size(text: string): number;
  /** Which command shows what is left out, as a sentence. */
  readonly elsewhere?: Markdown;
}

const IN_A_CHECK = remark`\`gonogo check --verbose\` shows all, \`--format json\` holds all.`;

/** The document, within the limit as long as the parts that are always there are. */
export function fitted(parts: readonly Part[], room: Room): string {
  const listings = parts.filter(isListing).toSorted((a, b) => a.importance - b.importance);
  const free = room.limit - room.size(documentOf(parts, new Map(), room));
  return documentOf(parts, kept(listings, free, room), room);
}

/** How many entries of each listing there is room for. The first that does not fit ends it: nothing is shown before something more important. */
function kept(listings: readonly Listing[], free: number, room: Room): ReadonlyMap<Listing, number> {
  const counts = new Map<Listing, number>();
  let left = free;
  for (const listing of listings) {
    for (const [index, { source }] of listing.entries.entries()) {
      left -= room.size(source);
      if (left < 0) return counts;
      counts.set(listing, index + 1);
    }
  }
  return counts;
}

function documentOf(
  parts: readonly Part[],
  counts: ReadonlyMap<Listing, number>,
  { elsewhere = IN_A_CHECK }: Room,
): string {
  const missing = parts
    .filter(isListing)
    .reduce((sum, listing) => sum + listing.entries.length - (counts.get(listing) ?? 0), 0);
  const texts = parts.map((part) => (isListing(part) ? listed(part, counts.get(part) ?? 0) : part));
  const all = missing === 0 ? texts : [...texts, leftOut(missing, elsewhere)];
  return all
    .map(({ source }) => source)
    .filter((source) => source !== '')
    .join('\n');
}

function listed({ open, entries, close }: Listing, count: number): Markdown {
  if (entries.length === 0) return remark``;
  const left = entries.length - count;
  return remark`${open}${entries.slice(0, count)}${left > 0 && remark`\n*and ${left} more*\n`}${close}`;
}

function leftOut(missing: number, elsewhere: Markdown): Markdown {
  return remark`**Not all of it is here**: ${counted(missing, 'entry', 'entries')} that ${missing === 1 ? 'matters' : 'matter'} least ${missing === 1 ? 'is' : 'are'} left out for size. ${elsewhere}\n`;
}

function isListing(part: Part): part is Listing {
  return 'entries' in part;
}
