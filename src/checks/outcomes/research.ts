/** One time that users were asked, as the manifest and the record together tell it. Pure. */
import type { CustomerRecord } from '../../evidence/customer-records.ts';
import type { Reference } from '../../evidence/references.ts';
import type { Research } from '../../generated/service.ts';
import type { Place } from '../../model.ts';
import { says } from '../placeholders.ts';
import { listed } from '../words.ts';
import { dayOfRecord, hasPart } from './records.ts';

/** When, who and what, and where it is written. */
export interface Asked {
  readonly title: string;
  readonly on?: string | undefined;
  readonly who: boolean;
  readonly found: boolean;
  readonly at: Place;
  /** The record at hand shows the day and what was found; empty where only the claim says so. */
  readonly evidence: readonly Place[];
  readonly references: readonly Reference[];
}

/** A claim with the records that it names: what the record says counts before what is said about it. */
export function askedBy(
  { kind, on, participants, findings }: Research,
  at: Place,
  records: readonly CustomerRecord[],
  references: readonly Reference[],
  asOf: string,
): Asked {
  const record = records.find((it) => hasPart(it, 'findings')) ?? records[0];
  const own = record && dayOfRecord(record, asOf);
  const day = own ?? on;
  const found = record ? hasPart(record, 'findings') : says(findings);
  return {
    title: kind ?? record?.title ?? 'research',
    on: day,
    who: (participants ?? 0) > 0 || (record !== undefined && hasPart(record, 'participants')),
    found,
    at,
    evidence: record && own && found ? [record.at, ...record.parts.map((part) => part.at)] : [],
    references,
  };
}

/** Records that no claim names, found by their names. */
export function foundResearch(records: readonly CustomerRecord[], asOf: string): readonly Asked[] {
  return records
    .filter(({ topic, pointer }) => topic === 'research' && pointer === undefined)
    .map((record) => ({ ...askedBy({}, record.at, [record], [], asOf), title: `"${record.title}"` }));
}

/** What it does not say. */
export function gapsOf({ on, who, found }: Asked): readonly string[] {
  return [
    ...(on === undefined ? ['when'] : []),
    ...(who ? [] : ['who was asked']),
    ...(found ? [] : ['what was found']),
  ];
}

/** Why it does not count, in words. */
export function recordLine(asked: Asked, asOf: string): string {
  if (asked.on !== undefined && asked.on > asOf) return `${asked.title} is dated ${asked.on}, which is still to come`;
  return `${asked.title} does not say ${listed(gapsOf(asked))}`;
}
