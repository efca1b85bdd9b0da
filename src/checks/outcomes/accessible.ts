/** What the manifest and the statement together say about accessibility: the statement's own words first. Pure. */
import type { CustomerRecord, Facts } from '../../evidence/customer-records.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Gathered, Place } from '../../model.ts';
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
  readonly audited?: string;
  /** The words by which the statement says that the service does not meet the standard. */
  readonly denied?: { readonly words?: string; readonly at: Place };
  /** Places of standard and audit where both are written in pages at hand; empty where one is only claimed. */
  readonly shown: readonly Place[];
}

/** What is needed to tell. */
interface Asked {
  readonly claims: Claims;
  readonly evidence: { readonly 'customer-records': Gathered<Facts> };
  readonly asOf: string;
}

/** The statement that the manifest names, else the first that says anything. */
export function accessibilityOf({ claims: { accessibility }, evidence, asOf }: Asked): Said {
  const { records } = evidence['customer-records'].facts;
  const all = records.filter(({ topic }) => topic === 'accessibility');
  const statement = all.find(({ pointer }) => pointer !== undefined) ?? all.find(({ parts }) => parts.length > 0);
  const [report] = recordsUnder(records, '/accessibility/audit/evidence').filter((it) => it.dated !== undefined);
  const standard = statement?.parts.find(({ part }) => part === 'standard');
  const level = statement?.parts.find(({ part }) => part === 'level');
  const denied = statement?.parts.find(({ part }) => part === 'denied');
  const reported = report && dayOfRecord(report, asOf);
  const audit = [...(statement?.audits ?? [])].filter((it) => it.on <= asOf).sort((a, b) => (a.on < b.on ? 1 : -1))[0];
  const on = reported ?? audit?.on ?? accessibility?.audit?.on;
  const words = { standard: standard?.words ?? accessibility?.standard, level: level?.words ?? accessibility?.level };
  const looked = reported !== undefined ? report?.at : audit?.at;
  return {
    any: accessibility !== undefined || statement !== undefined,
    ...(statement && { statement }),
    hasStatement: statement !== undefined || accessibility?.statement !== undefined,
    ...(words.standard !== undefined && { standard: words.standard }),
    ...(words.level !== undefined && { level: words.level }),
    ...(on !== undefined && { audited: on }),
    ...(denied && { denied }),
    shown: standard && looked ? [standard.at, ...(level ? [level.at] : []), looked] : [],
  };
}

/** What nobody says. Standards other than WCAG have no levels. */
export function gapsIn({ hasStatement, standard, level, audited }: Said): readonly string[] {
  return [
    ...(hasStatement ? [] : ['where the statement is']),
    ...(standard ? [] : ['by which standard']),
    ...(level || (standard !== undefined && !/WCAG|Web Content/i.test(standard)) ? [] : ['to which level']),
    ...(audited ? [] : ['when somebody last audited it']),
  ];
}
