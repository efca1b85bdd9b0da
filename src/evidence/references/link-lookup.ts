/** Looks a link's target up among files, knowing how static sites rename them. Pure: what exists is told by the caller. */
import { type Anchor, findAnchor } from '../pages/anchors.ts';
import type { HostedTarget, LinkTarget } from './link-target.ts';

/** What there is to link to. */
export interface LinkWorld {
  /** Whether a file of a root is there. */
  isFile(root: string, path: string): boolean;
  /** The file of a root that a path means when upper and lower case count as one. */
  fileLike(root: string, path: string): string | undefined;
  /** Whether a folder of a root is there. */
  isFolder(root: string, path: string): boolean;
  /** Anchors of a document; undefined when it is no Markdown or was not read. */
  anchorsOf(root: string, path: string): { readonly anchors: readonly Anchor[] } | undefined;
  /** Names by which the judged repository is linked to: `org/name`, or a name alone. */
  readonly names: readonly string[];
  /** Whether a further repository is at hand. */
  isAtHand(repository: string): boolean;
  /** Where the pages of a documentation site are, by the start of their URL. */
  readonly maps: readonly UrlMap[];
}

/** One line of the manifest's `runbooks.url_map`. */
export interface UrlMap {
  readonly prefix: string;
  readonly root: string;
  readonly path: string;
}

/** What became of a link. */
export type LinkOutcome =
  | 'section'
  | 'file'
  | 'no-file'
  | 'no-section'
  | 'external'
  | 'placeholder'
  | 'templated'
  | 'malformed'
  | 'text'
  | 'root-not-at-hand'
  /** It leads out of the repository, or to another scheme. */
  | 'outside'
  /** The file is there; whether the section is could not be read. */
  | 'unread';

/** Where a link leads. */
export interface LinkFound {
  readonly outcome: LinkOutcome;
  readonly root?: string;
  readonly path?: string;
  readonly anchor?: Anchor;
  /** `org/name` of the repository that is not at hand. */
  readonly repository?: string;
}

/** The file a link is written in. */
export interface LinkSource {
  readonly root: string;
  readonly path: string;
}

/** Looks a target up. `folders` are tried before the repository's root for a path, the file's own folder first. */
export function lookUp(
  target: LinkTarget,
  from: LinkSource,
  world: LinkWorld,
  folders: readonly string[] = [folderOf(from.path)],
): LinkFound {
  switch (target.kind) {
    case 'placeholder':
    case 'templated':
    case 'malformed':
    case 'text':
      return { outcome: target.kind };
    case 'scheme':
      return { outcome: 'outside' };
    case 'url':
      return mapped(target.url, target.anchor, world) ?? { outcome: 'external' };
    case 'hosted':
      return mapped(target.url, target.anchor, world) ?? hosted(target, world);
    default:
      return local(target, from, world, folders);
  }
}

function local(
  target: Extract<LinkTarget, { kind: 'path' }>,
  from: LinkSource,
  world: LinkWorld,
  folders: readonly string[],
): LinkFound {
  const { path, rooted, anchor } = target;
  if (path === '') return inFile(from.root, from.path, anchor, false, world);
  const bases = rooted ? [''] : [...folders, ...prettyFolders(from.path, path)];
  const joined = bases.map((base) => join(base, path));
  const paths = joined.flatMap((it) => (it === undefined ? [] : [it]));
  if (paths.length === 0 && !rooted) return { outcome: 'outside' };
  return inPaths(from.root, paths, anchor, false, world);
}

/** Sites serve `a/b.md` as `a/b/`, so that a link without an ending is written from one folder further down. */
function prettyFolders(from: string, path: string): readonly string[] {
  return /\.\w+$/.test(path) ? [] : [from.replace(/\.\w+$/, '')];
}

function hosted({ forge, repository, paths, anchor }: HostedTarget, world: LinkWorld): LinkFound {
  const strict = forge === 'github';
  const wanted = repository.toLowerCase();
  const named = (name: string): boolean => world.names.some((it) => it.toLowerCase() === name);
  if (named(wanted)) return inPaths('', paths, anchor, strict, world);
  if (world.isAtHand(repository)) return inPaths(repository, paths, anchor, strict, world);
  const found = named(wanted.split('/').pop() ?? '') ? inPaths('', paths, anchor, strict, world) : undefined;
  return found && isLikely(found, paths, world) ? found : { outcome: 'root-not-at-hand', repository };
}

