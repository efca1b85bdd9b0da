/** What is written down about the service's users: research, summaries of feedback, statements on accessibility, how they learn of incidents, measured outcomes. Says what each record holds; judges none. */
import type { Delegated, Place, Unread } from '../model.ts';
import { browserPages } from './browser-pages.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { type Claimed, claimedRecords, type Topic, topicOf } from './customer-records/claimed.ts';
import { type Dated, dayOf } from './customer-records/day.ts';
import { linesWith } from './customer-records/figures.ts';
import { accessible, type CustomerPart, everyLine, NEWS, RESEARCH } from './customer-records/parts.ts';
import { findAnchor } from './pages/anchors.ts';
import type { MarkdownDocument, MarkdownSection } from './pages/markdown.ts';
import { PAGE } from './pages/page-text.ts';
import { partsIn } from './records/record.ts';
import { resolveReference } from './references/resolve-reference.ts';
import { documentAt } from './references/source-links.ts';
import { subtree } from './runbooks/structure.ts';
import { placeIn } from './sources.ts';

/** One record. */
export interface CustomerRecord {
  readonly topic: Topic;
  /** JSON pointer of the reference that leads to it; absent where it was found by its name. */
  readonly pointer?: string;
  readonly title: string;
  readonly at: Place;
  /** Words that say something; marks such as TODO are none. */
  readonly words: number;
  readonly dated?: Dated;
  /** Parts that are there and filled; `words` are those that name a standard or a level. */
  readonly parts: readonly { readonly part: CustomerPart; readonly at: Place; readonly words?: string }[];
  /** For statements on accessibility: when somebody looked, as it says. */
  readonly audits: readonly { readonly on: string; readonly at: Place }[];
  /** For tables: the names of the columns. */
  readonly header?: string;
  /** Lines on which the claimed figure stands. */
  readonly shown: readonly { readonly text: string; readonly at: Place; readonly days: readonly string[] }[];
}

/** Facts of this kind. */
export interface Facts {
  /** Those that the manifest names first, in its order; then by path. */
  readonly records: readonly CustomerRecord[];
  /** Pages, templates and components of the service's own for a browser, the first few: what people look at. */
  readonly pages: readonly string[];
}

const TABLE = /\.[ct]sv$/i;
const FILES_CAP = 20;
const FOUND_CAP = 100;

export const collector = defineCollector<Facts>({
  summary:
    'records about users: what the manifest names for research, feedback, accessibility, incidents, outcomes and support, and pages with such names; their day, their parts, and the lines on which claimed figures stand',
  parses: ['markdown'],
  collect(sources) {
    const unread: Unread[] = [];
    const delegated: Delegated[] = [];
    const claimed = claimedRecords(sources.manifest.claims).flatMap((claim) => {
      const resolved = resolveReference(claim.reference, sources, unread);
      if (resolved.outcome === 'root-not-at-hand')
        delegated.push({ at: { path: sources.manifest.path }, to: claim.reference });
      const files = resolved.files.slice(0, FILES_CAP);
      if (resolved.files.length > FILES_CAP) unread.push(limit(resolved.files[FILES_CAP], claim.reference));
      return files.flatMap((file) => recordIn(file, claim, sources, unread));
    });
    const named = sources.files.flatMap((file) => {
      const topic = file.class === 'source' ? topicOf(file.path) : undefined;
      return topic ? [{ file, topic }] : [];
    });
    const known = new Set(claimed.map(({ at }) => `${at.root ?? ''}:${at.path}`));
    const found = named
      .filter(({ file }) => !known.has(`:${file.path}`))
      .slice(0, FOUND_CAP)
      .flatMap(({ file, topic }) => recordIn(file, { topic }, sources, unread));
    const records = [...claimed, ...found];
    return {
      facts: { records, pages: browserPages(sources) },
      looked: {
        files: claimed.length + named.length,
        note: records.length === 1 ? '1 record' : `${records.length} records`,
      },
      unread,
      delegated,
    };
  },
});

function limit(file: SourceFile | undefined, reference: string): Unread {
  const at = file ? placeIn(file) : { path: '.' };
  return { at, reason: 'limit', detail: `of ${reference} only ${FILES_CAP} files are read` };
}

