/** The repositories at hand as a world to look links up in. */

import type { Unread } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import type { MarkdownDocument } from '../pages/markdown.ts';
import { PAGE } from '../pages/page-text.ts';
import { placeIn } from '../sources.ts';
import { type LinkWorld, likeAmong, type UrlMap } from './link-lookup.ts';
import { repositoryNames } from './repository-names.ts';
import { targetOf } from './target.ts';

/** Larger documents are not read: the time to parse grows faster than their size. */
const LARGEST = 256 * 1024;

/** A page, parsed, or undefined after noting why not. */
export function documentAt(file: SourceFile, sources: Sources, unread: Unread[]): MarkdownDocument | undefined {
  if (file.size > LARGEST) {
    unread.push({ at: placeIn(file), reason: 'too-large', detail: `a page above ${LARGEST / 1024} KiB is not read` });
    return undefined;
  }
  const document = sources.markdown(file, unread);
  if (document?.trouble === undefined) return document;
  unread.push({ at: placeIn(file), reason: 'invalid-syntax', detail: document.trouble });
  return undefined;
}

/** The world; only documents that a link names a section of are parsed. */
export function openLinks(sources: Sources): LinkWorld {
  const roots = new Map<string, Listed>();
  const present = new Map<string, boolean>();
  function listed(root: string): Listed {
    const known = roots.get(root) ?? listFiles(root === '' ? sources.shared : sources.filesOf(root));
    roots.set(root, known);
    return known;
  }
  function atHand(repository: string): boolean {
    const known = present.get(repository) ?? sources.repo(repository) !== undefined;
    present.set(repository, known);
    return known;
  }
  return {
    isFile: (root, path) => listed(root).files.has(path),
    fileLike: (root, path) => listed(root).like(path),
    isFolder: (root, path) => listed(root).folders.has(path),
    anchorsOf(root, path) {
      const file = PAGE.test(path) ? listed(root).files.get(path) : undefined;
      return file && documentAt(file, sources, []);
    },
    names: repositoryNames(sources),
    isAtHand: atHand,
    maps: urlMaps(sources),
  };
}

interface Listed {
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly folders: ReadonlySet<string>;
  like(path: string): string | undefined;
}

function listFiles(files: readonly SourceFile[]): Listed {
  const paths = files.map((file) => file.path);
  return {
    files: new Map(files.map((file) => [file.path, file])),
    folders: foldersOf(paths),
    like: likeAmong(() => paths),
  };
}

/** Every folder that the paths are in. */
function foldersOf(paths: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

/** `runbooks.url_map` of the manifest with its folders taken apart; what leads out of the service is left out. */
export function urlMaps(sources: Sources): readonly UrlMap[] {
  const { claims, dir } = sources.manifest;
  return Object.entries(claims.runbooks?.url_map ?? {}).flatMap(([prefix, reference]) => {
    const target = targetOf(reference, dir);
    return target.kind === 'path' ? [{ prefix, root: target.root, path: target.path }] : [];
  });
}
