/** The availability that a service promises: in its requirements, its declared objectives, and the objectives kept as code. */

import type { SpecifiedSlo } from '../../evidence/slos.ts';
import type { Slo } from '../../generated/service.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Place } from '../../model.ts';
import { percentIn } from '../quantity.ts';

/** One objective. */
export interface Objective {
  readonly name: string;
  /** Percent. */
  readonly target: number;
  readonly at: Place;
  /** Whether a specification in the repository says it, not only the manifest. */
  readonly asCode: boolean;
}

/** Objectives about time, freshness and the like have percentages too, but no floor of availability. */
const SOMETHING_ELSE =
  /laten|duration|slow|fast|speed|fresh|lag|delay|throughput|durab|correct|quality|saturation|p\d\d/i;

/** Every objective of availability, the manifest's first. `asCode`: the service's own specifications. */
export function ownAvailability(
  claims: Claims,
  asCode: readonly SpecifiedSlo[],
  at: (pointer: string) => Place,
): readonly Objective[] {
  const required = percentIn(claims.nfrs?.availability?.target, claims.nfrs?.availability?.unit);
  const declared = (claims.slos ?? []).flatMap((slo, index) => {
    if (slo.target === undefined || !isAvailability(slo)) return [];
    return [
      { name: slo.id ?? slo.title ?? `slos[${index}]`, target: slo.target, at: at(`/slos/${index}`), asCode: false },
    ];
  });
  const specified = asCode.filter(({ sli, name }) => sli !== 'latency' && !SOMETHING_ELSE.test(name));
  return [
    ...(required === undefined
      ? []
      : [{ name: 'nfrs.availability', target: required, at: at('/nfrs/availability'), asCode: false }]),
    ...declared,
    ...specified.map(({ name, target, targetAt }) => ({ name, target, at: targetAt, asCode: true })),
  ];
}

/** Whether an objective is about availability, as far as its name and title tell. */
export function isAvailability({ id, title }: Pick<Slo, 'id' | 'title'>): boolean {
  return !SOMETHING_ELSE.test(`${id ?? ''} ${title ?? ''}`);
}
