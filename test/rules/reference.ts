/** What an example says that the world outside its repository knows: advisories in OSV's shape, releases, and what is exploited. */
import type { Advisory, DataState } from '../../src/advisories/advisory.ts';
import { EXPLOITED_STATE, malwareState } from '../../src/advisories/data-states.ts';
import { advisoriesOf } from '../../src/advisories/merged.ts';
import type { Reference } from '../../src/evidence/reference.ts';
import type { Release, ReleaseSource } from '../../src/releases/release.ts';
import type { Ecosystem } from '../../src/versions/order.ts';
import { orderOf } from '../../src/versions/orders.ts';

/** One block of an example: `advisories npm @2026-11-15`, also `advisories-without-malware …`, or `releases npm @2026-11-15`. */
export interface Outside {
  readonly what: string;
  readonly ecosystem: string;
  /** ISO day. */
  readonly asOf: string;
  readonly content: string;
}

/** The reference data of an example; parts that no block gives are absent. */
export async function referenceOf(blocks: readonly Outside[]): Promise<Reference> {
  const advisories = blocks.filter(({ what }) => what.startsWith('advisories'));
  const releases = blocks.filter(({ what }) => what === 'releases');
  return {
    publicHosts: ['registry.example'],
    ...(advisories.length > 0 && { advisories: await advisorySource(advisories) }),
    ...(releases.length > 0 && { releases: releaseSource(releases) }),
  };
}

async function advisorySource(blocks: readonly Outside[]): Promise<NonNullable<Reference['advisories']>> {
  const found = new Map<string, ReadonlyMap<string, readonly Advisory[]>>();
  const states: DataState[] = [];
  for (const { what, ecosystem, asOf, content } of blocks) {
    const records = JSON.parse(content) as readonly unknown[];
    const merged = await advisoriesOf(ecosystem as Ecosystem, orderOf(ecosystem as Ecosystem), records);
    if (merged.troubles.length > 0) throw new Error(merged.troubles.join('\n'));
    found.set(ecosystem, new Map([...merged.byPackage].map(([name, its]) => [name, its.map(exploited)])));
    const names = [ecosystem, ...(what === 'advisories' ? [malwareState(ecosystem as Ecosystem)] : [])];
    for (const name of names)
      states.push({
        ecosystem: name,
        asOf: `${asOf}T00:00:00Z`,
        records: merged.records,
        from: 'the example',
      });
  }
  const [asOf = ''] = states.map((it) => it.asOf);
  states.push({ ecosystem: EXPLOITED_STATE, asOf, records: 1, from: 'the example' });
  return { states, troubles: [], lookup: async (ecosystem) => found.get(ecosystem) };
}

/** In an example the catalogue of what is exploited is told by the record's summary. */
function exploited(advisory: Advisory): Advisory {
  return advisory.title?.includes('exploited') ? { ...advisory, flags: [...advisory.flags, 'exploited'] } : advisory;
}

function releaseSource(blocks: readonly Outside[]): ReleaseSource {
  return {
    hostsOf: () => [],
    lookup: async (ecosystem, names) => {
      const block = blocks.find((it) => it.ecosystem === ecosystem);
      if (!block) return new Map();
      const all = JSON.parse(block.content) as Readonly<Record<string, readonly Release[]>>;
      return new Map(
        names.map((name) => {
          const releases = Object.hasOwn(all, name) ? all[name] : undefined;
          return [name, releases ? { releases, asOf: block.asOf } : { trouble: 'the registry does not know it' }];
        }),
      );
    },
  };
}
