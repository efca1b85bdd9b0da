/** The terminal's one escaper: makes visible what could move a cursor, hide or reorder text, or command a CI log. Does not wrap or colour. */

/** Longest text shown; what a repository says beyond it is counted. The JSON format carries it whole. */
const LONGEST = 2000;

/** Controls, format and bidirectional characters, line separators, lone surrogates, what is no character, and all that is drawn as nothing. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

/** Text and emoji presentation only choose between two drawings of one character. */
const PRESENTATION = new Set(['\uFE0E', '\uFE0F']);

/** A workflow command of a CI log: `::error` at the start of a line, `##[error]` and `##vso[` anywhere. */
const COMMAND = /(?<![\p{L}\p{N}_>])::|##(?=\[|vso\[|teamcity\[)/giu;

/** What nearly every text is: nothing in it to escape, and no command where there are no two marks. Quicker to tell than all that Unicode hides. */
const HARMLESS = /^[ -~…×≥≤·→•–—]*$/;

/** One line of text that a terminal and a CI log show as it is; what would be invisible becomes `\u{…}`. */
export function visible(text: string): string {
  if (text.length <= LONGEST && HARMLESS.test(text) && !text.includes('::') && !text.includes('##')) return text;
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)} (${text.length - LONGEST} more characters)` : text;
  return shown
    .replace(/[ \t]*(?:\r\n|\n|\t)[ \t]*/g, ' ')
    .replace(INVISIBLE, (character) => (PRESENTATION.has(character) ? character : escaped(character)))
    .replace(COMMAND, (command) => `${escaped(command.slice(0, 1))}${command.slice(1)}`);
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}
