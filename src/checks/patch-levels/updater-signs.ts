/** Which tracks in the history show an updater at work. Pure. */
import type { Facts as History } from '../../evidence/history.ts';
import { isWrittenByTools } from '../../evidence/lockfiles/formats.ts';
import type { Unread } from '../../model.ts';
import { counted } from '../words.ts';
import { toolsIn } from './updater-words.ts';

/** Something that an updater does was done. */
export interface Sign {
  /** E.g. "dependabot[bot] committed", to be followed by "on" and the day. */
  readonly what: string;
  /** ISO day. */
  readonly on: string;
  /** The file that changed. */
  readonly path?: string;
}

/** The newest commit of an updater, of these tools where some are named. */
export function newestUpdate(history: History | undefined, tools: readonly string[] = []): Sign | undefined {
  const all = (history?.updates ?? []).filter(({ tool }) => tools.length === 0 || tools.includes(tool));
  const signs = all.map(
    ({ tool, author, newest }): Sign => ({
      what: author === undefined ? `a branch of ${toolsIn([{ tool }])} was merged` : `${author} committed`,
      on: newest.slice(0, 10),
    }),
  );
  return newestOf(signs);
}

/** The latest of some. */
export function newestOf(signs: readonly (Sign | undefined)[]): Sign | undefined {
  return signs
    .flatMap((it) => it ?? [])
    .reduce<Sign | undefined>((best, it) => (best === undefined || it.on > best.on ? it : best), undefined);
}

/** Whether a clone ends before the history does, so that what is not seen says nothing. */
export function isShallow(unread: readonly Unread[]): boolean {
  return unread.some(({ reason }) => reason === 'shallow');
}

/** What to do about that. */
export const WHOLE_HISTORY = 'Check out the whole history, e.g. `fetch-depth: 0` for actions/checkout.';

/** The newest change of a lockfile, but for those of many files at once. */
export function newestLock({ touched }: History): Sign | undefined {
  const signs = Object.entries(touched).flatMap(([path, { date, bulk }]): readonly Sign[] =>
    !bulk && isWrittenByTools(path) ? [{ what: `${path} changed`, on: date.slice(0, 10), path }] : [],
  );
  return newestOf(signs);
}

/** "6 days ago". */
export function ago(age: number): string {
  if (age < 0) return 'later than the day asked about';
  return age === 0 ? 'the same day' : `${counted(age, 'day')} ago`;
}
