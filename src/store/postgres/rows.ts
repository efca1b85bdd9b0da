/** Runs, services and findings as rows of their tables, and back. Pure. */

import type { AuditHeader, AuditRow } from '../../model-audit.ts';
import type { ServiceLine, StoredRun } from '../../model-trend.ts';
import { unpackFinding } from '../../packed-report.ts';
import { storableText } from '../line.ts';
import type { Cell } from './copy.ts';

/** Columns of `gonogo.services` behind `run`, with what each line has there. */
const SERVICE: readonly (readonly [column: string, cell: (line: ServiceLine) => Cell])[] = [
  ['repo', ({ repo }) => repo],
  ['dir', ({ dir }) => dir],
  ['name', ({ name }) => name],
  ['owner', ({ owner }) => owner],
  ['tier', ({ tier }) => tier],
  ['stage', ({ stage }) => stage],
  ['profile', ({ profile }) => profile],
  ['commit', ({ commit }) => commit],
  ['verdict', ({ verdict }) => verdict],
  ['applicable', ({ score }) => score.applicable],
  ['met', ({ score }) => score.met],
  ['verified', ({ score }) => score.verified],
  ['declared', ({ score }) => score.declared],
  ['letters', ({ letters }) => letters],
  ['waivers', ({ waivers }) => waivers && JSON.stringify(waivers)],
  ['end_of_life', ({ endOfLife }) => endOfLife && JSON.stringify(endOfLife)],
  ['overdue', ({ overdue }) => overdue],
  ['leads', ({ leads }) => leads && JSON.stringify(leads)],
  ['announced', ({ announced }) => announced && JSON.stringify(announced)],
];

/** Their names, `run` first. */
export const SERVICE_COLUMNS: readonly string[] = ['run', ...SERVICE.map(([column]) => column)];

/** Those of `gonogo.findings`. */
export const FINDING_COLUMNS: readonly string[] = [
  ...['run', 'repo', 'dir', 'area', 'rule', 'severity', 'standing', 'ruling', 'because', 'path', 'line'],
];

/** A row a service. */
export function* serviceRows(run: string, lines: readonly ServiceLine[]): Iterable<readonly Cell[]> {
  for (const line of lines) yield [run, ...SERVICE.map(([, cell]) => cell(line))];
}

/** A row a finding, with the first place that shows or breaks it; a rule that is found twice for a service counts once, as in its letters. */
export function* findingRows(run: string, header: AuditHeader, rows: Iterable<AuditRow>): Iterable<readonly Cell[]> {
  const seen = new Set<string>();
  for (const { repo, services } of rows)
    for (const { service, findings } of services) {
      const key = [storableText(repo), storableText(service.dir)];
      if (seen.has(key.join('\0'))) continue;
      seen.add(key.join('\0'));
      const rules = new Map(findings.map((it) => [storableText(it.rule), it]));
      for (const [rule, finding] of rules) {
        const { severity, standing, ruling, because, problems, evidence } = finding;
        const at = problems.find((it) => it.at)?.at ?? finding.claim ?? evidence[0];
        const area = storableText(unpackFinding(finding, header).area);
        const place = [at && storableText(at.path), at?.line];
        yield [run, ...key, area, rule, severity, standing, ruling, storableText(because), ...place];
      }
    }
}

/** A row of `gonogo.services` as the driver gives it. */
export type ServiceRow = Readonly<Record<string, unknown>>;

/** The line that it was. */
export function lineOfRow(row: ServiceRow): ServiceLine {
  const { applicable, met, verified, declared, end_of_life: endOfLife, run: _, ...same } = row;
  const line = { ...same, score: { applicable, met, verified, declared }, endOfLife };
  return Object.fromEntries(Object.entries(line).filter(([, value]) => value !== null)) as unknown as ServiceLine;
}

/** Columns of `gonogo.runs` and their values. */
export function runRow(run: StoredRun): Readonly<Record<string, string | number | null>> {
  return {
    id: run.id,
    as_of: run.asOf,
    version: run.tool.version,
    yardstick: run.yardstick,
    policy: run.policy?.digest ?? null,
    repositories: run.repositories,
    services: run.services,
    unjudged: run.unjudged.length,
    header: JSON.stringify(run),
  };
}
