/** What a kind of evidence is: a collector that turns files into facts. Collectors never judge. */

import type { Manifest } from '../manifest/manifest.ts';
import type { Gathered, Unread } from '../model.ts';
import type { Repo, RepoFile } from '../repo/repo.ts';
import type { Question } from './asked-files/question.ts';
import type { MarkdownDocument } from './pages/markdown.ts';
import type { Reference } from './reference.ts';
import type { YamlFile } from './yaml/yaml.ts';

/** A file within one service's reach. */
export interface SourceFile extends RepoFile {
  /** Evidence root the file is in; empty for the judged repository. */
  readonly root: string;
  /** `source` is the service's own; the others are set aside by default. */
  readonly class: 'source' | 'vendored' | 'generated' | 'test' | 'example';
}

/** A text and where it is from. */
export interface TextAt {
  readonly path: string;
  readonly text: string;
}

/** What a collector may use. Everything is read and parsed once, whichever collector asks first. */
export interface Sources {
  readonly manifest: Manifest;
  /** The service's own files and the repository's shared ones (CODEOWNERS and the like are found through `shared`). */
  readonly files: readonly SourceFile[];
  /** Every file of the repository whichever service it belongs to, unfiltered by class. */
  readonly shared: readonly SourceFile[];
  /** What is known from outside the repository. */
  readonly reference: Reference;
  /** What rules ask of files by their parameters. */
  readonly asked: readonly Question[];
  /** The judged repository; `root` picks a further evidence root, undefined when it is not at hand. */
  repo(root?: string): Repo | undefined;
  /** All files of a further evidence root; empty when it is not at hand. */
  filesOf(root: string): readonly SourceFile[];
  /** Text, or undefined after noting the file as unread; `cap` in bytes where a kind expects files above the usual 2 MiB. */
  text(file: SourceFile, unread: Unread[], cap?: number): string | undefined;
  /** The same with its path, one object for all services and collectors, so that what is made of it can be remembered with it. */
  whole(file: SourceFile, unread: Unread[], cap?: number): TextAt | undefined;
  /** Parsed YAML (leniently, templates neutralised), or undefined after noting the file as unread. */
  yaml(file: SourceFile, unread: Unread[]): YamlFile | undefined;
  /** Parsed Markdown, or undefined after noting the file as unread. */
  markdown(file: SourceFile, unread: Unread[]): MarkdownDocument | undefined;
}

/** One kind of evidence. `Facts` must be plain data: it survives a JSON round trip. */
export interface Collector<Facts> {
  /** One line for `explain`: what it reads. */
  readonly summary: string;
  /** Parsers its `collect` asks `sources` for; they are loaded before it runs and only then. */
  readonly parses?: readonly ('yaml' | 'markdown')[];
  collect(sources: Sources): Gathered<Facts> | Promise<Gathered<Facts>>;
}

/** Declares a collector; only narrows the type. */
export function defineCollector<Facts>(collector: Collector<Facts>): Collector<Facts> {
  return collector;
}
