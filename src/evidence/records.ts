/** Records of running the service, as Markdown: exercises, reviews of incidents, decisions. Says which parts each has; judges none. */
import type { Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { PAGE } from './pages/page-text.ts';
import { actionsIn, type RecordAction } from './records/actions.ts';
import { type ReviewedIncident, reviewedIncident } from './records/incident.ts';
import { type RecordKind, type RecordPart, readRecord, recordKind } from './records/record.ts';
import { resolveReference } from './references/resolve-reference.ts';
import { documentAt } from './references/source-links.ts';
import { placeIn } from './sources.ts';

/** One record. */
export interface RecordEntry {
  readonly kind: RecordKind;
  readonly title: string;
  readonly at: Place;
  /** YYYY-MM-DD by its name, its front matter or its text. */
  readonly date?: string;
  /** For decisions, e.g. accepted or superseded; as written, in lower case. */
  readonly status?: string;
  /** Parts that are there and filled. */
  readonly parts: readonly { readonly part: RecordPart; readonly at: Place }[];
  /** For reviews of incidents: what it says of its incident. */
  readonly incident?: ReviewedIncident;
  /** For reviews of incidents: what is to be done. */
  readonly actions?: readonly (Omit<RecordAction, 'line'> & { readonly at: Place })[];
  /** The record is kept for several services, so that it counts only for those it names. */
  readonly shared: boolean;
  /** Its words, capped: for looking up names. */
  readonly text: string;
}

/** Facts of this kind. */
export interface Facts {
  /** Newest first, those without a date last. */
  readonly records: readonly RecordEntry[];
}

const RECORDS_CAP = 1000;
const TEXT_CAP = 8000;

export const collector = defineCollector<Facts>({
  summary:
    'Markdown records of exercises, incident reviews and decisions: where the manifest keeps them, and by the names that such folders and files have',
  parses: ['markdown'],
  collect(sources) {
    const unread: Unread[] = [];
    const own = new Set(sources.files.map(({ path }) => path));
    const wanted = [...claimedRecords(sources, unread), ...namedRecords(sources)];
    const files = [...new Map(wanted.map((it) => [`${it.file.root}:${it.file.path}`, it])).values()];
    if (files.length > RECORDS_CAP)
      unread.push({ at: { path: '.' }, reason: 'limit', detail: `only ${RECORDS_CAP} records are read` });
    const records = files
      .slice(0, RECORDS_CAP)
      .flatMap(({ file, kind }) => entryOf(file, kind, file.root !== '' || !own.has(file.path), sources, unread))
      .sort((a, b) => order(b) - order(a));
    return {
      facts: { records },
      looked: { files: files.length, note: `${records.length} records` },
      unread,
      delegated: [],
    };
  },
});

/** Milliseconds; what has no date comes last. */
function order({ date }: RecordEntry): number {
  return date === undefined ? 0 : Date.parse(date);
}

interface Wanted {
  readonly file: SourceFile;
  readonly kind: RecordKind;
}

/** What `operations` and the proofs of tests in the manifest refer to. */
function claimedRecords(sources: Sources, unread: Unread[]): readonly Wanted[] {
  const { operations, failure_modes: modes = [], release } = sources.manifest.claims;
  const references: (readonly [RecordKind, string | undefined])[] = [
    ['exercise', operations?.drills],
    ['postmortem', operations?.postmortems],
    ['decision', operations?.decisions],
    ...modes.flatMap(({ tested }) => (tested?.evidence ?? []).map((it) => ['exercise', it] as const)),
    ...(release?.rollback?.evidence ?? []).map((it) => ['exercise', it] as const),
  ];
  return references.flatMap(([kind, reference]) =>
    reference === undefined
      ? []
      : resolveReference(reference, sources, unread)
          .files.filter((file) => PAGE.test(file.path))
          .map((file) => ({ file, kind })),
  );
}

function namedRecords({ files, shared }: Sources): readonly Wanted[] {
  return [...files, ...shared].flatMap((file) => {
    const kind = file.class === 'source' && PAGE.test(file.path) ? recordKind(file.path) : undefined;
    return kind ? [{ file, kind }] : [];
  });
}

function entryOf(
  file: SourceFile,
  kind: RecordKind,
  shared: boolean,
  sources: Sources,
  unread: Unread[],
): readonly RecordEntry[] {
  const document = documentAt(file, sources, unread);
  const text = sources.text(file, []);
  if (!document || text === undefined) return [];
  const record = readRecord(document, text, file.path, kind);
  if (!record) return [];
  const { parts, ...rest } = record;
  return [
    {
      kind,
      ...rest,
      at: placeIn(file),
      parts: parts.map(({ part, line }) => ({ part, at: placeIn(file, line) })),
      ...(kind === 'postmortem' && {
        incident: reviewedIncident(document.frontMatter, text),
        actions: actionsIn(text).map(({ line, ...action }) => ({ ...action, at: placeIn(file, line) })),
      }),
      shared,
      text: text.slice(0, TEXT_CAP),
    },
  ];
}
