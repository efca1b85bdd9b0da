/** Finds the documents that may be runbooks: named by the manifest, by an alert, by folder, file name, heading or link. Reads and parses; judges nothing. */

import { placeOf } from '../../manifest/manifest.ts';
import type { Unread } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { findAnchor } from '../pages/anchors.ts';
import type { MarkdownDocument } from '../pages/markdown.ts';
import { PAGE } from '../pages/page-text.ts';
import { lookUp } from '../references/link-lookup.ts';
import { linkTarget } from '../references/link-target.ts';
import { resolveReference } from '../references/resolve-reference.ts';
import { isBelow, placeIn } from '../sources.ts';
import { fromCollections } from './collections.ts';
import { mentionsOf } from './mentions.ts';
import { fromPages } from './pages.ts';
import { type Candidate, fileAt, isNever, isNone, isRunbook, openPage, type Search } from './search.ts';

/** Pages in formats that are not read. */
const OTHER_TEXT = /\.(?:org|textile|html?|txt|pdf|docx?|odt|ipynb|pages)$/i;
/** In lower case: expressions that ignore case take twice as long to compile. */
const STRONG_FOLDER = /(?:^|\/)(?:run[-_]?books?|sops?|standard[-_]operating[-_]procedures|on-?call)\//;
const WEAK_FOLDER = /(?:^|\/)(?:play[-_]?books?|operations|incidents?|incident-response|ops-guides?|support)\//;
const STRONG_NAME = /(?:^|[-_. /])run[-_]?books?(?:[-_. ][^/]*)?$/;
const WEAK_NAME =
  /(?:^|[-_. /])(?:play[-_]?books?|sop|on-?call|disaster[-_. ]?recovery|disaster|incident-response|troubleshoot(?:ing)?|operations?)(?:[-_. ][^/]*)?$/;

/** All candidates, the surest way to find each first; a file once, or once for each part that is named. */
export function findCandidates(search: Search): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  const add = (candidates: readonly Candidate[]): void => {
    for (const it of candidates) {
      const file = `${it.file.root}:${it.file.path}`;
      const key = it.from === undefined ? file : `${file}#${it.from}`;
      if (!found.has(file) && !found.has(key)) found.set(key, it);
    }
  };
  add(fromManifest(search));
  add(fromPaths(search));
  add(fromAlertLinks(search));
  const reach = reachOf(search.sources);
  add(fromCollections(search, reach));
  add(fromPages(search, reach));
  return [...found.values()];
}

/** The manifest's `runbooks`, and the runbook of a failure mode, of the rollback and of a restore. */
function fromManifest(search: Search): readonly Candidate[] {
  const { claims } = search.sources.manifest;
  const references: (readonly [pointer: string, reference: string | undefined])[] = [
    ['/runbooks/dir', claims.runbooks?.dir],
    ...(claims.runbooks?.files ?? []).map((it, index) => [`/runbooks/files/${index}`, it] as const),
    ...(claims.failure_modes ?? []).map((it, index) => [`/failure_modes/${index}/runbook`, it.runbook] as const),
    ['/release/rollback/runbook', claims.release?.rollback?.runbook],
    ...(claims.data?.stores ?? []).map(
      (it, index) => [`/data/stores/${index}/restore_runbook`, it.restore_runbook] as const,
    ),
  ];
  return references.flatMap(([pointer, reference]) =>
    reference === undefined ? [] : referred(pointer, reference, search),
  );
}

function referred(pointer: string, reference: string, search: Search): readonly Candidate[] {
  const { sources, unread, delegated } = search;
  const { outcome, files } = resolveReference(reference, sources, unread);
  const anchor = /#(.+)$/.exec(reference)?.[1];
  if (outcome === 'url' || outcome === 'root-not-at-hand')
    delegated.push({ at: placeOf(sources.manifest, pointer), to: reference });
  return files.flatMap((file): readonly Candidate[] => {
    if (!PAGE.test(file.path)) return noteOther(file, unread);
    const candidate = openPage(file, search);
    if (!candidate || (outcome === 'folder' && isNone(candidate))) return [];
    const from = anchor === undefined ? undefined : sectionAt(candidate.document, anchor);
    return [{ ...candidate, why: 'manifest', ...(from !== undefined && { from }) }];
  });
}

/** The section that an anchor names, when it is the document's title or missing: the whole document. */
function sectionAt(document: MarkdownDocument, anchor: string): number | undefined {
  const line = findAnchor(document, anchor)?.line;
  const index = line === undefined ? -1 : document.sections.findLastIndex((section) => section.line <= line);
  return index <= 0 ? undefined : index;
}

