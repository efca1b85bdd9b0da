/** What each service of an audit answered, from a stored run or from the audit itself. Pure. */
import type { AuditHeader, AuditRow } from '../model-audit.ts';
import type { Kept } from '../model-trend.ts';
import { keyOf } from '../service-key.ts';
import type { AnsweredRun } from './campaigns.ts';
import { marksOf } from './pairs.ts';
import { keyOfLine } from './shares.ts';

/** The answers that a store kept. */
export function answeredRun({ run, lines }: Kept): AnsweredRun {
  return {
    asOf: run.asOf,
    areas: new Map(run.rules.map(({ id, area }) => [id, area])),
    *answers() {
      for (const line of lines)
        yield {
          key: keyOfLine(line),
          repo: line.repo,
          service: line,
          rulings: new Map([...marksOf(run, line)].flatMap(([rule, mark]) => (mark ? [[rule, mark.ruling]] : []))),
        };
    },
  };
}

/** The answers of an audit; its rows are gone through once. */
export function answeredAudit({ asOf, rules }: AuditHeader, rows: () => Iterable<AuditRow>): AnsweredRun {
  return {
    asOf,
    areas: new Map(Object.entries(rules).map(([id, { area }]) => [id, area])),
    *answers() {
      for (const row of rows())
        for (const { service, findings } of row.services)
          yield {
            key: keyOf(row, { service }),
            repo: row.repo,
            service,
            rulings: new Map(findings.map(({ rule, ruling }) => [rule, ruling])),
          };
    },
  };
}
