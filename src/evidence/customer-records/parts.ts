/** What records about users have to say, and the words by which one finds it. Pure. */
import { dateIn } from '../pages/review-date.ts';

/** A part that a record has. */
export type CustomerPart =
  /** Who was asked. */
  | 'participants'
  | 'findings'
  /** A named standard of accessibility, and the level of it. */
  | 'standard'
  | 'level'
  /** The words by which a statement says that the service does not meet it. */
  | 'denied'
  /** Who writes to users during an incident, where, and how often. */
  | 'who'
  | 'where'
  | 'how-often';

/** What a record of asking users has. */
export const RESEARCH: readonly (readonly [CustomerPart, RegExp])[] = [
  [
    'participants',
    /\bparticipants?\b|\binterviewees?\b|\brespondents?\b|\bresponses\b|\bwho (?:we|was|were) (?:asked|interviewed)\b|\bwho we (?:talked|spoke) to\b|\bsample\b/i,
  ],
  [
    'findings',
    /\bfindings?\b|\bresults?\b|\binsights?\b|\bobservations?\b|\bthemes?\b|\bwhat (?:we|they|users) (?:learn\w*|found|heard|said|told)\b|\bconclusions?\b|\blessons?\b|\bkey points\b/i,
  ],
];

/** What one has to know before writing to users during an incident. */
export const NEWS: readonly (readonly [CustomerPart, RegExp])[] = [
  [
    'who',
    /\bwho (?:writes|posts|sends|communicates|updates|tells|speaks|is responsible)\b|^who$|\bwriters?\b|\bauthors?\b|\bcommunications? (?:lead|manager|officer)\b|\bresponsib\w+\b|\bsender\b/i,
  ],
  ['where', /\bwhere\b|\bchannels?\b|\bstatus ?page\b|\bpost(?:ed)? (?:to|at|on|in)\b|\baudiences?\b|\brecipients?\b/i],
  ['how-often', /\bhow often\b|\bcadence\b|\bfrequency\b|\bintervals?\b|\bupdate (?:every|times?)\b|\brhythm\b/i],
];

/** "Every 30 minutes" says how often wherever it stands. */
const EVERY =
  /\b(?:every|each)\s+(?:\d{1,3}|ten|fifteen|twenty|thirty|sixty|half an?|half)?[ -]?(?:minutes?|mins?|hours?)\b/i;

/** The line on which news are promised at intervals, from 1. */
export function everyLine(text: string): number | undefined {
  const index = text.split('\n', 1000).findIndex((line) => EVERY.test(line.slice(0, 500)));
  return index === -1 ? undefined : index + 1;
}

const GUIDELINES =
  /(?:\bWCAG\b|\bWeb Content Accessibility Guidelines\b)(?:\s*\((?:WCAG|Web Content Accessibility Guidelines)\))?\s*(?:(?:version|v\.?)\s*)?([23]\.[0-2])?/i;
const OTHER_STANDARD = /\bEN ?301[ -]549\b|\bSection 508\b|\bRGAA\b|\bBITV\b/i;
const LEVEL =
  /\b(?:level\s+|(?:2\.[0-2]|WCAG)\s+(?:level\s+)?)(AAA|AA|A)\b|\b(AAA|AA)\s+(?:standard|level|conformance)\b/;

/** What a statement on accessibility names, with its lines, from 1. */
export interface Accessible {
  readonly standard?: { readonly words: string; readonly line: number };
  readonly level?: { readonly words: string; readonly line: number };
  /** It says that the whole of it does not meet the standard. */
  readonly denied?: { readonly words: string; readonly line: number };
  /** When somebody looked at it, as it says; what is only planned is left out. */
  readonly audits: readonly { readonly on: string; readonly line: number }[];
}

/** Reads a statement; tags are left out, so that a page of the service itself may be read. */
export function accessible(text: string): Accessible {
  const lines = text.split('\n', 2000).map((line) => line.slice(0, 2000).replace(/<[/!a-z][^<>]{0,500}>/gi, ' '));
  const standard =
    first(lines, versioned) ?? first(lines, guidelines) ?? first(lines, (it) => OTHER_STANDARD.exec(it)?.[0]);
  const level = first(lines, (line) => LEVEL.exec(line)?.slice(1).find(Boolean));
  const denied = denialIn(lines);
  const audits = lines.flatMap((line, index) => auditsIn(line).map((on) => ({ on, line: index + 1 })));
  return {
    ...(standard && { standard }),
    ...(level && { level }),
    ...(denied && { denied }),
    audits: audits.slice(0, 50),
  };
}

function versioned(line: string): string | undefined {
  const version = GUIDELINES.exec(line)?.[1];
  return version && `WCAG ${version}`;
}

function guidelines(line: string): string | undefined {
  return GUIDELINES.test(line) ? 'WCAG' : undefined;
}

/** The whole of it meets nothing; parts that do not are what a statement is for. */
const DENIED =
  /^\W{0,3}(?:[a-c]\W{1,2})?(?:this|our|the)(?: \w+)? (?:website|site|service|application|app|product) (?:is not (?:yet )?compliant|does not (?:yet )?(?:comply|conform))\b/i;

/** The sentence that denies it; one that began on the line above may be about a part. */
function denialIn(lines: readonly string[]): { readonly words: string; readonly line: number } | undefined {
  for (const [index, line] of lines.entries()) {
    const begins = /(?:^|[.:;!?])\s*$/.test(lines[index - 1] ?? '');
    const words = line
      .trim()
      .split(/(?<=[.;!?])\s/, 100)
      .flatMap((sentence, at) => (at > 0 || begins ? (DENIED.exec(sentence)?.[0] ?? []) : []))[0];
    if (words !== undefined) return { words, line: index + 1 };
  }
  return undefined;
}

const AUDITED =
  /\b(?:audit(?:ed)?|tested|tests|evaluated|assessed|assessment|evaluation)\b[^.|\n]{0,80}?\b(?:on|in|:)\s+(?:the\s+)?((?:\d|[A-Za-z]{3,9}\.? \d)[\w/., -]{3,30})/gi;
const PLANNED =
  /\bwill\b|\bplan(?:ned)?\b|\bnext\b|\bdue\b|\bto be (?:audited|tested|assessed|evaluated)\b|\bnot (?:yet )?(?:been )?(?:audited|tested|assessed|evaluated)\b/i;

/** Days on which somebody looked, by the sentences of a line that are not about the future. */
function auditsIn(line: string): readonly string[] {
  return line
    .split(/(?<=[.;!?])\s/, 100)
    .filter((sentence) => !PLANNED.test(sentence))
    .flatMap((sentence) => [...sentence.matchAll(AUDITED)].flatMap(([, day = '']) => dateIn(day) ?? []));
}

function first(
  lines: readonly string[],
  read: (line: string) => string | undefined,
): { readonly words: string; readonly line: number } | undefined {
  for (const [index, line] of lines.entries()) {
    const words = read(line);
    if (words !== undefined) return { words: words.replace(/\s+/g, ' ').trim(), line: index + 1 };
  }
  return undefined;
}
