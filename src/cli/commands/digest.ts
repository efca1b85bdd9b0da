/** `gonogo digest`: a week of an estate in one page, from the audits of a store. */
import type { Command } from 'commander';
import { addDays, days, isDate } from '../../dates.ts';
import { InputError } from '../../input-error.ts';
import type { Kept, Store } from '../../model-trend.ts';
import { writeFileSafely } from '../../repo/write.ts';
import { digestHtml } from '../../report/digest-html.ts';
import { digestMarkdown } from '../../report/digest-markdown.ts';
import { digestFrom } from '../../trends/digest.ts';
import { heldAgainst } from '../../trends/window.ts';
import { storeNeeded } from '../store.ts';
import { print } from '../streams.ts';
import { type YardstickFlags, yardstickHere } from '../yardstick.ts';

/** Flags of `digest`. */
interface DigestFlags extends YardstickFlags {
  readonly since: string;
  readonly format: 'markdown' | 'html';
  readonly out?: string;
  readonly force?: boolean;
}

const RENDER = { markdown: digestMarkdown, html: digestHtml } as const;

/** Audits that are looked back upon at most: a year, week by week. */
const MOST_RUNS = 53;

/** Writes the page; the exit code is 0 whatever it says. */
export async function digest(command: Command): Promise<void> {
  const flags = command.opts<DigestFlags>();
  const { policy } = await yardstickHere(flags);
  const store = await storeNeeded(command);
  try {
    const kept = await keptIn(store);
    const now = kept.at(-1);
    if (!now) throw new InputError('the store holds no audit', '--store', 'keep one first: gonogo audit --store');
    const earlier = kept.slice(0, -1);
    const before = heldAgainst(earlier, dayFrom(flags.since, now.run.asOf));
    const page = digestFrom({ now, ...(before && { before }), earlier, ...(policy?.focus && { focus: policy.focus }) });
    const text = RENDER[flags.format](page);
    if (flags.out === undefined || flags.out === '-') print(text);
    else writeFileSafely(flags.out, text, { force: flags.force ?? false });
  } finally {
    await store.close();
  }
}

async function keptIn(store: Store): Promise<readonly Kept[]> {
  const kept: Kept[] = [];
  for (const run of (await store.runs()).slice(-MOST_RUNS)) kept.push({ run, lines: await store.lines(run.id) });
  return kept;
}

function dayFrom(since: string, asOf: string): string {
  if (isDate(since)) return since;
  const back = days(since);
  if (back === undefined)
    throw new InputError(`"${since}" is neither a day nor a time`, '--since', 'write e.g. 7d, 2w or 2026-11-01');
  return addDays(asOf, -back);
}
