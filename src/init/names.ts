/** Names as the manifest's schema wants them, made from whatever a repository calls things. Pure. */

/** Longest name that the schema allows. */
const LONGEST = 100;

/** Lower-case letters, digits and hyphens; empty when nothing of the text is left. */
export function slugged(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, LONGEST)
    .replace(/-$/, '');
}

/** The items with ids that nobody else has: a second `api` becomes `api-2`. */
export function withOwnIds<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
  const taken = new Set<string>();
  return items.map((item) => {
    let id = item.id;
    for (let count = 2; taken.has(id); count++) id = `${item.id.slice(0, LONGEST - 6)}-${count}`;
    taken.add(id);
    return { ...item, id };
  });
}
