/** Whether what runs is still maintained: each thing held against the table of lifecycles, and one answer for all. Pure. */
import { type Lifecycle, lifecycleOf } from '../../lifecycles/lifecycle.ts';
import { longestAfter } from '../../lifecycles/longest.ts';
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
        ? { state: 'unknown', because: running.open ?? `${running.shown} gives no version` }
        : lifecycleOf(running.product, running.version, asOf),
  }));
}

const STANDS: Forms = ['is maintained', 'are maintained'];
const ENDED: Forms = ['is no longer maintained', 'are no longer maintained'];
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
  const open = all.filter(({ lifecycle: { state } }) => state === 'unknown');
  const known = [...new Set(fine.map(spoken))];
  const past = ended.length > 0 ? `: ${shortened([...new Set(ended.map(spokenEnd))], 4)}` : '';
  const told = known.length > 0 ? `${past}${ended.length > 0 ? '; maintained' : ''}: ${shortened(known, 4)}` : past;
  const [count, verb] = ended.length > 0 ? [ended.length, ENDED] : [fine.length, open.length > 0 ? KNOWN : STANDS];
  const because = `${share(count, all.length, noun, verb)}${told}${untold(all)}${besides}`;
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
        open.map(({ running }) => running.at),
      ),
    });
  return verified(because, evidence);
}

/** "Node.js 20 (ended on 2026-04-30)". */
function spokenEnd({ lifecycle }: Judged): string {
  if (lifecycle.state === 'unknown') return lifecycle.because;
  return lifecycle.end === undefined ? lifecycle.title : `${lifecycle.title} (ended on ${lifecycle.end})`;
}

/** A fix, and the release that is maintained longest beyond a day. */
export function withTarget(fix: string, { product, version }: Running, day: string): string {
  const target = version === undefined ? undefined : longestAfter(product, version, day);
  return target === undefined
    ? fix
    : `${fix.replace(/\.$/, '')}; of those known, ${target.title} is maintained longest, until ${target.end}.`;
}

/** What the table cannot tell and why, each reason once, as a clause that begins with `; `; empty where it tells all. */
export function untold(all: readonly Judged[]): string {
  const open = new Map<string, Set<string>>();
  for (const { running, lifecycle } of all)
    if (lifecycle.state === 'unknown') {
      const shown = open.get(lifecycle.because) ?? new Set<string>();
      open.set(lifecycle.because, running.version === undefined && running.open ? shown.add(running.shown) : shown);
    }
  const reasons = [...open].map(([why, shown]) => (shown.size > 0 ? `${why} (${shortened([...shown], 3)})` : why));
  return reasons.length > 0 ? `; not told: ${shortened(reasons, 3)}` : '';
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
      fix: withTarget(fix, running, asOf),
      subject: `${running.at.path}/${running.product}`,
    },
  ];
}
