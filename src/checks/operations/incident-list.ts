/** The incidents that are known of: listed ones, and those that only their review tells of, each with its class. Pure. */
import type { IncidentEntry } from '../../evidence/ops-stats/incidents.ts';
import type { RecordEntry } from '../../evidence/records.ts';
import type { Evidence } from '../../generated/evidence.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Place, Service } from '../../model.ts';
import { isForService } from '../record-scope.ts';
import { classOf, type ErrorClass, type SeverityParams } from '../severity.ts';

/** One incident with its class; none where its severity is not said, or in no vocabulary. */
export interface Incident extends IncidentEntry {
  readonly class?: ErrorClass;
  /** Its name for a person. */
  readonly label: string;
}

/** Listed incidents since a day, with those without a day. */
export function listedSince(
  incidents: readonly IncidentEntry[],
  from: string,
  asOf: string,
  claims: Claims,
  params: SeverityParams,
): readonly Incident[] {
  return incidents
    .filter(({ on }) => on === undefined || (on >= from && on <= asOf))
    .map((it) => {
      const meaning = it.severity === undefined ? undefined : classOf(it.severity, claims, params);
      return {
        ...it,
        ...(meaning && { class: meaning }),
        label: it.id ?? it.title ?? `the incident of ${it.on ?? 'an unknown day'}`,
      };
    });
}

/** Reviews of this service's incidents. */
export function ownReviews(records: readonly RecordEntry[], service: Service): readonly RecordEntry[] {
  return records.filter((record) => record.kind === 'postmortem' && isForService(record, service));
}

/** The first thing because of which an incident, or a number on incidents since a day, may be lacking or wrong. */
export function doubtAbout(
  measures: RegExp,
  evidence: Pick<Evidence, 'incidents' | 'ops-stats'>,
  from: string,
): { readonly message: string; readonly at: Place } | undefined {
  const [hidden] = [...evidence.incidents.unread, ...evidence['ops-stats'].unread];
  if (hidden) return { message: `${hidden.at.path} cannot be relied upon: ${hidden.detail}`, at: hidden.at };
  const { faults } = evidence['ops-stats'].facts;
  const fault = faults.find(({ of, own, date }) => !own && measures.test(of) && (date === undefined || date >= from));
  return fault && { message: `not every number can be relied upon: ${fault.message}`, at: fault.at };
}
