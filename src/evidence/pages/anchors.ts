/** Finds the place a link's `#fragment` names among a document's anchors. Pure; knows nothing of how anchors are made. */

/** A place in a document that a link can name. */
export interface Anchor {
  /** As GitHub makes it, or the id that was written. */
  readonly slug: string;
  readonly line: number;
  /** Heading it belongs to; empty where it belongs to none. */
  readonly title: string;
  /** As other renderers (GitLab, MkDocs, Hugo, kramdown) make it, where they differ. */
  readonly aliases?: readonly string[];
}

/** The anchor a fragment names; `strict` accepts only what GitHub itself would. Case and URL encoding do not matter. */
export function findAnchor(
  document: { readonly anchors: readonly Anchor[] },
  fragment: string,
  strict = false,
): Anchor | undefined {
  const wanted = normal(fragment);
  const exact = document.anchors.find((anchor) => anchor.slug === wanted || anchor.slug.toLowerCase() === wanted);
  if (exact || strict) return exact;
  return document.anchors.find((anchor) => anchor.aliases?.includes(wanted));
}

/** Whether a document has the place that a fragment names. */
export function hasAnchor(
  document: { readonly anchors: readonly Anchor[] },
  fragment: string,
  strict = false,
): boolean {
  return findAnchor(document, fragment, strict) !== undefined;
}

function normal(fragment: string): string {
  return decoded(fragment.replace(/^#/, '').replace(/:~:.*$/, ''))
    .normalize('NFC')
    .toLowerCase()
    .replace(/^user-content-/, '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
