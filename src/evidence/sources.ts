/** The files one service's collectors may use, each read and parsed once however many services and collectors ask. */
import type { Manifest } from '../manifest/manifest.ts';
import type { Place, Unread } from '../model.ts';
import { FILE_CAP, type Read, type Repo, type RepoFile } from '../repo/repo.ts';
import type { Question } from './asked-files/question.ts';
import { classifier } from './classify.ts';
import type { SourceFile, Sources, TextAt } from './collector.ts';
import type { MarkdownDocument } from './pages/markdown.ts';
import { parsePage } from './pages/page-text.ts';
import type { Reference } from './reference.ts';
import type { YamlFile } from './yaml/yaml.ts';

/** Parsers, loaded only when a collector that needs them runs. */
export interface Parsers {
  yaml?: (text: string, options: { readonly template: boolean }) => YamlFile;
  markdown?: (text: string) => MarkdownDocument;
}

/** Texts and parse results of a run, shared by all services. */
export interface Reading {
  /** `cap` in bytes; a file above the usual one is asked for anew under each cap, so that nobody gets more than asked for. */
  read(file: SourceFile, cap?: number): Read;
  yaml(file: SourceFile, text: string): YamlFile;
  markdown(file: SourceFile, text: string): MarkdownDocument;
  /** A file's text as one object for all who ask. */
  whole(file: SourceFile, text: string): TextAt;
  repo(root: string): Repo | undefined;
  readonly parsers: Parsers;
  /** What is remembered, for a later run. */
  readonly memory: ReadingMemory;
}

/** Texts and what was made of them, by evidence root and path. */
interface ReadingMemory {
  readonly texts: Map<string, Read>;
  readonly yamls: Map<string, YamlFile>;
  readonly markdowns: Map<string, MarkdownDocument>;
  readonly wholes: Map<string, TextAt>;
  readonly parsers: Parsers;
}

/** A memory of files of the judged repository, from an earlier reading, that `isSame` by path. */
export function sameTexts({ memory }: Reading, isSame: (path: string) => boolean): ReadingMemory {
  const kept = <V>(from: Map<string, V>) =>
    new Map([...from].filter(([key]) => key.startsWith('\0') && isSame(key.split('\0')[1] ?? '')));
  return {
    texts: kept(memory.texts),
    yamls: kept(memory.yamls),
    markdowns: kept(memory.markdowns),
    wholes: kept(memory.wholes),
    parsers: memory.parsers,
  };
}

/** A memory of what was read and parsed, over the judged repository and the further evidence roots by name. */
export function openReading(
  repo: Repo,
  rootNamed: (name: string) => Repo | undefined,
  memory: ReadingMemory = { texts: new Map(), yamls: new Map(), markdowns: new Map(), wholes: new Map(), parsers: {} },
): Reading {
  const { texts, yamls, markdowns, wholes, parsers } = memory;
  function repoOf(root: string): Repo | undefined {
    return root === '' ? repo : rootNamed(root);
  }
  return {
    parsers,
    memory,
    repo: repoOf,
    read: (file, cap = FILE_CAP) =>
      remember(
        texts,
        file.size > FILE_CAP ? `${keyOf(file)}\0${cap}` : keyOf(file),
        () =>
          repoOf(file.root)?.read(file.path, cap) ?? {
            ok: false,
            reason: 'unreadable',
            detail: 'its repository is not at hand',
          },
      ),
    yaml: (file, text) => {
      const parse = parsers.yaml ?? undeclared('yaml');
      return remember(yamls, keyOf(file), () => parse(text, { template: isTemplate(file.path) }));
    },
    markdown: (file, text) => {
      const parse = parsers.markdown ?? undeclared('markdown');
      return remember(markdowns, keyOf(file), () => parsePage(file.path, text, parse));
    },
    whole: (file, text) => remember(wholes, keyOf(file), () => ({ path: file.path, text })),
  };
}

/** What the collectors of one service see; `others` are the folders of the repository's other services. */
export function openSources(
  reading: Reading,
  manifest: Manifest,
  others: readonly string[],
  reference: Reference = {},
  asked: readonly Question[] = [],
): Sources {
  const shared = filesOf(reading, '', manifest.dir);
  const foreign = others.filter((dir) => dir !== manifest.dir && isBelow(dir, manifest.dir));
  const files = shared.filter(
    (file) => isBelow(file.path, manifest.dir) && !foreign.some((dir) => isBelow(file.path, dir)),
  );
  const byRoot = new Map<string, readonly SourceFile[]>([['', shared]]);
  return {
    manifest,
    files,
    shared,
    reference,
    asked,
    repo: (root = '') => reading.repo(root),
    filesOf: (root) => remember(byRoot, root, () => filesOf(reading, root, '')),
    text: (file, unread, cap) => textOf(reading, file, unread, cap),
    yaml: (file, unread) => {
      const text = textOf(reading, file, unread);
      return text === undefined ? undefined : reading.yaml(file, text);
    },
    markdown: (file, unread) => {
      const text = textOf(reading, file, unread);
      return text === undefined ? undefined : reading.markdown(file, text);
    },
    whole: (file, unread, cap) => {
      const text = textOf(reading, file, unread, cap);
      return text === undefined ? undefined : reading.whole(file, text);
    },
  };
}

/** Whether a path is a folder or below it; the empty folder is the root. */
export function isBelow(path: string, dir: string): boolean {
  return dir === '' || path === dir || path.startsWith(`${dir}/`);
}

/** Whether a path lies in a folder of documentation: configuration there is shown and does not run. */
export function isDocumentation(path: string): boolean {
  return /(^|\/)(docs?|documentation)\//i.test(path);
}

/** The place of a file, with its root when it has one. */
export function placeIn(file: Pick<SourceFile, 'root' | 'path'>, line?: number, column?: number): Place {
  return {
    path: file.path,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    ...(file.root !== '' && { root: file.root }),
  };
}

/** A chart's templates are text with actions in it, whatever their extension says. */
function isTemplate(path: string): boolean {
  return /(^|\/)templates\/.*\.(ya?ml|tpl)$|\.(tpl|tmpl|gotmpl)$/i.test(path);
}

function filesOf(reading: Reading, root: string, dir: string): readonly SourceFile[] {
  const repo = reading.repo(root);
  if (!repo) return [];
  const attributes = repo.read('.gitattributes');
  const classOf = classifier(attributes.ok ? attributes.text : undefined);
  return repo.list().files.map((file: RepoFile) => {
    const inside = isBelow(file.path, dir) ? file.path.slice(dir === '' ? 0 : dir.length + 1) : file.path;
    return { ...file, root, class: classOf(file.path, inside) };
  });
}

function textOf(reading: Reading, file: SourceFile, unread: Unread[], cap?: number): string | undefined {
  const read = reading.read(file, cap);
  if (read.ok) return read.text;
  unread.push({ at: placeIn(file), reason: read.reason, detail: read.detail });
  return undefined;
}

function undeclared(parser: string): never {
  throw new Error(`a collector used the ${parser} parser without declaring it in \`parses\``);
}

function keyOf(file: SourceFile): string {
  return `${file.root}\0${file.path}`;
}

function remember<K, V>(memory: Map<K, V>, key: K, make: () => V): V {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}
