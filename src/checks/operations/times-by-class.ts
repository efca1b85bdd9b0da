/** Times that incidents of a class took, held against the target of that class. Pure. */
import type { Place } from '../../model.ts';
import { duration as inWords } from '../arithmetic.ts';
import { failing, type Part } from '../parts.ts';
import { counted } from '../words.ts';
import type { Incident } from './incident-list.ts';

/** Classes of errors, and the two times each has a target for. */
export const CLASSES = ['critical', 'major', 'standard'] as const;
/** Until somebody works on it, and until it is over. */
export const PHASES = ['react', 'resolve'] as const;

/** One time that was measured. */
interface Measured {
  readonly ms: number;
  readonly what: string;
  readonly at: Place;
}

/** What stands about one class and phase, and the words for it where something was measured. */
export interface Judged extends Part {
  readonly words?: string;
}

/** The time an incident took, where it says so. */
export function timed(incident: Incident, phase: (typeof PHASES)[number]): readonly Measured[] {
  const ms = phase === 'react' ? incident.reactMs : incident.resolveMs;
  return ms === undefined ? [] : [{ ms, what: incident.label, at: incident.at }];
}

/** What is asked of one class and phase. */
export interface Asked {
  readonly name: (typeof CLASSES)[number];
  readonly phase: (typeof PHASES)[number];
  readonly target: number;
  readonly times: readonly Measured[];
  readonly untimed: readonly Incident[];
  readonly met: number;
}

/** Holds the times of one class and phase against their target. */
export function judged({ name, phase, target, times, untimed, met }: Asked): Judged {
  const late = times.filter(({ ms }) => ms > target);
  const inTime = times.length - late.length;
  const subject = `${name} ${phase}`;
  if (times.length > 0 && inTime * 100 < met * times.length)
    return {
      ...failing('contradicted', { message: '', subject }),
      problems: late.slice(0, 5).map(({ ms, what, at }) => ({
        message: `${what} took ${inWords(ms, target)} to ${phase}, where ${inWords(target, ms)} is promised for ${name} errors`,
        at,
        fix: 'Find out what took the time, and mend it or the promise.',
        subject: `${subject} ${what}`,
      })),
      words: `${name}: ${inTime} of ${times.length} in time to ${phase}`,
    };
  const [first] = untimed;
  if (first)
    return {
      ...failing('unknown', {
        message: `${counted(untimed.length, `${name} incident`)} ${untimed.length === 1 ? 'does' : 'do'} not say how long it took to ${phase}`,
        at: first.at,
        fix: 'Record when each began, was reacted to and was over, with the hour.',
        subject,
      }),
      words: `${name}: time to ${phase} of ${untimed.length} not known`,
    };
  if (times.length === 0) return { standing: 'not-applicable' };
  return {
    standing: 'verified',
    evidence: times.map(({ at }) => at).slice(0, 5),
    words: `${name}: ${inTime} of ${times.length} in time to ${phase}`,
  };
}
