/** Lets one check assess one rule: gives it only what it declared, survives what it throws, and applies the two mechanical standings. */
import { forTier, type ProfileDefinition } from './checklist/entry.ts';
import type { OwnChecks } from './checklist/plugins.ts';
import type { Yardstick } from './checklist/policy.ts';
import { layersFor, ruleFor } from './checklist/resolve.ts';
import { assessed, type Check, type Kind, notApplicable, type Subject, unknown } from './checks/define.ts';
import { emptiness, REASON_LETTERS } from './checks/manifest/reasons.ts';
import type { Params, Values } from './checks/params.ts';
import type { Scope } from './checks/workload-scope.ts';
import type { Question } from './evidence/asked-files/question.ts';
import { CHECKS } from './generated/checks.ts';
import type { Evidence } from './generated/evidence.ts';
import { type Manifest, placeOf } from './manifest/manifest.ts';
import type { Assessment, Gathered, Rule, Service } from './model.ts';

/** A rule with the code that assesses it. */
export interface LoadedRule {
  readonly rule: Rule;
  readonly check: Check;
}

/** By what is judged, profiles included. */
export interface Judging extends Yardstick {
  readonly profiles: Readonly<Record<string, ProfileDefinition>>;
}

/** Loads the checks that rules name; an unknown check is our bug, because checklists are validated before. */
export async function loadRules(rules: readonly Rule[], own?: OwnChecks): Promise<readonly LoadedRule[]> {
  return Promise.all(rules.map(async (rule) => ({ rule, check: await loadCheck(rule.check, own) })));
}

/** The check with an id: one of the organisation's own, or a built-in one. */
export async function loadCheck(id: string, own?: OwnChecks): Promise<Check> {
  const loaded = own?.get(id);
  if (loaded) return loaded;
  const load = (CHECKS as Readonly<Record<string, () => Promise<unknown>>>)[id];
  if (!load) throw new Error(`no check is called "${id}"`);
  return (await load()) as Check;
}

/** All kinds that a check may look at. */
export function kindsOf({ needs, onDemand }: Pick<Check, 'needs' | 'onDemand'>): readonly Kind[] {
  return [...needs, ...(onDemand?.kinds ?? [])];
}

/** What all checks of a service share. */
export interface Circumstances {
  readonly manifest: Manifest;
  readonly service: Service;
  readonly evidence: Partial<Evidence>;
  /** Kinds whose collector failed. */
  readonly failures: ReadonlyMap<string, Error>;
  readonly options: { readonly asOf: string; readonly scope?: Scope; readonly debug?: boolean };
  readonly notes: string[];
}

/** One rule's assessment. */
export function assessRule({ rule, check }: LoadedRule, circumstances: Circumstances): Assessment {
  const excused = excuse(rule, circumstances.manifest);
  if (excused) return excused;
  try {
    const kinds = [...check.needs, ...kindsOnDemand({ rule, check }, circumstances)];
    const failed = kinds.find((kind) => circumstances.failures.has(kind));
    if (failed) return unknown(`gonogo could not gather ${failed}: ${circumstances.failures.get(failed)?.message}`);
    const subject = subjectOf({ rule, check }, kinds, circumstances);
    const assessment = check.assess(subject);
    const gathered: readonly (Gathered<unknown> | undefined)[] = Object.values(subject.evidence);
    return missingIsUnknown(
      withoutClaims(assessment, check, circumstances.manifest),
      check.unread?.(subject) ?? gathered.flatMap((it) => it?.unread ?? []),
      check.ofOwnFiles ? [] : gathered.flatMap((it) => it?.delegated ?? []),
    );
  } catch (error) {
    if (circumstances.options.debug) throw error;
    const message = error instanceof Error ? error.message : String(error);
    circumstances.notes.push(`the check of ${rule.id} failed: ${message}. This is a fault of gonogo.`);
    return unknown(`the check itself failed: ${message}`);
  }
}

/** Kinds that a check asks for besides, as far as those it needs tell; none where one of those could not be gathered. */
function kindsOnDemand({ rule, check }: LoadedRule, circumstances: Circumstances): readonly Kind[] {
  const { needs, onDemand } = check;
  if (!onDemand || excuse(rule, circumstances.manifest) || needs.some((kind) => circumstances.failures.has(kind)))
    return [];
  const wanted = onDemand.when(subjectOf({ rule, check }, needs, circumstances));
  if (typeof wanted === 'boolean') return wanted ? onDemand.kinds : [];
  return onDemand.kinds.filter((kind) => wanted.includes(kind));
}

