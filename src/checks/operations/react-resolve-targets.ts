/** Assesses whether times to react and to resolve are set for each class of errors, and met. */
import { addDays, days, milliseconds } from '../../dates.ts';
import type { Place } from '../../model.ts';
import { duration as inWords } from '../arithmetic.ts';
import { unclaimed } from '../claimed.ts';
import { assessed, declared, defineCheck, missing, unknown } from '../define.ts';
import { duration, integer } from '../params.ts';
import { failing, type Part, together } from '../parts.ts';
import { severityParams } from '../severity.ts';
import { counted, listed } from '../words.ts';
import { type Incident, listedSince } from './incident-list.ts';

const CLASSES = ['critical', 'major', 'standard'] as const;
const PHASES = ['react', 'resolve'] as const;

/** One time that was measured. */
interface Measured {
  readonly ms: number;
  readonly what: string;
  readonly at: Place;
}

export const check = defineCheck({
  summary:
    'Asks for `react` and `resolve` of every class in `error_classes`, and holds them against each incident of the list by its final severity, and against the weekly columns of a class (`time_to_resolve_critical`). A column for all classes together hides the worst ones and does not count.',
  needs: ['incidents', 'ops-stats', 'references'],
  params: {
    met: integer('Share of incidents of a class, in percent, that are within the target.', 90, 1),
    look_back: duration('Over which time incidents are looked at.', '365d'),
    ...severityParams,
  },
  assess(subject) {
    const { claims, manifest, evidence, params, asOf, at } = subject;
    const lacking = CLASSES.flatMap((name) =>
      PHASES.filter((phase) => claims.error_classes?.[name]?.[phase] === undefined).map((phase) => ({ name, phase })),
    );
    if (lacking.length === CLASSES.length * PHASES.length)
      return missing(`${unclaimed(manifest, 'times to react and to resolve')} for any class of errors`, [
        {
          message: 'nobody can say whether an incident took too long',
          ...(manifest.state !== 'absent' && { at: at('/error_classes') }),
          fix: 'Set `react` and `resolve` in `error_classes` for critical, major and standard.',
          subject: 'error_classes',
        },
      ]);
    if (lacking.length > 0)
      return missing(
        `${counted(lacking.length, 'time')} of 6 ${lacking.length === 1 ? 'is' : 'are'} not set: ${listed(lacking.map(({ name, phase }) => `${phase} of ${name}`))}`,
        lacking.map(({ name, phase }) => ({
          message: `\`error_classes.${name}.${phase}\` is not set`,
          at: at(`/error_classes/${name}`),
          fix: 'Agree on a time with those who are on call and those who depend on it.',
          subject: `${name}.${phase}`,
        })),
      );
    const from = addDays(asOf, -(days(params.look_back) ?? 365));
    const listedOnes = listedSince(evidence.incidents.facts.incidents, from, asOf, claims, params);
    const rows = evidence['ops-stats'].facts.rows.filter(({ date }) => date >= from && date <= asOf);
    const [hidden] = [...evidence.incidents.unread, ...evidence['ops-stats'].unread];
    const parts = CLASSES.flatMap((name) =>
      PHASES.flatMap((phase) => {
        const target = milliseconds(claims.error_classes?.[name]?.[phase] ?? '') ?? 0;
        const weekly = rows.flatMap(({ values, date, at: place }) => {
          const ms = values[`time_to_${phase}_${name}`];
          return ms === undefined ? [] : [{ ms, what: `the week of ${date}`, at: place }];
        });
        const its = listedOnes.filter((it) => it.class === name);
        const single = its.flatMap((it) => timed(it, phase));
        return [
          judged({
            name,
            phase,
            target,
            times: single.length > 0 ? single : weekly,
            untimed: its.filter((it) => timed(it, phase).length === 0),
            met: params.met,
          }),
        ];
      }),
    );
    const failed = parts.some(({ standing }) => standing === 'contradicted');
    if (hidden && !failed)
      return unknown(`the targets are set; but ${hidden.at.path} cannot be relied upon: ${hidden.detail}`, {
        claim: at('/error_classes'),
        evidence: [hidden.at],
      });
    const fault = evidence['ops-stats'].facts.faults.find(
      ({ of, date }) =>
        /^(?:week|file|time_to_re\w+_(?:critical|major|standard))$/.test(of) && (date === undefined || date >= from),
    );
    if (fault && !failed)
      return unknown(`the targets are set; but not every time can be relied upon: ${fault.message}`, {
        claim: at('/error_classes'),
        evidence: [fault.at],
      });
    const words = parts.flatMap((part) => part.words ?? []);
    if (words.length === 0)
      return declared(
        'all six times are set; no record tells how long an incident of a class took',
        at('/error_classes'),
      );
    return parts.every(({ standing }) => standing === 'not-applicable')
      ? assessed('declared', words.join('; '), { claim: at('/error_classes') })
      : together(parts, words.join('; '), at('/error_classes'));
  },
});

function timed(incident: Incident, phase: (typeof PHASES)[number]): readonly Measured[] {
  const ms = phase === 'react' ? incident.reactMs : incident.resolveMs;
  return ms === undefined ? [] : [{ ms, what: incident.label, at: incident.at }];
}

interface Asked {
  readonly name: (typeof CLASSES)[number];
  readonly phase: (typeof PHASES)[number];
  readonly target: number;
  readonly times: readonly Measured[];
  readonly untimed: readonly Incident[];
  readonly met: number;
}

function judged({ name, phase, target, times, untimed, met }: Asked): Part & { readonly words?: string } {
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
