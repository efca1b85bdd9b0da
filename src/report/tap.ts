/** TAP 14: a test point a rule. What blocks is `not ok` with its diagnostics, what warns is TODO, what is waived or does not apply is SKIP, each with the reason. */
import type { Finding, Report, ReportedProblem } from '../model.ts';
import { visible } from './escape-terminal.ts';
import { opinionText, shownProblems, termsText } from './finding-text.ts';
import type { Format } from './format.ts';
import { placeText } from './places.ts';
import { serviceLabels } from './service-labels.ts';

/** The TAP format. */
export const format: Format = {
  summary: 'TAP 14: a test point a rule',
  render,
};

const NOTHING = 'no rule applies, so nothing was judged';

/** A test point without its number. */
interface Point {
  readonly ok: boolean;
  readonly description: string;
  readonly directive?: string;
  readonly diagnostics?: readonly string[];
}

function render(report: Report): string {
  const labels = serviceLabels(report.services);
  const points = report.services.flatMap(({ findings }, index) => pointsOf(labels[index] ?? '', findings));
  const plan = points.length > 0 ? `1..${points.length}` : `1..0 # SKIP ${NOTHING}`;
  return ['TAP version 14', plan, ...points.flatMap(linesOf)].map((line) => `${line}\n`).join('');
}

function pointsOf(label: string, findings: readonly Finding[]): readonly Point[] {
  if (findings.length === 0) return [{ ok: true, description: label, directive: `SKIP ${NOTHING}` }];
  return findings.map((finding) => pointOf(finding, `${label} ${finding.rule}: ${finding.statement}`));
}

function pointOf(finding: Finding, description: string): Point {
  switch (finding.ruling) {
    case 'fail':
      return { ok: false, description, diagnostics: diagnosticsOf(finding) };
    case 'warn':
      return {
        ok: false,
        description,
        directive: `TODO warning, ${opinionText(finding)}`,
        diagnostics: diagnosticsOf(finding),
      };
    case 'waived':
      return { ok: true, description, directive: `SKIP ${termsText(finding)}` };
    case 'skip':
      return { ok: true, description, directive: `SKIP ${opinionText(finding)}` };
    case 'trust':
      return { ok: true, description: `${description} (only declared)` };
    case 'pass':
      return { ok: true, description };
  }
}

function linesOf({ ok, description, directive, diagnostics }: Point, index: number): readonly string[] {
  const line = `${ok ? 'ok' : 'not ok'} ${index + 1} - ${escaped(description)}`;
  return [
    directive === undefined ? line : `${line} # ${escaped(directive)}`,
    ...(diagnostics ? ['---', ...diagnostics, '...'].map((it) => `  ${it}`) : []),
  ];
}

/** The one escaper of TAP's own lines: a hash would begin a directive. */
function escaped(text: string): string {
  return visible(text).replace(/[\\#]/g, '\\$&');
}

/** YAML whose every text is a double-quoted scalar, which JSON's strings are. */
function diagnosticsOf(finding: Finding): readonly string[] {
  const { shown, more } = shownProblems(finding);
  return [
    `severity: ${finding.severity}`,
    `standing: ${finding.standing}`,
    `because: ${quoted(finding.because)}`,
    ...(shown.length > 0 ? ['problems:', ...shown.flatMap(problemLines)] : []),
    ...(more > 0 ? [`more_problems: ${more}`] : []),
    `fix: ${quoted(finding.fix)}`,
  ];
}

function problemLines({ message, at, fix, waived }: ReportedProblem): readonly string[] {
  return [
    `  - message: ${quoted(message)}`,
    ...(at ? [`    at: ${quoted(placeText(at))}`] : []),
    ...(fix === undefined ? [] : [`    fix: ${quoted(fix)}`]),
    ...(waived ? ['    waived: true'] : []),
  ];
}

function quoted(text: string): string {
  return JSON.stringify(visible(text));
}
