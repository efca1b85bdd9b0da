/** What the service is built from: every package that its lockfiles fix, and manifests that nothing fixes the packages of. Says nothing of whether those are good. */
import type { Place, Unread } from '../model.ts';
import type { Ecosystem } from '../versions/order.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { FORMATS } from './lockfiles/formats.ts';
import { type Found, findFiles, folderOf, nameOf, type SetAside } from './lockfiles/found.ts';
import { governedBy } from './lockfiles/governed.ts';
import type { Agreement, Gap, LockedPackage, LockFormat, TextAt } from './lockfiles/locked.ts';
import { manifestKind } from './lockfiles/manifests.ts';
import { isBelow, placeIn } from './sources.ts';

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
    const { facts, unread } = await readOnce(sources);
    const packages = facts.lockfiles.reduce((sum, it) => sum + it.packages.length, 0);
    const note = `${packages} packages in ${facts.lockfiles.length} lockfiles`;
    return { facts, looked: { files: facts.lockfiles.length + facts.manifests.length, note }, unread, delegated: [] };
  },
});

/** The lockfiles of a service, read once however many kinds of evidence ask. */
export async function locksOf(sources: Sources): Promise<Facts> {
  return (await readOnce(sources)).facts;
}

interface Reading {
  readonly facts: Facts;
  readonly unread: readonly Unread[];
}

const readings = new WeakMap<Sources, Promise<Reading>>();

function readOnce(sources: Sources): Promise<Reading> {
  const known = readings.get(sources) ?? readAll(sources);
  readings.set(sources, known);
  return known;
}

async function readAll(sources: Sources): Promise<Reading> {
  const found = findFiles(sources);
  const unread: Unread[] = [];
  const lockfiles: Lockfile[] = [];
  const aside: SetAside[] = [...found.aside];
  const around: Around = { found, sources, unread, ...manifestsFor(sources) };
  for (const file of [...found.above, ...found.locks]) {
    const format = await formatOf(file);
    const read = format && readLock(file, format, around);
    if (typeof read === 'string') aside.push({ because: read, count: 1, first: placeIn(file) });
    else if (read) lockfiles.push(read);
  }
  const manifests = found.manifests.flatMap((file) => manifestOf(file, { lockfiles, sources, unread }));
  return { facts: { lockfiles, manifests, setAside: aside }, unread };
}

async function formatOf({ path }: SourceFile): Promise<LockFormat | undefined> {
  return FORMATS.find(({ files }) => files.test(nameOf(path)))?.load();
}

interface Around {
  readonly found: Found;
  readonly sources: Sources;
  readonly unread: Unread[];
  /** Files of the repository, whatever else they are, that a format may want to read beside its lockfiles. */
  readonly files: (format: LockFormat) => readonly SourceFile[];
  /** The same object each time, so that what was made of it can be remembered. */
  readonly text: (file: SourceFile) => TextAt | undefined;
}

function manifestsFor(sources: Sources): Pick<Around, 'files' | 'text'> {
  const files = new Map<LockFormat, readonly SourceFile[]>();
  const texts = new Map<string, TextAt | undefined>();
  return {
    files(format) {
      const fits = (name: string): boolean => format.manifests?.test(name) || format.also?.test(name) || false;
      const known =
        files.get(format) ?? sources.shared.filter((it) => it.class !== 'vendored' && fits(nameOf(it.path)));
      files.set(format, known);
      return known;
    },
    text(file) {
      if (!texts.has(file.path)) {
        const text = sources.text(file, []);
        texts.set(file.path, text === undefined ? undefined : { path: file.path, text });
      }
      return texts.get(file.path);
    },
  };
}

/** A lockfile, or why it is set aside; undefined for one above the service that is not about it. */
function readLock(file: SourceFile, format: LockFormat, around: Around): Lockfile | string | undefined {
  const { found, sources, unread } = around;
  const isAbove = found.above.includes(file);
  if (isOutranked(file, sources)) return isAbove ? undefined : 'npm-shrinkwrap.json beside it is used instead';
  const base = { path: file.path, format: format.name, ecosystem: format.ecosystem };
  const missing: Unread[] = [];
  const text = sources.text(file, missing, LOCK_CAP);
  const lock = { path: file.path, text: text ?? '' };
  const named = new Set(found.manifests.map(({ path }) => path));
  const governed = governedBy(format, lock, around.files(format), {
    // What no language knows as a manifest, such as files of Terraform, is the service's where it is in its folder.
    isOwn: (path) =>
      named.has(path) || (manifestKind(nameOf(path)) === undefined && isBelow(path, sources.manifest.dir)),
    text: around.text,
  });
  const isItself = named.has(file.path) && !governed.own.some(({ path }) => path === file.path);
  const manifests = [...governed.own.map(({ path }) => path), ...(isItself ? [file.path] : [])];
  if (manifests.length === 0 && isAbove) return undefined;
  if (manifests.length === 0 && governed.all.length > 0) return 'locks nothing of the service';
  if (text === undefined) {
    unread.push(...missing);
    return { ...base, manifests, packages: [], elsewhere: 0, gaps: missing.map(unreadGap) };
  }
  const only = governed.own.length < governed.all.length ? governed.own.map(({ path }) => folderOf(path)) : undefined;
  const { packages, gaps, elsewhere = 0 } = format.read(lock, [...governed.all, ...governed.also], only);
  const agreement =
    governed.own.length > 0 || isItself ? format.agree?.(lock, [...governed.own, ...governed.also]) : undefined;
  return { ...base, manifests, packages, elsewhere, gaps, ...(agreement && { agreement }) };
}

function isOutranked({ path }: SourceFile, { shared }: Sources): boolean {
  const shrinkwrap = path.replace(/(^|\/)package-lock\.json$/, '$1npm-shrinkwrap.json');
  return shrinkwrap !== path && shared.some((it) => it.path === shrinkwrap);
}

function unreadGap({ detail }: Unread): Gap {
  return { kind: 'unparsed', count: 0, say: `it could not be read: ${detail}` };
}

function manifestOf(
  file: SourceFile,
  { lockfiles, sources, unread }: { readonly lockfiles: readonly Lockfile[] } & Pick<Around, 'sources' | 'unread'>,
): readonly PackageManifest[] {
  const kind = manifestKind(nameOf(file.path));
  const text = kind && sources.text(file, unread);
  const names = text === undefined ? undefined : kind?.names(text);
  if (!kind || text === undefined || names === 0) return [];
  const { ecosystem, tool, lock, beside } = kind;
  const lies = beside === undefined || sources.shared.some(({ path }) => path === siblingOf(file.path, beside));
  const lockedBy = lies ? lockfiles.filter((it) => it.manifests.includes(file.path)).map(({ path }) => path) : [];
  const gap: Gap = {
    kind: 'no-lockfile',
    count: names ?? 0,
    say: lock ? `there is no ${lock}` : `${tool} has no lockfile`,
  };
  return [
    { at: placeIn(file), ecosystem, tool, ...(lock && { lock }), lockedBy, ...(lockedBy.length === 0 && { gap }) },
  ];
}

function siblingOf(path: string, name: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1) + name;
}
