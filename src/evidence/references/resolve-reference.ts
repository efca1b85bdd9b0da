/** Looks a manifest's reference up in the repositories at hand: file, folder, glob or section. Follows no URL and judges nothing. */
import type { Place, Unread } from '../../model.ts';
import { nearest } from '../../nearest.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { findAnchor } from '../pages/anchors.ts';
import { PAGE } from '../pages/page-text.ts';
import { isBelow, placeIn } from '../sources.ts';
import { fileAt, filesBelow, insteadOfUp, similar } from './files.ts';
import { globMatcher, isGlob } from './glob.ts';
import { type PathTarget, targetOf } from './target.ts';

/** What became of a reference. */
export type Outcome =
  | 'file'
  | 'folder'
  | 'glob'
  | 'section'
  | 'url'
  | 'no-file'
  | 'no-match'
  | 'no-section'
  | 'outside'
  /** It leads to a manifest, which claims and shows nothing. */
  | 'claim'
  | 'root-not-at-hand'
  | 'unread';

/** What a reference leads to. */
export interface Resolved {
  readonly outcome: Outcome;
  /** Files it leads to, sorted by path: one, those in a folder, or those that a glob matches. */
  readonly files: readonly SourceFile[];
  /** Where a person clicks: the file, the folder, the first files of a glob, the section's heading. */
  readonly matches: readonly Place[];
  /** A reference that would lead somewhere, when this one does not and a similar one would. */
  readonly nearest?: string;
}

/** Places kept of a glob; all its files are in `files`. */
const MATCH_CAP = 100;

interface Lookup extends PathTarget {
  readonly sources: Sources;
  readonly unread: Unread[];
  readonly files: readonly SourceFile[];
}

/** Looks one reference up; what could not be read on the way is added to `unread`. */
export function resolveReference(reference: string, sources: Sources, unread: Unread[]): Resolved {
  const target = targetOf(reference, sources.manifest.dir);
  if (target.kind === 'url') return nothing('url');
  if (target.kind === 'outside')
    return nothing('outside', insteadOfUp(reference, sources.manifest.dir, sources.shared));
  if (target.root !== '' && !sources.repo(target.root)) return nothing('root-not-at-hand');
  const files = target.root === '' ? sources.shared : sources.filesOf(target.root);
  const lookup = { ...target, sources, unread, files };
  // A name may contain the character that begins a section.
  const literal = target.anchor === undefined ? undefined : fileAt(files, `${target.path}#${target.anchor}`);
  const file = literal ?? fileAt(files, target.path);
  if (file)
    return target.anchor === undefined || literal ? found('file', [file]) : sectionIn(file, target.anchor, lookup);
  const inside = filesBelow(files, target.path);
  if (inside.length > 0) return folder(inside, lookup);
  return isGlob(target.path) ? matching(lookup) : absent(lookup);
}

function nothing(outcome: Outcome, near?: string): Resolved {
  return { outcome, files: [], matches: [], ...(near !== undefined && { nearest: near }) };
}

/** A manifest of this repository says what is claimed; it shows nothing. */
const CLAIMS = /(^|\/)(\.?gonogo\.(ya?ml|json)|gonogo\.policy\.ya?ml)$/;

function found(outcome: Outcome, all: readonly SourceFile[], line?: number): Resolved {
  const files = all.filter(({ root, path }) => root !== '' || !CLAIMS.test(path));
  if (files.length === 0) return nothing('claim');
  return { outcome, files, matches: files.slice(0, MATCH_CAP).map((file) => placeIn(file, line)) };
}

function folder(inside: readonly SourceFile[], { anchor, root, path }: Lookup): Resolved {
  if (anchor !== undefined) return nothing('no-section');
  return {
    outcome: 'folder',
    files: inside,
    matches: [{ path: path === '' ? '.' : path, ...(root !== '' && { root }) }],
  };
}

/** A glob may name a section too: then one of its files has to have it. */
function matching(lookup: Lookup): Resolved {
  const { files, base, path, anchor } = lookup;
  const matches = globMatcher(base === '' ? path : path.slice(base.length + 1));
  if (!matches) {
    lookup.unread.push({
      at: placeIn({ root: lookup.root, path }),
      reason: 'limit',
      detail: 'the braces of the glob are nested, or stand for too many alternatives',
    });
    return nothing('unread');
  }
  const hits = filesBelow(files, base).filter((file) =>
    matches(base === '' ? file.path : file.path.slice(base.length + 1)),
  );
  if (hits.length === 0) return nothing('no-match');
  if (anchor === undefined) return found('glob', hits);
  return (
    hits.map((file) => sectionIn(file, anchor, lookup)).find(({ outcome }) => outcome !== 'no-section') ??
    nothing('no-section')
  );
}

/** Nothing of that name: perhaps because it could not be opened, perhaps because it is spelt otherwise. */
function absent(lookup: Lookup): Resolved {
  const skipped = lookup.sources.repo(lookup.root)?.list().skipped ?? [];
  const reason = skipped.find(({ at }) => at.path !== '' && isBelow(lookup.path, at.path));
  if (!reason) return nothing('no-file', similar(lookup, lookup.files));
  lookup.unread.push(reason);
  return nothing('unread');
}

function sectionIn(file: SourceFile, anchor: string, { sources, unread }: Lookup): Resolved {
  const line = /^L(\d+)(?:-L?\d+)?$/.exec(anchor)?.[1];
  if (line !== undefined || !PAGE.test(file.path)) return placeInText(file, anchor, line, sources, unread);
  const document = sources.markdown(file, unread);
  if (!document) return nothing('unread');
  if (document.trouble !== undefined) {
    unread.push({ at: placeIn(file), reason: 'invalid-syntax', detail: document.trouble });
    return nothing('unread');
  }
  const section = findAnchor(document, anchor);
  if (section) return found('section', [file], section.line);
  return {
    ...nothing(
      'no-section',
      nearest(
        anchor,
        document.anchors.map(({ slug }) => slug),
      ),
    ),
    files: [file],
  };
}

/** `#L12` is a line; any other word has to stand in the text. */
function placeInText(
  file: SourceFile,
  anchor: string,
  line: string | undefined,
  sources: Sources,
  unread: Unread[],
): Resolved {
  const text = sources.text(file, unread);
  if (text === undefined) return nothing('unread');
  const lines = text.replace(/\r?\n$/, '').split('\n');
  const at = line === undefined ? lines.findIndex((it) => it.includes(anchor)) + 1 : Number(line);
  return at >= 1 && at <= lines.length ? found('file', [file], at) : { ...nothing('no-section'), files: [file] };
}
