/** Whether an updater keeps a file up to date. Pure, so that checks may use it. */
import type { Manifest, Updater, Watched } from './updater.ts';

/** `perhaps`: a preset kept elsewhere may say otherwise. */
export type Coverage = 'yes' | 'no' | 'perhaps';

/** What one updater does for a file; `all` are the files that are there, of which some gather others. */
export function coverage(updater: Updater, manifest: Manifest, all: readonly Manifest[]): Coverage {
  if (updater.active === 'no') return 'no';
  if (!updater.finds)
    return updater.watched.some((it) => it.idle === undefined && watches(it, manifest, all)) ? 'yes' : 'no';
  const { only, without, ignored } = updater.finds;
  const isFound =
    (only.length === 0 || only.includes(manifest.ecosystem)) &&
    !without.includes(manifest.ecosystem) &&
    !fitsAny(ignored, manifest.at.path);
  const delegated = updater.presets.some(({ known }) => !known);
  return isFound ? (delegated ? 'perhaps' : 'yes') : 'no';
}

/** Dependabot looks into the folders it is told, and from there into what a file gathers. */
function watches({ ecosystem, folders, excluded }: Watched, manifest: Manifest, all: readonly Manifest[]): boolean {
  if (ecosystem !== manifest.ecosystem || fitsAny(excluded, manifest.at.path)) return false;
  return folders.some((folder) => {
    if (fitsFolder(folder, manifest.folder)) return true;
    const gathers = all.some(
      (it) =>
        it.ecosystem === ecosystem &&
        it.gathers &&
        fitsFolder(folder, it.folder) &&
        isBelow(manifest.folder, it.folder),
    );
    return gathers;
  });
}

function isBelow(folder: string, above: string): boolean {
  return above === '' || folder === above || folder.startsWith(`${above}/`);
}

/** For actions the root stands for `.github/workflows`, which may be written, too. */
function fitsFolder(pattern: string, folder: string): boolean {
  if (pattern === folder) return true;
  if (folder === '' && /^\.github(?:\/workflows)?$/.test(pattern)) return true;
  return pattern.includes('*') && globFits(pattern, folder);
}

function fitsAny(globs: readonly string[], path: string): boolean {
  return globs.some((it) => globFits(it, path) || path.startsWith(`${it.replace(/\/+$/, '')}/`));
}

const LONGEST = 200;

/** `*` within a folder, `**` across folders. Walked from both ends at once, so that no pattern takes long. */
function globFits(pattern: string, path: string): boolean {
  if (pattern.length > LONGEST || path.length > 1000) return false;
  const wanted = pattern.split('/');
  const parts = path.split('/');
  let reached = new Set([0]);
  for (const [index, piece] of wanted.entries()) {
    const next = new Set<number>();
    for (const at of reached) {
      if (piece === '**') for (let to = at; to <= parts.length; to += 1) next.add(to);
      else if (at < parts.length && pieceFits(piece, parts[at] ?? '')) next.add(at + 1);
    }
    reached = next;
    if (index === wanted.length - 1) return reached.has(parts.length);
  }
  return false;
}

function pieceFits(piece: string, part: string): boolean {
  const [first = '', ...rest] = piece.split('*');
  if (rest.length === 0) return piece === part;
  const last = rest.pop() ?? '';
  if (!part.startsWith(first) || !part.endsWith(last) || part.length < first.length + last.length) return false;
  let at = first.length;
  for (const middle of rest) {
    const found = part.indexOf(middle, at);
    if (found < 0 || found + middle.length > part.length - last.length) return false;
    at = found + middle.length;
  }
  return true;
}
