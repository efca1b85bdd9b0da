/** Frameworks that the service is built with, of those whose makers name the end of their support: what lockfiles fix and, where they do not tell, what manifests ask for. Does not say whether one is still maintained. */
import { FRAMEWORK_ECOSYSTEMS, frameworkOf } from '../lifecycles/framework.ts';
import type { Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { frameworksBuilt } from './frameworks/gradle.ts';
import { frameworksNamed, pinned } from './frameworks/named.ts';

import type { LockedPackage, TextAt } from './lockfiles/locked.ts';
import { folderOf, nameOf } from './lockfiles/paths.ts';
import { type Facts as Locks, collector as lockfilesOf } from './lockfiles.ts';
import { gatheredOnce } from './once.ts';
import { isBelow } from './sources.ts';

/** One framework as one file has it. */
export interface Framework {
  /** Key in the table of lifecycles, e.g. `django`. */
  readonly product: string;
  /** The package that tells of it, e.g. `@angular/core`. */
  readonly name: string;
  /** Absent where nothing at hand fixes one. */
  readonly version?: string;
  /** Why no version is known, a clause to be put behind the name. */
  readonly open?: string;
  readonly scope: LockedPackage['scope'];
  readonly at: Place;
}

/** Facts of this kind. */
export interface Facts {
  readonly frameworks: readonly Framework[];
  /** Lockfiles and manifests that were looked at. */
  readonly looked: number;
  /** Files that leave out what the packages in them bring along. */
  readonly partial: readonly Place[];
}

/** Kept at most; a repository of many modules repeats itself. */
const MOST = 2000;

export const collector = defineCollector<Facts>({
  summary:
    'frameworks whose makers name the end of their support: the versions that lockfiles fix, parents, bills of materials and plugins of Maven and Gradle, and what manifests pin where no lockfile tells',
  async collect(sources) {
    const { facts: locks, unread } = await gatheredOnce(lockfilesOf, sources);
    const lockfiles = locks.lockfiles.filter(({ ecosystem }) => FRAMEWORK_ECOSYSTEMS.has(ecosystem));
    const locked = lockfiles.map((it) => ({ ...it, frameworks: lockedIn(it) }));
    const asked = locks.manifests.flatMap((manifest) => askedBy(manifest, locked, sources));
    const all = [...locked.flatMap(({ frameworks }) => frameworks), ...asked];
    const frameworks = all.slice(0, MOST);
    const gaps = lockfiles.flatMap(({ path, gaps: its }) => its.map((gap) => ({ path, gap })));
    return {
      facts: {
        frameworks,
        looked: new Set([...lockfiles, ...locks.manifests.map(({ at }) => at)].map(({ path }) => path)).size,
        partial: [...new Set(gaps.flatMap(({ path, gap }) => (gap.kind === 'incomplete' ? [path] : [])))].map(
          (path) => ({ path }),
        ),
      },
      looked: { files: lockfiles.length, note: `${frameworks.length} frameworks` },
      unread: [
        ...unread.filter(({ at }) => !locks.lockfiles.some((it) => it.path === at.path && !lockfiles.includes(it))),
        ...gaps.flatMap(({ path, gap }): readonly Unread[] =>
          gap.kind === 'unparsed' && !unread.some(({ at }) => at.path === path)
            ? [
                {
                  at: { path, ...(gap.line !== undefined && { line: gap.line }) },
                  reason: 'invalid-syntax',
                  detail: gap.say,
                },
              ]
            : [],
        ),
        ...(all.length > MOST && all[MOST]
          ? [
              {
                at: all[MOST].at,
                reason: 'limit' as const,
                detail: `only ${MOST} of ${all.length} frameworks are kept`,
              },
            ]
          : []),
      ],
      delegated: [],
    };
  },
});

type Lockfile = Locks['lockfiles'][number];

/** A framework in several packages of one version counts once, at the first that runs. */
function lockedIn({ path, ecosystem, packages }: Lockfile): readonly Framework[] {
  const found = new Map<string, Framework>();
  for (const { name, version, source, scope, line } of packages) {
    const product = frameworkOf(ecosystem, name);
    if (product === undefined || source === 'path') continue;
    const key = `${product} ${version ?? ''}`;
    const known = found.get(key);
    if (known && (known.scope !== 'development' || scope === 'development')) continue;
    const said =
      version === undefined ? { open: 'it is fixed by a commit or an address, which says no version' } : { version };
    found.set(key, { product, name, ...said, scope, at: { path, line } });
  }
  return [...found.values()];
}

/** What a manifest asks for and none of its lockfiles tells. */
function askedBy(
  { at, tool }: Locks['manifests'][number],
  locked: readonly (Lockfile & { readonly frameworks: readonly Framework[] })[],
  sources: Sources,
): readonly Framework[] {
  const told = new Set(
    locked
      .filter(({ path, manifests }) => path === at.path || manifests.includes(at.path))
      .flatMap(({ frameworks }) => frameworks.map(({ product }) => product)),
  );
  const file = sources.shared.find(({ path }) => path === at.path);
  const text = file && textOf(file, sources);
  if (!text) return [];
  const named = tool === 'Gradle' ? builtBy(text, sources) : namedBy(text);
  return named.filter(({ product }) => !told.has(product));
}

function namedBy(text: TextAt): readonly Framework[] {
  return frameworksNamed(text).map(({ product, name, range, scope, line }) => {
    const version = pinned(range);
    const open =
      range === '' ? 'no version of it is named here' : `any version that meets ${range.slice(0, 80)} may be installed`;
    return { product, name, ...(version === undefined ? { open } : { version }), scope, at: { path: text.path, line } };
  });
}

const OF_GRADLE =
  /^(?:(?:build|settings)\.gradle(?:\.kts)?|gradle\.properties|[\w.-]+\.versions\.toml|(?:dependencies|versions)\.gradle)$/;

function builtBy(build: TextAt, sources: Sources): readonly Framework[] {
  const folder = folderOf(build.path);
  const around = sources.shared
    .filter(({ path }) => OF_GRADLE.test(nameOf(path)) && path !== build.path)
    .filter(({ path }) => isBelow(folder, folderOf(path).replace(/(?:^|\/)gradle$/, '')))
    .sort((a, b) => folderOf(b.path).length - folderOf(a.path).length)
    .slice(0, 50)
    .flatMap((file) => textOf(file, sources) ?? []);
  return frameworksBuilt(build, around).map(({ product, name, version, at }) => ({
    product,
    name,
    ...(version === undefined ? { open: 'its version is not written plainly in the build' } : { version }),
    scope: 'production',
    at,
  }));
}

/** What cannot be read, the kind of lockfiles says. */
function textOf(file: SourceFile, sources: Sources): TextAt | undefined {
  const text = sources.text(file, []);
  return text === undefined ? undefined : { path: file.path, text };
}
