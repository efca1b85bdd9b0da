/** Whether an updater keeps a file up to date. Pure, so that checks may use it. */
import { globFits } from '../glob.ts';
import type { Manifest, Updater, Watched } from './updater.ts';

/** `partly`: for some of the packages only. `perhaps`: a preset kept elsewhere may say otherwise. */
export type Coverage = 'yes' | 'partly' | 'perhaps' | 'no';

/** What one updater does for a file; `all` are the files that are there, of which some gather others. */
export function coverage(updater: Updater, manifest: Manifest, all: readonly Manifest[]): Coverage {
  if (updater.active === 'no') return 'no';
  if (!updater.finds) {
    const watching = updater.watched.filter((it) => it.idle === undefined && watches(it, manifest, all));
    if (watching.length === 0) return 'no';
    return watching.every(({ partly }) => partly !== undefined) ? 'partly' : 'yes';
  }
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
