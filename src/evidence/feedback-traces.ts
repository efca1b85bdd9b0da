/** Changes that cite feedback by reference: entries of a changelog, decisions and reviews of incidents that link to a record of what users said, or carry the declared marker with a number. A word such as "feedback" is no reference. */
import type { Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { claimedRecords } from './customer-records/claimed.ts';
import { citation } from './history/marked.ts';
import { gatheredOnce } from './once.ts';
import type { MarkdownDocument, MarkdownLink, MarkdownSection } from './pages/markdown.ts';
import { dateIn } from './pages/review-date.ts';
import { type RecordEntry, collector as recordsOf } from './records.ts';
import { fileAt } from './references/files.ts';
import { type LinkWorld, lookUp } from './references/link-lookup.ts';
import { linkTarget } from './references/link-target.ts';
import { resolveReference } from './references/resolve-reference.ts';
import { documentAt, openLinks } from './references/source-links.ts';
import { placeIn } from './sources.ts';

/** One change that cites feedback. */
export interface Trace {
  readonly in: 'changelog' | 'decision' | 'postmortem';
  /** YYYY-MM-DD, by the entry's heading or the record; absent where neither says. */
  readonly on?: string;
  readonly title: string;
  readonly at: Place;
  /** What it cites: a path, or the marker with its number. */
  readonly cites: string;
}

/** Facts of this kind. */
export interface Facts {
  readonly traces: readonly Trace[];
  /** Records of what users said, which a change may cite. */
  readonly feedback: readonly Place[];
  /** Changelogs that were read. */
  readonly changelogs: readonly Place[];
}

const CHANGELOG = /(?:^|\/)(?:changelog|changes|history|release-?notes|news)\.(?:md|markdown|adoc|rst)$/i;
/** A folder that holds what users said, so that every page in it may be cited. */
const FOLDER = /(?:^|[/_-])(?:feedback|research|interviews?|surveys?|voice-of-(?:the-)?(?:customer|user))[^/]*$/i;
const CHANGELOGS_CAP = 10;
const TRACES_CAP = 200;

export const collector = defineCollector<Facts>({
  summary:
    'entries of changelogs, decisions and reviews of incidents that link to what the manifest names as feedback or research, or carry `feedback.marker` with a number behind it',
  parses: ['markdown'],
  async collect(sources) {
    const unread: Unread[] = [];
    const feedback = feedbackFiles(sources, unread);
    const cited = citation(sources.manifest.claims.feedback?.marker);
    const cites = citedBy(new Set(feedback.map(keyOf)), cited, openLinks(sources));
    const changelogs = sources.files
      .filter(({ path, class: its }) => its === 'source' && CHANGELOG.test(path))
      .slice(0, CHANGELOGS_CAP);
    const records = (await gatheredOnce(recordsOf, sources)).facts.records.filter(({ kind }) => kind !== 'exercise');
    const traces = [
      ...changelogs.flatMap((file) => fromChangelog(file, cites, sources, unread)),
      ...records.flatMap((entry) => fromRecord(entry, cites, sources)),
    ];
    return {
      facts: {
        traces: traces.slice(0, TRACES_CAP),
        feedback: feedback.map((file) => placeIn(file)),
        changelogs: changelogs.map((file) => placeIn(file)),
      },
      looked: { files: changelogs.length + records.length, note: `${traces.length} changes that cite feedback` },
      unread,
      delegated: [],
    };
  },
});

function keyOf({ root, path }: Pick<SourceFile, 'root' | 'path'>): string {
  return `${root}:${path}`;
}

/** The records that the manifest names, and their neighbours in a folder of such records. */
function feedbackFiles(sources: Sources, unread: Unread[]): readonly SourceFile[] {
  const named = claimedRecords(sources.manifest.claims)
    .filter(({ topic }) => topic === 'feedback' || topic === 'research')
    .flatMap(({ reference }) => resolveReference(reference, sources, unread).files);
  const folders = new Set(named.map(folderOf).filter((folder) => FOLDER.test(folder)));
  const all = named.flatMap(({ root }) => (root === '' ? sources.shared : sources.filesOf(root)));
  const beside = folders.size === 0 ? [] : all.filter((file) => folders.has(folderOf(file)));
  return [...new Map([...named, ...beside].map((file) => [keyOf(file), file])).values()];
}

function folderOf({ root, path }: SourceFile): string {
  return `${root}:${path.slice(0, Math.max(path.lastIndexOf('/'), 0))}`;
}

type Cites = (file: SourceFile, links: readonly MarkdownLink[], text: string) => string | undefined;

/** What a passage cites: a record that one of its links leads to, else the marker in one of its lines. */
function citedBy(records: ReadonlySet<string>, cited: ReturnType<typeof citation>, world: LinkWorld): Cites {
  return (file, links, text) => {
    for (const { target } of links.slice(0, 200)) {
      const { root = '', path } = lookUp(linkTarget(target), file, world);
      if (path !== undefined && records.has(keyOf({ root, path }))) return path;
    }
    for (const line of text.split('\n', 500)) {
      const found = cited(line);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function fromChangelog(file: SourceFile, cites: Cites, sources: Sources, unread: Unread[]): readonly Trace[] {
  const document = documentAt(file, sources, unread);
  const days = daysOver(document?.sections ?? []);
  return (document?.sections ?? []).flatMap((section, index) => {
    const found = cites(file, section.links, section.text);
    if (found === undefined) return [];
    const on = days[index];
    return [
      {
        in: 'changelog' as const,
        ...(on !== undefined && { on }),
        title: section.title.slice(0, 200),
        at: placeIn(file, section.line),
        cites: found,
      },
    ];
  });
}

/** For each section the day in its heading or in the nearest one above it. */
function daysOver(sections: readonly MarkdownSection[]): readonly (string | undefined)[] {
  const above: { readonly level: number; readonly on: string | undefined }[] = [];
  return sections.map(({ level, title }) => {
    while ((above.at(-1)?.level ?? -1) >= level) above.pop();
    const day = /\d{4}[-/.]\d{1,2}[-/.]\d{1,2}/.exec(title.slice(0, 300))?.[0];
    const on = (day === undefined ? undefined : dateIn(day)) ?? above.at(-1)?.on;
    above.push({ level, on });
    return on;
  });
}

function fromRecord({ kind, title, at, date }: RecordEntry, cites: Cites, sources: Sources): readonly Trace[] {
  const files = at.root === undefined ? sources.shared : sources.filesOf(at.root);
  const file = fileAt(files, at.path);
  const document: MarkdownDocument | undefined = file && documentAt(file, sources, []);
  if (!file || !document || kind === 'exercise') return [];
  const text = document.sections.map((section) => section.text).join('\n');
  const found = cites(file, document.links, text);
  return found === undefined ? [] : [{ in: kind, ...(date !== undefined && { on: date }), title, at, cites: found }];
}