/** The same before anything is assessed; a question that throws asks for nothing, and `assessRule` will name it. */
export function kindsAskedFor(loaded: LoadedRule, circumstances: Circumstances): readonly Kind[] {
  try {
    return kindsOnDemand(loaded, circumstances);
  } catch {
    return [];
  }
}

/** All that a check may know, with these kinds of evidence and no others. */
function subjectOf(
  { rule, check }: LoadedRule,
  kinds: readonly Kind[],
  circumstances: Circumstances,
): Subject<Kind, Params> {
  const { service, manifest, options } = circumstances;
  return {
    service,
    manifest,
    claims: manifest.claims,
    evidence: pick(circumstances.evidence, kinds) as Evidence,
    params: paramsOf(check.params, rule, service),
    asOf: options.asOf,
    scope: options.scope ?? 'production',
    at: (pointer) => placeOf(manifest, pointer),
  };
}

/** A rule the manifest declares not applicable, with its reason. */
function excuse(rule: Rule, manifest: Manifest): Assessment | undefined {
  const index = (manifest.claims.na ?? []).findIndex((it) => it.rule === rule.id || rule.aliases.includes(it.rule));
  const entry = manifest.claims.na?.[index];
  // An entry whose reason is none sets nothing aside; manifest/na-justified says so.
  if (
    !entry ||
    emptiness(entry.reason, REASON_LETTERS) ||
    !rule.waivable ||
    rule.area === 'manifest' ||
    rule.area === 'waivers'
  )
    return undefined;
  return notApplicable(`the manifest says so: ${entry.reason}`, { claim: placeOf(manifest, `/na/${index}`) });
}

function pick(evidence: Partial<Evidence>, kinds: readonly Kind[]): Partial<Evidence> {
  return Object.fromEntries(kinds.map((kind) => [kind, evidence[kind]]));
}

/** The parameters of a loaded rule for a service. */
export function paramsFor({ rule, check }: LoadedRule, service: Pick<Service, 'tier'>): Values<Params> {
  return paramsOf(check.params, rule, service);
}

/** What rules ask of the repository's files. A question that cannot be put is none, and `assessRule` will name the reason. */
export function questionsOf(loaded: readonly LoadedRule[], service: Pick<Service, 'tier'>): readonly Question[] {
  return loaded.flatMap((it) => {
    try {
      return it.check.asks?.(paramsFor(it, service)) ?? [];
    } catch {
      return [];
    }
  });
}

/** The parameters that a rule would be assessed with for a service, whether or not it applies. */
export async function ruleParams(
  id: string,
  service: Pick<Service, 'tier' | 'profile'>,
  judging: Judging,
): Promise<Values<Params>> {
  const rule = ruleFor(judging.checklists, layersFor(service, judging), service, id);
  const [loaded] = rule ? await loadRules([rule], judging.checks) : [];
  return loaded ? paramsFor(loaded, service) : {};
}

/** Declared parameters: the rule's value for this service's tier, else the check's default. */
function paramsOf(params: Params, rule: Pick<Rule, 'params'>, service: Pick<Service, 'tier'>): Values<Params> {
  const entries = Object.entries(params).map(([name, param]) => [
    name,
    forTier(rule.params[name], service.tier) ?? param.default,
  ]);
  return Object.fromEntries(entries);
}

/** A repository without a valid manifest has one finding for that, not one for every claim that nobody made. */
function withoutClaims(assessment: Assessment, check: Pick<Check, 'ofClaims'>, { state, path }: Manifest): Assessment {
  if (assessment.standing !== 'missing' || !check.ofClaims || state === 'valid') return assessment;
  return notApplicable(
    state === 'absent'
      ? 'it is about what a manifest claims, and there is none'
      : `it is about what a manifest claims, and ${path} is not valid`,
  );
}

/** "Missing" cannot be said where evidence of the kind was there unread, or lives elsewhere. */
function missingIsUnknown(
  assessment: Assessment,
  unread: Gathered<unknown>['unread'],
  delegated: Gathered<unknown>['delegated'],
): Assessment {
  if (assessment.standing !== 'missing') return assessment;
  const because = unread[0]
    ? `${assessment.because}; but ${unread.length === 1 ? 'one file' : `${unread.length} files`} could not be read, first ${unread[0].at.path}: ${unread[0].detail}`
    : delegated[0] &&
      `${assessment.because}; but ${delegated[0].at.path} hands this to ${delegated[0].to}, which is not at hand`;
  if (!because) return assessment;
  const evidence = [...unread, ...delegated].map(({ at }) => at).slice(0, 10);
  return assessed('unknown', because, { ...assessment, evidence: [...assessment.evidence, ...evidence] });
}
