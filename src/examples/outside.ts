/** What an example says that the world outside its repository knows: advisories in OSV's shape, releases, and what is exploited. */
import type { Advisory, DataState } from '../advisories/advisory.ts';
import { EXPLOITED_STATE, malwareState } from '../advisories/data-states.ts';
import { advisoriesOf } from '../advisories/merged.ts';
import type { Reference } from '../evidence/reference.ts';
import type { Heard, LiveSource } from '../live/live.ts';
import type { Release, ReleaseSource } from '../releases/release.ts';
import type { Ecosystem } from '../versions/order.ts';
import { orderOf } from '../versions/orders.ts';

/** One block of an example: `advisories npm @2026-11-15`, also `advisories-without-malware …`, `releases npm @2026-11-15`, or `live operator @2026-11-16`. */
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
  const live = blocks.find(({ what }) => what === 'live');
  return {
    ...(live && { live: answering(live) }),
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

/** Members of a `live` block: `named` as on the command line, and answers by path; a query's answer by the query, `@early` where it is asked for the window's beginning. */
interface LiveBlock {
  readonly named?: LiveSource['named'];
  readonly answers?: Readonly<Record<string, unknown>>;
}

/** A source that answers as the block says; `live manifest` lets the addresses of the manifest be asked. */
function answering({ ecosystem, asOf, content }: Outside): LiveSource {
  const { named = {}, answers = {} } = JSON.parse(content) as LiveBlock;
  const now = `${asOf}T12:00:00Z`;
  function said(key: string): Heard<unknown> {
    if (!Object.hasOwn(answers, key)) return { trouble: `${key} cannot be reached: it refuses the connection` };
    const value = answers[key];
    return typeof value === 'object' && value !== null && 'trouble' in value
      ? { trouble: String(value.trouble) }
      : { value };
  }
  return {
    now,
    named,
    manifestToo: ecosystem === 'manifest',
    sent: [],
    answered: async ({ address }, path) => {
      const key = path ?? address;
      const heard =
        Object.hasOwn(answers, key) || path === undefined
          ? said(key)
          : { value: { status: 404, type: '', digest: 'nowhere' } };
      return heard as Awaited<ReturnType<LiveSource['answered']>>;
    },
    json: async (_, path, query = {}) => {
      const { query: asked, time } = query;
      if (asked === undefined) return said(path);
      const early = Number(time) * 1000 < Date.parse(now);
      return said(early ? `${asked} @early` : asked);
    },
  };
}
