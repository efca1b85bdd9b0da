/** How the rules on updaters speak of them. Words only. */
import type { Updater } from '../../evidence/updaters/updater.ts';
import type { Place, Problem } from '../../model.ts';
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
