/** Whether the support of what runs lasts beyond a day. Pure. */
import type { Assessment, Problem } from '../../model.ts';
import { contradicted, notApplicable, unknown, verified } from '../define.ts';
import { distinct } from '../places.ts';
import { counted, shortened } from '../words.ts';
import { type Judged, untold, withTarget } from './maintained.ts';

/** One answer for all that runs; `limit` is the ISO day beyond which support has to last. */
export function lasting(all: readonly Judged[], limit: string): Assessment {
  const short = all.flatMap((it) => problemOf(it, limit));
  const long = all.filter(({ lifecycle }) => lifecycle.state === 'supported' && isBeyond(lifecycle.end, limit));
  const ended = all.filter(({ lifecycle }) => lifecycle.state === 'ended');
  const open = all.filter(({ lifecycle }) => lifecycle.state === 'unknown');
  const names = [
    ...new Set(long.flatMap(({ lifecycle }) => (lifecycle.state === 'supported' ? [spoken(lifecycle)] : []))),
  ];
  const told = names.length > 0 ? `: ${shortened(names, 4)}` : '';
  const past = ended.length > 0 ? `; that of ${counted(ended.length, 'other')} has ended already` : '';
  const because = `support of ${long.length} of ${counted(all.length, 'release')} lasts beyond ${limit}${told}${past}${untold(all)}`;
  const evidence = distinct(long.map(({ running }) => running.at)).slice(0, 10);
  if (short.length > 0) return contradicted(because, short, { evidence });
  const places = distinct(all.map(({ running }) => running.at)).slice(0, 10);
  if (open.length > 0) return unknown(because, { evidence: places });
  if (long.length === 0)
    return notApplicable('support of all that the service runs on has ended already', { evidence: places });
  return verified(because, evidence);
}

/** A cycle without an end that anybody has named is not about to end. */
function isBeyond(end: string | undefined, limit: string): boolean {
  return end === undefined || end > limit;
}

function spoken({ title, end, checked }: { title: string; end?: string; checked: string }): string {
  return end === undefined ? `${title} without an end named by ${checked}` : `${title} until ${end}`;
}

function problemOf({ running, lifecycle }: Judged, limit: string): readonly Problem[] {
  if (lifecycle.state !== 'supported' && lifecycle.state !== 'extended') return [];
  const { state, title, end, extended, extendedEnd } = lifecycle;
  if (state === 'supported' && isBeyond(end, limit)) return [];
  const own = state === 'extended' ? `ended on ${end}` : `ends on ${end}`;
  const longer =
    extendedEnd === undefined
      ? ''
      : `, ${extended === 'paid' ? 'support for those who pay' : 'free long-term support'} ends on ${extendedEnd}`;
  return [
    {
      message: `${running.at.path} ${running.how} ${running.shown}: its makers' support of ${title} ${own}${longer}`,
      at: running.at,
      fix: withTarget('Plan the move to a newer release now, with an owner and a day.', running, limit),
      subject: `${running.at.path}/${running.product}`,
    },
  ];
}
