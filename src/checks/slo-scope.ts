/** Which objectives kept as code are judged: this service's, and not those that say they are another's. Pure. */
import type { SpecifiedSlo } from '../evidence/slos.ts';
import type { Evidence } from '../generated/evidence.ts';
import type { Claims } from '../manifest/manifest.ts';
import type { Service } from '../model.ts';
import { isAnothers } from './whose.ts';
import { shortened } from './words.ts';

/** What a check of objectives knows. */
export interface SloSubject {
  readonly service: Service;
  readonly claims: Claims;
  readonly evidence: Pick<Evidence, 'slos'>;
}

/** The specifications, by whose they are. */
export interface SloScope {
  readonly slos: readonly SpecifiedSlo[];
  readonly others: readonly SpecifiedSlo[];
}

/** The service's specifications, and those of other services. */
export function sloScope({ service, claims, evidence }: SloSubject): SloScope {
  const { slos, names } = evidence.slos.facts;
  const others = slos.filter((slo) => isAnothers(slo.service ? [slo.service] : [], { service, claims, known: names }));
  return { slos: slos.filter((slo) => !others.includes(slo)), others };
}

/** "the one specification here is of another service (checkout)". */
export function othersSlos(others: readonly SpecifiedSlo[]): string {
  const names = shortened([...new Set(others.flatMap(({ service }) => service ?? []))].sort(), 3);
  return others.length === 1
    ? `the one specification here is of another service (${names})`
    : `the ${others.length} specifications here are of other services (${names})`;
}
