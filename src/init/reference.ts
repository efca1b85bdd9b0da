/** Writes paths as the manifest's references: from the service's folder, and such that they lead back to the file whatever it is called. Pure. */
import { placeholderIn } from '../checks/placeholders.ts';
import { isBelow } from '../evidence/sources.ts';

/** The longest reference that is looked up. */
const LONGEST = 1000;
/** Characters that a reference cannot hold or that a person would not see: a section's `#`, control characters, odd and outer spaces. */
const UNSAYABLE = /[#\p{C}]|[^\S ]|^ | $/u;
/** What would be read as something else than a path. */
const MISREAD = /^(?:~|repo:|[a-z]:[\\/]|[a-z][a-z0-9+.-]*:\/\/)/i;

/** How a manifest in `dir` names a file; undefined where it cannot. */
export function fileReference(path: string, dir: string): string | undefined {
  return checked(written(path, dir, ''));
}

/** How a manifest in `dir` names a folder; undefined where it cannot. */
export function folderReference(path: string, dir: string): string | undefined {
  if (path === dir) return '.';
  return checked(written(path, dir, '/**'));
}

/** How a manifest in `dir` names the files in a folder that end alike. */
export function filesReference(folder: string, ending: string, dir: string): string | undefined {
  const inside = folder === dir ? '' : `${said(folder, dir)}/`;
  return checked(`${globbed(inside)}*${globbed(ending)}`);
}

function written(path: string, dir: string, below: string): string {
  const text = said(path, dir);
  return UNSAYABLE.test(text) ? `${globbed(text)}${below}` : text;
}

/** From the service's folder, or from the repository's root for what lies outside it. */
function said(path: string, dir: string): string {
  if (!isBelow(path, dir)) return `repo://${path}`;
  const inside = path.slice(dir === '' ? 0 : dir.length + 1);
  return MISREAD.test(inside) ? `./${inside}` : inside;
}

/** `?` stands for any one character, so the glob still names the file. */
function globbed(text: string): string {
  return text.replace(/[#\p{C}*?[\]{}]|[^\S ]|^ | $/gu, '?');
}

function checked(reference: string): string | undefined {
  return reference.length > LONGEST || placeholderIn(reference) ? undefined : reference;
}
