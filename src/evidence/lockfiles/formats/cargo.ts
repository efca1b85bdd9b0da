/** Reads Cargo.lock, versions 1 to 4. It has no scopes: they are told by what each Cargo.toml of the workspace asks for, and why. */
import { folderOf, joined } from '../../pipelines/world.ts';
import { type CargoManifest, readCargoManifest, workspaceDependencies } from '../cargo-manifest.ts';
import { agreementOf, byName } from '../declared.ts';
import { inDoubt } from '../gaps.ts';
import type { Weight } from '../graph.ts';
import type { Agreement, LockedPackage, LockFormat, LockResult, TextAt } from '../locked.ts';
import { type NamedEdge, type NamedNode, settleNamed } from '../named-graph.ts';
import { parsedToml } from '../parsed-toml.ts';
import { known } from '../python-lock.ts';
import {
  documentGaps,
  missingGaps,
  type NamedItem,
  namedItems,
  parsedAt,
  readLockDocument,
  wordOf,
} from '../toml-lock.ts';
import { listOf, textOf } from '../toml-value.ts';
import { isWord } from '../words.ts';
import { isTakenIn, type WorkspacePatterns } from '../workspace-folders.ts';

export const format: LockFormat = {
  name: 'cargo',
  ecosystem: 'crates.io',
  files: /^Cargo\.lock$/,
  manifests: /^Cargo\.toml$/,
  members,
  read,
  agree,
};

/** Newest version of the file that is known here. */
const NEWEST = 4;

function read(lock: TextAt, manifests: readonly TextAt[], only?: readonly string[]): LockResult {
  const document = readLockDocument(lock, 'package');
  const items = namedItems(document, (name) => name).filter(({ version }) => version !== undefined);
  const own = ownManifests(lock, manifests);
  const { missing, ...settled } = settleNamed(
    items.flatMap((it) => nodesOf(it, own)),
    only,
  );
  const version = Number(textOf(parsedAt(document.top, 'version')) ?? '1');
  return {
    ...settled,
    gaps: [
      ...documentGaps(
        document,
        items.map(({ item }) => item.line),
      ),
      ...missingGaps(document, missing),
      ...(version <= NEWEST ? [] : [inDoubt(`it is of a version above ${NEWEST}, the newest known here`)]),
      // Not even the project itself, for which every Cargo.lock has an entry.
      ...(document.items.length > 0 ? [] : [inDoubt('it lists no packages')]),
    ],
  };
}

/** A crate without a source is in the repository: a member, where its manifest is at hand. */
function nodesOf({ item, name, version }: NamedItem, own: ReadonlyMap<string, CargoManifest>): readonly NamedNode[] {
  const { line } = item;
  const required = listOf(parsedAt(item, 'dependencies')).flatMap((it) => requiredIn(textOf(it)) ?? []);
  const source = wordOf(item, 'source');
  const member = source === undefined ? own.get(name) : undefined;
  if (member === undefined) {
    const edges = required.map((it) => edge(it, '', 'production'));
    return [{ bare: { name, ...placeOf(source, version), line }, name, version, edges }];
  }
  const declared = byName(member.declared);
  const edges = required.flatMap((it) => {
    const ways = (declared.get(it.name) ?? []).map(({ range, weight }) => edge(it, range, weight));
    return ways.length > 0 ? ways : [edge(it, '', 'production')];
  });
  return [{ folder: folderOf(member.path), name, version, edges }];
}

interface Required {
  readonly name: string;
  readonly version: string | undefined;
}

function edge({ name, version }: Required, range: string, weight: Weight): NamedEdge {
  return { name, version, range, weight };
}

/** `name`, `name version` or `name version (source)`. */
function requiredIn(text: string | undefined): Required | undefined {
  const [name, version] = (text ?? '').split(' ');
  return isWord(name) ? { name, version } : undefined;
}

function placeOf(
  source: string | undefined,
  version: string | undefined,
): Pick<LockedPackage, 'source' | 'version' | 'registry' | 'commit'> {
  if (source === undefined) return { source: 'path' };
  if (source.startsWith('git+')) return { source: 'git', ...known({ commit: /#([0-9a-f]{7,64})$/.exec(source)?.[1] }) };
  if (source.startsWith('path+')) return { source: 'path' };
  const registry = /^(?:registry|sparse)\+[a-z]+:\/\/(?:[^/@\s]{0,200}@)?([^?#\s]{1,200})/.exec(source)?.[1];
  // An index kept as a repository is one of many on its host, so that its path belongs to its name.
  const index = source.startsWith('sparse+') ? registry?.split('/')[0] : registry?.replace(/\.git$/, '');
  return { source: registry === undefined ? 'unknown' : 'registry', ...known({ version, registry: index }) };
}

function ownManifests(lock: TextAt, manifests: readonly TextAt[]): ReadonlyMap<string, CargoManifest> {
  const root = manifests.find(({ path }) => folderOf(path) === folderOf(lock.path));
  const shared = workspaceDependencies(root);
  const read = manifests.flatMap((it) => readCargoManifest(it, shared) ?? []);
  return new Map(read.flatMap((it) => (it.name === undefined ? [] : [[it.name, it] as const])));
}

const NO_PATTERNS: WorkspacePatterns = { members: [], excluded: [] };

/**
 * Folders of the workspace: by its patterns, by the folders that members take packages from, and by the names that are locked
 * without a source.
 */
function members(lock: TextAt, manifests: readonly TextAt[]): readonly string[] {
  const root = folderOf(lock.path);
  const local = localNames(lock);
  const read = manifests.flatMap((it) => readCargoManifest(it, {}) ?? []);
  const top: WorkspacePatterns = read.find(({ path }) => folderOf(path) === root) ?? NO_PATTERNS;
  const taken = new Set(read.flatMap(({ path, paths }) => paths.map((it) => joined(folderOf(path), it))));
  const folders = read.flatMap(({ path, name }) => {
    const folder = folderOf(path);
    const isOurs = isTakenIn(top, root, folder) || taken.has(folder) || (name !== undefined && local.has(name));
    return isOurs && !top.excluded.includes(folder) ? [folder] : [];
  });
  return [...new Set([root, ...folders])];
}

function localNames(lock: TextAt): ReadonlySet<string> {
  const { items } = readLockDocument(lock, 'package');
  return new Set(items.flatMap((it) => (it.entries.has('source') ? [] : (wordOf(it, 'name') ?? []))));
}

function agree(lock: TextAt, manifests: readonly TextAt[]): Agreement {
  const own = [...ownManifests(lock, manifests).values()];
  const local = localNames(lock);
  const broken = manifests.filter((it) => parsedToml(it) === undefined);
  const agreement = agreementOf(
    {
      declared: own.flatMap(({ declared }) => declared),
      untold: broken.map(({ path }) => `${path} is not valid TOML`),
    },
    read(lock, []).packages,
    'crates.io',
    local,
  );
  const unknown = own.flatMap(({ name, path }) =>
    name === undefined || local.has(name)
      ? []
      : [{ name, say: 'is a member of the workspace that the lockfile does not know', at: { path, line: 1 } }],
  );
  return { ...agreement, disagreements: [...unknown, ...agreement.disagreements] };
}
