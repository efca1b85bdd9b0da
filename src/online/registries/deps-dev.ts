/** deps.dev, which answers for six ecosystems in one form: asked where the operator names no registry. */
import { items, members, word } from '../../advisories/fields.ts';
import type { Release } from '../../releases/release.ts';
import type { Ecosystem } from '../../versions/order.ts';
import { dayOf, jsonIn, LONGEST_VERSION, MOST_RELEASES, type Registry } from './registry.ts';

/** Its names of the ecosystems that it serves. */
const SYSTEMS: Readonly<Partial<Record<Ecosystem, string>>> = {
  npm: 'npm',
  PyPI: 'pypi',
  Go: 'go',
  'crates.io': 'cargo',
  Maven: 'maven',
  NuGet: 'nuget',
};

/** The adapter for one ecosystem; undefined where it does not serve that. */
export function depsDev(ecosystem: Ecosystem): Registry | undefined {
  const system = SYSTEMS[ecosystem];
  if (system === undefined) return undefined;
  return {
    ecosystem,
    path: (name) => `/v3/systems/${system}/packages/${encodeURIComponent(name)}`,
    read: (answer) => {
      const { versions, packageKey } = members(jsonIn(answer));
      const all = items(versions, MOST_RELEASES);
      if (!all || word(members(packageKey).name) === undefined) return undefined;
      return { releases: all.map(members).flatMap(releaseOf) };
    },
  };
}

function releaseOf({ versionKey, publishedAt, isDeprecated }: Readonly<Record<string, unknown>>): readonly Release[] {
  const version = word(members(versionKey).version, LONGEST_VERSION);
  if (version === undefined) return [];
  const published = dayOf(publishedAt);
  return [
    {
      version,
      ...(published !== undefined && { published }),
      ...(isDeprecated === true && { deprecated: 'deprecated' }),
    },
  ];
}
