/** The records that `nfrs.*.baselined.evidence` cites: their day and every number in them. Says nothing about whether they agree with the manifest. */
import { below } from '../manifest/pointer.ts';
import type { Delegated, Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { resolveReference } from './references/resolve-reference.ts';
import { placeIn } from './sources.ts';

/** A number in a record. */
export interface RecordedNumber {
  readonly value: number;
  /** The word or sign behind it, e.g. `ms`, `%`, `requests per second`; empty where there is none. */
  readonly unit: string;
  /** The line it stands in, at most 200 characters. */
  readonly text: string;
  readonly at: Place;
}

/** One record. */
export interface BaselineRecord {
  /** JSON pointer of the reference, e.g. `/nfrs/latency_p99/baselined/evidence/0`. */
  readonly pointer: string;
  readonly at: Place;
  /** The day it says it was written or agreed on, in its head or in its name. */
  readonly dated?: { readonly on: string; readonly at: Place };
  readonly numbers: readonly RecordedNumber[];
}

/** Facts of this kind. */
export interface Facts {
  readonly records: readonly BaselineRecord[];
}

/** A record's head: title, status, date. */
const HEAD = 40;
const MOST_NUMBERS = 500;
const DAY = /(?<!\d)(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)/;
const SAYS_WHEN = /\b(date|dated|day|decided|agreed|accepted|approved|baselined|signed off|recorded|on)\b/i;
const NUMBER = /(?<![\w.:-])(\d[\d_]*(?:\.\d+)?)(?![\d:-])\s*(%|\p{L}+(?:\s?\/\s?\p{L}+|\s+per\s+\p{L}+)?)?/gu;

export const collector = defineCollector<Facts>({
  summary: 'the records that `nfrs.*.baselined.evidence` names: their date and the numbers in them',
  collect(sources) {
    const unread: Unread[] = [];
    const delegated: Delegated[] = [];
    const records = citations(sources).flatMap(({ pointer, reference }) => {
      const { outcome, files } = resolveReference(reference.replace(/#.*$/s, ''), sources, unread);
      if (outcome === 'root-not-at-hand') delegated.push({ at: { path: sources.manifest.path }, to: reference });
      return files.slice(0, 5).flatMap((file) => recordIn(pointer, file, sources, unread));
    });
    const count = new Set(records.map(({ at }) => `${at.root ?? ''}:${at.path}`)).size;
    return {
      facts: { records },
      looked: { files: count, note: count === 1 ? '1 record' : `${count} records` },
      unread,
      delegated,
    };
  },
});

function citations({ manifest }: Sources): readonly { readonly pointer: string; readonly reference: string }[] {
  return Object.entries(manifest.claims.nfrs ?? {}).flatMap(([name, nfr]) =>
    (nfr?.baselined?.evidence ?? []).map((reference, index) => ({
      pointer: `${below('/nfrs', name)}/baselined/evidence/${index}`,
      reference,
    })),
  );
}

function recordIn(pointer: string, file: SourceFile, sources: Sources, unread: Unread[]): readonly BaselineRecord[] {
  const text = sources.text(file, unread);
  if (text === undefined) return [];
  const lines = text.split(/\r?\n/);
  const dated = dayOf(lines, file);
  return [{ pointer, at: placeIn(file), ...(dated && { dated }), numbers: numbersIn(lines, file) }];
}

/** The first day in the head of the record on a line that says what day it is, else the day in its name. */
function dayOf(lines: readonly string[], file: SourceFile): BaselineRecord['dated'] {
  const index = lines.slice(0, HEAD).findIndex((line) => DAY.test(line) && SAYS_WHEN.test(line.replace(DAY, '')));
  const inHead = DAY.exec(lines[index] ?? '')?.[1];
  if (inHead) return { on: inHead, at: placeIn(file, index + 1) };
  const inName = DAY.exec(file.path.split('/').pop() ?? '')?.[1];
  return inName ? { on: inName, at: placeIn(file) } : undefined;
}

function numbersIn(lines: readonly string[], file: SourceFile): readonly RecordedNumber[] {
  return lines
    .flatMap((line, index) =>
      [...line.slice(0, 2000).matchAll(NUMBER)].map(([, digits = '', unit = '']) => ({
        value: Number(digits.replaceAll('_', '')),
        unit,
        text: line.trim().slice(0, 200),
        at: placeIn(file, index + 1),
      })),
    )
    .slice(0, MOST_NUMBERS);
}
