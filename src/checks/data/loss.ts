/** How much data the loss of a store costs at most, by what saves it: arithmetic over schedules. Pure. */
import { humanDuration, milliseconds } from '../../dates.ts';
import { isKnown } from '../../evidence/known.ts';
import { greatestGap } from '../../evidence/stores/greatest-gap.ts';
import type { Backup } from '../../evidence/stores/store.ts';

/** The greatest loss, in milliseconds, and how it comes about; `why` where it cannot be told. */
export type Loss = { readonly most: number; readonly said: string } | { readonly why: string };

/** By one backup alone. */
function lossOf({ means, by, lag, schedule, dialect, zone }: Backup): Loss {
  if (means === 'versions') return { most: 0, said: `${by} keeps what is overwritten` };
  if (means === 'continuous') {
    const most = lag && milliseconds(lag.most);
    return most === undefined
      ? { why: `how far ${by} lags behind` }
      : { most, said: `${by} archives changes every ${humanDuration(most)} (${lag?.source})` };
  }
  if (!schedule) return { why: `when ${by} runs` };
  if (!isKnown(schedule)) return { why: `when ${by} runs (${schedule.opaque})` };
  return scheduled(schedule.value, by, dialect, zone);
}

/** By a schedule that is written down. */
export function scheduled(written: string, by: string, dialect: Backup['dialect'] = 'unix', zone?: string): Loss {
  const gap = greatestGap(written, dialect, zone);
  return gap
    ? { most: gap.milliseconds, said: `${by}: ${gap.said}` }
    : { why: `what the schedule "${written.slice(0, 60)}" of ${by} means` };
}

/** The least of all losses that can be told, for each backup can be restored. */
export function leastLoss(backups: readonly Backup[]): {
  readonly least?: Extract<Loss, { most: number }>;
  readonly open: readonly string[];
} {
  const losses = backups.map(lossOf);
  const told = losses.flatMap((it) => ('most' in it ? [it] : []));
  const [least] = told.sort((a, b) => a.most - b.most);
  return { ...(least && { least }), open: losses.flatMap((it) => ('why' in it ? [it.why] : [])) };
}
