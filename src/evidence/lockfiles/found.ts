/** Which lockfiles and manifests are the service's: its own, those set aside and why, and those above its folder that it may share. */
import type { Place } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { globFits } from '../glob.ts';
import { isBelow, isDocumentation, placeIn } from '../sources.ts';
import { FORMATS } from './formats.ts';
import { manifestKind } from './manifests.ts';
import { folderOf, isNamed } from './paths.ts';

/** Files that do not count, by reason. */
export interface SetAside {
  readonly because: string;
  readonly count: number;
  readonly first: Place;
}

/** What there is, before anything is read. */
export interface Found {
  /** Lockfiles of the service's folder. */
  readonly locks: readonly SourceFile[];
  /** Lockfiles of folders above it. */
  readonly above: readonly SourceFile[];
  /** Manifests of the service: its own, and those above it for languages that it has code and no manifest in. */
  readonly manifests: readonly SourceFile[];
  /** Whether a file is the service's and not set aside. */
  counts(path: string): boolean;
  readonly aside: readonly SetAside[];
}

/** Looks through the listing. */
export function findFiles(sources: Sources): Found {
  const { dir, claims } = sources.manifest;
  const ignored = claims.packages?.ignore ?? [];
  const aside = new Map<string, SetAside>();
  const own = sources.files.filter((file) => isLockfile(file) || isManifest(file));
  const counting = own.filter((file) => {
    const because = whyNot(file, dir, ignored);
    if (because !== undefined) {
      const known = aside.get(because) ?? { because, count: 0, first: placeIn(file) };
      aside.set(because, { ...known, count: known.count + 1 });
    }
    return because === undefined;
  });
  const manifests = counting.filter(isManifest);
  const above = sources.shared.filter(
    ({ path }) => path !== dir && isBelow(dir, folderOf(path)) && folderOf(path) !== dir,
  );
  let counted: ReadonlySet<string> | undefined;
  const isCounted = (): ReadonlySet<string> => {
    counted ??= new Set(
      sources.files.filter((file) => whyNot(file, dir, ignored) === undefined).map(({ path }) => path),
    );
    return counted;
  };
  return {
    locks: counting.filter(isLockfile),
    above: above.filter((file) => isLockfile(file) && whyNot(file, '', ignored) === undefined),
    manifests: [...manifests, ...nearestAbove(sources, manifests, above)],
    counts: (path) => isCounted().has(path),
    aside: [...aside.values()],
  };
}

function isLockfile({ path }: SourceFile): boolean {
  return FORMATS.some(({ files }) => isNamed(path, files));
}

function isManifest({ path }: SourceFile): boolean {
  return manifestKind(path) !== undefined;
}

const CLASSES: Readonly<Partial<Record<SourceFile['class'], string>>> = {
  vendored: 'vendored',
  test: 'in tests',
  example: 'in examples',
};

/** Lockfiles are often marked as generated, which they are; that makes them no less what is installed. */
function whyNot({ path, class: its }: SourceFile, dir: string, ignored: readonly string[]): string | undefined {
  const inside = dir === '' ? path : path.slice(dir.length + 1);
  if (ignored.some((glob) => globFits(glob, path) || isBelow(path, glob.replace(/\/+$/, ''))))
    return 'ignored by the manifest';
  return CLASSES[its] ?? (isDocumentation(inside) ? 'in documentation' : undefined);
}

/** A folder of Go or JavaScript without a manifest of its own is part of the module or package around it. */
function nearestAbove(
  sources: Sources,
  own: readonly SourceFile[],
  above: readonly SourceFile[],
): readonly SourceFile[] {
  const nearest = new Map<string, SourceFile>();
  for (const file of above) {
    const kind = manifestKind(file.path);
    if (!kind || file.class !== 'source') continue;
    const known = nearest.get(kind.tool);
    if (!known || folderOf(known.path).length < folderOf(file.path).length) nearest.set(kind.tool, file);
  }
  return [...nearest.values()].filter((file) => {
    const kind = manifestKind(file.path);
    const hasOwn = own.some(({ path }) => manifestKind(path)?.ecosystem === kind?.ecosystem);
    return !hasOwn && sources.files.some(({ path, class: its }) => its === 'source' && kind?.code.test(path));
  });
}
