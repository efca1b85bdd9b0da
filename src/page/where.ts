/** Where it is written what to do about an alert: by its link, by the failure mode's runbook, by a page or section of its name. Pure; opens nothing. */
import type { Linked } from '../checks/runbooks/runbook-links.ts';
import type { Alert } from '../evidence/alerts.ts';
import type { DocumentEntry } from '../evidence/documents.ts';
import { findAnchor } from '../evidence/pages/anchors.ts';
import { referenceAt } from '../evidence/references/lookup.ts';
import { type Resolution, resolveDocument } from '../evidence/references/resolve-document.ts';
import { subtree } from '../evidence/runbooks/structure.ts';
import type { Place } from '../model.ts';
import { letters } from './name.ts';
import { type CardSubject, failureModes, isNamedIn } from './subject.ts';

/** A stretch of a page: a section with those below it, or all of it. */
export interface Spot {
  readonly root: string;
  readonly path: string;
  /** First and last line; the whole page where they are absent. */
  readonly from?: number;
  readonly to?: number;
}

/** What came of one way to look. */
export interface Lead {
  /** A sentence on what is wrong with it, or how it was found; absent where a link simply leads there. */
  readonly said?: string;
  /** Set where it says how the page was found, and not what is wrong. */
  readonly found?: true;
  readonly at?: Place;
  readonly spot?: Spot;
}

/** What the alert's own link leads to. */
export function linkLead(linked: Linked<Alert>, { name, evidence }: CardSubject): Lead {
  const { link, unseen, alert } = linked;
  if (!link && unseen)
    return { said: 'a template may add a link to its runbook, which cannot be seen here', at: alert.at };
  if (!link) return { said: 'this alert links no runbook', at: alert.at };
  const { value, at } = link;
  if (unseen) return { said: `a template fills the link to its runbook in: ${value}`, at };
  if (link.target.kind === 'text')
    return { said: `it links no runbook; in place of a link, its ${link.key} says: ${value}`, at };
  const facts = evidence.documents?.facts;
  if (!facts) return { said: `its link could not be followed: ${value}`, at };
  const to = resolveDocument(facts, value, alert.at);
  const spot = to.place && spotAt(facts.documents, to.place, name);
  const said = troubleOf(to, value);
  return { ...(said !== undefined && { said, at }), ...(spot && to.outcome !== 'no-section' && { spot }) };
}

/** What is wrong with a link, as one says it to somebody in a hurry. */
function troubleOf({ outcome, repository, place }: Resolution, value: string): string | undefined {
  switch (outcome) {
    case 'section':
    case 'file':
      return undefined;
    case 'unread':
      return `the link leads to ${place?.path ?? value}, which could not be read`;
    case 'empty':
      return 'the link leads to a section in which nothing is written';
    case 'no-section':
      return `the link is dead: ${place?.path} has no section "${/#(.*)$/.exec(value)?.[1] ?? ''}"`;
    case 'no-file':
      return `the link is dead: ${value} does not exist`;
    case 'root-not-at-hand':
      return `the link leads to ${value}; the repository ${repository} is not at hand (--evidence-root ${repository}=FOLDER brings it)`;
    case 'external':
    case 'outside':
      return `the link leads to ${value}, which is not opened; \`runbooks.url_map\` in the manifest says where its pages are kept`;
    case 'placeholder':
      return `in place of a link stands "${value}"`;
    default:
      return `the link is no address: ${value}`;
  }
}

/** The one page of a further evidence root whose path ends as the link does, in two parts at least: sites are made from such pages. */
export function tailLeads({ evidence, name }: CardSubject, link: string | undefined): readonly Lead[] {
  const documents = evidence.documents?.facts.documents ?? [];
  const away = documents.filter(({ root }) => root !== '').map((entry) => ({ entry, parts: tail(entry, link) }));
  const most = Math.max(0, ...away.map(({ parts }) => parts));
  const [found, ...more] = away.filter(({ parts }) => parts === most);
  if (!found || most < 2 || more.length > 0) return [];
  const { root, path, anchors } = found.entry;
  const written = /#(.+)$/.exec((link ?? '').slice(0, LONGEST_LINK))?.[1];
  const anchor = written === undefined ? undefined : findAnchor({ anchors }, written);
  const place = { root, path, ...(anchor && { line: anchor.line }) };
  const spot = spotAt(documents, place, name);
  const lost = written !== undefined && !anchor ? `, but it has no section "${written}"` : '';
  return spot ? [{ said: `this page's path ends as the link does${lost}`, found: true, spot }] : [];
}