function fromPaths(search: Search): readonly Candidate[] {
  const paths = new Set(search.sources.files.map(({ path }) => path));
  return reachOf(search.sources).flatMap((file): readonly Candidate[] => {
    const named = namedBy(file.path);
    if (!named || (named.why === 'folder' && isOfPackage(file.path, paths))) return [];
    if (!PAGE.test(file.path)) return named.strong ? noteOther(file, search.unread) : [];
    const candidate = openPage(file, search);
    return candidate && isRunbook(candidate, named.strong) ? [{ ...candidate, why: named.why }] : [];
  });
}

const MANIFESTS = ['Chart.yaml', 'package.json', 'go.mod', 'Cargo.toml', 'pyproject.toml', 'pom.xml', 'build.gradle'];

/** The front page of a package, whose folder has the package's name: a product may be called On-Call. */
function isOfPackage(path: string, paths: ReadonlySet<string>): boolean {
  const folder = /^(.*\/)readme\.\w+$/i.exec(path)?.[1];
  return folder !== undefined && MANIFESTS.some((name) => paths.has(`${folder}${name}`));
}

interface Named {
  readonly why: 'folder' | 'name';
  /** The name says runbook, so that little more is asked of the content. */
  readonly strong: boolean;
}

/** What in a path says that it may be a runbook. */
function namedBy(written: string): Named | undefined {
  if (isNever(written)) return undefined;
  const path = written.toLowerCase();
  const stem = path.replace(/(?:\.\w{1,8}){1,3}$/, '');
  if (STRONG_NAME.test(stem)) return { why: 'name', strong: true };
  if (STRONG_FOLDER.test(path)) return { why: 'folder', strong: true };
  if (WEAK_NAME.test(stem)) return { why: 'name', strong: false };
  return WEAK_FOLDER.test(path) ? { why: 'folder', strong: false } : undefined;
}

/** The service's own pages, and pages elsewhere in the repository that have its name in their path. */
function reachOf({ files, shared, manifest }: Sources): readonly SourceFile[] {
  const own = files.filter((file) => file.class === 'source');
  if (manifest.dir === '') return own;
  const names = new Set(
    [manifest.dir.split('/').pop() ?? '', manifest.identity.name ?? ''].map(tokens).filter((it) => it !== ''),
  );
  const around = shared.filter(
    (file) =>
      file.class === 'source' &&
      !isBelow(file.path, manifest.dir) &&
      file.path.split('/').some((part) => names.has(tokens(part.replace(/\.\w+$/, '')))),
  );
  return [...own, ...around];
}

function tokens(name: string): string {
  return name
    .toLowerCase()
    .replace(/[-_. ]?(?:run[-_]?books?|play[-_]?books?|sop)[-_. ]?/g, '')
    .replace(/[^a-z0-9]+/g, '-');
}

/** Pages at hand that an alert or another setting names as its runbook. */
function fromAlertLinks(search: Search): readonly Candidate[] {
  const seen = new Set<string>();
  return mentionsOf(search.sources).flatMap(({ target, file, named, line }) => {
    const key = `${file.root}:${file.path}:${target}`;
    if (!named || seen.has(key)) return [];
    seen.add(key);
    const found = lookUp(linkTarget(target, true), file, search.world, foldersFor(file, search.sources));
    if (found.outcome === 'external' || found.outcome === 'root-not-at-hand')
      search.delegated.push({ at: placeIn(file, line), to: target.replace(/#.*$/, '') });
    const linked =
      found.path === undefined || !PAGE.test(found.path)
        ? undefined
        : fileAt(found.root ?? '', found.path, search.sources);
    const candidate = linked && found.outcome !== 'no-file' ? openPage(linked, search) : undefined;
    if (!candidate || (found.anchor === undefined && isFrontPage(candidate))) return [];
    const from = found.anchor === undefined ? undefined : sectionAt(candidate.document, found.anchor.slug);
    return [{ ...candidate, why: 'alert-link', ...(from !== undefined && { from }) }];
  });
}

/** What stands at the top of a repository is no runbook only because an address is put together from the repository's. */
function isFrontPage(page: Pick<Candidate, 'file' | 'document' | 'text'>): boolean {
  return /^readme\.\w+$/i.test(page.file.path) && !isRunbook(page, false);
}

/** An alert's path is written from its own folder, from the service's, or from the root. */
function foldersFor(file: Pick<SourceFile, 'path'>, { manifest }: Pick<Sources, 'manifest'>): readonly string[] {
  return [...new Set([file.path.slice(0, Math.max(file.path.lastIndexOf('/'), 0)), manifest.dir, ''])];
}

function noteOther(file: SourceFile, unread: Unread[]): readonly never[] {
  if (OTHER_TEXT.test(file.path)) {
    const binary = /\.(?:pdf|docx?|odt|pages)$/i.test(file.path);
    unread.push({
      at: placeIn(file),
      reason: binary ? 'binary' : 'language',
      detail: 'only Markdown, AsciiDoc and reStructuredText runbooks are read',
    });
  }
  return [];
}
