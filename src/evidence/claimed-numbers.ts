/** The timeouts and retries in the files that the manifest cites for them. Says where which number stands; compares it with no claim. */
import type { Claims } from '../manifest/manifest.ts';
import type { Delegated, Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { type KeyedNumber, keyedNumbers } from './number-lines.ts';
import { resolveReference } from './references/resolve-reference.ts';
import { placeIn } from './sources.ts';

/** A number with its place. */
export interface CitedNumber extends Omit<KeyedNumber, 'line'> {
  readonly at: Place;
}

/** One file that a reference leads to. */
export interface CitedFile {
  /** JSON pointer of the reference, e.g. `/dependencies/0/timeout/evidence/0`. */
  readonly pointer: string;
  readonly at: Place;
  /** Prose: it describes and configures nothing. */
  readonly document: boolean;
  readonly class: SourceFile['class'];
  readonly numbers: readonly CitedNumber[];
}

/** Facts of this kind. */
export interface Facts {
  readonly files: readonly CitedFile[];
}

/** Files looked at for one reference: a folder may hold thousands. */
const MAX_FILES = 20;
const PROSE = /\.(md|markdown|mdx|txt|adoc|asciidoc|rst|html?|pdf)$/i;

export const collector = defineCollector<Facts>({
  summary:
    "timeouts and retries with their keys in the files that `timeout.evidence`, `retry.evidence` and a dependency's `evidence` name",
  collect(sources) {
    const unread: Unread[] = [];
    const delegated: Delegated[] = [];
    const files = citations(sources.manifest.claims).flatMap(({ pointer, reference }) => {
      const { outcome, files: hits } = resolveReference(reference.replace(/#.*$/s, ''), sources, unread);
      if (outcome === 'root-not-at-hand') delegated.push({ at: { path: sources.manifest.path }, to: reference });
      return hits.slice(0, MAX_FILES).flatMap((file) => citedFile(pointer, file, sources, unread));
    });
    const count = new Set(files.map(({ at }) => `${at.root ?? ''}:${at.path}`)).size;
    return {
      facts: { files },
      looked: { files: count, note: `${files.reduce((sum, it) => sum + it.numbers.length, 0)} timeouts and retries` },
      unread,
      delegated,
    };
  },
});

interface Citation {
  readonly pointer: string;
  readonly reference: string;
}

function citations({ timeout, dependencies = [] }: Claims): readonly Citation[] {
  return [
    ...at('/timeout/evidence', timeout?.evidence),
    ...dependencies.flatMap((dependency, index) => [
      ...at(`/dependencies/${index}/timeout/evidence`, dependency.timeout?.evidence),
      ...at(`/dependencies/${index}/retry/evidence`, dependency.retry?.evidence),
      ...at(`/dependencies/${index}/evidence`, dependency.evidence),
    ]),
  ];
}

function at(pointer: string, references: readonly string[] = []): readonly Citation[] {
  return references.map((reference, index) => ({ pointer: `${pointer}/${index}`, reference }));
}

function citedFile(pointer: string, file: SourceFile, sources: Sources, unread: Unread[]): readonly CitedFile[] {
  const text = sources.text(file, unread);
  if (text === undefined) return [];
  const document = PROSE.test(file.path);
  const numbers = document
    ? []
    : keyedNumbers(text).map(({ line, ...number }) => ({ ...number, at: placeIn(file, line) }));
  return [{ pointer, at: placeIn(file), document, class: file.class, numbers }];
}
