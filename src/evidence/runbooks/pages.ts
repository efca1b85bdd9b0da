/** Finds runbooks inside other pages: a heading that announces one, and links that say they lead to one. */
import type { SourceFile } from '../collector.ts';
import type { MarkdownDocument, MarkdownLink } from '../pages/markdown.ts';
import { PAGE, pageText } from '../pages/page-text.ts';
import { lookUp } from '../references/link-lookup.ts';
import { linkTarget } from '../references/link-target.ts';
import { placeIn } from '../sources.ts';
import { type Candidate, fileAt, isAbout, isNever, isRunbook, openPage, type Search } from './search.ts';
import { plainTitle } from './sections.ts';
import { structureOf, subtree } from './structure.ts';

const SAYS = /run[- ]?book|play[- ]?book|\bsops?\b|standard operating procedure/i;
/** Articles about runbooks, manuals of a tool whose scripts are called playbooks, and pages where one writes rather than reads. */
const NO_RUNBOOK =
  /wikipedia\.org|ansible|\.ya?ml(?:#|$)|\/(?:issues|pulls?|pull|new|actions|releases)\b|guidance|template|how[- ]to[- ]write/i;
const HEADING =
  / (?:run ?books?|play ?books?|on ?call (?:guide|handbook|manual|instructions)|operations (?:guide|manual|handbook)|incident (?:response|handling)) /;
/** A title that says what the page is, as the name of a file would. */
const NAMES_ITSELF = / run ?books? /;
const PAGES_CAP = 1000;

/** Runbooks that pages hold or link to; a link that leads out of the repositories at hand is noted as delegated. */
export function fromPages(search: Search, files: readonly SourceFile[]): readonly Candidate[] {
  const pages = files.filter((file) => PAGE.test(file.path) && !isNever(file.path)).slice(0, PAGES_CAP);
  return pages.flatMap((file) => {
    const written = search.sources.text(file, []);
    const text = written === undefined ? undefined : pageText(file.path, written).markdown;
    if (text === undefined || !(SAYS.test(text) || /^#+ .*\b(?:on-?call|operations|incident)\b/im.test(text)))
      return [];
    const page = openPage(file, search);
    return page ? [...fromHeadings(page), ...fromLinks(page, search)] : [];
  });
}

type Page = Pick<Candidate, 'file' | 'document' | 'text'>;

/** The title of a page is no part of it: then the whole page is the runbook, if it speaks to whoever is on call. */
function fromHeadings(page: Page): readonly Candidate[] {
  const { sections } = page.document;
  const index = sections.findIndex(
    ({ title, level }) => level <= 3 && HEADING.test(plainTitle(title)) && !isAbout(title) && !/ansible/i.test(title),
  );
  if (index === -1) return [];
  if (subtree(sections, index).length >= sections.length - (sections[0]?.title === '' ? 1 : 0))
    return isRunbook(page, NAMES_ITSELF.test(plainTitle(sections[index]?.title ?? '')))
      ? [{ ...page, why: 'heading' }]
      : [];
  return holdsSteps(page.document, index) ? [{ ...page, why: 'heading', from: index }] : [];
}

/** A part of a page has to tell someone what to do; a list of links does not. */
function holdsSteps({ sections }: MarkdownDocument, from: number): boolean {
  const own = subtree(sections, from);
  const words = own.reduce((sum, section) => sum + section.words, 0);
  const parts = structureOf(
    own,
    () => false,
    () => ({ path: '' }),
  );
  const acting = parts.some(
    ({ kinds, state, pointer }) =>
      state === 'filled' && !pointer && (kinds.includes('diagnosis') || kinds.includes('mitigation')),
  );
  return words >= 15 && (acting || own.some((section) => section.commands > 0));
}

function fromLinks(page: Page, search: Search): readonly Candidate[] {
  return page.document.sections.flatMap((section) => {
    const announced = HEADING.test(plainTitle(section.title));
    return section.links
      .filter((link) => announced || saysRunbook(link))
      .flatMap((link) => follow(link, page.file, search));
  });
}

function saysRunbook({ text, target }: MarkdownLink): boolean {
  return (SAYS.test(text) || SAYS.test(target)) && !NO_RUNBOOK.test(`${text} ${target}`);
}

function follow(link: MarkdownLink, from: SourceFile, search: Search): readonly Candidate[] {
  const found = lookUp(linkTarget(link.target), from, search.world);
  if (found.outcome === 'external' || found.outcome === 'root-not-at-hand') {
    if (!NO_RUNBOOK.test(link.target))
      search.delegated.push({ at: placeIn(from, link.line, link.column), to: link.target });
    return [];
  }
  if (found.path === undefined || found.path === from.path || !PAGE.test(found.path) || isNever(found.path)) return [];
  const file = fileAt(found.root ?? '', found.path, search.sources);
  const page = file && openPage(file, search);
  return page && isRunbook(page, false) ? [{ ...page, why: 'link' }] : [];
}
