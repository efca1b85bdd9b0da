/** Judges whether a record still allows what it is shown for. Pure; every reason is said, not only the first. */
import type { KeyObject } from 'node:crypto';
import { daysBetween, isDate } from '../dates.ts';
import type { GonogoDecision } from '../generated/decision.ts';
import type { Report, Verdict } from '../model.ts';
import { jsonText } from '../report/json.ts';
import { worst } from '../verdict/judge.ts';
import { type Artifact, artifactWords, isSameArtifact } from './artifact.ts';
import { isSignedBy } from './envelope.ts';
import type { FoundRecord } from './read.ts';
import { decidedIn, fromReport, resultOf, sha256 } from './statement.ts';

/** What a record has to stand up to. */
export interface Demands {
  /** What is to be deployed; each has to be in the record. */
  readonly artifacts: readonly Artifact[];
  /** ISO date of the day it is deployed on. */
  readonly asOf: string;
  /** The least verdict. */
  readonly require: Exclude<Verdict, 'NO-GO'>;
  /** Most days between the day it was judged for and `asOf`. */
  readonly maxAgeDays?: number;
  /** Public key of whoever has to have signed it. */
  readonly key?: KeyObject;
  /** The report that it has to be about: its bytes, and what it says where it can be read. */
  readonly report?: { readonly bytes: Uint8Array; readonly read?: Report };
  readonly allowDirty: boolean;
  readonly allowOverrides: boolean;
}

/** Why a record does not allow it, each in one sentence; none: it does. */
export function refusalsOf(record: FoundRecord, demands: Demands): readonly string[] {
  const { statement } = record;
  return [
    ...signature(record, demands),
    ...contradictions(statement),
    ...artifacts(statement, demands),
    ...verdict(statement, demands),
    ...nothing(statement),
    ...waivers(statement, demands),
    ...age(statement, demands),
    ...source(statement, demands),
    ...yardstick(statement, demands),
    ...report(statement, demands),
  ];
}

function signature({ envelope }: FoundRecord, { key }: Demands): readonly string[] {
  if (key === undefined) return [];
  if (envelope === undefined) return ['it is not signed, and a key was given to check it with'];
  return isSignedBy(envelope, key)
    ? []
    : ['its signature was not made with this key, or it was changed since it was signed'];
}

/** No rule that applies is no reason to deploy. */
function nothing({ predicate: { gonogo } }: GonogoDecision): readonly string[] {
  return gonogo.services
    .filter(({ score }) => score.applicable === 0)
    .map(({ name }) => `nothing was judged of ${name}`);
}

/** What no run of gonogo writes: somebody changed one of the two. */
function contradictions({ predicate: { result, failedTests, gonogo } }: GonogoDecision): readonly string[] {
  const sum = worst(gonogo.services.map((service) => service.verdict));
  const conditional = gonogo.services.filter(
    (it) => (it.verdict === 'CONDITIONAL GO') !== it.waivers.length > 0 && it.verdict !== 'NO-GO',
  );
  return [
    ...(sum === gonogo.verdict
      ? []
      : [`it contradicts itself: the verdict is ${gonogo.verdict}, and that of its services ${sum}`]),
    ...(result === resultOf(gonogo.verdict, gonogo.services)
      ? []
      : [`it contradicts itself: the verdict is ${gonogo.verdict}, and the result ${result}`]),
    ...(failedTests.length > 0 === (gonogo.verdict === 'NO-GO')
      ? []
      : [`it contradicts itself: the verdict is ${gonogo.verdict} with ${failedTests.length} rules that block`]),
    ...conditional.map((it) => `it contradicts itself: ${it.name} is ${it.verdict} with ${it.waivers.length} waivers`),
  ];
}

function artifacts({ subject }: GonogoDecision, demands: Demands): readonly string[] {
  return demands.artifacts
    .filter((wanted) => !subject.some((it) => isSameArtifact(it, wanted)))
    .map((wanted) => `it is about another artefact: ${artifactWords(wanted)} is not in it`);
}

function verdict({ predicate: { gonogo } }: GonogoDecision, { require }: Demands): readonly string[] {
  const { verdict: said, services } = gonogo;
  if (said !== 'NO-GO') return said === 'GO' || require !== 'GO' ? [] : [`the verdict is ${said}, and GO is required`];
  const stopping = services.filter((it) => it.verdict === 'NO-GO').map(({ name }) => name);
  return [`the verdict is NO-GO${stopping.length > 0 ? `: ${stopping.join(', ')}` : ''}`];
}

function waivers({ predicate: { gonogo } }: GonogoDecision, { asOf }: Demands): readonly string[] {
  return gonogo.services.flatMap(({ name, waivers: all }) =>
    all
      .filter(({ expires }) => !isDate(expires) || expires < asOf)
      .map(({ rule, owner, expires }) => `the waiver of ${rule} for ${name} expired on ${expires} (owner ${owner})`),
  );
}

function age({ predicate: { gonogo } }: GonogoDecision, { asOf, maxAgeDays }: Demands): readonly string[] {
  const { asOf: judged } = gonogo;
  if (!isDate(judged)) return [`it was judged for "${judged}", which is no day`];
  if (judged > asOf) return [`it was judged for ${judged}, which is after ${asOf}`];
  const days = daysBetween(judged, asOf);
  return maxAgeDays !== undefined && days > maxAgeDays
    ? [`it was judged for ${judged}, ${days} days ago; ${maxAgeDays} are allowed`]
    : [];
}

/** Not to know whether files differed from the commit is no better than that they did. */
function source({ predicate: { gonogo } }: GonogoDecision, { allowDirty }: Demands): readonly string[] {
  const { commit, dirty } = gonogo.repo;
  if (allowDirty || (commit !== undefined && dirty === false)) return [];
  if (commit === undefined) return ['it names no commit, so nobody can tell what was judged'];
  return dirty === undefined
    ? [`it does not say whether the files that were judged are those of commit ${commit}`]
    : [`files that were judged differ from commit ${commit}`];
}

function yardstick({ predicate: { gonogo } }: GonogoDecision, { allowOverrides }: Demands): readonly string[] {
  if (allowOverrides || gonogo.overrides.length === 0) return [];
  return [`it was judged by another yardstick than the service's own: ${gonogo.overrides.join(' ')}`];
}

function report({ predicate }: GonogoDecision, { report: given }: Demands): readonly string[] {
  if (given === undefined) return [];
  const { sha256: digest } = predicate.gonogo.report.digest;
  if (digest !== sha256(given.bytes)) return ['the report is not the one it was made from, or was changed since'];
  if (given.read === undefined) return ['the report has the right digest, but cannot be read to compare it'];
  const parts = { ...fromReport(given.read), ...decidedIn(given.read) };
  const said: Readonly<Record<string, unknown>> = { ...predicate, ...predicate.gonogo };
  const other = Object.entries(parts).filter(([key, value]) => jsonText(said[key], []) !== jsonText(value, []));
  return other.map(([key]) => `it says something else than the report about: ${key}`);
}
