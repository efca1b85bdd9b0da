/** `gonogo check --watch`: judges again whenever a file is saved, gathers anew only what that could have altered, and says what got better or worse. */
import { realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { compareReports } from '../compare/compare.ts';
import { type Memory, openMemory } from '../evidence/memory.ts';
import { InputError } from '../input-error.ts';
import type { Report, RuleChange, Supplement } from '../model.ts';
import type { Repo } from '../repo/repo.ts';
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
import { openWorkspace, realPath } from './workspace.ts';

/** Flags that bear on it. */
export type WatchFlags = GateFlags & ShowFlags & RecordFlags;

/** How long it is waited for further files of the same save, in milliseconds. */
const SETTLE = 60;
/** And how long at the most, where something is written all the time. */
const LONGEST = 1000;
/** Most names that one line lists. */
const NAMED = 3;
const CLEAR = '\u001B[2J\u001B[3J\u001B[H';

/** Judges until a signal ends the process, as it would any other. Throws where the first judgement fails, and where it cannot be watched any more. */
export async function watchAndJudge(
  path: string,
  flags: WatchFlags,
  destinations: readonly Destination[],
  supplements: readonly Supplement[],
): Promise<never> {
  refuseOthers(flags, destinations);
  const { folder = '.' } = await openWorkspace(path, flags);
  const own = new Set(destinations.flatMap(({ file }) => (file === undefined ? [] : [pathIn(folder, file)])));
  const round = judging(path, { ...flags, force: true }, destinations, supplements);
  return new Promise((_, fail) => {
    // What is saved while the first judgement is made is judged too.
    let seen: Seen[] = [];
    let since = 0;
    let timer: NodeJS.Timeout | undefined;
    let busy = true;
    const watch = watchTree(
      realpathSync(folder),
      (it) => {
        if (it !== 'references' && own.has(it.path)) return;
        if (seen.length === 0) since = performance.now();
        seen.push(it);
        clearTimeout(timer);
        timer = setTimeout(() => void next(), Math.min(SETTLE, Math.max(0, since + LONGEST - performance.now())));
      },
      (error) => stop(unwatchable(error, path)),
    );
    const stop = (error: unknown): void => {
      clearTimeout(timer);
      void watch.close().then(() => fail(error));
    };
    const begin = async (): Promise<void> => {
      await watch.ready;
      await round([]);
      complain('Waiting for a file to be saved; Ctrl-C ends.\n');
      busy = false;
      await next();
    };
    const next = async (): Promise<void> => {
      if (busy) return;
      busy = true;
      while (seen.length > 0) {
        const now = seen;
        seen = [];
        try {
          await round(now);
        } catch (error) {
          if (!(error instanceof InputError)) return stop(error);
          complain(sentence(error));
        }
      }
      busy = false;
    };
    begin().catch(stop);
  });
}

/** Each file and folder takes one of the system's watches. */
function unwatchable({ message, code }: NodeJS.ErrnoException, path: string): InputError {
  if (code === 'ENOSPC' || code === 'EMFILE')
    return new InputError(
      'there are more files than the system lets one watch',
      path,
      'raise its limit (Linux: sysctl fs.inotify.max_user_watches and max_user_instances), or run check without --watch',
    );
  return new InputError(`it cannot be watched any more: ${message}`, path, 'start again');
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
  return relative(folder, realPath(file)).split(sep).join('/');
}

/** One judgement after another, each with a memory of the one before. */
function judging(
  path: string,
  flags: WatchFlags,
  destinations: readonly Destination[],
  supplements: readonly Supplement[],
): (seen: readonly Seen[]) => Promise<void> {
  const memory = openMemory();
  let before: { readonly report: Report; readonly options: Options } | undefined;
  let state: State | undefined;
  return async (seen) => {
    const begun = performance.now();
    const workspace = await openWorkspace(path, flags);
    const earlier = state;
    state = stateOf(workspace.repo);
    const changes = earlier ? changesIn(seen, earlier, state) : [];
    if (earlier && changes.length === 0) return;
    const fresh = await optionsFrom(flags, workspace);
    const sameLaw = before && before.options.policy?.digest === fresh.policy?.digest;
    const reference = sameLaw ? before?.options.reference : fresh.reference;
    const options: Options = { ...fresh, ...(reference && { reference }), supplements, memory };
    const report = await judgeRepository(workspace, options);
    const milliseconds = performance.now() - begun;
    if (before && process.stdout.isTTY) print(CLEAR);
    await show(report, destinations, flags, placesStart(path, report.repo.dir ?? ''));
    if (before) complain(`${statusOf(before.report, report, changes, memory, milliseconds)}\n`);
    before = { report, options };
  };
}

/** What is there to be judged. */
interface State {
  readonly listed: ReadonlySet<string>;
  readonly listing: string;
  readonly git: string;
}

function stateOf(repo: Repo): State {
  const { files, skipped } = repo.list();
  return {
    listed: new Set([...files.map(({ path }) => path), ...skipped.map(({ at }) => at.path)]),
    listing: JSON.stringify([files, skipped]),
    git: JSON.stringify([repo.state(), repo.past?.()]),
  };
}

/** What was seen of that which is, or was, judged, in words: git writes its index when it is only looked at, and programs write logs. */
function changesIn(seen: readonly Seen[], before: State, now: State): readonly string[] {
  const paths = seen.flatMap((it) => (it === 'references' ? [] : [it.path]));
  const files = paths.filter((it) => before.listed.has(it) || now.listed.has(it));
  const git = seen.includes('references') && before.git !== now.git ? ["git's references"] : [];
  const names = [...new Set([...files, ...git])];
  return names.length === 0 && before.listing !== now.listing ? ['another folder'] : names;
}

/** What was saved, what that changed, and what it took. */
function statusOf(
  before: Report,
  now: Report,
  changes: readonly string[],
  memory: Memory,
  milliseconds: number,
): string {
  const { services } = compareReports(before, now, { what: 'report', name: 'the last save' });
  const rules = services.flatMap((it) => it.rules);
  const { all, kept } = memory.tally();
  const parts = [
    `after ${listed(changes)}`,
    ...told('worse', rules),
    ...told('better', rules),
    before.verdict === now.verdict ? `still ${now.verdict}` : `${before.verdict} → ${now.verdict}`,
    `${all - kept} of ${all} kinds of evidence gathered anew, ${Math.round(milliseconds)} ms`,
  ];
  return parts.map(visible).join(' · ');
}

function told(way: RuleChange['direction'], rules: readonly RuleChange[]): readonly string[] {
  const names = rules.filter(({ direction }) => direction === way).map(({ rule }) => rule);
  return names.length === 0 ? [] : [`${way}: ${listed(names)}`];
}

function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  return [...names.slice(0, NAMED), ...(more > 0 ? [`${counted(more, 'other')}`] : [])].join(', ');
}
