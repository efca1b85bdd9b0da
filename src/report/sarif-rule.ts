/** A rule as SARIF describes it, with all that a receiver shows beside its results. */
import type { ReportingDescriptor, Result } from 'sarif';
import type { Finding, Standing } from '../model.ts';
import { codeMarkdown, linkMarkdown, proseMarkdown } from './escape-markdown.ts';
import { inert } from './sarif-text.ts';
import { NOTHING_JUDGED, type Unmet } from './unmet.ts';

/** How a result is graded. */
export type Level = 'error' | 'warning' | 'note';

/** What blocks is an error, what only warns a warning or, of a standard rule, a note; what was accepted must not stop a gate on errors. */
export function levelOf({ finding, accepted }: Unmet): Level {
  if (finding.ruling === 'warn') return finding.severity === 'standard' ? 'note' : 'warning';
  return accepted ? 'warning' : 'error';
}

const LEVELS: readonly Level[] = ['error', 'warning', 'note'];

/** GitHub's words for the same. */
const PROBLEM_SEVERITY: Readonly<Record<Level, string>> = {
  error: 'error',
  warning: 'warning',
  note: 'recommendation',
};

/** How likely a result is true, in GitHub's words: what could not be read may well be met. */
const PRECISION: Readonly<Record<Standing, string>> = {
  contradicted: 'very-high',
  stale: 'very-high',
  verified: 'very-high',
  missing: 'high',
  declared: 'high',
  'not-applicable': 'high',
  unknown: 'low',
};

const PRECISIONS: readonly string[] = ['low', 'high', 'very-high'];

/** The rule of some results of one run, graded as the worst and as sure as the least sure of them. No `security-severity`: it would make each rule one on vulnerabilities. */
export function descriptorOf(first: Unmet, others: readonly Unmet[]): ReportingDescriptor {
  const { finding } = first;
  const all = [first, ...others];
  const level = LEVELS.find((it) => all.some((unmet) => levelOf(unmet) === it)) ?? 'error';
  const precision = PRECISIONS.find((it) => all.some((unmet) => PRECISION[unmet.finding.standing] === it));
  const address = (finding.refs ?? []).find(isAddress);
  return {
    id: finding.rule,
    name: nameOf(finding.rule),
    shortDescription: { text: inert(finding.statement) },
    fullDescription: { text: inert(finding.why) },
    help: { text: helpText(first), markdown: helpMarkdown(first) },
    ...(address !== undefined && { helpUri: address }),
    defaultConfiguration: { level: level satisfies Result.level },
    properties: { tags: [inert(finding.area)], precision, 'problem.severity': PROBLEM_SEVERITY[level] },
  };
}

/** In Pascal case, as SARIF wants names: `RunbooksFresh`. */
function nameOf(rule: string): string {
  const words = rule.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

/** Most sources are books and standards; only a plain address is one. */
function isAddress(ref: string): boolean {
  return /^https:\/\/[\w.-]+(?:\/[\w./~+-]*(?:#[\w-]*)?)?$/.test(ref);
}

function helpText({ finding }: Unmet): string {
  const { why, fix, refs = [] } = finding;
  const more = explainedBy(finding).map((command) => `More: ${command}`);
  return [why, `To meet it: ${fix}`, ...refs.map((ref) => `Source: ${ref}`), ...more].map(inert).join('\n\n');
}

function helpMarkdown({ finding }: Unmet): string {
  const { why, fix, refs = [] } = finding;
  const sources = refs.map((ref) => `- ${linkMarkdown(ref, ref)}`).join('\n');
  return [
    proseMarkdown(why),
    `**To meet it:** ${proseMarkdown(fix)}`,
    ...(sources === '' ? [] : ['**Sources**', sources]),
    ...explainedBy(finding).map((command) => `**More:** ${codeMarkdown(command)}`),
  ].join('\n\n');
}

/** The command that explains a rule; that nothing was judged is no rule of a checklist. */
function explainedBy({ rule }: Finding): readonly string[] {
  return rule === NOTHING_JUDGED.rule ? [] : [`gonogo explain ${rule}`];
}
