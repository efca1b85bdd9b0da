/** What the rules across services need of each: taken from its manifest and evidence while these are at hand. Pure. */
import { placeOf } from '../manifest/manifest.ts';
import type { ServiceFacts } from '../model-audit.ts';
import type { JudgedService } from '../run.ts';

/** The facts of one judged service. */
export function factsOf({ manifest }: JudgedService): ServiceFacts {
  const { dependencies = [], consumers = [] } = manifest.claims;
  return {
    dependencies: dependencies.map(({ id, criticality }, index) => ({
      name: id,
      at: placeOf(manifest, `/dependencies/${index}`),
      ...(criticality && { criticality }),
    })),
    consumers: consumers.map(({ id }, index) => ({ name: id, at: placeOf(manifest, `/consumers/${index}`) })),
  };
}
