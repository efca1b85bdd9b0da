/** Notes what a collector looks at, so that a later run can tell whether it would see the same. Changes nothing of what it sees. */
import type { Repo } from '../repo/repo.ts';
import type { SourceFile, Sources } from './collector.ts';

/** What was looked at, and what that was built on. */
export interface Used {
  /** Files of the judged repository that were opened. */
  readonly files: Set<string>;
  /** Which files there are, and of which class each is. */
  listing: boolean;
  /** What the service claims, and what rules ask about it. */
  manifest: boolean;
  history: boolean;
  /** What is known from outside. */
  reference: boolean;
  /** What nobody tells whether it is the same: other repositories, what is not committed, and what failed and may not fail again. */
  beyond: boolean;
  readonly parts: Set<Used>;
}

/** Sources that note what is asked of them. */
interface Notes {
  /** The same, without notes. */
  readonly base: Sources;
  readonly used: Used;
  /** Sources with notes of their own, for something that is shared. */
  anew(): { readonly sources: Sources; readonly used: Used };
}

const notes = new WeakMap<Sources, Notes>();

/** Sources over others that note what is asked of them. */
export function withNotes(base: Sources): { readonly sources: Sources; readonly used: Used } {
  const used: Used = {
    files: new Set(),
    listing: false,
    manifest: false,
    history: false,
    reference: false,
    beyond: false,
    parts: new Set(),
  };
  const sources = noting(base, used);
  notes.set(sources, { base, used, anew: () => withNotes(base) });
  return { sources, used };
}

/** The notes of sources that take some. */
export function notesOf(sources: Sources): Notes | undefined {
  return notes.get(sources);
}

/** What a part looked at, everything that is built on it looked at too. */
export function builtOn(whole: Used, part: Used): void {
  if (whole !== part) whole.parts.add(part);
}

/** Whether a test holds for everything that was looked at. */
export function everyPart(used: Used, holds: (part: Used) => boolean, seen = new Set<Used>()): boolean {
  if (seen.has(used)) return true;
  seen.add(used);
  return holds(used) && [...used.parts].every((part) => everyPart(part, holds, seen));
}

/** What decides of which class a file is. */
const DECIDES = '.gitattributes';

function noting(base: Sources, used: Used): Sources {
  const opened = (file: SourceFile): void => {
    if (file.root === '') used.files.add(file.path);
    else used.beyond = true;
  };
  const listed = (): void => {
    used.listing = true;
    used.files.add(DECIDES);
  };
  return {
    get manifest() {
      used.manifest = true;
      return base.manifest;
    },
    get files() {
      listed();
      return base.files;
    },
    get shared() {
      listed();
      return base.shared;
    },
    get reference() {
      used.reference = true;
      return base.reference;
    },
    get asked() {
      used.manifest = true;
      return base.asked;
    },
    repo(root = '') {
      if (root !== '') used.beyond = true;
      const repo = base.repo(root);
      return repo && root === '' ? notingRepo(repo, used) : repo;
    },
    filesOf(root) {
      listed();
      if (root !== '') used.beyond = true;
      return base.filesOf(root);
    },
    text(file, unread, cap) {
      opened(file);
      return base.text(file, unread, cap);
    },
    whole(file, unread, cap) {
      opened(file);
      return base.whole(file, unread, cap);
    },
    yaml(file, unread) {
      opened(file);
      return base.yaml(file, unread);
    },
    markdown(file, unread) {
      opened(file);
      return base.markdown(file, unread);
    },
  };
}

function notingRepo(repo: Repo, used: Used): Repo {
  return {
    name: repo.name,
    root: repo.root,
    list() {
      used.listing = true;
      return repo.list();
    },
    read(path, cap) {
      used.files.add(path);
      // Whether it is there at all.
      used.listing = true;
      return repo.read(path, cap);
    },
    state() {
      used.beyond = true;
      return repo.state();
    },
    async history(limit) {
      used.history = true;
      const history = await repo.history(limit);
      if (history.absent !== undefined) used.beyond = true;
      return history;
    },
    async versions(path, commits) {
      used.history = true;
      const versions = await repo.versions(path, commits);
      if (versions.size < commits.length) used.beyond = true;
      return versions;
    },
  };
}
