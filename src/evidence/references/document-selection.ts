/** Picks the documents that are worth reading: parsing every page of a repository would cost more than all else together. */
import type { Manifest } from '../../manifest/manifest.ts';
import type { SourceFile } from '../collector.ts';
import { PAGE } from '../pages/page-text.ts';

const RUNBOOK = /run[-_]?book|play[-_]?book|(?:^|[/_-])sops?(?:[/_.-]|$)|on-?call|troubleshoot|disaster/i;
const NEVER = /(?:^|\/)(?:changelog|licen[cs]e|code_of_conduct)\.\w+$/i;
const INDEX = /^(?:readme|_?index)$/;

/** Documents whose name stands in a link or in the manifest, or says runbook. */
export function wantedDocuments(
  pages: readonly SourceFile[],
  targets: readonly string[],
  manifest: Manifest,
): readonly SourceFile[] {
  const names = new Set(targets.flatMap(namesIn));
  for (const word of textsIn(manifest.claims)) for (const name of namesIn(word)) names.add(name);
  const front = targets.some((target) => /^https?:\/\/[^/]+\/[^/]+\/[^/#]+\/?(?:#|$)/.test(target));
  return pages.filter(
    ({ path }) =>
      PAGE.test(path) &&
      !NEVER.test(path) &&
      (RUNBOOK.test(path) || isNamed(path, names) || (front && /^readme\.md$/i.test(path))),
  );
}

/** By its own name, or for the page of a folder by the folder's; a folder in the manifest names all pages in it. */
function isNamed(path: string, names: ReadonlySet<string>): boolean {
  const parts = path.toLowerCase().split('/');
  const stem = stemOf(parts.at(-1) ?? '');
  const folder = parts.at(-2) ?? '';
  return names.has(stem) || (INDEX.test(stem) && (names.has(folder) || folder === ''));
}

/** Names that the last parts of an address may mean, without ending and section. */
function namesIn(target: string): readonly string[] {
  const parts = decoded(target)
    .replace(/[#?].*$/s, '')
    .toLowerCase()
    .split('/')
    .filter((part) => part !== '');
  return parts.slice(-2).map(stemOf);
}

function stemOf(name: string): string {
  return name.replace(/(?:\.(?:md|mdx|markdown|html?|erb|adoc|asciidoc|rst))+$/, '');
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
