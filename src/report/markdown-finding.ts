/** One finding as an entry of a list in a comment. Knows nothing of the list it stands in. */
import type { Finding, ReportedProblem, ServiceReport, Waiver } from '../model.ts';
import { code, joined, type Markdown, remark } from './markdown-template.ts';
import { openFirst } from './order.ts';
import { lineText, placesOf } from './places.ts';
import { RULING_SIGNS } from './signs.ts';
import { daysLeft } from './waiver-clock.ts';
import { nameWords, STANDING_WORDS } from './words.ts';

/** How many problems of one finding, and how many places, are shown; the rest is counted. */
const SHOWN_PROBLEMS = 5;
const SHOWN_PLACES = 3;

/** A finding and whose it is. */
export interface Entry {
  readonly finding: Finding;
  readonly service: ServiceReport;
  /** Whether the report is about several services, so that each entry has to say its own. */
  readonly named: boolean;
}

/** What somebody has to know to act on it. */
export function inFull(entry: Entry): Markdown {
  const { finding } = entry;
  const problems = openFirst(finding.problems);
  const left = problems.length - SHOWN_PROBLEMS;
  return remark`${title(entry)}: ${finding.statement}
  - ${opinion(finding)}
${problems.slice(0, SHOWN_PROBLEMS).map((it) => problemLine(it, finding.fix))}${left > 0 && remark`  - and ${left} more\n`}${grounds(finding)}  - To fix: ${finding.fix}
`;
}

/** One line, with the place to look at first. */
export function inBrief(entry: Entry): Markdown {
  const [at] = placesOf(entry.finding);
  return remark`${title(entry)}: ${opinion(entry.finding)}${at && remark` (${code(lineText(at))})`}\n`;
}

/** What was accepted, by whom, until when, and why. */
export function asWaived(entry: Entry, asOf: string): Markdown {
  const { finding } = entry;
  return remark`${title(entry)}: ${finding.statement}
  - ${opinion(finding)}
${finding.waiver && terms(finding.waiver, asOf)}`;
}

function terms({ owner, approvedBy, expires, reason, scope, ticket, at }: Waiver, asOf: string): Markdown {
  const approved = approvedBy !== undefined && remark`, approved by ${approvedBy}`;
  return remark`  - Accepted by ${owner}${approved}, until ${expires} (**${daysLeft(asOf, expires)}**): ${reason}
${scope !== undefined && remark`  - Only for ${code(scope)}\n`}${ticket !== undefined && remark`  - Ticket ${code(ticket)}\n`}  - Waiver at ${code(lineText(at))}
`;
}

/** Sign, severity and id; the service where there are several. */
function title({ finding: { ruling, severity, rule }, service, named }: Entry): Markdown {
  return remark`- ${RULING_SIGNS[ruling]} **${severity}** ${code(rule)}${named && remark` of **${nameWords(service.service.name)}**`}`;
}

function opinion({ standing, because }: Finding): Markdown {
  return remark`*${STANDING_WORDS[standing].word}*: ${because}`;
}

/** A fix only where it says something that the rule's does not. */
function problemLine({ at, message, fix, waived }: ReportedProblem, said: string): Markdown {
  const how = fix !== undefined && fix !== said && remark` → ${fix}`;
  return remark`  - ${at && remark`${code(lineText(at))}: `}${message}${waived && remark` (waived)`}${how}\n`;
}

/** Lines that no problem has named already: the claim's, and the first of the evidence. */
function grounds({ claim, evidence, problems }: Finding): Markdown {
  const named = new Set(problems.flatMap(({ at }) => (at ? [lineText(at)] : [])));
  const claimed = claim === undefined ? [] : [lineText(claim)].filter((line) => !named.has(line));
  const seen = [...new Set(evidence.map(lineText))].filter((line) => !named.has(line) && !claimed.includes(line));
  const left = seen.length - SHOWN_PLACES;
  const parts = [
    ...claimed.map((line) => remark`claimed at ${code(line)}`),
    ...seen.slice(0, SHOWN_PLACES).map((line, index) => remark`${index === 0 && 'seen at '}${code(line)}`),
    ...(left > 0 ? [remark`and ${left} more`] : []),
  ];
  return parts.length === 0 ? remark`` : remark`  - Where: ${joined(parts, ', ')}\n`;
}
