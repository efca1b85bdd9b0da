/** The sections of a runbook: what each is about, whether it is written, and whether it only points elsewhere. Pure. */
import type { Place } from '../../model.ts';
import type { MarkdownLink, MarkdownSection } from '../pages/markdown.ts';
import { isDashboardLink } from '../reachable.ts';
import { plainTitle, type SectionKind, sectionKinds } from './sections.ts';

/** One heading of a runbook, with all that is below it down to the next heading of its level. */
export interface RunbookSection {
  readonly title: string;
  readonly level: number;
  /** By its heading's words, else by those of the headings above it; also diagnosis and mitigation where its steps plainly look or act; none for other subjects. */
  readonly kinds: readonly SectionKind[];
  /** Words, commands, links and state include its subsections. */
  readonly words: number;
  readonly state: 'filled' | 'empty' | 'stub';
  /** First mark such as TODO, also in a section that has other content. */
  readonly stubAt?: Place;
  readonly commands: number;
  readonly dashboards: number;
  readonly links: number;
  /** It only says where else to look. */
  readonly pointer: boolean;
  readonly at: Place;
}

/** A section and those below it. */
export function subtree<S extends { readonly level: number }>(sections: readonly S[], from: number): readonly S[] {
  const level = sections[from]?.level ?? 0;
  let end = from + 1;
  while ((sections[end]?.level ?? 0) > level) end++;
  return sections.slice(from, end);
}

/** Whether a link leads to a page at hand. */
type Leads = (link: MarkdownLink) => boolean;

/** All sections in order, of a document or of a part of it; `leads` tells whether a link leads to a page at hand. */
export function structureOf(
  own: readonly MarkdownSection[],
  leads: Leads,
  place: (line: number) => Place,
): readonly RunbookSection[] {
  const kinds = kindsByHeading(own);
  return own.map((section, index) => {
    const all = subtree(own, index);
    const stub = all.find((it) => it.stubLine !== undefined)?.stubLine;
    const links = all.flatMap((it) => it.links);
    return {
      title: section.title,
      level: section.level,
      kinds: withSteps(kinds[index] ?? [], all, isWhole(all, own)),
      words: sum(all, 'words'),
      state: stateOf(all),
      ...(stub !== undefined && { stubAt: place(stub) }),
      commands: sum(all, 'commands'),
      dashboards: links.filter(isDashboardLink).length,
      links: links.length,
      pointer: isPointer(all, leads),
      at: place(section.line),
    };
  });
}

function sum(sections: readonly MarkdownSection[], key: 'words' | 'commands'): number {
  return sections.reduce((total, section) => total + section[key], 0);
}

/** A heading without words of its own is what the headings below it are. */
export function stateOf(all: readonly Pick<MarkdownSection, 'level' | 'state' | 'text'>[]): RunbookSection['state'] {
  const filled = all.some(
    ({ state, text, level }, index) => state === 'filled' && (text !== '' || (all[index + 1]?.level ?? 0) <= level),
  );
  if (filled) return 'filled';
  return all.some(({ state }) => state === 'stub') ? 'stub' : 'empty';
}

/** What one does to see, and to mend, in lower case: an expression that ignores case takes twice as long to compile. */
const LOOK =
  /(?:^|[.:;,*-]\s+|\b(?:then|and|please|should be|by|to)\s+)(?:check(?:ed|ing)?|look(?:ing)? (?:at|for|in|up)|inspect|examine|establish|determine|identify|find out|investigate|query|compare|search (?:for|the)|read the logs?|see the (?:error|logs?))\b/gm;
const ACT =
  /(?:^|[.:;,*-]\s+|\b(?:then|and|please|to)\s+)(?:re-?start|re-?deploy|roll ?back|scale (?:up|down|out)|fail ?over|revert|re-?run|replay|drain|flush|purge|rotate|disable|switch|increase|raise|kill|free|restore|promote)\b/gm;

