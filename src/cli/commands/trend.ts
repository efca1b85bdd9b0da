/** `gonogo trend`: what got better and what got worse, between the audits of a store or along the commits of a repository. */
import type { Command } from 'commander';
import { TREND_FORMATS } from '../../generated/trend-formats.ts';
import { InputError } from '../../input-error.ts';
import type { Kept, Store, Trend } from '../../model-trend.ts';
import { shareTable } from '../../trends/shares.ts';
import { trendOf } from '../../trends/trend.ts';
import { type Window, windowOf } from '../../trends/window.ts';
import { canvasFor } from '../canvas.ts';
import { destinationsAmong } from '../destinations.ts';
import type { JudgingOptions } from '../options.ts';
import type { ShowFlags } from '../show.ts';
import { storeNeeded } from '../store.ts';
import { gitTrend } from '../trend-git.ts';
import { writePieces } from '../write-pieces.ts';

/** Options of `trend`, as commander leaves them. */
interface TrendFlags extends JudgingOptions, ShowFlags {
  readonly by: Trend['by'];
  readonly last?: number;
  readonly since?: string;
  readonly git?: string;
  readonly samples?: number;
}

/** Shows the trend; the exit code is 0 whatever it is. */
export async function trend(path: string, command: Command): Promise<void> {
  const flags = command.opts<TrendFlags>();
  if (flags.explainOptions)
    return (await import('../bundle-others.ts')).explainOptions(flags.git === undefined ? undefined : path, command);
  const destinations = destinationsAmong(TREND_FORMATS, flags.format);
  const found =
    flags.git === undefined
      ? await storedTrend(await storeNeeded(command), flags)
      : await gitTrend(path, flags.git, flags);
  await writePieces(destinations, async (format) => (await TREND_FORMATS[format]()).render, found, {
    canvas: canvasFor(flags),
    force: flags.force ?? false,
  });
}

async function storedTrend(store: Store, { by, last, since }: TrendFlags): Promise<Trend> {
  const runs = await store.runs();
  const window = windowOf(runs, { ...(last !== undefined && { last }), ...(since !== undefined && { since }) });
  if (!window)
    throw new InputError(
      runs.length < 2
        ? `a trend is between two audits, and the store holds ${runs.length === 1 ? 'one' : 'none'}`
        : `there is no audit after ${since}`,
      '--store',
      'keep a further one: gonogo audit --store',
    );
  return trendOver(store, window, by);
}

/** Of the runs between, only their shares are kept: thousands of services times dozens of runs need not fit into memory. */
async function trendOver(store: Store, { runs, since }: Window, by: Trend['by']): Promise<Trend> {
  const tables = [];
  const ends: Kept[] = [];
  for (const [index, run] of runs.entries()) {
    const kept = { run, lines: await store.lines(run.id) };
    tables.push(shareTable(kept, by));
    if (index === since || index === runs.length - 1) ends.push(kept);
  }
  const [before, after] = ends;
  if (!before || !after) throw new TypeError('a window has two ends');
  return trendOf({ what: 'runs', by, before, after, tables, since });
}
