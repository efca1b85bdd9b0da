/** Registries that the operator lets be asked for releases, and the hosts that everybody knows. */
import { join } from 'node:path';
import { InputError } from '../input-error.ts';
import { nearest } from '../nearest.ts';
import type { Client } from '../online/http.ts';
import { hostsIn, registrySource, WITH_REGISTRY } from '../online/registries.ts';
import type { ReleaseSource } from '../releases/release.ts';
import type { Ecosystem } from '../versions/order.ts';

/** Addresses by ecosystem, from words such as `npm=https://…`. */
export type Registries = Readonly<Partial<Record<Ecosystem, string>>>;

/** Reads the words of `--registry`; the last of one ecosystem counts. */
export function registriesFrom(words: readonly string[]): Registries {
  return Object.fromEntries(words.map(parse));
}

function parse(word: string): readonly [Ecosystem, string] {
  const [, name = '', address = ''] = /^([^=]+)=(.+)$/s.exec(word) ?? [];
  const ecosystem = WITH_REGISTRY.find((it) => it.toLowerCase() === name.toLowerCase());
  if (name === '' || !isAddress(address))
    throw new InputError(
      `"${word}" is not ecosystem=address`,
      '--registry',
      'write the ecosystem and the address, e.g. --registry npm=https://…',
    );
  if (!ecosystem) {
    const close = nearest(name, WITH_REGISTRY);
    throw new InputError(
      `there is no ecosystem "${name}" whose registry can be asked`,
      '--registry',
      close ? `did you mean "${close}"?` : `there are: ${WITH_REGISTRY.join(', ')}`,
    );
  }
  return [ecosystem, address.replace(/\/+$/, '')];
}

function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** What the source is opened with. */
export interface ReleasesSetting {
  readonly registries: Registries;
  readonly depsDev: string;
  /** Folder of the cache. */
  readonly folder: string;
  /** Opens what asks. */
  readonly open: () => Promise<Client>;
  /** ISO day. */
  readonly today: string;
}

/** Opens the code that asks when it is first asked. */
export function releasesFrom({ registries, depsDev, folder, open: client, today }: ReleasesSetting): ReleaseSource {
  let opened: Promise<ReleaseSource> | undefined;
  async function open(): Promise<ReleaseSource> {
    const { keptReleases } = await import('../database/kept-releases.ts');
    const kept = keptReleases(join(folder, 'releases'));
    return registrySource({ client: await client(), registries, depsDev, kept, today });
  }
  return {
    hostsOf: (ecosystem) => hostsIn(registries[ecosystem]),
    lookup: async (ecosystem, names) => {
      opened ??= open();
      return (await opened).lookup(ecosystem, names);
    },
  };
}
