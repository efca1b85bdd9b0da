/** Annotations of a pull request's files by GitHub's workflow commands: the most severe, and how many are left. */
import type { Change, Finding, Place, Report, ReportedProblem, Ruling, ServiceReport } from '../model.ts';
import { acceptedWords, gateLine } from './change-words.ts';
import { workflowCommand } from './escape-command.ts';
import { visible } from './escape-terminal.ts';
import { opinionText } from './finding-text.ts';
import type { Format } from './format.ts';
import { inCheckout } from './in-checkout.ts';
import { bySeverity, compareSeverity } from './order.ts';
import { pathInside } from './place-link.ts';
import { shownVerdict } from './tally.ts';
import { placesFor } from './unmet.ts';
import { reportReason } from './verdict-words.ts';
import { daysLeft } from './waiver-clock.ts';
import { capital, counted, verdictWord } from './words.ts';
import { worstFirst } from './worst-first.ts';

/** The format for a step of a GitHub workflow. */
export const format: Format = {
  summary: 'GitHub workflow commands: annotations at the lines of a pull request',
  extension: 'txt',
  render,
};

/** How many annotations of each level GitHub shows of one step. */
const SHOWN = 10;

type Level = 'error' | 'warning' | 'notice';

const LEVELS: readonly (readonly [ruling: Ruling, level: Level, room: number])[] = [
  ['fail', 'error', SHOWN],
  ['warn', 'warning', SHOWN],
  // One more notice sums up.
  ['waived', 'notice', SHOWN - 1],
];

/** One thing to show at one place. */
interface Annotation {
  readonly service: ServiceReport;
  readonly finding: Finding;
  readonly problem?: ReportedProblem;
  /** Which of the finding's problems it is, from 0. */
  readonly nth: number;
  /** Whether it is worse than before, where that was asked. */
  readonly worse: boolean;
}

function render(whole: Report): string {
  const report = inCheckout(whole);
  const services = worstFirst(report.services);
  const levels = LEVELS.map(([ruling, level, room]) => {
    const all = services.flatMap((service) => annotationsOf(service, ruling, report.change)).toSorted(compare);
    return { level, shown: all.slice(0, room), left: Math.max(0, all.length - room) };
  });
  const left = levels.flatMap((it) => (it.left > 0 ? [counted(it.left, it.level)] : []));
  return [
    ...levels.flatMap(({ level, shown }) => shown.map((it) => annotate(it, level, report))),
    conclusion(report, left),
  ].join('');
}

/** One for each problem that no waiver covers; one in all where there is none, and for what is waived. */
function annotationsOf(service: ServiceReport, ruling: Ruling, change: Change | undefined): readonly Annotation[] {
  return service.findings
    .filter((finding) => finding.ruling === ruling)
    .flatMap((finding) => {
      const open = ruling === 'waived' ? [] : finding.problems.filter(({ waived }) => !waived);
      if (open.length === 0) return [{ service, finding, nth: 0, worse: gotWorse(service, change, finding) }];
      return open.map((problem, nth) => ({
        service,
        finding,
        problem,
        nth,
        worse: gotWorse(service, change, finding, problem),
      }));
    });
}

/** Of a rule that got worse only the problems that are new, where there are some. */
function gotWorse(
  { service: { name, dir } }: ServiceReport,
  change: Change | undefined,
  { rule }: Finding,
  problem?: ReportedProblem,
): boolean {
  const its = change?.services
    .find((it) => it.service === name && it.dir === dir)
    ?.rules.find((it) => it.rule === rule);
  if (its?.direction !== 'worse' && its?.direction !== 'mixed') return false;
  return its.appeared.length === 0 || its.appeared.some(({ fingerprint }) => fingerprint === problem?.fingerprint);
}

/** What a change made worse comes first, then the most severe; among equals a problem of every rule before the second of any. */
function compare(a: Annotation, b: Annotation): number {
  return (
    Number(b.worse) - Number(a.worse) ||
    compareSeverity(a.finding.severity, b.finding.severity) ||
    a.nth - b.nth ||
    bySeverity(a.finding, b.finding)
  );
}

function annotate({ service, finding, problem }: Annotation, level: Level, { services, asOf }: Report): string {
  const nearest = problem ?? finding.problems.find((it) => it.at !== undefined);
  const at = placesFor({ service, finding, ...(nearest && { problem: nearest }) }).find(isOfThisTree);
  const whose = services.length > 1 ? ` (${service.service.name})` : '';
  return workflowCommand(
    level,
    [
      ['file', at && pathInside(at)],
      ['line', at?.line],
      ['col', at?.column],
      ['title', `${finding.severity}: ${finding.rule}${whose}`],
    ],
    problem ? problemLines(problem, finding) : findingLines(finding, asOf),
  );
}

/** GitHub knows files of the repository only, by their exact path. */
function isOfThisTree(place: Place): boolean {
  const { path } = place;
  return pathInside(place) !== undefined && !path.includes('\\') && visible(path) === path;
}

/** What is unknown must not read as if it was wrong, nor what is announced as if it counted. */
function problemLines({ message, fix }: ReportedProblem, finding: Finding): readonly string[] {
  const qualified = finding.standing === 'unknown' || finding.countsFrom !== undefined;
  return [message, ...(qualified ? [opinionText(finding)] : []), `To fix: ${fix ?? finding.fix}`];
}

function findingLines(finding: Finding, asOf: string): readonly string[] {
  const { statement, fix, waiver } = finding;
  const agreed = waiver && `Waived until ${waiver.expires} (${daysLeft(asOf, waiver.expires)}) by ${waiver.owner}.`;
  return [...(agreed === undefined ? [] : [agreed]), statement, opinionText(finding), `To fix: ${fix}`];
}

/** The verdict, and what is not shown; that nothing was judged is a warning. */
function conclusion(report: Report, left: readonly string[]): string {
  const verdict = shownVerdict(report.verdict, report.services);
  const more =
    left.length === 0
      ? []
      : [`Not shown here: ${left.join(', ')}. The formats github-summary and terminal (--verbose) show all.`];
  return workflowCommand(
    verdict === undefined ? 'warning' : 'notice',
    [['title', `gonogo: ${verdictWord(verdict)}`]],
    [reportReason(report), ...gateLines(report), ...more],
  );
}

/** What decides the exit code where a gate was asked for, and what came along with the change. */
function gateLines(report: Report): readonly string[] {
  const { change, asOf } = report;
  if (!change) return [];
  const waived = change.services.flatMap(({ waived: its = [] }) => its);
  return [
    `${capital(gateLine(report, change))}.`,
    ...waived.map((it) => `Waived by this change: ${it.rule}, ${acceptedWords(it, asOf)}.`),
    ...(change.notes ?? []).map((it) => `Note: ${it}.`),
  ];
}
