/** `gonogo check --watch`: judges again whenever a file is saved, gathers anew only what that could have altered, and says what got better or worse. */
import { realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { compareReports } from '../compare/compare.ts';
import { type Memory, openMemory } from '../evidence/memory.ts';
import { InputError } from '../input-error.ts';
import type { Report, RuleChange, Supplement } from '../model.ts';
import { type Seen, watchTree } from '../repo/watch-tree.ts';
import { visible } from '../report/escape-terminal.ts';
import { counted } from '../report/words.ts';
import { judgeRepository, type Options } from '../run.ts';
import type { Destination } from './destinations.ts';
import type { GateFlags } from './gate.ts';
import { sentence } from './guarded.ts';
import { optionsFrom } from './options.ts';
import { placesStart } from './places-start.ts';
import type { RecordFlags } from './record.ts';
import { type ShowFlags, show } from './show.ts';
import { complain, print } from './streams.ts';
import { openWorkspace } from './workspace.ts';

/** Flags that bear on it. */
export type WatchFlags = GateFlags & ShowFlags & RecordFlags;

/** How long it is waited for further files of the same save, in milliseconds. */
const SETTLE = 60;
/** Most names that one line lists. */
const NAMED = 3;
const CLEAR = '\u001B[2J\u001B[3J\u001B[H';

/** Judges until it is interrupted; settles with the exit code of the signal. Throws where the first judgement fails. */
export async function watchAndJudge(
  path: string,
  flags: WatchFlags,
  destinations: readonly Destination[],
  supplements: readonly Supplement[],
): Promise<number> {
  refuseOthers(flags, destinations);
  const { folder = '.' } = await openWorkspace(path, flags);
  const own = new Set(destinations.flatMap(({ file }) => (file === undefined ? [] : [pathIn(folder, file)])));
  const round = judging(path, { ...flags, force: true }, destinations, supplements);
  return new Promise((finish, fail) => {
    // What is saved while the first judgement is made is judged too.
    let seen: Seen[] = [];
    let timer: NodeJS.Timeout | undefined;
    let busy = true;
    const watch = watchTree(
      realpathSync(folder),
      (it) => {
        if (it !== 'references' && own.has(it.path)) return;
        seen.push(it);
        clearTimeout(timer);
        timer = setTimeout(() => void next(), SETTLE);
      },
      (error) =>
        stop(() => fail(new InputError(`it cannot be watched any more: ${error.message}`, path, 'start again'))),
    );
    const stop = (end: () => void): void => {
      clearTimeout(timer);
      void watch.close().then(end);
    };
    const begin = async (): Promise<void> => {
      await watch.ready;
      await round([]);
      complain('Waiting for a file to be saved; Ctrl-C ends.\n');
      busy = false;
      await next();
    };
    const next = async (): Promise<void> => {
      if (busy || seen.length === 0) return;
      const now = seen;
      seen = [];
      busy = true;
      try {
        await round(now);
      } catch (error) {
        if (!(error instanceof InputError)) return stop(() => fail(error));
        complain(sentence(error));
      }
      busy = false;
      await next();
    };
    process.once('SIGINT', () => stop(() => finish(130)));
    process.once('SIGTERM', () => stop(() => finish(143)));
    begin().catch((error) => stop(() => fail(error)));
  });
}

function refuseOthers(flags: WatchFlags, destinations: readonly Destination[]): void {
  const { since, baseline, ratchet, policyRef, ref, record, live } = flags;
  const others = { since, baseline, ratchet, 'policy-ref': policyRef, ref, record, live };
  const other = Object.entries(others).find(([, it]) => it);
  if (other)
    throw new InputError('--watch judges the work tree as it is saved', `--${other[0]}`, 'leave one of the two out');
  const odd = destinations.find(({ format, file }) => file === undefined && format !== 'terminal');
  if (odd)
    throw new InputError(
      `one ${odd.format} report after another is no ${odd.format}`,
      '--watch',
      `give it a file, which is written anew each time: --format ${odd.format}=FILE`,
    );
}

/** A path as the watch calls it. */
function pathIn(folder: string, file: string): string {
  return relative(folder, resolve(file)).split(sep).join('/');
}

/** One judgement after another, each with a memory of the one before. */
function judging(
  path: string,
  flags: WatchFlags,
  destinations: readonly Destination[],
  supplements: readonly Supplement[],
): (seen: readonly Seen[]) => Promise<void> {
  let memory = openMemory();
  let before: { readonly report: Report; readonly options: Options } | undefined;
  return async (seen) => {
    const begun = performance.now();
    // A commit, a tag or another branch changes what history tells without changing a file.
    if (seen.includes('references')) memory = openMemory();
    const workspace = await openWorkspace(path, flags);
    const fresh = await optionsFrom(flags, workspace);
    const sameLaw = before && before.options.policy?.digest === fresh.policy?.digest;
    const reference = sameLaw ? before?.options.reference : fresh.reference;
    const options: Options = { ...fresh, ...(reference && { reference }), supplements, memory };
    const report = await judgeRepository(workspace, options);
    const milliseconds = performance.now() - begun;
    if (before && process.stdout.isTTY) print(CLEAR);
    await show(report, destinations, flags, placesStart(path, report.repo.dir ?? ''));
    if (before) complain(`${statusOf(before.report, report, seen, memory, milliseconds)}\n`);
    before = { report, options };
  };
}

/** What was saved, what that changed, and what it took. */
function statusOf(before: Report, now: Report, seen: readonly Seen[], memory: Memory, milliseconds: number): string {
  const { services } = compareReports(before, now, { what: 'report', name: 'the last save' });
  const rules = services.flatMap((it) => it.rules);
  const { all, kept } = memory.tally();
  const parts = [
    `after ${listed(savedIn(seen))}`,
    ...told('worse', rules),
    ...told('better', rules),
    before.verdict === now.verdict ? `still ${now.verdict}` : `${before.verdict} → ${now.verdict}`,
    `${all - kept} of ${all} kinds of evidence gathered anew, ${Math.round(milliseconds)} ms`,
  ];
  return parts.map(visible).join(' · ');
}

function savedIn(seen: readonly Seen[]): readonly string[] {
  return [...new Set(seen.map((it) => (it === 'references' ? "git's references" : it.path)))];
}

function told(way: RuleChange['direction'], rules: readonly RuleChange[]): readonly string[] {
  const names = rules.filter(({ direction }) => direction === way).map(({ rule }) => rule);
  return names.length === 0 ? [] : [`${way}: ${listed(names)}`];
}

function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  return [...names.slice(0, NAMED), ...(more > 0 ? [`${counted(more, 'other')}`] : [])].join(', ');
}
