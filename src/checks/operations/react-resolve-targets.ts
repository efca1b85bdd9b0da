/** Assesses whether times to react and to resolve are set for each class of errors, and met. */
import { addDays, days, milliseconds } from '../../dates.ts';
import type { StatsRow } from '../../evidence/ops-stats.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Assessment } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { declared, defineCheck, missing, type Subject, unknown } from '../define.ts';
import { duration, integer, type Params } from '../params.ts';
import { failing, together } from '../parts.ts';
import { severityParams } from '../severity.ts';
import { counted, listed } from '../words.ts';
import { doubtAbout, type Incident, listedSince } from './incident-list.ts';
import { CLASSES, type Judged, judged, PHASES, timed } from './times-by-class.ts';

export const check = defineCheck({
  summary:
    'Asks for `react` and `resolve` of every class in `error_classes`, and holds them against each incident of the list by its final severity, and against the weekly columns of a class (`time_to_resolve_critical`). A column for all classes together hides the worst ones and does not count.',
  needs: [],
  onDemand: { kinds: ['incidents', 'ops-stats'], when: ({ claims }) => lackingTargets(claims).length === 0 },
  params: {
    met: integer('Share of incidents of a class, in percent, that are within the target.', 90, 1),
    look_back: duration('Over which time incidents are looked at.', '365d'),
    ...severityParams,
  },
  assess(subject) {
    const { claims, params, asOf, at } = subject;
    const { incidents: known, 'ops-stats': stats } = subject.evidence;
    if (!known || !stats) return withoutTargets(subject);
    const evidence = { incidents: known, 'ops-stats': stats };
    const from = addDays(asOf, -(days(params.look_back) ?? 365));
    const incidents = listedSince(known.facts.incidents, from, asOf, claims, params);
    const parts = [
      ...measured(stats.facts.rows, subject, incidents, { from, met: params.met }),
      ...unclassed(incidents),
    ];
    const claim = at('/error_classes');
    const doubt = doubtAbout(OF_CLASS, evidence, from);
    if (doubt && parts.every(({ standing }) => standing !== 'contradicted'))
      return unknown(`the targets are set; but ${doubt.message}`, { claim, evidence: [doubt.at] });
    const words = parts.flatMap((part) => part.words ?? []);
    if (words.length === 0)
      return declared('all six times are set; no record tells how long an incident of a class took', claim);
    return together(parts, words.join('; '), claim);
  },
});

type Asked = Pick<Subject<never, Params>, 'manifest' | 'claims' | 'asOf' | 'at'>;

function lackingTargets(claims: Claims) {
  return CLASSES.flatMap((name) =>
    PHASES.filter((phase) => claims.error_classes?.[name]?.[phase] === undefined).map((phase) => ({ name, phase })),
  );
}

function withoutTargets(subject: Asked): Assessment {
  const { claims, manifest, at } = subject;
  const lacking = lackingTargets(claims);
  if (lacking.length === CLASSES.length * PHASES.length)
    return missing(`${unclaimed(manifest, 'times to react and to resolve')} for any class of errors`, [
      {
        message: 'nobody can say whether an incident took too long',
        ...placed(claimPlace(subject, '/error_classes')),
        fix: 'Set `react` and `resolve` in `error_classes` for critical, major and standard.',
        subject: 'error_classes',
      },
    ]);
  const names = listed(lacking.map(({ name, phase }) => `${phase} of ${name}`));
  return missing(
    `${lacking.length} of 6 times ${lacking.length === 1 ? 'is' : 'are'} not set: ${names}`,
    lacking.map(({ name, phase }) => ({
      message: `\`error_classes.${name}.${phase}\` is not set`,
      at: at(`/error_classes/${name}`),
      fix: 'Agree on a time with those who are on call and those who depend on it.',
      subject: `${name}.${phase}`,
    })),
  );
}

/** Single incidents count where any of the class says its time, else the weeks' means. */
function measured(
  all: readonly StatsRow[],
  { claims, asOf }: Asked,
  incidents: readonly Incident[],
  { from, met }: { readonly from: string; readonly met: number },
): readonly Judged[] {
  const rows = all.filter(({ date }) => date >= from && date <= asOf);
  return CLASSES.flatMap((name) =>
    PHASES.map((phase) => {
      const its = incidents.filter((it) => it.class === name);
      const single = its.flatMap((it) => timed(it, phase));
      const weekly = rows.flatMap(({ values, date, at }) => {
        const ms = values[`time_to_${phase}_${name}`];
        return ms === undefined ? [] : [{ ms, what: `the week of ${date}`, at }];
      });
      return judged({
        name,
        phase,
        target: milliseconds(claims.error_classes?.[name]?.[phase] ?? '') ?? 0,
        times: single.length > 0 ? single : weekly,
        untimed: its.filter((it) => timed(it, phase).length === 0),
        met,
      });
    }),
  );
}

function unclassed(incidents: readonly Incident[]): readonly Judged[] {
  const its = incidents.filter((it) => it.class === undefined);
  const [first] = its;
  if (!first) return [];
  const message = `${counted(its.length, 'incident')} ${its.length === 1 ? 'has' : 'have'} no class`;
  const problem = {
    message,
    at: first.at,
    fix: 'Write critical, major or standard, or map the word in `alerts.severity_map`.',
    subject: 'class',
  };
  return [{ ...failing('unknown', problem), words: message }];
}

const OF_CLASS = /^(?:week|file|cells|time_to_re\w+_(?:critical|major|standard))$/;
