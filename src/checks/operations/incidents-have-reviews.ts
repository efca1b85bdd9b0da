/** Assesses whether each critical or major incident was reviewed in time, with actions. */
import { addDays, days } from '../../dates.ts';
import { referenceAt } from '../../evidence/references/lookup.ts';
import type { Assessment } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing, notApplicable, type Subject, unknown } from '../define.ts';
import { duration, integer, type Params } from '../params.ts';
import { failing, together, worstStanding } from '../parts.ts';
import { severityParams } from '../severity.ts';
import { counted } from '../words.ts';
import { doubtAbout, type Incident, listedSince, ownReviews } from './incident-list.ts';
import { type ReviewTerms, reviewPart, weekPart } from './review-parts.ts';

export const check = defineCheck({
  summary:
    "Takes the incidents of `operations.incidents` and of the weekly numbers, and finds the review of each critical or major one: by the path in its row, by its id in the review, or, without an id, by its day. The review needs actions, and a day of its own (`reviewed: YYYY-MM-DD`, or a date later than the incident's, or git's last change) within the working days. A week that only counts incidents has to have as many reviews.",
  needs: ['incidents', 'ops-stats', 'records', 'references'],
  onDemand: {
    kinds: ['history'],
    when: ({ evidence }) =>
      evidence.incidents.facts.incidents.length > 0 &&
      evidence.records.facts.records.some(({ kind }) => kind === 'postmortem'),
  },
  params: {
    working_days: integer('Working days after an incident in which its review is held.', 10, 1),
    look_back: duration('Over which time incidents are looked at.', '365d'),
    ...severityParams,
  },
  assess(subject) {
    const { evidence, params, claims, service, asOf } = subject;
    const from = addDays(asOf, -(days(params.look_back) ?? 365));
    const { incidents, registers } = evidence.incidents.facts;
    const listed = listedSince(incidents, from, asOf, claims, params);
    const rows = evidence['ops-stats'].facts.rows.filter(
      ({ date, values }) =>
        date >= from && date <= asOf && Object.keys(values).some((name) => name.startsWith('incidents')),
    );
    if (registers.length === 0 && rows.length === 0) return withoutList(subject);
    const kept = referenceAt(evidence.references.facts, '/operations/postmortems');
    const terms: ReviewTerms = {
      reviews: ownReviews(evidence.records.facts.records, service),
      history: evidence.history?.facts,
      workingDays: params.working_days,
      asOf,
      unread: evidence.records.unread.length > 0,
      elsewhere: kept?.outcome === 'url' || kept?.outcome === 'root-not-at-hand',
    };
    const severe = listed.filter((it) => it.class === 'critical' || it.class === 'major');
    const parts = [
      ...severe.map((it) => reviewPart(it, terms)),
      ...listed.flatMap(unclassed),
      ...rows.flatMap((row) => weekPart(row, listed, terms) ?? []),
    ];
    const doubt = doubtAbout(OF_INCIDENTS, evidence, from);
    if (doubt && worstStanding(parts) !== 'contradicted')
      return unknown(`not every incident is known: ${doubt.message}`, { evidence: [doubt.at] });
    const reviewed = parts.filter(({ standing }) => standing === 'verified').length;
    if (parts.every(({ standing }) => standing === 'not-applicable'))
      return notApplicable(
        severe.length === 0
          ? `no critical or major incident since ${from}`
          : `${counted(severe.length, 'critical or major incident')} since ${from}, and no review is due yet`,
      );
    return together(
      parts,
      `${counted(severe.length, 'critical or major incident')} listed since ${from}, ${reviewed} reviewed in time with actions`,
      kept?.at,
    );
  },
});

const OF_INCIDENTS = /^(?:week|file|cells|incidents)/;

function unclassed(incident: Incident) {
  if (incident.class !== undefined) return [];
  const said =
    incident.severity === undefined
      ? 'does not say how bad it was'
      : `has the severity "${incident.severity}", which is in no vocabulary`;
  return [
    failing('unknown', {
      message: `${incident.label} ${said}`,
      at: incident.at,
      fix: 'Write critical, major or standard, or map the word in `alerts.severity_map`.',
      subject: incident.label,
    }),
  ];
}

type Asked = Pick<Subject<'incidents' | 'records' | 'references', Params>, 'evidence' | 'manifest' | 'service' | 'at'>;

function withoutList(subject: Asked): Assessment {
  const { evidence, manifest, service } = subject;
  const [hidden] = evidence.incidents.unread;
  if (hidden)
    return unknown(`the list of incidents in ${hidden.at.path} cannot be relied upon: ${hidden.detail}`, {
      evidence: [hidden.at],
    });
  const claim = referenceAt(evidence.references.facts, '/operations/incidents');
  if (claim?.outcome === 'url' || claim?.outcome === 'root-not-at-hand')
    return declared(`the incidents are said to be listed at ${claim.target}, which is not opened`, claim.at);
  const fix =
    'List the incidents in ops/incidents.csv with id, severity, started, reacted and resolved, and name it in `operations.incidents`.';
  if (claim)
    return contradicted(`${claim.target} is said to list the incidents, and no table is there`, [
      { message: `no table at ${claim.target}`, at: claim.at, fix, subject: claim.target },
    ]);
  const reviews = ownReviews(evidence.records.facts.records, service).length;
  const beside =
    reviews === 0
      ? ''
      : `; ${counted(reviews, 'review')} ${reviews === 1 ? 'is' : 'are'} here, and nobody can say whether another is lacking`;
  return missing(`${unclaimed(manifest, 'a list of incidents')}, and none is kept here${beside}`, [
    {
      message: 'which incidents there were is not written down',
      ...placed(claimPlace(subject, '/operations')),
      fix,
      subject: 'incidents',
    },
  ]);
}
