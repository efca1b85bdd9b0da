/** The incidents that are known of: listed ones, and those that only their review tells of, each with its class. Pure. */
import type { IncidentEntry } from '../../evidence/ops-stats/incidents.ts';
import type { RecordEntry } from '../../evidence/records.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Service } from '../../model.ts';
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
