/** Names of ecosystems and packages as advisories spell them, and as they are compared. Pure. */
import type { Ecosystem } from '../versions/order.ts';

/** Ecosystems of ours that OSV serves, by OSV's names, which are case-sensitive. Others have no advisories to be found, so an empty answer proves nothing. */
export const SERVED: readonly Ecosystem[] = [
  'npm',
  'PyPI',
  'Go',
  'crates.io',
  'RubyGems',
  'Packagist',
  'Maven',
  'NuGet',
  'Hex',
];

/** Ecosystems whose own order is that of SemVer. */
const SEMVER: readonly Ecosystem[] = ['npm', 'Go', 'crates.io', 'Hex', 'Terraform', 'Helm'];

/** The ecosystem that a record means: what stands before any `:suffix` (a registry, a release); undefined where we do not know it. */
export function ecosystemNamed(text: string): Ecosystem | undefined {
  const [name = ''] = text.split(':', 1);
  return SERVED.find((ecosystem) => ecosystem === name);
}

/** Whether a range in SemVer's order is one in the ecosystem's own. */
export function ordersBySemver(ecosystem: Ecosystem): boolean {
  return SEMVER.includes(ecosystem);
}

/** The name as its registry compares names: PyPI by PEP 503, NuGet and Packagist in lower case, the others as they are. */
export function comparedName(ecosystem: Ecosystem, name: string): string {
  if (ecosystem === 'PyPI') return name.toLowerCase().replace(/[-_.]+/g, '-');
  return ecosystem === 'NuGet' || ecosystem === 'Packagist' ? name.toLowerCase() : name;
}
