/** The record of a decision, made from the report: an in-toto Statement. Pure; the same report gives the same bytes. */
import { createHash } from 'node:crypto';
import type { GonogoDecision } from '../generated/decision.ts';
import type { Finding, Report, Ruling, ServiceReport, Verdict, Waiver } from '../model.ts';
import { jsonText } from '../report/json.ts';
import { covers } from '../verdict/waivers.ts';
import type { Artifact } from './artifact.ts';

/** What a record binds besides the report. */
export interface Bound {
  readonly artifacts: readonly Artifact[];
  /** The report as `--format json` writes it. */
  readonly reportText: string;
  /** What the command line or the environment changed of the service's own yardstick. */
  readonly overrides: readonly string[];
}

type Result = GonogoDecision['predicate']['result'];

const RESULTS = { GO: 'PASSED', 'CONDITIONAL GO': 'WARNED', 'NO-GO': 'FAILED' } as const;

/** A verdict in the words of in-toto's test result; a service of which nothing was judged has not passed. */
export function resultOf(verdict: Verdict, services: readonly Pick<ServiceReport, 'score'>[]): Result {
  const judged = services.every(({ score }) => score.applicable > 0);
  return verdict === 'GO' && !judged ? 'WARNED' : RESULTS[verdict];
}

/** The statement about a report. */
export function statementFrom(report: Report, bound: Bound): GonogoDecision {
  const { artifacts, reportText, overrides } = bound;
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: artifacts,
    predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
    predicate: {
      ...fromReport(report),
      gonogo: { ...decidedIn(report), overrides, report: { digest: { sha256: sha256(reportText) } } },
    },
  } as const;
  return statement as unknown as GonogoDecision;
}

/** What in-toto's part of a record says that the report says as well. */
export function fromReport({ verdict, services, checklists, policy }: Report) {
  const named = (...rulings: readonly Ruling[]) =>
    services.flatMap(({ service, findings }) =>
      findings.filter(({ ruling }) => rulings.includes(ruling)).map(({ rule }) => `${whereOf(service)}: ${rule}`),
    );
  return {
    result: resultOf(verdict, services),
    passedTests: named('pass', 'trust'),
    warnedTests: named('waived', 'warn'),
    failedTests: named('fail'),
    configuration: [
      ...checklists.map(({ name, digest }) => ({ name: `checklist:${name}`, digest: { gonogoChecklist: digest } })),
      ...(policy ? [{ name: `policy:${policy.name}`, digest: { gonogoPolicy: policy.digest } }] : []),
    ],
  };
}

function whereOf({ name, dir }: ServiceReport['service']): string {
  return dir === '' ? name : `${name} (${dir})`;
}

/** What gonogo's own part of a record says that the report says as well. */
export function decidedIn({ tool, verdict, asOf, repo, services }: Report) {
  return { recordVersion: 1, tool, verdict, asOf, repo, services: services.map(decidedOf) } as const;
}

function decidedOf(report: ServiceReport) {
  const { service, verdict, score, findings } = report;
  const { name, dir, tier, stage, profile } = service;
  return {
    ...{ name, dir, tier, stage, profile, verdict, score },
    onlyDeclared: findings.filter(({ ruling }) => ruling === 'trust').map(({ rule }) => rule),
    waivers: [...new Set(findings.flatMap((finding) => restsOn(finding, report)))].map(boundWaiver),
  };
}

/** Several waivers together may cover one finding, which names only one of them. */
function restsOn({ rule, ruling, waiver: named, fingerprint, problems }: Finding, { waivers }: ServiceReport) {
  if (ruling !== 'waived' || named === undefined) return [];
  const about = waivers.filter((it) => it.rule === rule || it.rule === named.rule);
  const used = about.filter(
    (it) => it.scope === undefined || it.scope === fingerprint || problems.some((problem) => covers(it, problem)),
  );
  return used.length > 0 ? used : [named];
}

/** Without its place: lines move, and the record is read where the file is not. */
function boundWaiver({ at: _, ...waiver }: Waiver): Omit<Waiver, 'at'> {
  return waiver;
}

/** Keys in an order that reads well. */
const KEYS: readonly string[] = [
  ...['_type', 'subject', 'predicateType', 'predicate', 'result', 'gonogo', 'configuration'],
  ...['passedTests', 'warnedTests', 'failedTests', 'recordVersion', 'tool', 'name', 'version', 'verdict', 'asOf'],
  ...['repo', 'commit', 'dirty', 'overrides', 'services', 'dir', 'tier', 'stage', 'profile', 'score'],
  ...['applicable', 'met', 'verified', 'declared', 'onlyDeclared', 'waivers', 'rule', 'scope', 'reason', 'owner'],
  ...['approvedBy', 'ticket', 'from', 'expires', 'report', 'digest'],
];

/** The statement as a file or as what is signed. */
export function statementText(statement: GonogoDecision): string {
  return jsonText(statement, KEYS);
}

/** Digest of a text's bytes, as hexadecimal digits. */
export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}
