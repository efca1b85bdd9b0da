/** Resolves a link, such as an alert's `runbook_url`, among the documents that were gathered. Pure, so that checks may use it. */
import type { Place } from '../../model.ts';
import type { DocumentEntry, Facts } from '../documents.ts';
import { stateOf, subtree } from '../runbooks/structure.ts';
import { type LinkOutcome, type LinkWorld, likeAmong, lookUp } from './link-lookup.ts';
import { linkTarget } from './link-target.ts';

/** What became of a link. `section` and `file`: it leads to written text; `empty`: it leads to a page or section with nothing in it. */
type DocumentOutcome = LinkOutcome | 'empty';

/** What a link leads to. */
export interface Resolution {
  readonly outcome: DocumentOutcome;
  /** The heading, or the file. */
  readonly place?: Place;
  /** What stands there: the section with those below it, or the whole document; absent for files that were not read. */
  readonly content?: LinkedContent;
  /** `org/name` of the repository that is not at hand. */
  readonly repository?: string;
}

/** The linked part of a document. */
interface LinkedContent {
  readonly title: string;
  readonly words: number;
  readonly state: 'filled' | 'empty' | 'stub';
  readonly commands: number;
  readonly links: number;
  /** All its text, for looking up names. */
  readonly text: string;
}

/** Looks a target up as it is written in a file; words in its place are the outcome `text`. */
export function resolveDocument(
  facts: Facts,
  target: string | null | undefined,
  from: Pick<Place, 'path' | 'root'>,
): Resolution {
  const root = from.root ?? '';
  const folder = from.path.slice(0, Math.max(from.path.lastIndexOf('/'), 0));
  const folders = [...new Set([folder, ...(root === '' ? [facts.dir] : []), ''])];
  const world = worldOf(facts);
  const found = lookUp(linkTarget(target, true), { root, path: from.path }, world.links, folders);
  if (found.path === undefined || found.outcome === 'no-file')
    return { outcome: found.outcome, ...(found.repository && { repository: found.repository }) };
  const entry = world.entries.get(keyOf(found.root ?? '', found.path));
  const place: Place = {
    path: found.path,
    ...(found.anchor && { line: found.anchor.line }),
    ...(found.root && { root: found.root }),
  };
  if (!entry || found.outcome === 'no-section' || found.outcome === 'unread') return { outcome: found.outcome, place };
  const content = contentOf(entry, found.anchor?.line);
  return { outcome: content.state === 'filled' ? found.outcome : 'empty', place, content };
}

/** The section that an anchor stands in or before, with those below it; the whole document for its title. */
function contentOf({ sections, title = '', words }: DocumentEntry, line: number | undefined): LinkedContent {
  const start = line === undefined ? -1 : sections.findLastIndex((section) => section.line <= line);
  const own = start < 0 ? sections : subtree(sections, start);
  return {
    title: start < 0 ? title : (sections[start]?.title ?? ''),
    words: start < 0 ? words : own.reduce((sum, section) => sum + section.words, 0),
    state: stateOf(own),
    commands: own.reduce((sum, section) => sum + section.commands, 0),
    links: own.reduce((sum, section) => sum + section.links, 0),
    text: own.map((section) => `${section.title}\n${section.text}`).join('\n'),
  };
}

interface World {
  readonly links: LinkWorld;
  readonly entries: ReadonlyMap<string, DocumentEntry>;
}

/** One world for each set of facts, because hundreds of alerts ask. */
const worlds = new WeakMap<Facts, World>();

function worldOf(facts: Facts): World {
  const known = worlds.get(facts);
  if (known) return known;
  const entries = new Map(facts.documents.map((entry) => [keyOf(entry.root, entry.path), entry]));
  const files = new Set([...facts.documents, ...facts.others].map(({ root, path }) => keyOf(root, path)));
  const folders = new Set(
    [...facts.documents, ...facts.others].flatMap(({ root, path }) =>
      parentsOf(path).map((folder) => keyOf(root, folder)),
    ),
  );
  const like = likeAmong(() => [...files]);
  const links: LinkWorld = {
    isFile: (root, path) => files.has(keyOf(root, path)),
    fileLike: (root, path) => like(keyOf(root, path))?.slice(root.length + 1),
    isFolder: (root, path) => folders.has(keyOf(root, path)),
    anchorsOf: (root, path) => entries.get(keyOf(root, path)),
    names: facts.names,
    isAtHand: (repository) => facts.roots.includes(repository),
    maps: facts.maps,
  };
  const made = { links, entries };
  worlds.set(facts, made);
  return made;
}

function parentsOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function keyOf(root: string, path: string): string {
  return `${root}:${path}`;
}
