/** How severe a record says that a flaw is: CVSS vectors computed, else the words of whoever published it. */

import { table } from '../table.ts';
import type { AdvisorySeverity } from './advisory.ts';
import { items, members, text } from './fields.ts';

/** A severity and where it is from. */
export interface Severity {
  readonly severity: AdvisorySeverity;
  /** E.g. `CVSS 4.0`, `GHSA`; empty where it is not known. */
  readonly severityFrom: string;
}

/** The score of a whole CVSS vector; undefined where it is none. */
export type Score = (vector: string) => Scored | undefined;

/** A score from 0 to 10 by a version of CVSS: `2.0`, `3.0`, `3.1`, `4.0`. */
interface Scored {
  readonly version: string;
  readonly score: number;
}

/** A severity and how much it is believed: the greater, the rather. */
interface Ranked extends Severity {
  readonly rank: number;
}

export const UNKNOWN_SEVERITY: Severity = { severity: 0, severityFrom: '' };

const MOST_VECTORS = 50;
const LONGEST_VECTOR = 500;
/** Scores that are kept: thousands of records share a few hundred vectors. */
const MOST_KEPT = 10_000;
/** CVSS 4 before CVSS 3 before words before CVSS 2. */
const RANKS: Readonly<Record<string, number>> = table({ '4.0': 4, '3.1': 3, '3.0': 3, '2.0': 1 });
const WORD_RANK = 2;

/** Words of GitHub, Rust, Ubuntu and others. */
const WORDS: ReadonlyMap<string, AdvisorySeverity> = new Map([
  ['negligible', 1],
  ['low', 1],
  ['moderate', 2],
  ['medium', 2],
  ['high', 3],
  ['important', 3],
  ['critical', 4],
]);

/** What is used of the calculator, whose own types say less. */
interface Calculator {
  readonly fromVector: (vector: string) => CvssVector | undefined;
}

interface CvssVector {
  isBaseFullyDefined(): boolean;
  getVectorName(): string;
  calculateScores(): { readonly overall?: number; readonly base?: number };
}

/** Loads what computes CVSS. Only building a database and asking a server need it. */
export async function loadScore(): Promise<Score> {
  const loaded: Calculator & { readonly default?: Calculator } = await import('ae-cvss-calculator');
  // Loaders do not agree on where a CommonJS module's exports are.
  const { fromVector } = loaded.default ?? loaded;
  const known = new Map<string, Scored | undefined>();
  return (vector) => {
    if (known.has(vector)) return known.get(vector);
    const score = scored(fromVector, vector);
    if (known.size < MOST_KEPT) known.set(vector, score);
    return score;
  };
}

function scored(fromVector: Calculator['fromVector'], vector: string): Scored | undefined {
  try {
    const cvss = fromVector(vector);
    if (!cvss?.isBaseFullyDefined()) return undefined;
    const scores = cvss.calculateScores();
    const version = cvss.getVectorName().replace('CVSS:', '');
    // The score of a vector of CVSS 4 counts its threat metrics; before, the base is what was published.
    const score = version === '4.0' ? scores.overall : scores.base;
    return score === undefined || !Number.isFinite(score) ? undefined : { version, score };
  } catch {
    return undefined;
  }
}

/** The severity that a record gives one of its packages. What the package says counts before what the whole record says. */
export function severityOf(record: unknown, affected: unknown, id: string, score: Score): Severity {
  const [database = 'the record'] = id.split('-', 1);
  const best = [
    ...ofPackageOrRecord(record, affected, score),
    ...ofCvssField(members(members(affected).database_specific).cvss, score),
    ...ofWord(members(members(affected).ecosystem_specific).severity, database),
    ...ofWord(members(members(affected).database_specific).severity, database),
    ...ofWord(members(members(record).database_specific).severity, database),
  ].sort((a, b) => b.rank - a.rank || b.severity - a.severity)[0];
  return best ? { severity: best.severity, severityFrom: best.severityFrom } : UNKNOWN_SEVERITY;
}

function ofPackageOrRecord(record: unknown, affected: unknown, score: Score): readonly Ranked[] {
  const own = ofList(members(affected).severity, score);
  return own.length > 0 ? own : ofList(members(record).severity, score);
}

function ofList(severities: unknown, score: Score): readonly Ranked[] {
  return (items(severities, MOST_VECTORS) ?? []).flatMap((item) => {
    const { type, score: value } = members(item);
    return type === 'Ubuntu' ? ofWord(value, 'Ubuntu') : ofVector(value, score);
  });
}

/** RustSec writes the vector itself; others an object with the vector, its score, or both. */
function ofCvssField(field: unknown, score: Score): readonly Ranked[] {
  if (typeof field === 'string') return ofVector(field, score);
  const { vectorString, vector } = members(field);
  return ofVector(vectorString ?? vector, score);
}

function ofVector(value: unknown, score: Score): readonly Ranked[] {
  const scored = score(text(value, LONGEST_VECTOR) ?? '-');
  if (!scored) return [];
  return [
    {
      severity: severityOfScore(scored),
      severityFrom: `CVSS ${scored.version}`,
      rank: RANKS[scored.version] ?? 0,
    },
  ];
}

/** The bands of CVSS; version 2 has none above high. A score of nought is as low as we say: it is not "not known". */
function severityOfScore({ version, score }: Scored): AdvisorySeverity {
  if (score >= 9 && version !== '2.0') return 4;
  if (score >= 7) return 3;
  return score >= 4 ? 2 : 1;
}

function ofWord(value: unknown, from: string): readonly Ranked[] {
  const severity = WORDS.get((text(value, 50) ?? '').toLowerCase());
  return severity === undefined ? [] : [{ severity, severityFrom: from, rank: WORD_RANK }];
}
