/** What can be wrong with one level of an escalation. Pure; knows the manifest's claims only. */
import { milliseconds } from '../../dates.ts';
import type { Claims } from '../../manifest/manifest.ts';
import { isSomebody } from './people.ts';

/** One level as the manifest gives it. */
export type Level = NonNullable<Claims['escalation']>[number];

/** The claims that a level may refer to. */
type People = Pick<Claims, 'leads' | 'oncall'>;

/** Trouble with a level, to which a check adds the place. */
interface Trouble {
  readonly message: string;
  readonly fix: string;
  readonly subject: string;
}

/** Everything wrong with one level of a chain: who it is, whether that is someone new, and when it is called. */
export function levelTroubles(index: number, levels: readonly Level[], claims: People): readonly Trouble[] {
  const [level, before] = [levels[index], levels[index - 1]];
  if (!level) return [];
  const told = (what: string | undefined, about: string, fix: string): readonly Trouble[] =>
    what ? [{ message: `level ${index + 1} (${level.who}) ${what}`, fix, subject: `${level.who} ${about}` }] : [];
  const again = before?.who === level.who && level.contact === undefined;
  return [
    ...told(
      isSomebody(level.who) ? refersToNobody(level.who, claims) : 'is nobody',
      'who',
      'Name someone who can be reached, or add what the reference leads to.',
    ),
    ...told(
      again ? 'is the one who did not answer before' : undefined,
      'again',
      'Name someone else, or another way to reach them in `contact`.',
    ),
    ...told(
      before && timingTrouble(level, before),
      'when',
      'Give each level after the first an `after:` later than the one before.',
    ),
  ];
}

/** Why a `lead:` or `oncall:` reference leads to nobody; undefined when it leads somewhere or is a plain name. */
function refersToNobody(who: string, claims: People): string | undefined {
  const [kind, name = ''] = who.split(/:\s*/, 2);
  if (kind === 'oncall' && !claims.oncall) return 'is the on-call rota, and the manifest names none';
  if (kind !== 'lead') return undefined;
  return Object.hasOwn(claims.leads ?? {}, name)
    ? undefined
    : `is the lead of "${name}", and the manifest names no such lead`;
}

/** Why a level would never be reached, or not in its turn. */
function timingTrouble(level: Level, before: Level): string | undefined {
  if (level.after === undefined) return 'has no time, so nobody knows when it is called';
  const [now, then] = [milliseconds(level.after), milliseconds(before.after ?? '0m')];
  if (now === undefined || then === undefined || now > then) return undefined;
  return `is called after ${level.after}, not later than the level before (${before.after ?? '0m'})`;
}
