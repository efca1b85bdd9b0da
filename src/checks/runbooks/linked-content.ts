/** What the links of alerts lead to, for the rules that read it. Pure. */
import type { Facts as Documents } from '../../evidence/documents.ts';
import { type Resolution, resolveDocument } from '../../evidence/references/resolve-document.ts';
import { type Linked, type LinkScope, type LinkSubject, linkScope } from './runbook-links.ts';

/** A link into a page that could be read. */
export interface LinkedPage {
  readonly linked: Linked;
  readonly to: Resolution;
}

/** The links of alerts that lead to a page at hand, and the scope they were found in. */
export function linkedPages(
  subject: LinkSubject,
  documents: Documents,
): LinkScope & { readonly pages: readonly LinkedPage[] } {
  const { scope, linked } = linkScope(subject);
  const pages = linked.flatMap((it) => {
    if (!it.link || it.unseen) return [];
    const to = resolveDocument(documents, it.link.value, it.alert.at);
    return ['section', 'file', 'no-section', 'empty'].includes(to.outcome) ? [{ linked: it, to }] : [];
  });
  return { scope, linked, pages };
}
