/** Whether what runs is still maintained: each thing held against the table of lifecycles, and one answer for all. Pure. */
import { type Lifecycle, lifecycleOf } from '../../lifecycles/lifecycle.ts';
import type { Assessment, Place, Problem } from '../../model.ts';
import { contradicted, unknown, verified } from '../define.ts';
import { distinct } from '../places.ts';
import { type Forms, share } from '../shares.ts';
import { shortened } from '../words.ts';
import type { Running } from './running.ts';

/** A thing that runs, with what the table says of it. */
export interface Judged {
  readonly running: Running;
  readonly lifecycle: Lifecycle;
}

/** What the table says of each on a day. */
export function judged(all: readonly Running[], asOf: string): readonly Judged[] {
  return all.map((running) => ({
    running,
    lifecycle:
      running.version === undefined
        ? { state: 'unknown', because: `${running.shown}: ${running.open ?? 'no version is given'}` }
        : lifecycleOf(running.product, running.version, asOf),
  }));
}

const STANDS: Forms = ['is maintained', 'are maintained'];
const KNOWN: Forms = ['is known to be maintained', 'are known to be maintained'];

/** How an answer speaks of the things. */
export interface Wording {
  readonly noun: Forms;
  readonly fix: string;
  /** What else has to be said, e.g. what was set aside; begins with `; ` or is empty. */
  readonly besides: string;
}

/** One answer: contradicted by what has ended, unknown where something cannot be told, else verified. */
export function maintained(all: readonly Judged[], asOf: string, { noun, fix, besides }: Wording): Assessment {
  const fine = all.filter(({ lifecycle: { state } }) => state === 'supported' || state === 'extended');
  const ended = all.filter(({ lifecycle: { state } }) => state === 'ended');
  const open = all.flatMap(({ running, lifecycle }) =>
    lifecycle.state === 'unknown' ? [{ at: running.at, because: lifecycle.because }] : [],
  );
  const known = [...new Set(fine.map(spoken))];
  const told = known.length > 0 ? `: ${shortened(known, 4)}` : '';
  const hidden = [...new Set(open.map(({ because }) => because))];
  const untold = hidden.length > 0 ? `; not told: ${shortened(hidden, 3)}` : '';
  const because = `${share(fine.length, all.length, noun, open.length > 0 && ended.length === 0 ? KNOWN : STANDS)}${told}${untold}${besides}`;
  const evidence = distinct(fine.map(({ running }) => running.at)).slice(0, 10);
  if (ended.length > 0)
    return contradicted(
      because,
      ended.flatMap((it) => problemOf(it, fix, asOf)),
      { evidence },
    );
  if (open.length > 0)
    return unknown(because, {
      evidence: citing(
        evidence,
        open.map(({ at }) => at),
      ),
    });
  return verified(because, evidence);
}

function citing(some: readonly Place[], more: readonly Place[]): readonly Place[] {
  return distinct([...some, ...more]).slice(0, 10);
}

/** "Node.js 24 until 2028-04-30". */
function spoken({ running, lifecycle }: Judged): string {
  if (lifecycle.state === 'unknown') return lifecycle.because;
  const { state, title, end, extendedEnd, checked } = lifecycle;
  const built = running.how === 'compiles with' ? ', which it compiles with,' : '';
  if (state === 'extended')
    return `${title}${built} by long-term support until ${extendedEnd}, its makers' own ended on ${end}`;
  return end === undefined ? `${title}${built} without an end named by ${checked}` : `${title}${built} until ${end}`;
}

function problemOf({ running, lifecycle }: Judged, fix: string, asOf: string): readonly Problem[] {
  if (lifecycle.state !== 'ended') return [];
  const { title, end, extended, extendedEnd } = lifecycle;
  const when = end === undefined ? 'has ended long ago' : `ended on ${end}`;
  const longer =
    extendedEnd === undefined
      ? ''
      : extended === 'paid'
        ? `; those who pay for it ${extendedEnd < asOf ? 'had' : 'have'} support until ${extendedEnd}`
        : `, and its long-term support on ${extendedEnd}`;
  return [
    {
      message: `${running.at.path} ${running.how} ${running.shown}, and support of ${title} ${when}${longer}`,
      at: running.at,
      fix,
      subject: `${running.at.path}/${running.product}`,
    },
  ];
}
