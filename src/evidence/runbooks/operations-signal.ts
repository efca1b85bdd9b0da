/** Tells a document for people on call from notes for developers' own machines. Counts several signs; one word alone proves nothing. */
import type { MarkdownDocument } from '../pages/markdown.ts';
import { isForeign } from '../pages/prose-language.ts';
import { proseOf } from '../pages/prose-lines.ts';
import { isDashboardLink, reachIn } from '../reachable.ts';
import { sectionKinds } from './sections.ts';

/** In lower case: expressions that ignore case take twice as long to compile. */
const NIGHT =
  /\bincidents?\b|\boutages?\b|\bon-?call\b|\bpager(?:duty)?\b|\bpaged\b|\balerts? (?:fires?|fired|firing|triggers?|triggered|is raised)\b|\bescalat|\bsev-?\d\b|\bdowntime\b|\brollback\b|\bfailover\b|\bproduction\b|\bprod\b|\bservice (?:is )?(?:down|unavailable)\b|\bdisaster\b/g;
const LAPTOP =
  /\blocalhost\b|\b127\.0\.0\.1\b|\bnpm (?:i|install|ci|start|run)\b|\byarn (?:install|start|dev)\b|\bbrew install\b|\bbundle install\b|\bpip install\b|\bgo install\b|\bdocker[- ]compose (?:up|build|down)\b|\bgit clone\b|\b(?:your|local) (?:machine|laptop|mac|computer|environment|development)\b|\blocally\b|\bide\b|\bdev(?:eloper)? (?:environment|set-?up)\b|\bpull requests?\b/g;

/** Titles of pages that are about working on the service rather than running it. */
const NOT_OPERATIONS =
  /\blocal(?:ly)?\b|\bdevelopment\b|\bdevelopers?\b|\bset-?up\b|\binstall(?:ing|ation)?\b|\bgetting started\b|\bquick ?start\b|\bcontribut|\btutorial\b|\bworkshop\b|\btemplate\b|\btest(?:s|ing)? (?:guide|strategy)\b/i;

/** Whether a document speaks to whoever runs the service. */
export function isOperational(document: MarkdownDocument, text: string): boolean {
  if (isAboutDeveloping(document)) return false;
  const lower = text.toLowerCase();
  const night = new Set(lower.match(NIGHT));
  const laptop = lower.match(LAPTOP)?.length ?? 0;
  const acts = actsOf(document);
  if (isForeign(proseOf(text))) return acts > 0 || reachIn(text).length > 0;
  return acts > 0 && night.size >= 2 && night.size * 3 > laptop;
}

/** Whether a document is about working on the service, by its headings or by how often it speaks of a developer's own machine. */
export function isOwnMachine(document: MarkdownDocument, text: string): boolean {
  const lower = text.toLowerCase();
  return isAboutDeveloping(document) || (lower.match(LAPTOP)?.length ?? 0) > new Set(lower.match(NIGHT)).size * 3;
}

function isAboutDeveloping({ title, sections }: MarkdownDocument): boolean {
  return NOT_OPERATIONS.test(title ?? '') || LAPTOP_HEADING.test(sections.map((section) => section.title).join('\n'));
}

const LAPTOP_HEADING =
  /^(?:running|run|start|setup|set up|develop\w*|debug\w*)\b.*\b(?:locally|local machine|laptop)$/im;

/** Whether it has what a runbook has at all: something to do, to look at, or someone to call. */
export function isSubstantial(document: MarkdownDocument, text: string): boolean {
  return actsOf(document) > 0 || reachIn(text).length > 0;
}

function actsOf(document: MarkdownDocument): number {
  return document.sections.filter((section) => {
    const kinds = sectionKinds(section.title);
    const acting = kinds.includes('diagnosis') || kinds.includes('mitigation') || kinds.includes('recovery');
    return section.commands > 0 || section.links.some(isDashboardLink) || (acting && section.words >= 5);
  }).length;
}
