/** What the manifest and the statement together say about accessibility: the statement's own words first. Pure. */
import type { CustomerRecord } from '../../evidence/customer-records.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Place } from '../../model.ts';
import { dayOfRecord, recordsUnder } from './records.ts';

/** What is said, and what of it a page at hand shows. */
export interface Said {
  /** Somebody said anything at all. */
  readonly any: boolean;
  readonly statement?: CustomerRecord;
  /** A page is at hand, or said to be elsewhere. */
  readonly hasStatement: boolean;
  readonly standard?: string;
  readonly level?: string;
  readonly audited?: { readonly on: string };
  /** Places of standard and audit where both are written in pages at hand; empty where one is only claimed. */
  readonly shown: readonly Place[];
}

/** The statement that the manifest names, else the first that says anything. */
export function accessibilityOf({ accessibility }: Claims, records: readonly CustomerRecord[], asOf: string): Said {
  const all = records.filter(({ topic }) => topic === 'accessibility');
  const statement = all.find(({ pointer }) => pointer !== undefined) ?? all.find(({ parts }) => parts.length > 0);
  const [report] = recordsUnder(records, '/accessibility/audit/evidence').filter((it) => it.dated !== undefined);
  const standard = statement?.parts.find(({ part }) => part === 'standard');
  const level = statement?.parts.find(({ part }) => part === 'level');
  const reported = report && dayOfRecord(report, asOf);
  const on = reported ?? statement?.audited?.on ?? accessibility?.audit?.on;
  const words = { standard: standard?.words ?? accessibility?.standard, level: level?.words ?? accessibility?.level };
  const looked = reported !== undefined ? report?.at : statement?.audited?.at;
  return {
    any: accessibility !== undefined || statement !== undefined,
    ...(statement && { statement }),
    hasStatement: statement !== undefined || accessibility?.statement !== undefined,
    ...(words.standard !== undefined && { standard: words.standard }),
    ...(words.level !== undefined && { level: words.level }),
    ...(on !== undefined && { audited: { on } }),
    shown: standard && looked ? [standard.at, ...(level ? [level.at] : []), looked] : [],
  };
}