/** The runbooks that the manifest names for the failure modes that the alert tells of. */
export function modeLeads(subject: CardSubject): readonly Lead[] {
  const references = subject.evidence.references?.facts;
  const documents = subject.evidence.documents?.facts.documents ?? [];
  return failureModes(subject).flatMap(({ mode, index }): readonly Lead[] => {
    const reference = references && referenceAt(references, `/failure_modes/${index}/runbook`);
    if (!reference) return [];
    const [place] = reference.matches;
    const spot = place && spotAt(documents, place, subject.name);
    const how = `the manifest names ${reference.target} for the failure "${mode.id}"`;
    return [
      spot
        ? { said: how, found: true, at: reference.at, spot }
        : { said: `${how}, which leads nowhere`, at: reference.at },
    ];
  });
}

/** Pages and sections that are called like the alert, those where the link leads first; then those of runbooks that name it. */
export function namedLeads(subject: CardSubject, link: string | undefined): readonly Lead[] {
  const { name, evidence } = subject;
  const documents = evidence.documents?.facts.documents ?? [];
  const titled = documents.flatMap((entry) => titledIn(entry, name)).sort((a, b) => tail(b, link) - tail(a, link));
  const found = titled.map((spot) => ({
    said: `this ${spot.from === undefined ? 'page' : 'section'} is called like the alert`,
    found: true as const,
    spot,
  }));
  if (found.length > 0) return found;
  const runbooks = new Set(evidence.runbooks?.facts.runbooks.map(({ at }) => keyOf(at)));
  const naming = documents.filter(({ root, path }) => runbooks.has(keyOf({ root, path })));
  return naming
    .flatMap((entry) => namedIn(entry, name))
    .map((spot) => ({ said: 'this section names the alert', found: true, spot }));
}

function titledIn(entry: DocumentEntry, name: string): readonly Spot[] {
  const { root, path, sections } = entry;
  const wanted = letters(name);
  const index = sections.findIndex(({ title }) => isTitle(title, wanted));
  const stem = (path.split('/').at(-1) ?? '').replace(/\..*$/, '');
  if (letters(stem) === wanted || isTitle(entry.title ?? '', wanted)) return [{ root, path }];
  return index === -1 ? [] : [sectionSpot(entry, index)];
}

/** `Alert: PaymentsDown` is called like it, too. */
function isTitle(title: string, wanted: string): boolean {
  return letters(title.replace(/^\s*(?:alert|runbook)\b/i, '')) === wanted;
}

function namedIn(entry: DocumentEntry, name: string): readonly Spot[] {
  const index = entry.sections.findIndex(({ title, text }) => isNamedIn(name, `${title}\n${text}`));
  return index === -1 ? [] : [sectionSpot(entry, index)];
}

/** Longer texts are no addresses. */
const LONGEST_LINK = 2000;

/** How many parts of a link's end are those of a page's path, whatever the case and the ending; none where the page's name differs. */
function tail({ path }: Pick<Spot, 'path'>, link: string | undefined): number {
  const own = partsFromEnd(path);
  const linked = partsFromEnd((link ?? '').slice(0, LONGEST_LINK).replace(/[?#].*$/s, ''));
  const differing = own.findIndex((part, index) => part !== linked[index]);
  return differing === -1 ? own.length : differing;
}

function partsFromEnd(path: string): readonly string[] {
  return path
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/(?:\.(?:md|mdx|markdown|html?|erb|adoc|asciidoc|rst))+$/, '')
    .split('/')
    .reverse();
}

/** What a place in a page stands for: its section, or the one called like the alert where only the page is named. */
function spotAt(documents: readonly DocumentEntry[], place: Place, name: string): Spot | undefined {
  const entry = documents.find(({ root, path }) => root === (place.root ?? '') && path === place.path);
  if (!entry) return undefined;
  const { root, path, sections } = entry;
  const line = place.line;
  const index =
    line === undefined
      ? sections.findIndex(({ title }) => isTitle(title, letters(name)))
      : sections.findLastIndex((section) => section.line <= line);
  return index <= 0 && line === undefined ? { root, path } : sectionSpot(entry, Math.max(index, 0));
}

function sectionSpot({ root, path, sections }: DocumentEntry, index: number): Spot {
  const from = sections[index]?.line ?? 1;
  const next = sections[index + subtree(sections, index).length];
  return { root, path, from, ...(next && { to: next.line - 1 }) };
}

/** A page by its root and path. */
export function keyOf({ root = '', path }: Pick<Place, 'root' | 'path'>): string {
  return `${root}:${path}`;
}
