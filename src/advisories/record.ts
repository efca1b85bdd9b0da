/** Reads one OSV record (schema 1.0 to 1.7): what it says about packages of one ecosystem. Never throws; what is not understood is a trouble. */
import type { Ecosystem, VersionOrder } from '../versions/order.ts';
import { type AffectedPackage, affectedPackage } from './affected.ts';
import { instant, items, members, word } from './fields.ts';
import { comparedName, ecosystemNamed } from './package-name.ts';
import type { Score } from './severity.ts';

/** What a record is read with. */
export interface Reading {
  readonly ecosystem: Ecosystem;
  readonly order: VersionOrder;
  readonly score: Score;
}

/** One record, reduced to what is needed. */
export interface OsvRecord {
  readonly id: string;
  readonly aliases: readonly string[];
  /** As written, an instant; empty where it is none. */
  readonly modified: string;
  /** ISO day. */
  readonly published?: string;
  /** Not a flaw any more: then nothing is affected. */
  readonly withdrawn: boolean;
  readonly title?: string;
  readonly malicious: boolean;
  readonly unreviewed: boolean;
  /** Whether it is about the ecosystem at all, also where it was withdrawn. */
  readonly concerns: boolean;
  /** One for each mention of a package of the ecosystem; the same package may be there several times. */
  readonly affected: readonly AffectedPackage[];
  /** Sentences that name the record. */
  readonly troubles: readonly string[];
}

const MOST_ALIASES = 1000;
const MOST_AFFECTED = 20_000;
const LONGEST_TITLE = 120;
/** "Embedded malicious code", which GitHub gives to each advisory on malware. */
const MALICIOUS_CODE = 'CWE-506';

/** The record, or why it is none. */
export function readRecord(value: unknown, reading: Reading): OsvRecord | { readonly trouble: string } {
  const record = members(value);
  const id = word(record.id, 200);
  if (id === undefined) return { trouble: 'A record without a usable id was left out.' };
  const withdrawn = record.withdrawn !== undefined && record.withdrawn !== null;
  const troubles: string[] = [];
  const say = (what: string): void => void troubles.push(`${id}: ${what}.`);
  const aliases = aliasesIn(record.aliases, say);
  const affected = affectedIn(record, id, reading, say);
  return {
    id,
    aliases,
    modified: instant(record.modified) ?? '',
    ...optional('published', instant(record.published)?.slice(0, 10)),
    withdrawn,
    ...optional('title', titleIn(record.summary)),
    malicious: isMalicious([id, ...aliases], record.database_specific),
    unreviewed: members(record.database_specific).review_status === 'UNREVIEWED',
    concerns: affected.length > 0,
    affected: withdrawn ? [] : affected,
    troubles: withdrawn ? [] : troubles,
  };
}

function affectedIn(
  record: Readonly<Record<string, unknown>>,
  id: string,
  reading: Reading,
  say: (what: string) => void,
): readonly AffectedPackage[] {
  const all = items(record.affected, MOST_AFFECTED);
  if (all === undefined) say(`its list of affected packages cannot be read, or has more than ${MOST_AFFECTED}`);
  return (all ?? []).flatMap((affected) => {
    const { ecosystem, name } = members(members(affected).package);
    if (typeof ecosystem !== 'string' || ecosystemNamed(ecosystem) !== reading.ecosystem) return [];
    const spelled = word(name);
    if (spelled === undefined) say(`a package of ${reading.ecosystem} without a usable name was left out`);
    return spelled === undefined
      ? []
      : [affectedPackage(record, affected, { id, name: comparedName(reading.ecosystem, spelled), ...reading }, say)];
  });
}

function aliasesIn(value: unknown, say: (what: string) => void): readonly string[] {
  const all = items(value, MOST_ALIASES) ?? [undefined];
  const aliases = all.flatMap((alias) => word(alias, 200) ?? []);
  if (aliases.length < all.length) say('some of its aliases cannot be read');
  return aliases;
}

function isMalicious(ids: readonly string[], databaseSpecific: unknown): boolean {
  const weaknesses = items(members(databaseSpecific).cwe_ids, 100) ?? [];
  return ids.some((id) => id.startsWith('MAL-')) || weaknesses.includes(MALICIOUS_CODE);
}

function titleIn(value: unknown): string | undefined {
  const title =
    typeof value === 'string'
      ? value
          .slice(0, 1000)
          .replace(/[\s\p{Cc}]+/gu, ' ')
          .trim()
      : '';
  if (title === '') return undefined;
  const letters = [...title];
  return letters.length > LONGEST_TITLE ? `${letters.slice(0, LONGEST_TITLE - 1).join('')}…` : title;
}

function optional<K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: string });
}
