/** A runbook as plain facts, and how one is read from a Markdown document or from a part of it. Judges nothing. */
import type { Place } from '../../model.ts';
import type { MarkdownDocument, MarkdownLink, MarkdownSection } from '../pages/markdown.ts';
import { isForeign } from '../pages/prose-language.ts';
import { proseOf } from '../pages/prose-lines.ts';
import { type Reviewed, reviewOf } from '../pages/review-date.ts';
import { isDashboardLink, reachIn } from '../reachable.ts';
import type { LinkOutcome } from '../references/link-lookup.ts';
import type { SectionKind } from './sections.ts';
import { kindsOf, type RunbookSection, structureOf, subtree } from './structure.ts';

/** What became of a runbook's link: `yes` it leads to a file and, where it names one, a section. */
type LinkResolves =
  | 'yes'
  | 'no-file'
  | 'no-section'
  | 'external'
  | 'placeholder'
  | 'malformed'
  | 'templated'
  | 'skipped';

/** A link in a runbook. */
export interface RunbookLink {
  readonly target: string;
  readonly at: Place;
  readonly resolves: LinkResolves;
  /** Where it leads, when it leads into a repository at hand. */
  readonly to?: Place;
}

/** One runbook. */
export interface Runbook {
  /** `alert`: what to do about one alert; `service`: what one has to know of a service; `procedure`: how one thing is done. */
  readonly genre: 'alert' | 'service' | 'procedure';
  readonly title: string;
  /** The file, or the heading where it is a part of a larger document. */
  readonly at: Place;
  /** How it was found. */
  readonly why: 'manifest' | 'folder' | 'name' | 'heading' | 'link' | 'alert-link';
  readonly sections: readonly RunbookSection[];
  /** Kinds that at least one section answers: filled, and more than a pointer to another page. */
  readonly kinds: readonly SectionKind[];
  readonly commands: number;
  readonly dashboards: readonly { readonly target: string; readonly at: Place }[];
  readonly contacts: readonly { readonly text: string; readonly at: Place }[];
  readonly links: readonly RunbookLink[];
  readonly words: number;
  readonly reviewed?: Omit<Reviewed, 'line'> & { readonly at: Place };
  /** Written in another language, so that missing English words say nothing. */
  readonly nonEnglish?: boolean;
  /** Word for word what a template of the repository says, so that nothing is written yet. */
  readonly copied?: true;
  /** Its own words and code, capped: for looking up names. */
  readonly text: string;
}

/** Text kept for looking up names, in characters. */
const TEXT_CAP = 20_000;

/** What a runbook is read from: a document, or the part of it that starts at the section with that index. */
export interface RunbookSource {
  readonly document: MarkdownDocument;
  readonly text: string;
  readonly why: Runbook['why'];
  /** Index of the section it starts at; absent for the whole document. */
  readonly from?: number;
  place(line?: number): Place;
  resolve(link: MarkdownLink): { readonly outcome: LinkOutcome; readonly to?: Place };
}

/** Reads one runbook. */
export function readRunbook(source: RunbookSource): Runbook {
  const own = source.from === undefined ? source.document.sections : subtree(source.document.sections, source.from);
  const links = own.flatMap((section) => section.links).map((link) => ({ ...link, ...resolved(link, source) }));
  const leading = new Set(links.filter((it) => it.resolves === 'yes').map(positionOf));
  const sections = structureOf(own, (link) => leading.has(positionOf(link)), source.place);
  const lines = linesOf(own, source);
  const title = source.from === undefined ? (source.document.title ?? '') : (own[0]?.title ?? '');
  const kinds = kindsOf(sections);
  const review =
    source.from === undefined ? reviewOf(source.document.frontMatter, source.text) : reviewOf({}, lines.text);
  const all = own.map((section) => section.text).join('\n');
  return {
    genre: genreOf(title, [...new Set(sections.flatMap((section) => section.kinds))], source.why),
    title,
    at: source.place(source.from === undefined ? undefined : own[0]?.line),
    why: source.why,
    sections,
    kinds,
    commands: own.reduce((sum, section) => sum + section.commands, 0),
    dashboards: links.filter(isDashboardLink).map(({ target, at }) => ({ target, at })),
    contacts: reachIn(lines.text, lines.first).map(({ text, line }) => ({ text, at: source.place(line) })),
    links: links.map(({ target, at, resolves, to }) => ({ target, at, resolves, ...(to && { to }) })),
    words: own.reduce((sum, section) => sum + section.words, 0),
    ...(review && { reviewed: placed(review, source, source.from === undefined ? 1 : lines.first) }),
    ...(isForeign(proseOf(lines.text)) && { nonEnglish: true }),
    text: all.slice(0, TEXT_CAP),
  };
}

function positionOf({ line, column }: MarkdownLink): string {
  return `${line}:${column}`;
}

function placed(
  { line, ...review }: Reviewed,
  { place }: RunbookSource,
  first: number,
): Omit<Reviewed, 'line'> & { readonly at: Place } {
  return { ...review, at: place(line + first - 1) };
}

function resolved(link: MarkdownLink, source: RunbookSource): Omit<RunbookLink, 'target'> {
  const { outcome, to } = source.resolve(link);
  return { at: source.place(link.line), resolves: wordFor(outcome, link.target), ...(to && { to }) };
}

/** A path from a site's root depends on the site, so that not finding it says nothing. */
function wordFor(outcome: LinkOutcome, target: string): LinkResolves {
  if (outcome === 'section' || outcome === 'file') return 'yes';
  if (outcome === 'no-file') return target.startsWith('/') ? 'skipped' : 'no-file';
  if (outcome === 'root-not-at-hand') return 'external';
  return outcome === 'text' || outcome === 'outside' || outcome === 'unread' ? 'skipped' : outcome;
}

/** Lines of the file that a runbook takes up. */
function linesOf(
  own: readonly MarkdownSection[],
  { document, text, from }: RunbookSource,
): { readonly text: string; readonly first: number } {
  if (from === undefined) return { text, first: 1 };
  const first = own[0]?.line ?? 1;
  const next = document.sections[from + own.length]?.line;
  return {
    text: text
      .split('\n')
      .slice(first - 1, next === undefined ? undefined : next - 1)
      .join('\n'),
    first,
  };
}

const SERVICE_KINDS: readonly SectionKind[] = [
  'impact',
  'contacts',
  'dashboards',
  'dependencies',
  'recovery',
  'change',
  'access',
];

function genreOf(title: string, kinds: readonly SectionKind[], why: Runbook['why']): Runbook['genre'] {
  const names = title
    .replace(/^(?:alert|runbook|playbook)\s*[:–-]?\s*|\s*\(?(?:alert|runbook|playbook)\)?$/gi, '')
    .trim();
  if (why === 'alert-link' || /^[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+$/.test(names)) return 'alert';
  const core = (['meaning', 'impact', 'diagnosis', 'mitigation'] as const).filter((kind) =>
    kinds.includes(kind),
  ).length;
  const service = SERVICE_KINDS.filter((kind) => kinds.includes(kind)).length;
  if (service >= 3) return 'service';
  return core >= 3 ? 'alert' : 'procedure';
}