/** The title's section is the whole document, and its words are those of all sections together. */
function isWhole(all: readonly MarkdownSection[], own: readonly MarkdownSection[]): boolean {
  return all.length >= own.length - (own[0]?.title === '' ? 1 : 0);
}

/** Fewer sentences that tell somebody to look, or to act, may be chance. */
const STEPS = 3;

/** Headings such as "How to resolve 502s" or an alert's name often stand above steps that look first and act then. */
function withSteps(
  kinds: readonly SectionKind[],
  all: readonly MarkdownSection[],
  whole: boolean,
): readonly SectionKind[] {
  const [looks, acts] = [kinds.includes('diagnosis'), kinds.includes('mitigation')];
  if (looks && acts) return kinds;
  if (whole && !looks && !acts) return kinds;
  const text = all.map((section) => section.text.toLowerCase()).join('\n');
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const also: SectionKind[] = [];
  if (!looks && count(LOOK) >= STEPS) also.push('diagnosis');
  if (!acts && count(ACT) >= STEPS) also.push('mitigation');
  return [...kinds, ...also];
}

/** The title names the document; its words speak only for headings below it that say nothing themselves. */
function kindsByHeading(own: readonly MarkdownSection[]): readonly (readonly SectionKind[])[] {
  const above: { readonly level: number; readonly kinds: readonly SectionKind[] }[] = [];
  const top = own.findIndex((section) => section.title !== '');
  return own.map((section, index) => {
    while (above.length > 0 && (above.at(-1)?.level ?? 0) >= section.level) above.pop();
    const isTitle = index === top && subtree(own, index).length === own.length - index && own.length - index > 1;
    const named = sectionKinds(isTitle ? withoutGenre(section.title) : section.title);
    const kinds = named.length > 0 ? named : (above.at(-1)?.kinds ?? []);
    above.push({ level: section.level, kinds });
    return isTitle ? [] : kinds;
  });
}

function withoutGenre(title: string): string {
  return plainTitle(title).replace(
    / (?:run ?books?|play ?books?|sops?|procedures?|operations|operating|support|team|overview|about|deploy\S*|release\S*)(?= )/g,
    '',
  );
}

/** Kinds for which a pointer is as good as the thing: a list of links is a section about dashboards. */
const BY_LINK: readonly SectionKind[] = ['contacts', 'dashboards', 'dependencies', 'change', 'access'];

/** Kinds that at least one section answers. */
export function kindsOf(sections: readonly RunbookSection[]): readonly SectionKind[] {
  const answered = sections.filter((section) => section.state === 'filled');
  return [
    ...new Set(
      answered.flatMap(({ kinds, pointer }) => (pointer ? kinds.filter((kind) => BY_LINK.includes(kind)) : kinds)),
    ),
  ];
}

const ELSEWHERE =
  /\b(?:see|refer(?:red)? to|described (?:in|at)|documented (?:in|at|on)|explained (?:in|at)|consult|check out|found (?:in|at|on|here)|listed (?:in|at|on)|more (?:info|information|details)|details (?:are|can))\b/i;
const DOCUMENT =
  /\b(?:readme|wiki|docs?|documentation|document|page|guide|confluence|notion|runbook|playbook|handbook|link|here|repository|repo|section|article)\b|https?:/i;

/** Whether all that is said in a section and below it is where else to look. */
function isPointer(all: readonly MarkdownSection[], leads: Leads): boolean {
  const saying = all.filter(({ text, links, commands }) => text !== '' || links.length + commands > 0);
  return saying.length > 0 && saying.every((section) => pointsElsewhere(section, leads));
}

/** A section that says nothing but where to look, unless that is a page at hand or a dashboard. */
function pointsElsewhere({ words, commands, links, text }: MarkdownSection, leads: Leads): boolean {
  if (words > 25 || commands > 0 || links.some((link) => leads(link) || isDashboardLink(link))) return false;
  const linked = links.reduce((total, link) => total + link.text.split(/\s+/).length, 0);
  return (links.length > 0 && words <= linked + 3) || (ELSEWHERE.test(text) && DOCUMENT.test(text));
}
