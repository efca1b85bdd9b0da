/** The documents a link may lead to, here and in the evidence roots at hand, with their anchors and the text below each heading. */
import type { Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import type { Anchor } from './pages/anchors.ts';
import type { MarkdownDocument } from './pages/markdown.ts';
import { PAGE } from './pages/page-text.ts';
import { wantedDocuments } from './references/document-selection.ts';
import type { UrlMap } from './references/link-lookup.ts';
import { linkTarget } from './references/link-target.ts';
import { repositoryNames } from './references/repository-names.ts';
import { documentAt, urlMaps } from './references/source-links.ts';
import { mentionsOf } from './runbooks/mentions.ts';

/** What stands below one heading, up to the next. */
export interface DocumentSection {
  readonly title: string;
  readonly level: number;
  readonly line: number;
  readonly words: number;
  readonly state: 'filled' | 'empty' | 'stub';
  /** First mark such as TODO that stands alone, also where there is other text. */
  readonly stubLine?: number;
  readonly commands: number;
  readonly links: number;
  /** Its own text, code included, at most 4,000 characters: for looking up names. */
  readonly text: string;
}

/** One document that something may link to. */
export interface DocumentEntry {
  /** Evidence root; empty for the judged repository. */
  readonly root: string;
  readonly path: string;
  readonly title?: string;
  readonly words: number;
  readonly anchors: readonly Anchor[];
  readonly sections: readonly DocumentSection[];
}

/** Facts of this kind. */
export interface Facts {
  /** Documents that were read: those that the configuration or the manifest links to, and those named like runbooks. */
  readonly documents: readonly DocumentEntry[];
  /** Every other file that a link may mean, by path only: further documents, and pages in other formats. */
  readonly others: readonly { readonly root: string; readonly path: string }[];
  /** Names of the evidence roots at hand. */
  readonly roots: readonly string[];
  /** Names by which the judged repository is linked to. */
  readonly names: readonly string[];
  /** The manifest's map from a documentation site to folders. */
  readonly maps: readonly UrlMap[];
  /** The service's folder: a path in an alert may be written from there. */
  readonly dir: string;
}

const LINKABLE = /\.(?:md|mdx|markdown|adoc|asciidoc|rst|org|textile|html?|txt|pdf|ipynb)(?:\.erb)?$/i;
const READ_CAP = 2000;
const OTHERS_CAP = 20_000;
/** Characters kept of a section's text. */
export const TEXT_CAP = 4000;

export const collector = defineCollector<Facts>({
  summary:
    'documents in Markdown, AsciiDoc and reStructuredText that alerts and the manifest link to, and those named like runbooks, with their anchors and sections; other pages by path',
  parses: ['markdown'],
  collect(sources) {
    const unread: Unread[] = [];
    const mentions = mentionsOf(sources);
    const roots = rootsAtHand(
      mentions.map(({ target }) => target),
      sources,
    );
    const pages = ['', ...roots].flatMap((root) => pagesOf(root, sources));
    const wanted = wantedDocuments(
      pages,
      mentions.map(({ target }) => target),
      sources.manifest,
    );
    const read = wanted.slice(0, READ_CAP).flatMap((file) => entryOf(file, sources, unread));
    if (wanted.length > READ_CAP) unread.push(limit(wanted[READ_CAP], `only ${READ_CAP} documents are read`));
    if (pages.length - read.length > OTHERS_CAP)
      unread.push(limit(pages[OTHERS_CAP], `only ${OTHERS_CAP} pages are listed`));
    const known = new Set(read.map(({ root, path }) => `${root}:${path}`));
    const others = pages
      .filter(({ root, path }) => !known.has(`${root}:${path}`))
      .slice(0, OTHERS_CAP)
      .map(({ root, path }) => ({ root, path }));
    const facts: Facts = {
      documents: read,
      others,
      roots,
      names: repositoryNames(sources),
      maps: urlMaps(sources),
      dir: sources.manifest.dir,
    };
    return {
      facts,
      looked: { files: wanted.length, note: `${pages.length} pages, ${read.length} of them read` },
      unread,
      delegated: [],
    };
  },
});

/** Repositories that the manifest refers to or a link leads to, as far as they are at hand. */
function rootsAtHand(targets: readonly string[], sources: Sources): readonly string[] {
  const linked = targets.flatMap((written) => {
    const target = linkTarget(written);
    return target.kind === 'hosted' ? [target.repository] : [];
  });
  const claimed = [...JSON.stringify(sources.manifest.claims).matchAll(/"repo:([\w.-]+\/[\w./-]+?)(?:\/\/|")/g)].map(
    ([, name = '']) => name,
  );
  const given = sources.reference.roots ?? [];
  return [...new Set([...claimed, ...linked, ...given])].filter((name) => sources.repo(name) !== undefined).sort();
}

function pagesOf(root: string, sources: Sources): readonly SourceFile[] {
  return (root === '' ? sources.shared : sources.filesOf(root)).filter((file) => LINKABLE.test(file.path));
}

function entryOf(file: SourceFile, sources: Sources, unread: Unread[]): readonly DocumentEntry[] {
  const document = PAGE.test(file.path) ? documentAt(file, sources, unread) : undefined;
  return document ? [{ root: file.root, path: file.path, ...contentOf(document) }] : [];
}

function contentOf({ title, words, anchors, sections }: MarkdownDocument): Omit<DocumentEntry, 'root' | 'path'> {
  return {
    ...(title !== undefined && { title }),
    words,
    anchors,
    sections: sections.map((section) => ({
      title: section.title,
      level: section.level,
      line: section.line,
      words: section.words,
      state: section.state,
      ...(section.stubLine !== undefined && { stubLine: section.stubLine }),
      commands: section.commands,
      links: section.links.length,
      text: section.text.slice(0, TEXT_CAP),
    })),
  };
}

function limit(file: SourceFile | undefined, detail: string): Unread {
  const at: Place = { path: file?.path ?? '', ...(file && file.root !== '' && { root: file.root }) };
  return { at, reason: 'limit', detail };
}
