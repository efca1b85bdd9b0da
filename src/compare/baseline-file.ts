/** gonogo.baseline.json as text: read with every fault named, written so that a review sees one line a problem. Touches no disk. */
import type { GonogoBaseline } from '../generated/baseline.ts';
import { validate } from '../generated/validate-baseline.js';
import { InputError } from '../input-error.ts';
import type { Finding, Report, ReportedProblem } from '../model.ts';
import { printable } from '../report/json.ts';
import { withoutLines } from './likeness.ts';

/** The usual name. */
export const BASELINE_FILE = 'gonogo.baseline.json';

/** One accepted problem. */
export type Accepted = GonogoBaseline['accepted'][number];

/** A baseline from text that nobody vouches for; `path` is for messages. */
export function parseBaseline(text: string, path: string): GonogoBaseline {
  const hint = 'repair it, or write it anew with `gonogo baseline`';
  const value = parsed(text, path, hint);
  if (validate(value)) return value as GonogoBaseline;
  const [error] = validate.errors ?? [];
  const where = error?.instancePath ? ` at ${error.instancePath}` : '';
  throw new InputError(`"${path}" is no baseline: it ${error?.message ?? 'has another form'}${where}`, path, hint);
}

function parsed(text: string, path: string, hint: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new InputError(`"${path}" is no baseline: it is not JSON`, path, hint);
  }
}

/** The baseline that accepts all that blocks in a report. */
export function baselineOf(report: Report): GonogoBaseline {
  const accepted = report.services.flatMap(({ service, findings }) =>
    findings
      .filter(({ ruling }) => ruling === 'fail')
      .flatMap((finding) => openProblems(finding).map((it) => entryOf(service, finding.rule, it))),
  );
  return { schemaVersion: 1, tool: report.tool, checklists: [...report.checklists], accepted };
}

/** What is wrong and not waived; the finding itself where it fails without a single problem. */
export function openProblems({ problems, because, fingerprint }: Finding): readonly ReportedProblem[] {
  if (problems.length === 0) return [{ message: because, fingerprint, waived: false }];
  return problems.filter(({ waived }) => !waived);
}

function entryOf(service: Report['services'][number]['service'], rule: string, problem: ReportedProblem): Accepted {
  const { at, subject, message, fingerprint } = problem;
  return {
    service: service.name,
    dir: service.dir,
    rule,
    fingerprint,
    ...(at && { path: at.root === undefined ? at.path : `repo:${at.root}//${at.path}` }),
    ...(subject !== undefined && { subject }),
    message: withoutLines(message),
  };
}

/** The file's text: the same for the same entries in whatever order, one line each. */
export function baselineText({ tool, checklists, accepted }: GonogoBaseline): string {
  const { name, version } = tool;
  const lists = checklists.map((it) => JSON.stringify({ name: it.name, digest: it.digest }));
  return printable(
    [
      '{',
      '  "schemaVersion": 1,',
      `  "tool": ${JSON.stringify({ name, version })},`,
      `  "checklists": ${block(lists)},`,
      `  "accepted": ${block(accepted.map(lineOf).sort())}`,
      '}',
      '',
    ].join('\n'),
  );
}

/** Keys in one order. A lone surrogate is valid in JavaScript only; most readers of JSON refuse it. */
function lineOf({ service, dir, rule, fingerprint, path, subject, message }: Accepted): string {
  const entry = { service, dir, rule, fingerprint, path, subject, message };
  return JSON.stringify(entry, (_, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value));
}

function block(lines: readonly string[]): string {
  return lines.length === 0 ? '[]' : `[\n${lines.map((line) => `    ${line}`).join(',\n')}\n  ]`;
}
