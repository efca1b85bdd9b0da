/** How the rules on updaters speak of them, and which of an updater's tracks in the history count. Words and choices only. */
import type { Facts as History } from '../../evidence/history.ts';
import type { Updater } from '../../evidence/updaters/updater.ts';
import type { Place, Problem, Unread } from '../../model.ts';
import { counted, listed } from '../words.ts';

const NAMES: Readonly<Record<Updater['tool'], string>> = { dependabot: 'Dependabot', renovate: 'Renovate' };

/** "Dependabot and Renovate", each once. */
export function toolsIn(updaters: readonly Pick<Updater, 'tool'>[]): string {
  return listed([...new Set(updaters.map(({ tool }) => NAMES[tool]))]);
}

/** Names of the presets of others that decide what it does. */
export function presetsOf(updaters: readonly Updater[]): readonly string[] {
  return [...new Set(updaters.flatMap(({ presets }) => presets.flatMap(({ known, target }) => (known ? [] : target))))];
}

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
      what: author === undefined ? `a branch of ${NAMES[tool]} was merged` : `${author} committed`,
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

/** What each proposes, or why it proposes none. */
export function shown(active: readonly Updater[], off: readonly Updater[]): string {
  const idle = off.map((it) => `${toolsIn([it])} proposes none: ${it.inactive ?? 'it is switched off'}`);
  const on = active.map((it) => `${toolsIn([it])} proposes newer versions${watching(it)}`);
  return [...on, ...idle].join('; ');
}

function watching({ watched }: Updater): string {
  const at = watched.filter(({ idle }) => idle === undefined).length;
  if (watched.length === 0) return '';
  return at === watched.length ? ` for ${counted(at, 'entry', 'entries')}` : ` for ${at} of ${watched.length} entries`;
}

/** The problem with one that proposes nothing. */
export function idleProblem({ tool, inactive, at }: Updater): Problem {
  return {
    message: `${toolsIn([{ tool }])} proposes nothing: ${inactive ?? 'it is switched off'}`,
    at,
    fix: 'Take away what keeps it from proposing version updates, or configure the other tool.',
    subject: tool,
  };
}

/** Where their configurations are. */
export function places(updaters: readonly Updater[]): readonly Place[] {
  return updaters.map(({ at }) => at);
}
