/** Passages that say how a release is taken back, and what there is to do in each. Whether that is enough is for the checks to say. */
import type { Place, Unread } from '../model.ts';
import { isForAssistants } from './assistant-files.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { findAnchor } from './pages/anchors.ts';
import type { MarkdownDocument, MarkdownSection } from './pages/markdown.ts';
import { PAGE } from './pages/page-text.ts';
import { resolveReference } from './references/resolve-reference.ts';
import { documentAt } from './references/source-links.ts';
import { isAboutRelease, isRollbackTitle, stepsIn } from './rollback-docs/rollback-passage.ts';
import { subtree } from './runbooks/structure.ts';
import { placeIn } from './sources.ts';

/** One passage. */
export interface RollbackPassage {
  readonly title: string;
  readonly at: Place;
  readonly words: number;
  /** What somebody can do: commands, numbered or listed steps, sentences that tell to act. */
  readonly steps: number;
  /** The manifest names it. */
  readonly claimed: boolean;
}

/** Facts of this kind. */
export interface Facts {
  readonly passages: readonly RollbackPassage[];
}

const SIGN =
  /^\s{0,3}(?:#{1,6}\s|\*\*).*(?:roll(?:ing|ed)?[-_ ]?back|revert|back(?:ing)? out|undo)|^(?:.*roll(?:ing)?[- ]?back.*)\n(?:=+|-+)$/im;
/** What was changed, decided or proposed is no instruction; and neither is an article. */
const NEVER =
  /(?:^|\/)(?:changelog|changes|history|release-?notes|news)[^/]*\.\w+$|(?:^|\/)(?:adrs?|decisions|rfcs?|proposals?|blog|posts|node_modules)\//i;
const PAGES_CAP = 200;

export const collector = defineCollector<Facts>({
  summary:
    'Markdown headings about taking a release back, with the commands and steps below them; the page that the manifest names',
  parses: ['markdown'],
  collect(sources) {
    const unread: Unread[] = [];
    const claimed = claimedPassages(sources, unread);
    const pages = [...new Set([...sources.files, ...sources.shared])].filter(
      (file) =>
        file.class === 'source' && PAGE.test(file.path) && !NEVER.test(file.path) && !isForAssistants(file.path),
    );
    const wanted = unique(pages).filter((file) => SIGN.test(sources.text(file, []) ?? ''));
    if (wanted.length > PAGES_CAP)
      unread.push({
        at: { path: '.' },
        reason: 'limit',
        detail: `only ${PAGES_CAP} pages with such headings are read`,
      });
    const passages = wanted.slice(0, PAGES_CAP).flatMap((file) => passagesIn(file, sources, unread));
    const all = [...claimed, ...passages];
    return {
      facts: { passages: all },
      looked: { files: wanted.length, note: `${all.length} passages` },
      unread,
      delegated: [],
    };
  },
});

function unique(files: readonly SourceFile[]): readonly SourceFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

/** The whole page, or the section that the reference names. */
function claimedPassages(sources: Sources, unread: Unread[]): readonly RollbackPassage[] {
  const reference = sources.manifest.claims.release?.rollback?.runbook;
  if (reference === undefined) return [];
  const anchor = /#(.+)$/.exec(reference)?.[1];
  return resolveReference(reference, sources, unread).files.flatMap((file) => {
    const document = PAGE.test(file.path) ? documentAt(file, sources, unread) : undefined;
    if (!document) return [];
    const line = anchor === undefined ? undefined : findAnchor(document, anchor)?.line;
    const from = line === undefined ? -1 : document.sections.findLastIndex((section) => section.line <= line);
    const own = from <= 0 ? document.sections : subtree(document.sections, from);
    const title = (from <= 0 ? document.title : own[0]?.title) ?? file.path;
    return [{ ...passage(title, own), at: placeIn(file, from <= 0 ? undefined : own[0]?.line), claimed: true }];
  });
}

function passagesIn(file: SourceFile, sources: Sources, unread: Unread[]): readonly RollbackPassage[] {
  const document = documentAt(file, sources, unread);
  if (!document) return [];
  const found = document.sections.flatMap((section, index) => {
    if (!isRollbackTitle(section.title)) return [];
    const own = subtree(document.sections, index);
    if (!isAboutRelease(section.title, contextOf(document, index, file.path), textOf(own))) return [];
    return [{ ...passage(section.title, own), at: placeIn(file, section.line), claimed: false }];
  });
  return found.filter((it, index) => index === 0 || it.steps > 0);
}

/** The headings above, the page's title and its path. */
function contextOf({ sections, title }: MarkdownDocument, index: number, path: string): string {
  const above: string[] = [];
  let level = sections[index]?.level ?? 0;
  for (const section of sections.slice(0, index).reverse()) {
    if (section.level === 0 || section.level >= level) continue;
    above.push(section.title);
    level = section.level;
  }
  return [path, title ?? '', ...above].join('\n');
}

function passage(title: string, own: readonly MarkdownSection[]): Pick<RollbackPassage, 'title' | 'words' | 'steps'> {
  const words = own.reduce((sum, section) => sum + section.words, 0);
  const commands = own.reduce((sum, section) => sum + section.commands, 0);
  return { title: title.slice(0, 200), words, steps: commands + stepsIn(textOf(own)) };
}

function textOf(own: readonly MarkdownSection[]): string {
  return own.map(({ text }) => text).join('\n');
}
