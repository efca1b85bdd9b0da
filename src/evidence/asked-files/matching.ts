/** The files that a glob of a rule matches, and what was not listed and might be among them. */
import type { Unread } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { globMatcher } from '../references/glob.ts';
import { targetOf } from '../references/target.ts';
import { isBelow } from '../sources.ts';

/** Files in the listing's order. */
export interface Match {
  readonly files: readonly SourceFile[];
  readonly unread: readonly Unread[];
}

/** Files that one glob may match; a rule that asks for more asks for too much. */
const MOST_FILES = 2000;

/** Looks a glob up. Vendored and generated files are nobody's own; tests and examples count, for a glob names them on purpose. */
export function matching(glob: string, sources: Sources): Match {
  const target = targetOf(glob, sources.manifest.dir);
  const matches = target.kind === 'path' ? globMatcher(target.path) : undefined;
  if (target.kind !== 'path' || !matches) return { files: [], unread: [] };
  const repo = sources.repo(target.root);
  if (!repo) {
    const detail = `the repository ${target.root} is not at hand`;
    return { files: [], unread: [{ at: { path: glob }, reason: 'unreadable', detail }] };
  }
  const ofOthers = target.root !== '' || target.base !== sources.manifest.dir;
  const candidates = target.root !== '' ? sources.filesOf(target.root) : ofOthers ? sources.shared : sources.files;
  const own = candidates.filter((it) => it.class !== 'vendored' && it.class !== 'generated' && matches(it.path));
  const fixed = fixedPart(target.path);
  const hidden = repo.list().skipped.filter(({ at, reason }) => {
    const path = at.path === '.' ? '' : at.path;
    return reason === 'limit' || matches(path) || isBelow(fixed, path) || isBelow(path, fixed);
  });
  const unread = hidden.filter(({ at, reason }) => reason === 'limit' || matches(at.path) || mayHold(reason));
  if (own.length <= MOST_FILES) return { files: own, unread };
  const detail = `${own.length} files match ${glob}, and only the first ${MOST_FILES} were looked at`;
  return { files: own.slice(0, MOST_FILES), unread: [...unread, { at: { path: glob }, reason: 'limit', detail }] };
}

/** Whether something that was not entered may be a folder with files in it. */
function mayHold(reason: Unread['reason']): boolean {
  return reason === 'submodule' || reason === 'link' || reason === 'unreadable';
}

/** The folders before the first wildcard. */
function fixedPart(glob: string): string {
  const parts = glob.split('/').slice(0, -1);
  const wild = parts.findIndex((part) => /[*?[{]/.test(part));
  return (wild < 0 ? parts : parts.slice(0, wild)).join('/');
}
