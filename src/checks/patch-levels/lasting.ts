/** Whether the support of what runs lasts beyond a day. Pure. */
import type { Assessment, Problem } from '../../model.ts';
import { contradicted, notApplicable, unknown, verified } from '../define.ts';
import { distinct } from '../places.ts';
import { counted, shortened } from '../words.ts';
import { type Judged, untold, withTarget } from './maintained.ts';

/** One answer for all that runs; `limit` is the ISO day beyond which support has to last. */
export function lasting(all: readonly Judged[], limit: string): Assessment {
  const short = all.flatMap((it) => (isShort(it, limit) ? [it] : []));
  const long = all.filter((it) => it.lifecycle.state === 'supported' && !isShort(it, limit));
  const ended = all.filter(({ lifecycle }) => lifecycle.state === 'ended');
  const isOpen = all.some(({ lifecycle }) => lifecycle.state === 'unknown');
  const past = ended.length > 0 ? `; that of ${counted(ended.length, 'other')} has ended already` : '';
  const because = `${share(short, long, all.length, limit)}${past}${untold(all)}`;
  const evidence = distinct(long.map(({ running }) => running.at)).slice(0, 10);
  if (short.length > 0)
    return contradicted(
      because,
      short.flatMap((it) => problemOf(it, limit)),
      { evidence },
    );
  const places = distinct(all.map(({ running }) => running.at)).slice(0, 10);
  if (isOpen) return unknown(because, { evidence: places });
  if (long.length === 0)
    return notApplicable('support of all that the service runs on has ended already', { evidence: places });
  return verified(because, evidence);
}

/** What does not last first, where there is any. */
function share(short: readonly Judged[], long: readonly Judged[], total: number, limit: string): string {
  const [some, verb] = short.length > 0 ? [short, 'does not last'] : [long, 'lasts'];
  const lasts = short.length > 0 && long.length > 0 ? `; that of others does: ${namesOf(long)}` : '';
  const names = some.length > 0 ? `: ${namesOf(some)}` : '';
  return `support of ${some.length} of ${counted(total, 'release')} ${verb} beyond ${limit}${names}${lasts}`;
}

function namesOf(some: readonly Judged[]): string {
  const names = some.flatMap(({ lifecycle }) => (lifecycle.state === 'unknown' ? [] : [spoken(lifecycle)]));
  return shortened([...new Set(names)], 4);
}

/** Whether its makers' support has not ended for everybody, and will have by the day. */
function isShort({ lifecycle }: Judged, limit: string): boolean {
  return lifecycle.state === 'extended' || (lifecycle.state === 'supported' && !isBeyond(lifecycle.end, limit));
}

/** A cycle without an end that anybody has named is not about to end. */
function isBeyond(end: string | undefined, limit: string): boolean {
  return end === undefined || end > limit;
}

function spoken({ title, end, checked }: { title: string; end?: string; checked: string }): string {
  return end === undefined ? `${title} without an end named by ${checked}` : `${title} until ${end}`;
}

function problemOf({ running, lifecycle }: Judged, limit: string): readonly Problem[] {
  if (lifecycle.state === 'unknown') return [];
  const { state, title, end, extended, extendedEnd } = lifecycle;
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
