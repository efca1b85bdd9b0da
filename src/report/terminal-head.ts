/** The first and the last lines about a service: verdict, who is judged, by which yardstick, and the score with its arithmetic. */
import type { Finding, Report, ServiceReport, Verdict } from '../model.ts';
import { distinct } from './grouped.ts';
import { type Chunk, flow, type Lines } from './layout.ts';
import type { Pen } from './pen.ts';
import { placeText } from './places.ts';
import { type Tally, tally } from './tally.ts';
import { daysLeft } from './terminal-waived.ts';
import { counted, percent, TIER_WORDS, VERDICT_RULING, VERDICT_WORDS } from './words.ts';

/** Symbol and word of a verdict. */
export function verdictText(verdict: Verdict, pen: Pen): string {
  return `${pen.signs.ruling[VERDICT_RULING[verdict]]} ${VERDICT_WORDS[verdict].word}`;
}

/** The same, painted so that it is seen first. */
export function verdictChunk(verdict: Verdict, pen: Pen): Chunk {
  const text = verdictText(verdict, pen);
  return { text: pen.badges ? ` ${text} ` : text, paint: pen.verdict[verdict], whole: true };
}

/** The strong line: verdict, name, tier, stage, profile; then the verdict in words. */
export function headline({ service, verdict, findings }: ServiceReport, report: Report, pen: Pen): Lines {
  const assumed = (field: string) => (service.assumed.includes(field) ? ' (assumed)' : '');
  const facts = [
    `tier ${service.tier}${assumed('tier')}`,
    `${service.stage}${assumed('stage')}`,
    `${service.profile} profile${assumed('profile')}`,
  ];
  const dotted = facts.map((fact, index) => {
    const last = index === facts.length - 1;
    return { text: last ? fact : `${fact} ${pen.signs.dot}`, whole: true, gap: index === 0 ? 2 : 1 };
  });
  return [
    ...flow(pen.width, [verdictChunk(verdict, pen), { text: service.name, paint: pen.strong, gap: 2 }, ...dotted], {
      hang: 2,
    }),
    ...flow(pen.width, [reason(findings, verdict, report.asOf)], { indent: 2 }),
  ];
}

/** Why the verdict is what it is, in one sentence. */
function reason(findings: readonly Finding[], verdict: Verdict, asOf: string): string {
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

/** What was judged, and what the yardstick took for granted. */
export function circumstances({ service, manifest }: ServiceReport, report: Report, pen: Pen): Lines {
  const { name, commit, dirty } = report.repo;
  const state = [commit && ` at ${commit.slice(0, 12)}`, dirty && ', with uncommitted changes']
    .filter(Boolean)
    .join('');
  const who = service.owner === undefined ? 'nobody declared as owner' : `owned by ${service.owner}`;
  const source =
    manifest === undefined ? service.dir && `, folder ${service.dir}` : `, manifest ${placeText(manifest)}`;
  const lines = [
    `${TIER_WORDS[service.tier]}, ${who}${source}`,
    `${name}${state}, as of ${report.asOf}, by gonogo ${report.tool.version}`,
    manifest === undefined
      ? 'No manifest was found: judged from evidence alone. `gonogo init` writes a first one.'
      : '',
    service.assumed.length > 0 ? `Assumed, because nobody declared it: ${service.assumed.join(', ')}.` : '',
  ];
  return lines.flatMap((line) => flow(pen.width, [{ text: line, paint: pen.dim }], { indent: 2 }));
}

/** The last line: verdict and score, with how the score comes about. */
export function closing({ service, verdict, score, findings }: ServiceReport, pen: Pen): Lines {
  const share = `${percent(score.met, score.applicable)} %`;
  const sum = `${score.met} of ${score.applicable} applicable rules met = ${score.verified} verified + ${score.met - score.verified} trusted on the manifest's word`;
  const waived = findings.filter(({ ruling }) => ruling === 'waived').length;
  const unmet = waived > 0 ? `; ${waived} waived ${waived === 1 ? 'counts' : 'count'} as not met` : '';
  const text = score.applicable === 0 ? 'no rule applies, so there is no score' : `score ${share}: ${sum}${unmet}`;
  return flow(
    pen.width,
    [verdictChunk(verdict, pen), { text: service.name, paint: pen.strong, gap: 2 }, { text, gap: 2 }],
    {
      hang: 2,
    },
  );
}
