/** Rules on findings: severity × standing, then waivers, then the verdict of a service. Pure; the only place that decides. */
import type { Assessment, Finding, ReportedProblem, Rule, Score, Service, Verdict, Waiver } from '../model.ts';
import { findingFingerprint, problemFingerprint } from './fingerprint.ts';
import { type FailOn, ruleOn } from './policy.ts';
import { covers } from './waivers.ts';

/** What rulings depend on besides the rule and its assessment. */
export interface Bench {
  readonly service: Service;
  /** Valid waivers only. */
  readonly waivers: readonly Waiver[];
  readonly failOn: FailOn;
  readonly asOf: string;
}

/** The finding for one assessed rule. */
export function judge(rule: Rule, assessment: Assessment, bench: Bench): Finding {
  const severity = rule.severity === 'off' ? 'standard' : rule.severity;
  const counts = rule.effectiveFrom === undefined || rule.effectiveFrom <= bench.asOf;
  const ruled = ruleOn(severity, assessment.standing, rule.proof, bench.failOn);
  const countsFrom = ruled === 'fail' && !counts ? rule.effectiveFrom : undefined;
  const ruling = countsFrom === undefined ? ruled : 'warn';
  const applicable = rule.waivable && (ruling === 'fail' || ruling === 'warn') ? waiversFor(rule, bench.waivers) : [];
  const problems = reported(rule, assessment, bench.service, applicable);
  const waiver = coveringAll(rule, bench.service, problems, applicable);
  return {
    rule: rule.id,
    area: rule.area,
    statement: rule.statement,
    severity,
    standing: assessment.standing,
    ruling: waiver && ruling === 'fail' ? 'waived' : ruling,
    because:
      countsFrom === undefined ? assessment.because : `${assessment.because} (announced; counts from ${countsFrom})`,
    why: rule.why,
    fix: rule.fix,
    ...(rule.refs.length > 0 && { refs: rule.refs }),
    ...(assessment.claim && { claim: assessment.claim }),
    evidence: assessment.evidence,
    problems,
    ...(waiver && { waiver }),
    ...(countsFrom !== undefined && { countsFrom }),
    fingerprint: findingFingerprint(bench.service.name, rule.id),
  };
}

function waiversFor(rule: Rule, waivers: readonly Waiver[]): readonly Waiver[] {
  return waivers.filter((waiver) => waiver.rule === rule.id || rule.aliases.includes(waiver.rule));
}

/** Each problem once: what two environments share is looked at twice, and is one thing to repair. */
function reported(
  rule: Rule,
  assessment: Assessment,
  service: Service,
  waivers: readonly Waiver[],
): readonly ReportedProblem[] {
  const distinct = new Map(assessment.problems.map((it) => [JSON.stringify([it.message, it.at, it.subject]), it]));
  return [...distinct.values()].map((problem) => {
    const marked = { ...problem, fingerprint: problemFingerprint(service.name, rule.id, problem), waived: false };
    return { ...marked, waived: waivers.some((waiver) => covers(waiver, marked)) };
  });
}

/** The waiver that covers the whole finding; one that covers only some of its problems does not. */
function coveringAll(
  rule: Rule,
  service: Service,
  problems: readonly ReportedProblem[],
  waivers: readonly Waiver[],
): Waiver | undefined {
  const whole = waivers.find(
    (waiver) => waiver.scope === undefined || waiver.scope === findingFingerprint(service.name, rule.id),
  );
  if (whole) return whole;
  if (problems.length === 0 || !problems.every((problem) => problem.waived)) return undefined;
  return waivers.find((waiver) => problems.some((problem) => covers(waiver, problem)));
}

/** The verdict of one service's findings. */
export function verdictOf(findings: readonly Pick<Finding, 'ruling'>[]): Verdict {
  if (findings.some((finding) => finding.ruling === 'fail')) return 'NO-GO';
  return findings.some((finding) => finding.ruling === 'waived') ? 'CONDITIONAL GO' : 'GO';
}

/** The worst of several verdicts. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  const order: readonly Verdict[] = ['NO-GO', 'CONDITIONAL GO', 'GO'];
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'GO';
}

/** The secondary number: a waived rule is applicable and not met. */
export function scoreOf(findings: readonly Finding[]): Score {
  const applicable = findings.filter((finding) => finding.ruling !== 'skip');
  return {
    applicable: applicable.length,
    met: applicable.filter((finding) => finding.ruling === 'pass' || finding.ruling === 'trust').length,
    verified: applicable.filter((finding) => finding.standing === 'verified').length,
    declared: applicable.filter((finding) => finding.standing === 'declared').length,
  };
}