/** A name without its organisation may be another repository's: then the page, or at least its folder, has to be here. */
function isLikely(found: LinkFound, paths: readonly string[], world: LinkWorld): boolean {
  if (found.outcome !== 'no-file') return true;
  return paths.some((path) => path.includes('/') && world.isFolder('', folderOf(path)));
}

/** The longest prefix of the map that the URL starts with says where its page is. */
function mapped(url: string, anchor: string | undefined, world: LinkWorld): LinkFound | undefined {
  const maps = world.maps.filter(
    ({ prefix }) => prefix !== '' && `${url}/`.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`),
  );
  const map = maps.sort((a, b) => b.prefix.length - a.prefix.length)[0];
  if (!map) return undefined;
  if (map.root !== '' && !world.isAtHand(map.root)) return { outcome: 'root-not-at-hand', repository: map.root };
  const path = join(map.path, url.slice(map.prefix.length));
  if (path === undefined) return { outcome: 'outside' };
  const exact = inPaths(map.root, [path], anchor, false, world);
  if (exact.outcome !== 'no-file') return exact;
  // Hugo and others publish `PaymentsDown.md` as `paymentsdown/`.
  const page = spellings(path).flatMap((it) => world.fileLike(map.root, it) ?? [])[0];
  return page === undefined ? exact : inFile(map.root, page, anchor, false, world);
}

function inPaths(
  root: string,
  paths: readonly string[],
  anchor: string | undefined,
  strict: boolean,
  world: LinkWorld,
): LinkFound {
  for (const path of paths) {
    const file = spellings(path).find((it) => world.isFile(root, it));
    if (file !== undefined) return inFile(root, file, anchor, strict, world);
  }
  const folder = paths.find((path) => world.isFolder(root, path));
  if (folder === undefined) return { outcome: 'no-file', root, ...(paths[0] && { path: paths[0] }) };
  return anchor === undefined ? { outcome: 'file', root, path: folder } : { outcome: 'unread', root, path: folder };
}

function inFile(root: string, path: string, anchor: string | undefined, strict: boolean, world: LinkWorld): LinkFound {
  if (anchor === undefined || /^(?:top|L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|:~:.*)$/i.test(anchor))
    return { outcome: 'file', root, path };
  const document = world.anchorsOf(root, path);
  if (!document) return { outcome: 'unread', root, path };
  const found = findAnchor(document, anchor, strict);
  return found ? { outcome: 'section', root, path, anchor: found } : { outcome: 'no-section', root, path };
}

/** Sources from which a page of that name may be made. */
function spellings(path: string): readonly string[] {
  const stem = path.replace(/\/+$/, '').replace(/\.html?$/i, '');
  const page = stem.replace(/(^|\/)index$/i, '$1').replace(/\/$/, '');
  const endings = ['.md', '.mdx', '.markdown', '.html.md', '.html.md.erb', '.md.erb', '.adoc', '.rst'].map(
    (ending) => stem + ending,
  );
  const indexes = [
    'README.md',
    'index.md',
    'index.mdx',
    '_index.md',
    'readme.md',
    'index.html.md',
    'index.html.md.erb',
    'README.adoc',
    'index.adoc',
    'index.rst',
  ];
  return [path, ...endings, ...indexes.map((name) => (page === '' ? name : `${page}/${name}`))];
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** A path from a folder, without `.` and `..`; undefined where it leaves the repository. */
function join(folder: string, path: string): string | undefined {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** Finds a path among others whatever the case of its letters; the first of several. Lists them when first asked. */
export function likeAmong(paths: () => readonly string[]): (path: string) => string | undefined {
  let known: Map<string, string> | undefined;
  return (path) => {
    known ??= new Map(
      paths()
        .toReversed()
        .map((it) => [it.toLowerCase(), it]),
    );
    return known.get(path.toLowerCase());
  };
}
