/** The parser's rules for GFM footnotes: `[^name]: text` on a line of its own, and `[^name]` where one is called. */

import type StateBlock from 'markdown-it/lib/rules_block/state_block.mjs';
import type StateInline from 'markdown-it/lib/rules_inline/state_inline.mjs';
import type { Env } from './markdown-grammar.ts';
import { matchAt } from './match-at.ts';

const DEFINITION = /\[\^([^\s\]]{1,999})\]:[ \t]*/y;
const CALL = /\[\^([^\s[\]]{1,999})\]/y;

/** A definition holds blocks: what follows on its line, and lines that are indented by four. */
export function footnoteDefinition(state: StateBlock, line: number, end: number, silent: boolean): boolean {
  const [start = 0, shift = 0, indent = 0] = [state.bMarks[line], state.tShift[line], state.sCount[line]];
  if (indent - state.blkIndent >= 4) return false;
  const match = matchAt(DEFINITION, state.src, start + shift);
  if (!match || silent) return match !== null;
  const env: Env = state.env;
  env.footnotes.add(nameOf(match));
  state.push('footnote_open', '', 1);
  state.blkIndent += 4;
  state.bMarks[line] = start + shift + match[0].length;
  state.tShift[line] = 0;
  state.sCount[line] = state.blkIndent;
  state.md.block.tokenize(state, line, end);
  state.blkIndent -= 4;
  state.bMarks[line] = start;
  state.tShift[line] = shift;
  state.sCount[line] = indent;
  state.push('footnote_close', '', -1);
  return true;
}

/** A call of a footnote that is defined anywhere; it shows a number and says nothing. */
export function footnoteCall(state: StateInline, silent: boolean): boolean {
  const match = silent ? null : matchAt(CALL, state.src, state.pos);
  const env: Env = state.env;
  if (!match || state.pos + match[0].length > state.posMax || !env.footnotes.has(nameOf(match))) return false;
  state.push('footnote_call', '', 0);
  state.pos += match[0].length;
  return true;
}

function nameOf(match: RegExpExecArray): string {
  return (match[1] ?? '').toLowerCase();
}
