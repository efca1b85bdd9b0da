/** One finding as plain sentences, for formats that carry text and no layout. Nothing in it is escaped. */
import type { Finding, ReportedProblem } from '../model.ts';
import { placeText } from './places.ts';
import { STANDING_WORDS } from './words.ts';

/** Most problems of one finding that such a format lists; the JSON format has all. */
const SHOWN_PROBLEMS = 50;

/** What stands, and what made the check decide. */
export function opinionText({ standing, because }: Finding): string {
  return `${STANDING_WORDS[standing].word}: ${because}`;
}

/** Who accepted what is waived, until when, and why. */
export function termsText({ waiver }: Finding): string {
  if (!waiver) return 'waived';
  const approved = waiver.approvedBy === undefined ? '' : `, approved by ${waiver.approvedBy}`;
  return `waived until ${waiver.expires}, accepted by ${waiver.owner}${approved}: ${waiver.reason}`;
}

/** The problems that are shown, those that no waiver covers first, and how many more there are. */
export function shownProblems({ problems }: Finding): {
  readonly shown: readonly ReportedProblem[];
  readonly more: number;
} {
  const ordered = [...problems.filter((it) => !it.waived), ...problems.filter((it) => it.waived)];
  const shown = ordered.slice(0, SHOWN_PROBLEMS);
  return { shown, more: ordered.length - shown.length };
}

/** Everything to know about a finding, a line each: what stands, each problem with its place and fix, the places, what to do. */
export function detailLines(finding: Finding): readonly string[] {
  const { shown, more } = shownProblems(finding);
  const met = finding.ruling === 'pass' || finding.ruling === 'trust';
  return [
    finding.statement,
    opinionText(finding),
    ...(finding.waiver ? [termsText(finding)] : []),
    ...shown.flatMap(problemLines),
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...(finding.claim ? [`claim: ${placeText(finding.claim)}`] : []),
    ...finding.evidence.slice(0, SHOWN_PROBLEMS).map((place) => `evidence: ${placeText(place)}`),
    ...(met ? [] : [`fix: ${finding.fix}`, `more: gonogo explain ${finding.rule}`]),
  ];
}

function problemLines({ message, at, fix, waived }: ReportedProblem): readonly string[] {
  const place = at === undefined ? '' : `${placeText(at)} `;
  return [`- ${waived ? '(waived) ' : ''}${place}${message}`, ...(fix === undefined ? [] : [`  fix: ${fix}`])];
}
