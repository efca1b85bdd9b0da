/** What the service is built from: every package that its lockfiles fix, and manifests that nothing fixes the packages of. Says nothing of whether those are good. */
import type { Place, Unread } from '../model.ts';
import type { Ecosystem } from '../versions/order.ts';
import { defineCollector, type SourceFile, type Sources, type TextAt } from './collector.ts';
import { formatNamed } from './lockfiles/formats.ts';
import { type Found, findFiles, type SetAside } from './lockfiles/found.ts';
import { gap, inDoubt } from './lockfiles/gaps.ts';
import { type Governing, openGoverning } from './lockfiles/governed.ts';
import type { Agreement, Gap, LockedPackage, LockFormat } from './lockfiles/locked.ts';
import { manifestKind } from './lockfiles/manifests.ts';
import { folderOf, nameOf } from './lockfiles/paths.ts';
import { placeIn } from './sources.ts';

/** One lockfile, as far as it concerns the service. */
export interface Lockfile {
  readonly path: string;
  /** The format's name, e.g. `npm`. */
  readonly format: string;
  readonly ecosystem: Ecosystem;
  /** Manifests of the service that it locks; itself where it is its own manifest. */
  readonly manifests: readonly string[];
  readonly packages: readonly LockedPackage[];
  /** Further packages in it, which only other members of its workspace lead to. */
  readonly elsewhere: number;
  readonly gaps: readonly Gap[];
  /** Absent where nothing was compared. */
  readonly agreement?: Agreement;
}

/** A file in which people name packages. */
export interface PackageManifest {
  readonly at: Place;
  readonly ecosystem: Ecosystem;
  /** For a person, e.g. `Gradle`. */
  readonly tool: string;
  /** What would fix its packages; absent where the tool has no lockfile. */
  readonly lock?: string;
  /** Lockfiles that do. */
  readonly lockedBy: readonly string[];
  /** A further file that fixes them, e.g. go.sum. */
  readonly sums?: Place;
  /** Where none does: how many packages are open. */
  readonly gap?: Gap;
}

/** Facts of this kind. */
export interface Facts {
  readonly lockfiles: readonly Lockfile[];
  /** Those that name packages. */
  readonly manifests: readonly PackageManifest[];
  readonly setAside: readonly SetAside[];
}

/** Largest lockfile that is read, in bytes: those of large monorepos have 10 to 30 MB. */
const LOCK_CAP = 64 * 1024 * 1024;

export const collector = defineCollector<Facts>({
  summary:
    'lockfiles: every package they fix, whether they are what the manifests ask for, and manifests without one; tests, examples, documentation, vendored trees and what `packages.ignore` names are set aside and counted',
  async collect(sources) {
    const { facts, unread } = await readAll(sources);
    const packages = facts.lockfiles.reduce((sum, it) => sum + it.packages.length, 0);
    const note = `${packages} packages in ${facts.lockfiles.length} lockfiles`;
    return { facts, looked: { files: facts.lockfiles.length + facts.manifests.length, note }, unread, delegated: [] };
  },
});

interface Reading {
  readonly facts: Facts;
  readonly unread: readonly Unread[];
}

async function readAll(sources: Sources): Promise<Reading> {
  const found = findFiles(sources);
  const unread: Unread[] = [];
  const lockfiles: Lockfile[] = [];
  const aside: SetAside[] = [...found.aside];
  const around = { found, sources, unread, governing: openGoverning(sources) };
  for (const file of [...found.above, ...found.locks]) {
    const missing: Unread[] = [];
    const lock = sources.whole(file, missing, LOCK_CAP);
    const format = await formatNamed(file.path, lock?.text)?.load();
    const read = format && readLock({ file, lock, missing }, format, around);
    if (typeof read === 'string') aside.push({ because: read, count: 1, first: placeIn(file) });
    else if (read) lockfiles.push(read);
  }
  const manifests = found.manifests.flatMap((file) => manifestOf(file, { lockfiles, sources, unread }));
  return { facts: { lockfiles, manifests, setAside: aside }, unread };
}

