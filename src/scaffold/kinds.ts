/** The kinds of documents that can be begun: where each is kept, which rule asks for it, and its text. */
import type { Claims } from '../manifest/manifest.ts';
import { debtLog, handover, opsStats, threatModel } from './documents.ts';
import type { Known } from './known.ts';
import { drill, postmortem } from './records.ts';
import { runbook } from './runbook.ts';

/** One kind. */
export interface Kind {
  /** The claim that says where it is kept, as one writes it. */
  readonly claim: string;
  /** The reference there. */
  reference(claims: Claims): string | undefined;
  /** Where it is kept when no claim says so; a folder for kinds of which there are many. */
  readonly usual: string;
  /** Its name in a folder: dated, by what it is about, or always the same. */
  readonly file: 'dated' | 'named' | `${string}.${string}`;
  /** The rule that refuses it until it is filled in. */
  readonly rule: string;
  write(known: Known): string;
}

/** All kinds by the word on the command line. */
export const KINDS = {
  runbook: {
    claim: 'runbooks.dir',
    reference: ({ runbooks }) => runbooks?.dir,
    usual: 'docs/runbooks',
    file: 'named',
    rule: 'runbooks/no-stubs',
    write: runbook,
  },
  postmortem: {
    claim: 'operations.postmortems',
    reference: ({ operations }) => operations?.postmortems,
    usual: 'docs/postmortems',
    file: 'dated',
    rule: 'operations/incidents-have-reviews',
    write: postmortem,
  },
  'threat-model': {
    claim: 'security.threat_model',
    reference: ({ security }) => security?.threat_model?.path,
    usual: 'docs/threat-model.md',
    file: 'threat-model.md',
    rule: 'security/threat-model-present',
    write: threatModel,
  },
  drill: {
    claim: 'operations.drills',
    reference: ({ operations }) => operations?.drills,
    usual: 'docs/drills',
    file: 'dated',
    rule: 'resilience/exercise-recent',
    write: drill,
  },
  handover: {
    claim: 'handover',
    reference: ({ handover: it }) => it,
    usual: 'docs/handover.md',
    file: 'handover.md',
    rule: 'ownership/handover-doc',
    write: handover,
  },
  'debt-log': {
    claim: 'operations.tech_debt.log',
    reference: ({ operations }) => operations?.tech_debt?.log,
    usual: 'docs/debt.md',
    file: 'debt.md',
    rule: 'operations/tech-debt-log',
    write: debtLog,
  },
  'ops-stats': {
    claim: 'operations.stats',
    reference: ({ operations }) => operations?.stats,
    usual: 'ops/stats',
    file: 'weekly.csv',
    rule: 'operations/ops-stats-weekly',
    write: opsStats,
  },
} as const satisfies Readonly<Record<string, Kind>>;

/** A kind's word. */
export type KindName = keyof typeof KINDS;

/** Whether there may be many, so that each needs a name of its own. */
export function isOneOfMany({ file }: Kind): boolean {
  return file === 'dated' || file === 'named';
}
