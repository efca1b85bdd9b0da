/** Asks registries for the releases of packages, a few at a time, and keeps what they say for a day. Trouble with one package concerns that package alone. */
import type { Release, ReleaseSource, Releases } from '../releases/release.ts';
import type { Ecosystem } from '../versions/order.ts';
import { orderOf } from '../versions/orders.ts';
import type { Client } from './http.ts';
import { OnlineError } from './online-error.ts';
import type { Answered, Registry } from './registries/registry.ts';

/** What was answered before, by ecosystem and name. */
export interface KeptReleases {
  get(ecosystem: Ecosystem, name: string): Extract<Releases, { releases: unknown }> | undefined;
  put(ecosystem: Ecosystem, name: string, answer: Extract<Releases, { releases: unknown }>): void;
}

/** What registries are asked with. */
export interface RegistriesSetting {
  readonly client: Client;
  /** Address of each ecosystem's registry without a slash at its end, as the operator names it. */
  readonly registries: Readonly<Partial<Record<Ecosystem, string>>>;
  /** Address of deps.dev, for the ecosystems that no registry is named of; absent to ask nobody about those. */
  readonly depsDev?: string;
  readonly kept: KeptReleases;
  /** ISO day. */
  readonly today: string;
}

const AT_ONCE = 8;
const MOST_PAGES = 100;
/** Versions whose day is asked for one by one, from the newest. */
const MOST_DAYS = 12;

const REGISTRIES: Readonly<Partial<Record<Ecosystem, () => Promise<Registry>>>> = {
  npm: async () => (await import('./registries/npm.ts')).registry,
  PyPI: async () => (await import('./registries/pypi.ts')).registry,
  'crates.io': async () => (await import('./registries/cargo.ts')).registry,
  Go: async () => (await import('./registries/go.ts')).registry,
  Maven: async () => (await import('./registries/maven.ts')).registry,
  RubyGems: async () => (await import('./registries/rubygems.ts')).registry,
  Packagist: async () => (await import('./registries/packagist.ts')).registry,
  NuGet: async () => (await import('./registries/nuget.ts')).registry,
  Hex: async () => (await import('./registries/hex.ts')).registry,
};

/** Ecosystems that `--registry` may name. */
export const WITH_REGISTRY = Object.keys(REGISTRIES) as readonly Ecosystem[];

/** The source. */
export function registrySource(setting: RegistriesSetting): ReleaseSource {
  return {
    hostsOf: (ecosystem) => hostsIn(setting.registries[ecosystem]),
    lookup: async (ecosystem, names) => {
      const asked = await addressed(ecosystem, setting);
      const answers = new Map<string, Releases>();
      for (let at = 0; asked && at < names.length; at += AT_ONCE) {
        const some = names.slice(at, at + AT_ONCE);
        const their = await Promise.all(some.map((name) => releasesOf(asked, name, setting)));
        for (const [index, name] of some.entries()) answers.set(name, their[index] ?? { trouble: 'nobody was asked' });
      }
      return answers;
    },
  };
}

/** The host of an address as lockfiles are read: without its port. */
export function hostsIn(address: string | undefined): readonly string[] {
  return address === undefined || !URL.canParse(address) ? [] : [new URL(address).hostname];
}

interface Addressed {
  readonly registry: Registry;
  readonly base: string;
}

async function addressed(ecosystem: Ecosystem, setting: RegistriesSetting): Promise<Addressed | undefined> {
  const base = setting.registries[ecosystem];
  const registry = await REGISTRIES[ecosystem]?.();
  if (base !== undefined && registry) return { registry, base };
  const { depsDev } = await import('./registries/deps-dev.ts');
  const other = depsDev(ecosystem);
  return other && setting.depsDev !== undefined ? { registry: other, base: setting.depsDev } : undefined;
}

async function releasesOf(asked: Addressed, name: string, setting: RegistriesSetting): Promise<Releases> {
  const { ecosystem } = asked.registry;
  const known = setting.kept.get(ecosystem, name);
  if (known?.asOf === setting.today) return known;
  try {
    const answer = { releases: await fetched(asked, name, setting.client), asOf: setting.today };
    setting.kept.put(ecosystem, name, answer);
    return answer;
  } catch (error) {
    if (!(error instanceof OnlineError)) throw error;
    return { trouble: error.status === 404 ? 'the registry does not know it' : error.message };
  }
}

async function fetched({ registry, base }: Addressed, name: string, client: Client): Promise<readonly Release[]> {
  const path = registry.path(name);
  if (path === undefined) throw new OnlineError('its name is none that the registry can know', { status: 404 });
  const releases: Release[] = [];
  const pages = [`${base}${path}`];
  for (let at = 0; at < pages.length; at += 1) {
    const url = pages[at] ?? '';
    const page = registry.read(await answerOf(client, url), name);
    if (!page) throw new OnlineError(`${url} answered with something that is no list of releases`);
    releases.push(...page.releases);
    pages.push(...(page.more ?? []).filter((it) => it.startsWith(`${base}/`) && !pages.includes(it)));
    if (pages.length > MOST_PAGES) throw new OnlineError(`${url} leads to more pages than are read`);
  }
  return withDays(registry, base, name, releases, client);
}

async function answerOf(client: Client, url: string): Promise<Answered> {
  const { body, headers } = await client.ask({ url });
  return { text: body.toString('utf8'), headers };
}

/** Asks for the days of the newest few versions where the list tells none; a day that cannot be had is not known. */
async function withDays(
  { ecosystem, dayPath, readDay }: Registry,
  base: string,
  name: string,
  releases: readonly Release[],
  client: Client,
): Promise<readonly Release[]> {
  if (!dayPath || !readDay) return releases;
  const order = orderOf(ecosystem);
  const newest = releases.toSorted((a, b) => order.compare(b.version, a.version));
  const days = await Promise.all(
    newest.slice(0, MOST_DAYS).map(async ({ version }) => {
      try {
        return readDay(await answerOf(client, `${base}${dayPath(name, version)}`));
      } catch (error) {
        if (error instanceof OnlineError) return undefined;
        throw error;
      }
    }),
  );
  return newest.map((release, index) => {
    const published = days[index];
    return published === undefined ? release : { ...release, published };
  });
}
