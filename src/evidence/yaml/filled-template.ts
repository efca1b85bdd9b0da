/** Text with a template's actions replaced by something that lets the rest be parsed. What stands in is for the caller to choose and to forget again. */

import { table } from '../../table.ts';
import { hasMarks } from './template-marks.ts';

/** Where an action stands. */
export interface Surrounding {
  /** Within quotes. */
  readonly quoted: boolean;
  /** The innermost bracket that is open: `[`, `{` or `(`; empty where none is. */
  readonly within: string;
  /** Text before it on whatever line, blanks at the end removed, and the next few characters after it. */
  readonly before: string;
  readonly after: string;
}

/** Characters before and after an action that are shown to the caller. */
const NEAR = 80;
const CLOSES: Readonly<Record<string, string>> = table({ ']': '[', '}': '{', ')': '(' });

/** Of an `if` the first branch stays, a loop's body stays once, and every action that prints is replaced. One pass. */
export function fillActions(text: string, fill: (surrounding: Surrounding) => string): string {
  if (!hasMarks(text)) return text;
  const parts = text.split(/\uE000([^\uE001]*)\uE001/);
  const draft: Draft = { text: '', quote: '', open: [] };
  // Depth of blocks opened since an `else` began; text is left out while it is above zero.
  let skipping = 0;
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) {
      if (skipping === 0) write(draft, part);
      continue;
    }
    const keyword = /^\{\{-?\s*(if|with|range|else|end)\b/.exec(part)?.[1];
    if (keyword === 'else') skipping = Math.max(skipping, 1);
    else if (keyword === 'end') skipping = Math.max(0, skipping - 1);
    else if (keyword !== undefined) skipping += skipping > 0 ? 1 : 0;
    else if (skipping === 0) write(draft, fill(surrounding(draft, parts[index + 1] ?? '')));
  }
  return draft.text;
}

interface Draft {
  text: string;
  quote: string;
  readonly open: string[];
}

function surrounding({ text, quote, open }: Draft, next: string): Surrounding {
  const before = text.slice(-NEAR).trimEnd();
  return { quoted: quote !== '', within: open.at(-1) ?? '', before, after: next.slice(0, NEAR).trimStart() };
}

/** Appends, keeping track of quotes and brackets. */
function write(draft: Draft, part: string): void {
  draft.text += part;
  for (let at = 0; at < part.length; at++) {
    const character = part[at] ?? '';
    if (draft.quote !== '') {
      if (character === '\\') at++;
      else if (character === draft.quote) draft.quote = '';
    } else if (character === '"' || character === "'" || character === '`') draft.quote = character;
    else if (character === '[' || character === '{' || character === '(') draft.open.push(character);
    else if (CLOSES[character] !== undefined && draft.open.at(-1) === CLOSES[character]) draft.open.pop();
  }
}
