/** Signs with their words, as a page shows them: nothing is said by colour or shape alone. */
import type { Finding, Ruling, ServiceReport, Verdict } from '../model.ts';
import { type Html, html, ours } from './escape-html.ts';
import { RULING_SIGNS } from './signs.ts';
import { shownVerdict } from './tally.ts';
import { RULING_WORDS, verdictRuling, verdictWord } from './words.ts';

/** A sign for the eye; a screen reader says the word alone. */
export function sign(text: string): Html {
  return html`<span aria-hidden="true">${text} </span>`;
}

/** "✖ blocking". */
export function rulingMark(ruling: Ruling): Html {
  return html`<span class="mark ${ruling}">${sign(RULING_SIGNS[ruling])}${RULING_WORDS[ruling].word}</span>`;
}

/** The verdict of some services; where no rule applied to any, that is what is said, in no colour of readiness. */
export function verdictMark(verdict: Verdict, services: readonly ServiceReport[]): Html {
  const shown = shownVerdict(verdict, services);
  if (shown === undefined) return html`<span class="verdict none">${sign('?')}${verdictWord(shown)}</span>`;
  const ruling = verdictRuling(shown);
  return html`<span class="verdict ${ruling}">${sign(RULING_SIGNS[ruling])}${verdictWord(shown)}</span>`;
}

/** A heading of a level from 1 to 6, by which it can be linked if it has an id. */
export function heading(level: number, content: Html, id?: string): Html {
  const attribute = id !== undefined && html` id="${id}"`;
  return html`${ours(`<h${level}`)}${attribute}>${content}${ours(`</h${level}>`)}`;
}

/** Ids of a service's findings on the page, by rule: of the page and not of the repository, so that no name from there is one. */
export function findingIds(findings: readonly Finding[], prefix: string): ReadonlyMap<string, string> {
  return new Map(findings.map(({ rule }, index) => [rule, `${prefix}-f${index + 1}`]));
}
