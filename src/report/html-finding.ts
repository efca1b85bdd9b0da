/** One finding on a report's page: what is stated, what stands, on what grounds, why it matters and what to do. */
import type { Finding, ReportedProblem, Waiver } from '../model.ts';
import { type Html, html } from './escape-html.ts';
import { heading, rulingMark } from './html-marks.ts';
import type { Part } from './html-part.ts';
import { addressLink, placeLink, placeList } from './html-place.ts';
import { placeText } from './places.ts';
import { daysLeft } from './waiver-clock.ts';
import { SEVERITY_WORDS, STANDING_WORDS } from './words.ts';

/** The finding; open, so that everything is shown where no script folds it. */
export function findingOf(finding: Finding, part: Part, level: number): Html {
  const { rule, area, statement, severity, standing, ruling, because, why, fix, claim, waiver } = finding;
  const { ids, prefix, base } = part;
  return html`<details open="" class="finding ${ruling}" id="${ids.get(rule)}" data-ruling="${ruling}" data-severity="${severity}" data-standing="${standing}" data-area="${area}" data-service="${prefix}">
<summary>${rulingMark(ruling)} <span class="severity ${severity}">${SEVERITY_WORDS[severity].word}</span> ${heading(level, html`${statement}`)} <code>${rule}</code></summary>
<p class="opinion"><strong class="standing ${standing}">${STANDING_WORDS[standing].word}</strong>: ${because}</p>
${problemList(finding, base)}<dl class="facts">
${claim && fact('Claim', placeList([claim], base))}${fact('Evidence', placeList(evidenceOf(finding), base))}${waiver && fact('Waiver', terms(waiver, part))}${fact('Why', html`${why}`)}${fact('Fix', html`${fix}`)}</dl>
</details>
`;
}

function fact(name: string, content: Html | undefined): Html | undefined {
  return content && html`<div><dt>${name}</dt><dd>${content}</dd></div>\n`;
}

/** Except places that the problems have named already. */
function evidenceOf({ evidence, problems }: Finding): Finding['evidence'] {
  const seen = new Set(problems.flatMap(({ at }) => (at ? [placeText(at)] : [])));
  return evidence.filter((place) => !seen.has(placeText(place)));
}

function problemList({ problems, fix }: Finding, base: string): Html | undefined {
  if (problems.length === 0) return undefined;
  const ordered = [...problems.filter((it) => !it.waived), ...problems.filter((it) => it.waived)];
  return html`<ul class="problems">
${ordered.map((problem, index) => problemOf(problem, ordered[index - 1]?.fix ?? fix, base))}</ul>
`;
}

/** With its own fix only where that says something new. */
export function problemOf({ message, at, fix, waived }: ReportedProblem, saidBefore: string, base: string): Html {
  const newFix = fix === undefined || fix === saidBefore ? undefined : fix;
  return html`<li>${waived && html`${rulingMark('waived')} `}${message}${at && html` <span class="at">${placeLink(at, base)}</span>`}${newFix !== undefined && html`<p class="soft">${newFix}</p>`}</li>
`;
}

function terms({ owner, approvedBy, expires, reason, ticket, at, scope }: Waiver, { report, base }: Part): Html {
  const approved = approvedBy !== undefined && html`, approved by ${approvedBy}`;
  return html`accepted by ${owner}${approved}, until ${expires} (${daysLeft(report.asOf, expires)}): ${reason}${scope !== undefined && html`; only for ${scope}`}${ticket !== undefined && html`; ${addressLink(ticket)}`} <span class="at">${placeLink(at, base)}</span>`;
}
