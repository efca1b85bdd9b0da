/** What registries have released since: the newer versions of the packages that the manifests name, from what the operator lets be asked. Without that it says how many are not known. */
import type { Place } from '../model.ts';
import type { Release, ReleaseSource, Releases } from '../releases/release.ts';
import type { Ecosystem, VersionOrder } from '../versions/order.ts';
import { orderOf } from '../versions/orders.ts';
import type { Concerned, Unchecked } from './advisories/match.ts';
import { defineCollector, type Sources } from './collector.ts';
import { type LockedVersion, lockedVersions, whyUnnamed } from './lockfiles/concerned.ts';
import { collector as lockfilesOf } from './lockfiles.ts';
import { gatheredOnce } from './once.ts';

/** One direct package whose releases are known. */
export interface Released {
  readonly concerned: Concerned;
  /** Its own release and the newer ones. */
  readonly releases: readonly Release[];
  /** ISO day on which the registry was asked. */
  readonly asOf: string;
}

/** Facts of this kind. */
export interface Facts {
  /** Direct packages from a registry. */
  readonly direct: number;
  readonly known: readonly Released[];
  readonly unknown: readonly Unchecked[];
  /** Files that name them. */
  readonly files: readonly Place[];
}

/** Releases of one package that are kept. */
const MOST_RELEASES = 2000;

export const collector = defineCollector<Facts>({
  summary:
    'releases of the packages that manifests name, as registries tell them where a run may ask (`--online`), and as they told before',
  async collect(sources) {
    const { lockfiles } = (await gatheredOnce(lockfilesOf, sources)).facts;
    const direct = lockedVersions(lockfiles).filter(({ concerned }) => concerned.direct === true);
    const { known, unknown } = await answered(direct, sources);
    return {
      facts: {
        direct: direct.length,
        known,
        unknown,
        files: lockfiles.filter(({ packages }) => packages.length > 0).map(({ path }) => ({ path })),
      },
      looked: { files: lockfiles.length, note: `releases of ${known.length} of ${direct.length} direct packages` },
      unread: [],
      delegated: [],
    };
  },
});

interface Answered {
  readonly known: readonly Released[];
  readonly unknown: readonly Unchecked[];
}

async function answered(direct: readonly LockedVersion[], sources: Sources): Promise<Answered> {
  const { releases: source, publicHosts = [] } = sources.reference;
  if (!source)
    return { known: [], unknown: direct.length === 0 ? [] : [{ count: direct.length, say: 'nobody was asked' }] };
  const known: Released[] = [];
  const reasons = new Map<string, number>();
  const count = (say: string): unknown => reasons.set(say, (reasons.get(say) ?? 0) + 1);
  const named = direct.filter((it) => {
    const hosts = [...publicHosts, ...source.hostsOf(it.concerned.ecosystem)];
    const why = whyUnnamed(it, sources, hosts);
    if (why !== undefined) count(why);
    return why === undefined;
  });
  for (const ecosystem of new Set(named.map(({ concerned }) => concerned.ecosystem))) {
    const its = named.filter(({ concerned }) => concerned.ecosystem === ecosystem);
    const answers = await askFor(source, ecosystem, its);
    for (const { concerned } of its) {
      const answer = answers.get(concerned.name);
      if (answer && 'releases' in answer) known.push(since(concerned, answer, orderOf(ecosystem)));
      else count(answer?.trouble ?? `nobody was asked about ${ecosystem}`);
    }
  }
  return { known, unknown: [...reasons].map(([say, its]) => ({ count: its, say })) };
}

async function askFor(
  source: ReleaseSource,
  ecosystem: Ecosystem,
  its: readonly LockedVersion[],
): Promise<ReadonlyMap<string, Releases>> {
  return source.lookup(ecosystem, [...new Set(its.map(({ concerned }) => concerned.name))].sort());
}

function since(
  concerned: Concerned,
  { releases, asOf }: Extract<Releases, { releases: unknown }>,
  order: VersionOrder,
): Released {
  const newer = releases.filter(({ version }) => order.compare(version, concerned.version) >= 0);
  return { concerned, releases: newer.slice(0, MOST_RELEASES), asOf };
}
