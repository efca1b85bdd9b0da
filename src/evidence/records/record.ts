/** Recognises a record by its path and reads its date, its status and its parts. Pure. */
import { isDate } from '../../dates.ts';
import type { MarkdownDocument, MarkdownSection } from '../pages/markdown.ts';
import { dateIn } from '../pages/review-date.ts';
import { isStub } from '../pages/stub.ts';
import { stateOf, subtree } from '../runbooks/structure.ts';

/** What was written down. */
export type RecordKind = 'exercise' | 'postmortem' | 'decision';

/** What a record of an exercise or of an incident has: who took part, what was found, what is done about it. */
export type RecordPart = 'participants' | 'findings' | 'actions';

const KINDS: readonly (readonly [RecordKind, RegExp])[] = [
  [
    'exercise',
    /(?:^|[/_-])(?:drills?|game[-_]?days?|fire-?drills?|dr[-_](?:tests?|drills?|exercises?)|disaster[-_]recovery[-_](?:tests?|exercises?|drills?)|table-?tops?|chaos[-_]?(?:days?|experiments?|reports?)|incident[-_](?:simulations?|drills?|exercises?)|failover[-_]tests?|restore[-_](?:tests?|drills?))(?:[/_.-]|$)/i,
  ],
  ['postmortem', /(?:^|[/_-])(?:post-?_?mortems?|incident-?_?(?:reports?|reviews?)|retrospectives?)(?:[/_.-]|$)/i],
  ['decision', /(?:^|\/)(?:adrs?|decisions|architecture-decisions|decision-?records?)\/(?:.*\/)?\d{2,4}[-_][^/]+$/i],
];
/** Empty forms, plans and pages about the records are none. */
const NO_RECORD =
  /template|(?:^|\/)(?:readme|index|_index)\.\w+$|how-?to|guide|schedule|(?:^|[/_-])plan(?:[/_.-]|$)|checklist|policy|process/i;

/** What a path promises; nothing for forms and plans. */
export function recordKind(path: string): RecordKind | undefined {
  return NO_RECORD.test(path) ? undefined : KINDS.find(([, pattern]) => pattern.test(path))?.[0];
}

const HEADINGS: readonly (readonly [RecordPart, RegExp])[] = [
  [
    'participants',
    /\bparticipants?\b|\battendees?\b|\bwho (?:was there|took part)\b|\bpeople\b|\broles?\b|\bresponders?\b/i,
  ],
  [
    'findings',
    /\bfindings?\b|\bresults?\b|\bobservations?\b|\blessons?\b|\bwhat (?:we )?(?:learn\w*|found|happened|went)\b|\boutcomes?\b|\bconclusions?\b|\broot causes?\b|\bimpact\b/i,
  ],
  [
    'actions',
    /\bactions?\b|\bfollow[- ]?ups?\b|\bnext steps?\b|\bremediations?\b|\bto-?dos?\b|\bimprovements?\b|\bcorrective\b/i,
  ],
];

/** What a record says. */
export interface ReadRecord {
  readonly title: string;
  readonly date?: string;
  readonly status?: string;
  readonly parts: readonly { readonly part: RecordPart; readonly line: number }[];
}

/** Reads a document as a record; nothing where it turns out to be a form or a plan. */
export function readRecord(
  document: MarkdownDocument,
  text: string,
  path: string,
  kind: RecordKind,
): ReadRecord | undefined {
  const title = document.title ?? path.split('/').at(-1) ?? path;
  if (kind !== 'decision' && (NO_RECORD.test(title) || document.words === 0)) return undefined;
  const date = dateOf(document, text, path);
  const status = kind === 'decision' ? statusOf(document, text) : undefined;
  const parts = partsIn(document.sections, text, HEADINGS);
  return { title: title.slice(0, 200), ...(date && { date }), ...(status && { status }), parts };
}

/** The parts that have a filled section of their own or a label with words behind it. */
export function partsIn<Part>(
  sections: readonly MarkdownSection[],
  text: string,
  headings: readonly (readonly [Part, RegExp])[],
): readonly { readonly part: Part; readonly line: number }[] {
  return headings.flatMap(([part, words]) => {
    const line = partAt(sections, words) ?? labelAt(text, words);
    return line === undefined ? [] : [{ part, line }];
  });
}

function partAt(sections: readonly MarkdownSection[], words: RegExp): number | undefined {
  const index = sections.findIndex(({ title }, at) => words.test(title) && stateOf(subtree(sections, at)) === 'filled');
  return sections[index]?.line;
}

/** `Participants: Ada, Grace` says as much as a heading with a list below it; `Actions: TODO` says nothing, and neither does a note to oneself. */
function labelAt(text: string, words: RegExp): number | undefined {
  const lines = text.split('\n', 500);
  const index = lines.findIndex((line) => {
    const [, label = '', value = ''] =
      /^\s*(?:[-*]\s+)?\**([A-Za-z][A-Za-z ]{2,30})\**:\**\s*(\S.*)$/.exec(line.slice(0, 300)) ?? [];
    return words.test(label) && /\w{2}/.test(value) && !isStub(value) && !isStub(`${label}: ${value}`);
  });
  return index === -1 ? undefined : index + 1;
}

/** Lines at the top in which a record says its day. */
const HEAD = 30;

/** The day by the path, the front matter or the first lines. */
export function dateOf(
  { frontMatter }: Pick<MarkdownDocument, 'frontMatter'>,
  text: string,
  path: string,
): string | undefined {
  const named = /(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)/.exec(path);
  const byName = named ? `${named[1]}-${named[2]}-${named[3]}` : '';
  if (isDate(byName)) return byName;
  const { date } = frontMatter;
  const byFront = typeof date === 'string' ? dateIn(date) : undefined;
  if (byFront) return byFront;
  for (const line of text.split('\n', HEAD)) {
    const [, value = ''] =
      /\b(?:date|held|on|when|day)\**\s*[:|]\**\s*\|?\s*(.{4,40})$/i.exec(line.slice(0, 200)) ?? [];
    const found = dateIn(value) ?? dateIn(/\d{4}-\d{2}-\d{2}/.exec(line.startsWith('#') ? line : '')?.[0] ?? '');
    if (found) return found;
  }
  return undefined;
}

function statusOf({ frontMatter, sections }: MarkdownDocument, text: string): string | undefined {
  const { status } = frontMatter;
  const below = sections.find(({ title }) => /^status$/i.test(title.trim()))?.text.split('\n')[0];
  const inline = /^\W*status\W*:\W*(\w[\w ]{2,40})/im.exec(text.slice(0, 3000))?.[1];
  const said = typeof status === 'string' ? status : (below ?? inline);
  return said?.trim().toLowerCase().slice(0, 60) || undefined;
}