/** A lockfile, or why it cannot be read. */
interface Opened {
  readonly file: SourceFile;
  readonly lock: TextAt | undefined;
  readonly missing: readonly Unread[];
}

interface Around {
  readonly found: Found;
  readonly governing: Governing;
  readonly sources: Sources;
  readonly unread: Unread[];
}

/** A lockfile, or why it is set aside; undefined for one above the service that is not about it. */
function readLock(
  { file, lock: text, missing }: Opened,
  format: LockFormat,
  around: Around,
): Lockfile | string | undefined {
  const { found, governing, sources, unread } = around;
  const isAbove = found.above.includes(file);
  if (isOutranked(file, sources)) return isAbove ? undefined : 'npm-shrinkwrap.json beside it is used instead';
  const lock = text ?? { path: file.path, text: '' };
  const named = new Set(found.manifests.map(({ path }) => path));
  // What no language knows as a manifest, such as Terraform's files, is the service's where it counts at all.
  const isOwn = (path: string): boolean => named.has(path) || (!manifestKind(path) && found.counts(path));
  const { all, own, more } = governing(format, lock, isOwn);
  const isItself = named.has(file.path) && !own.some(({ path }) => path === file.path);
  const manifests = [...own.map(({ path }) => path), ...(isItself ? [file.path] : [])];
  if (manifests.length === 0 && isAbove) return undefined;
  if (manifests.length === 0 && all.length > 0) return 'locking nothing of the service';
  const base = { path: file.path, format: format.name, ecosystem: format.ecosystem, manifests };
  if (text === undefined) {
    unread.push(...missing);
    return { ...base, packages: [], elsewhere: 0, gaps: missing.map(unreadGap) };
  }
  const only = own.length < all.length ? own.map(({ path }) => folderOf(path)) : undefined;
  const { packages, gaps, elsewhere = 0 } = format.read(lock, [...all, ...more], only);
  const agreement = manifests.length > 0 ? format.agree?.(lock, [...own, ...more], [...all, ...more]) : undefined;
  return { ...base, packages, elsewhere, gaps, ...(agreement && { agreement }) };
}

function isOutranked({ path }: SourceFile, { shared }: Sources): boolean {
  const shrinkwrap = path.replace(/(^|\/)package-lock\.json$/, '$1npm-shrinkwrap.json');
  return shrinkwrap !== path && shared.some((it) => it.path === shrinkwrap);
}

function unreadGap({ detail }: Unread): Gap {
  return inDoubt(`it could not be read: ${detail}`);
}

function manifestOf(
  file: SourceFile,
  { lockfiles, sources, unread }: { readonly lockfiles: readonly Lockfile[] } & Pick<Around, 'sources' | 'unread'>,
): readonly PackageManifest[] {
  const kind = manifestKind(file.path);
  const text = kind && sources.text(file, unread);
  const names = text === undefined ? undefined : kind?.names(text);
  if (!kind || text === undefined || names === 0) return [];
  const { ecosystem, tool, lock, beside, notBy } = kind;
  const sums = beside === undefined ? undefined : siblingOf(file.path, beside);
  const lies = sums === undefined || sources.shared.some(({ path }) => path === sums);
  const locks = lockfiles.filter(({ manifests, path }) => manifests.includes(file.path) && !notBy?.test(nameOf(path)));
  const lockedBy = lies ? locks.map(({ path }) => path) : [];
  const say = lock ? `there is no ${lock}` : `${tool} has no lockfile`;
  return [
    {
      at: placeIn(file),
      ecosystem,
      tool,
      ...(lock && { lock }),
      lockedBy,
      ...(lies && sums && { sums: { path: sums } }),
      ...(lockedBy.length === 0 && { gap: gap('no-lockfile', names ?? 0, say) }),
    },
  ];
}

function siblingOf(path: string, name: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1) + name;
}
