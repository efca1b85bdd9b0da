/** What people write about an exception in words: the reason, and in it who answers for it and until when. */
import { day, text } from '../values.ts';
import type { Exception } from './exception.ts';

/** What was said. */
export type Said = Pick<Exception, 'reason' | 'owner' | 'until' | 'unclearUntil'>;

const OWNER = /\bowner\s{0,3}[:=]\s{0,3}([^\s,;()]{1,80})|(?:^|\s)(@[\w-]{1,40}(?:\/[\w-]{1,40})?)(?=[\s,;:.)]|$)/i;
const UNTIL =
  /\b(?:until|expires?|exp|ends?|review(?:ed)? by|valid (?:until|to))\s{0,3}[:=]?\s{0,3}(?:on\s{1,3})?(\d{4}-\d{2}-\d{2})/i;

/** Takes a comment or a reason apart. */
export function saidIn(words: unknown): Said {
  const said = text(words) ?? '';
  const [named, labelled, handle] = OWNER.exec(said) ?? [];
  const [dated, end] = UNTIL.exec(said) ?? [];
  const rest = text(without(without(said, named), dated).replace(/^[\s,;:.-]+|[\s,;:-]+$/g, ''));
  const owner = labelled ?? handle;
  return {
    ...(rest !== undefined && { reason: rest }),
    ...(owner !== undefined && { owner }),
    ...(end !== undefined && ending(end)),
  };
}

function without(words: string, part: string | undefined): string {
  return part === undefined ? words : words.replace(part, ' ');
}

/** The end of an exception from a field of its own; what is no date is kept as it is written. */
export function ending(value: unknown): Pick<Exception, 'until' | 'unclearUntil'> {
  const on = day(value);
  if (on !== undefined) return { until: on };
  const written = text(value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value);
  return written === undefined ? {} : { unclearUntil: written };
}

/** Lines above one, and what stands behind it, that are comments. */
export function commentAt(lines: readonly string[], index: number): string {
  const behind = /(?:^|[\s,"'\]}])#\s?(.*)$/.exec((lines[index] ?? '').slice(0, 2000))?.[1];
  if (behind !== undefined && !/^\s*#/.test(lines[index] ?? '')) return behind;
  const above: string[] = [];
  for (let at = index - 1; at >= 0 && above.length < 12; at -= 1) {
    const [, comment] = /^\s{0,40}(?:-\s)?#+\s?(.*)$/.exec((lines[at] ?? '').slice(0, 2000)) ?? [];
    if (comment === undefined) break;
    above.unshift(comment);
  }
  return above.join(' ');
}
