/** SARIF's one escaper of messages: text that stays text, whatever shows it. */
import { visible } from './escape-terminal.ts';

/** GitHub takes 1,024 characters of a description. */
const LONGEST = 1000;

/** Plain text. A message may hold links, `[words](target)`, and places for arguments, `{0}`; receivers differ in how they read the escapes for both, so a blank breaks them. */
export function inert(text: string): string {
  const shown = visible(text)
    .replaceAll('](', '] (')
    .replace(/\{(?=\d+\})/g, '{ ');
  return shown.length <= LONGEST ? shown : `${shown.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
