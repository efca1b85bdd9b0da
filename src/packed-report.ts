/** A report as a line of an audit, and a line as the report it was: what every finding of a rule says alike is kept once. Pure. */
import type { Checklist } from './checklist/entry.ts';
import type { Finding, Report } from './model.ts';
import type { AuditHeader, AuditRow, PackedFinding, RuleText } from './model-audit.ts';
import type { ServiceFacts } from './model-facts.ts';
import { worst } from './verdict/judge.ts';

/** What the rules of some checklists say, by id. */
export function ruleTexts(checklists: readonly Checklist[]): Readonly<Record<string, RuleText>> {
  return Object.fromEntries(
    checklists.flatMap(({ area, rules }) =>
      rules.map(({ id, statement, why, fix, refs = [] }) => [
        id,
        { area, statement, why, fix, ...(refs.length > 0 && { refs }) },
      ]),
    ),
  );
}

/** The line of a judged repository; `facts` are those of its services, in the report's order. */
export function packReport(
  repo: string,
  report: Report,
  facts: readonly ServiceFacts[],
  { rules, checklists, policy }: Pick<AuditHeader, 'rules' | 'checklists' | 'policy'>,
): AuditRow {
  const { commit, dirty, dir } = report.repo;
  const known = new Set(checklists.map(({ name, digest }) => `${name} ${digest}`));
  const carried = report.checklists.filter(({ name, digest }) => !known.has(`${name} ${digest}`));
  return {
    repo,
    outcome: 'judged',
    ...(commit !== undefined && { commit }),
    ...(dirty !== undefined && { dirty }),
    ...(dir !== undefined && { dir }),
    verdict: report.verdict,
    ...(carried.length > 0 && { checklists: carried }),
    ...(report.policy && report.policy.digest !== policy?.digest && { policy: report.policy }),
    services: report.services.map(({ findings, ...judged }, index) => ({
      ...judged,
      findings: findings.map((finding) => packFinding(finding, rules[finding.rule])),
      facts: facts[index] ?? NO_FACTS,
    })),
    ...(report.lines && { lines: report.lines }),
    notes: report.notes,
  };
}

/** The report that `check` of the same repository would have given; `repo.name` is the audit's name for it. */
export function unpackReport(row: AuditRow, header: AuditHeader): Report {
  const { repo: name, commit, dirty, dir, checklists = [], policy = header.policy, services, lines, notes } = row;
  return {
    schemaVersion: 1,
    tool: header.tool,
    repo: {
      name,
      ...(commit !== undefined && { commit }),
      ...(dirty !== undefined && { dirty }),
      ...(dir !== undefined && { dir }),
    },
    asOf: header.asOf,
    checklists: [...header.checklists, ...checklists],
    ...(policy && { policy }),
    verdict: row.verdict ?? worst(services.map(({ verdict }) => verdict)),
    services: services.map(({ facts: _, findings, ...judged }) => ({
      ...judged,
      findings: findings.map((finding) => unpackFinding(finding, header)),
    })),
    ...(lines && { lines }),
    notes,
  };
}

const NO_FACTS: ServiceFacts = { dependencies: [], consumers: [] };

const SAID: readonly (keyof RuleText)[] = ['area', 'statement', 'why', 'fix', 'refs'];

/** All of its rule's texts are left out or none. */
function packFinding(finding: Finding, text: RuleText | undefined): PackedFinding {
  if (!text || SAID.some((key) => !isSame(finding[key], text[key]))) return finding;
  const { area: _, statement: __, why: ___, fix: ____, refs: _____, ...packed } = finding;
  return packed;
}

/** Nearly always the very same. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** A finding with all that its rule says. */
export function unpackFinding(finding: PackedFinding, { rules }: Pick<AuditHeader, 'rules'>): Finding {
  if (finding.statement !== undefined) return finding as Finding;
  const { rule, severity, standing, ruling, because, ...rest } = finding;
  return { rule, ...(rules[rule] ?? UNTOLD), severity, standing, ruling, because, ...rest };
}

/** Nobody wrote such a line; it stands for a rule that no checklist of the audit has and whose texts were left out. */
const UNTOLD: RuleText = { area: '', statement: '', why: '', fix: '' };
