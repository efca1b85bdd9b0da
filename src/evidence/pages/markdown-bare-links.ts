/** The parser's rule for what GFM links without any mark: `https://…`, `www.…` and addresses of mail. */
import type StateInline from 'markdown-it/lib/rules_inline/state_inline.mjs';
import type { Env } from './markdown-grammar.ts';
import { matchAt } from './match-at.ts';

/** Where links may begin in a piece of text, in order; which of them do depends on the marks around them. */
export interface BareLinks {
  readonly source: string;
  readonly starts: readonly number[];
  /** Index of the first that is not yet passed. */
  next: number;
}

const OCCASION = /:\/\/|www\.|@/i;
/** A run of letters before an `@` is looked at once, from its start: it may be of any length. */
const BEGINS = /(?<![a-z])https?:\/\/|(?<![^\s(*_~[\]])www\.|(?<![\w.+/-])[\w.+-]+@/gi;

/** Hosts end at 253 characters. On GitHub their letters may be of any script. */
const HOST = /(?:https?:\/\/|(?=www\.[^\s!-/:-@[-`{-~]))([^\s!-/:-@[-`{-~][^\s!-,/:-@[-^`{-~]{0,252})/iy;
const REST = /(?:(?!\][([])[^\s<])*/y;
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/y;

/** Where links without marks may begin in a text; undefined for most. */
export function bareLinksIn(source: string): BareLinks | undefined {
  if (!OCCASION.test(source)) return undefined;
  const starts = [...source.matchAll(BEGINS)].map((match) => match.index);
  return starts.length === 0 ? undefined : { source, starts, next: 0 };
}

/** A link, where one begins, outside of others. What is in brackets is first looked over for the bracket that closes: then none is seen. */
export function bareLink(state: StateInline, silent: boolean): boolean {
  const env: Env = state.env;
  if (silent || env.links > 0 || nextStart(state) !== state.pos) return false;
  const link = linkAt(state.src.slice(0, state.posMax), state.pos);
  if (link === undefined) return false;
  const open = state.push('link_open', 'a', 1);
  open.attrs = [['href', targetOf(link)]];
  open.markup = 'bare';
  state.push('text', '', 0).content = link;
  state.push('link_close', 'a', -1);
  state.pos += link.length;
  return true;
}

/** The parser's rule for plain text, which would otherwise run over the start of a link. */
export function textUpToBareLink(
  text: (state: StateInline, silent: boolean) => boolean,
  state: StateInline,
  silent: boolean,
): boolean {
  const start = silent ? undefined : nextStart(state);
  if (start === undefined || start >= state.posMax) return text(state, silent);
  const { posMax } = state;
  state.posMax = start;
  const found = text(state, silent);
  state.posMax = posMax;
  return found;
}

/** The parser goes through a text once; an image's words are a text of their own. */
function nextStart({ env, src, pos }: StateInline): number | undefined {
  const { bareLinks }: Env = env;
  if (bareLinks?.source !== src) return undefined;
  while ((bareLinks.starts[bareLinks.next] ?? pos) < pos) bareLinks.next++;
  return bareLinks.starts[bareLinks.next];
}

function targetOf(link: string): string {
  if (/^https?:\/\//i.test(link)) return link;
  return /^www\./i.test(link) ? `http://${link}` : `mailto:${link}`;
}

function linkAt(text: string, start: number): string | undefined {
  const host = matchAt(HOST, text, start);
  if (host?.[1] !== undefined) {
    const rest = hasUnderscore(host[1]) ? undefined : matchAt(REST, text, start + host[0].length)?.[0];
    return rest === undefined ? undefined : withoutTrail(host[0] + rest);
  }
  const mail = matchAt(MAIL, text, start)?.[0];
  return mail === undefined || /[\d_-]$/.test(mail) ? undefined : mail;
}

/** Whether one of the last two parts of a host has an underscore, so that it is none. */
function hasUnderscore(host: string): boolean {
  return host
    .replace(/[._]+$/, '')
    .split('.')
    .slice(-2)
    .some((part) => part.includes('_'));
}

const TRAILING = new Set('!"\'),.:;?]_*~');

/** Punctuation at its end belongs to the sentence, and so does a bracket that was not opened. */
function withoutTrail(address: string): string {
  let end = address.length;
  let unopened = address.split(')').length - address.split('(').length;
  for (;;) {
    const last = address[end - 1] ?? '';
    if (!TRAILING.has(last) || (last === ')' && unopened-- <= 0)) return address.slice(0, end);
    end -= last === ';' ? (/&[a-z]+;$/i.exec(address.slice(Math.max(end - 40, 0), end))?.[0].length ?? 1) : 1;
  }
}
