/** The sentences about a verdict that every human format says the same way. Pure; counts what the verdict decided. */

import { distinct } from '../grouped.ts';
import type { Finding, Report, ServiceReport, Verdict } from '../model.ts';
import { placeText } from './places.ts';
import { type Tally, tally, wasJudged } from './tally.ts';
import { daysLeft } from './waiver-clock.ts';
import { counted, percent, TIER_WORDS } from './words.ts';

/** Why the verdict is what it is, in one sentence. */
export function verdictReason(findings: readonly Finding[], verdict: Verdict, asOf: string): string {
  const totals = tally(findings);
  if (totals.applicable === 0) return 'No rule applies to this service, so nothing was judged.';
  const warnings = totals.warnings > 0 ? `; ${counted(totals.warnings, 'warning')}${announced(findings)}` : '';
  if (verdict === 'NO-GO') return `${blocked(findings, totals)}${warnings}.`;
  if (verdict === 'CONDITIONAL GO') return `${conditions(findings, totals, asOf)}${warnings}.`;
  return `Nothing blocks the release: ${totals.met} of ${totals.applicable} applicable rules are met${warnings}.`;
}

/** Warnings that will block by themselves. */
function announced(findings: readonly Finding[]): string {
  const days = findings.flatMap(({ countsFrom }) => countsFrom ?? []).sort();
  const [first] = days;
  if (first === undefined) return '';
  return days.length === 1
    ? `, one of which blocks from ${first}`
    : `, ${days.length} of which will block, the first from ${first}`;
}

function blocked(findings: readonly Finding[], totals: Tally): string {
  const failed = findings.filter(({ ruling }) => ruling === 'fail');
  const severities = (['critical', 'major', 'standard'] as const).flatMap((severity) => {
    const count = failed.filter((finding) => finding.severity === severity).length;
    return count > 0 ? [{ count, severity }] : [];
  });
  const [only] = severities;
  const split = severities.map(({ count, severity }) => `${count} ${severity}`).join(', ');
  const which =
    severities.length === 1 && only ? counted(only.count, `${only.severity} rule`) : counted(failed.length, 'rule');
  const areas = distinct(failed, ({ area }) => area).map(({ area }) => area);
  const verb = failed.length === 1 ? 'blocks' : 'block';
  const waived = totals.waived > 0 ? `; ${totals.waived} waived` : '';
  return `${which} ${verb} the release${severities.length > 1 ? ` (${split})` : ''}: ${areas.join(', ')}${waived}`;
}

function conditions(findings: readonly Finding[], totals: Tally, asOf: string): string {
  const ends = findings.flatMap(({ ruling, waiver }) => (ruling === 'waived' && waiver ? [waiver.expires] : [])).sort();
  const first = ends[0];
  const until = first === undefined ? '' : ` until ${first} (${daysLeft(asOf, first)})`;
  const which = totals.waived === 1 ? `that is waived${until}` : `that are waived${until && `, the first${until}`}`;
  return `Nothing blocks the release but ${counted(totals.waived, 'rule')} ${which}`;
}

/** What was judged, and what the yardstick took for granted: one sentence each. */
export function circumstanceWords({ service, manifest }: ServiceReport, report: Report): readonly string[] {
  const { name, commit, dirty } = report.repo;
  const state = [commit && ` at ${commit.slice(0, 12)}`, dirty && ', with uncommitted changes']
    .filter(Boolean)
    .join('');
  const who = service.owner === undefined ? 'nobody declared as owner' : `owned by ${service.owner}`;
  const source =
    manifest === undefined ? service.dir && `, folder ${service.dir}` : `, manifest ${placeText(manifest)}`;
  return [
    `${TIER_WORDS[service.tier]}, ${who}${source}`,
    `${name}${state}, as of ${report.asOf}, by ${judgeWords(report)}`,
    manifest === undefined
      ? 'No manifest was found: judged from evidence alone. `gonogo init` writes a first one.'
      : '',
    service.assumed.length > 0 ? `Assumed, because nobody declared it: ${service.assumed.join(', ')}.` : '',
  ].filter(Boolean);
}

/** The tool, and the organisation's policy where there was one: what one compares where two runs differ. */
export function judgeWords({ tool, policy }: Report): string {
  return `gonogo ${tool.version}${policy ? ` and the policy ${policy.name} (digest ${policy.digest})` : ''}`;
}

/** The score with how it comes about. */
export function scoreWords({ score, findings }: ServiceReport): string {
  const share = `${percent(score.met, score.applicable)} %`;
  const sum = `${score.met} of ${score.applicable} applicable rules met = ${score.verified} verified + ${score.met - score.verified} trusted on the manifest's word`;
  const waived = findings.filter(({ ruling }) => ruling === 'waived').length;
  const unmet = waived > 0 ? `; ${waived} waived ${waived === 1 ? 'counts' : 'count'} as not met` : '';
  return score.applicable === 0 ? 'no rule applies, so there is no score' : `score ${share}: ${sum}${unmet}`;
}

/** The verdict over all in one sentence: why the only service's is what it is, or how many of several are ready. */
export function reportReason({ services, asOf }: Report): string {
  const [only] = services;
  if (only && services.length === 1) return verdictReason(only.findings, only.verdict, asOf);
  if (!services.some(wasJudged)) return 'No rule applies to any service, so nothing was judged.';
  return `${counted(services.length, 'service')}: ${estateWords(services).join(', ')}.`;
}

/** How many services are ready and how many are not: the parts of a list. */
export function estateWords(services: readonly ServiceReport[]): readonly string[] {
  const blocked = services.filter((service) => service.verdict === 'NO-GO').length;
  const conditional = services.filter((service) => service.verdict === 'CONDITIONAL GO').length;
  const ready = services.filter((service) => service.verdict === 'GO' && wasJudged(service)).length;
  const unjudged = services.length - blocked - conditional - ready;
  return [
    blocked > 0 ? `${blocked} not ready` : '',
    conditional > 0 ? `${conditional} ready on conditions` : '',
    ready > 0 ? `${ready} ready` : '',
    unjudged > 0 ? `${unjudged} not judged` : '',
  ].filter(Boolean);
}

/** How much is shown by the repository, how much is only said, how much could not be seen. */
export function assuranceWords(findings: readonly Finding[]): string {
  const { applicable, verified, declared, unknown } = tally(findings);
  return `verified ${verified} of ${applicable} (${percent(verified, applicable)} %), only declared ${declared}, unknown ${unknown}`;
}