type Asked = Pick<Claimed, 'topic'> & Partial<Claimed>;

function recordIn(file: SourceFile, asked: Asked, sources: Sources, unread: Unread[]): readonly CustomerRecord[] {
  const { topic, pointer, reference = '', figure } = asked;
  const text = sources.text(file, unread);
  if (text === undefined) return [];
  const document = PAGE.test(file.path) ? documentAt(file, sources, unread) : undefined;
  if (PAGE.test(file.path) && !document) return [];
  const part = document ? passage(document, reference) : undefined;
  const from = part?.[0]?.line ?? 1;
  const lines = text.split('\n').slice(0, part && document ? endOf(part, document) : undefined);
  // Lines above the passage stay, empty, so that every number is right.
  const own = [...lines.slice(0, from - 1).map(() => ''), ...lines.slice(from - 1)].join('\n');
  const sections = part ?? document?.sections;
  const dated = dayOf(document?.frontMatter ?? {}, lines.slice(from - 1).join('\n'), file.path, document?.title);
  return [
    {
      topic,
      ...(pointer !== undefined && { pointer }),
      title: (part?.[0]?.title ?? document?.title ?? file.path.split('/').at(-1) ?? file.path).slice(0, 200),
      at: placeIn(file, part ? from : undefined),
      words: sections ? wordsOf(sections) : wordsIn(own),
      ...(dated && { dated }),
      ...(TABLE.test(file.path) && { header: (lines[0] ?? '').slice(0, 500) }),
      ...spoken(asked, own, sections ?? [], file),
      shown:
        figure === undefined
          ? []
          : linesWith(own, figure).map(({ line, ...it }) => ({ ...it, at: placeIn(file, line) })),
    },
  ];
}

/** The section that a reference names, with those below it; nothing where it means the whole page. */
function passage(document: MarkdownDocument, reference: string): readonly MarkdownSection[] | undefined {
  const anchor = /#(.+)$/s.exec(reference)?.[1];
  const line = anchor === undefined ? undefined : findAnchor(document, anchor)?.line;
  const index = line === undefined ? -1 : document.sections.findLastIndex((section) => section.line <= line);
  return index < 0 ? undefined : subtree(document.sections, index);
}

/** Lines from the first on that belong to the passage; undefined up to the end. */
function endOf(part: readonly MarkdownSection[], { sections }: MarkdownDocument): number | undefined {
  const last = part.at(-1);
  const next = last && sections[sections.indexOf(last) + 1];
  return next ? next.line - 1 : undefined;
}

function wordsOf(sections: readonly MarkdownSection[]): number {
  return sections.filter(({ state }) => state === 'filled').reduce((sum, { words }) => sum + words, 0);
}

function wordsIn(text: string): number {
  return (text.replace(/<[^<>]{0,500}>/g, ' ').match(/\p{L}{2,}/gu) ?? []).length;
}

function spoken(
  { topic, pointer }: Asked,
  text: string,
  sections: readonly MarkdownSection[],
  file: SourceFile,
): Pick<CustomerRecord, 'parts' | 'audits'> {
  if (topic === 'accessibility') {
    const { standard, level, denied, audits } = accessible(text);
    const parts = [
      ...(standard ? [{ part: 'standard' as const, at: placeIn(file, standard.line), words: standard.words }] : []),
      ...(level ? [{ part: 'level' as const, at: placeIn(file, level.line), words: level.words }] : []),
      ...(denied ? [{ part: 'denied' as const, at: placeIn(file, denied.line), words: denied.words }] : []),
    ];
    return { parts, audits: audits.map(({ on, line }) => ({ on, at: placeIn(file, line) })) };
  }
  const headings = topic === 'research' ? RESEARCH : topic === 'status' ? NEWS : [];
  const parts = partsIn(sections, text, headings).map(({ part, line }) => ({ part, at: placeIn(file, line) }));
  // A page that nobody names as such may be about any news; there only a heading or a label says how often.
  const every =
    topic === 'status' && pointer !== undefined && !parts.some(({ part }) => part === 'how-often')
      ? everyLine(text)
      : undefined;
  const also = every === undefined ? [] : [{ part: 'how-often' as const, at: placeIn(file, every) }];
  return { parts: [...parts, ...also], audits: [] };
}
