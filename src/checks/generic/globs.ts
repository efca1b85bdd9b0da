/** Globs as parameters: what is wrong with them, said when a checklist is loaded. Pure. */
import { globMatcher } from '../../evidence/references/glob.ts';
import { targetOf } from '../../evidence/references/target.ts';
import type { ParamFault } from '../define.ts';
import { list } from '../params.ts';

/** The parameter that says which files are meant. */
export const FILES = list(
  "Paths or globs from the service's folder, or `repo://…` from the repository's root. Vendored and generated files do not count.",
  [],
);

/** Faults of the globs of a rule; having none is one. */
export function faultsOfGlobs(files: readonly string[]): readonly ParamFault[] {
  if (files.length === 0)
    return [{ param: 'files', message: 'no file is named', fix: 'set `files` to a list of globs' }];
  return files.flatMap((glob) => {
    const target = targetOf(glob, '');
    if (target.kind === 'path' && target.path !== '' && globMatcher(target.path)) return [];
    const message = `"${glob}" is no path or glob in a repository`;
    return [{ param: 'files', message, fix: 'write e.g. docs/**/*.md, or repo://docs/*.md from the root' }];
  });
}
