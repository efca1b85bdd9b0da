/** What the rules across services need of each: taken from its manifest and evidence while these are at hand. Pure. */
import { placeOf } from '../manifest/manifest.ts';
import type { ServiceFacts } from '../model-audit.ts';
import type { JudgedService } from '../run.ts';
import { endsOf } from './end-of-life.ts';

/** The facts of one service that was judged as of a day. */
export function factsOf({ manifest, evidence }: JudgedService, asOf: string): ServiceFacts {
  const { dependencies = [], consumers = [], leads } = manifest.claims;
  return {
    dependencies: dependencies.map(({ id, criticality }, index) => ({
      name: id,
      at: placeOf(manifest, `/dependencies/${index}`),
      ...(criticality && { criticality }),
    })),
    consumers: consumers.map(({ id }, index) => ({ name: id, at: placeOf(manifest, `/consumers/${index}`) })),
    ...(leads && { leads: peopleIn(leads) }),
    ...endsOf(evidence, asOf),
  };
}

/** Areas with a name; what is free to be written besides (`x-`) is none. */
function peopleIn(leads: object): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(leads).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && !entry[0].startsWith('x-'),
    ),
  );
}
