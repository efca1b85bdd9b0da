/** Which release cycle of a product a version belongs to. Pure; never throws. */
import { LIFECYCLES } from '../generated/lifecycles.ts';
import { compareNumbers, isDotted } from './numbers.ts';
import type { Cycle, Product } from './product.ts';

const PRODUCTS: ReadonlyMap<string, Product> = new Map(Object.entries(LIFECYCLES));

/** A product of the table by its key, e.g. `node`. */
export function productNamed(key: string): Product | undefined {
  return PRODUCTS.get(key);
}

/** Where a version stands among a product's cycles. */
export type Placed =
  | { readonly is: 'one'; readonly cycle: Cycle }
  /** It names several, and so whichever is newest, e.g. Python 3. */
  | { readonly is: 'several'; readonly cycles: readonly Cycle[] }
  /** Older than any cycle of the table. */
  | { readonly is: 'older'; readonly than: Cycle }
  /** Not a cycle of the table: newer than it, or no version. */
  | { readonly is: 'none' };

/** The cycle of a version, or of a codename. */
export function cycleOf({ cycles, codenames }: Product, version: string): Placed {
  const named = new Map(Object.entries(codenames)).get(version.toLowerCase());
  const wanted = named ?? plain(version);
  const own = cycles.filter(({ cycle }) => isWithin(wanted, cycle)).sort(longestFirst)[0];
  if (own) return { is: 'one', cycle: own };
  const below = cycles.filter(({ cycle }) => isWithin(cycle, wanted));
  if (below[0]) return below.length === 1 ? { is: 'one', cycle: below[0] } : { is: 'several', cycles: below };
  const oldest = cycles.at(-1);
  const isNumeric = isDotted(wanted) && cycles.every(({ cycle }) => isDotted(cycle));
  return oldest && isNumeric && cycles.every(({ cycle }) => compareNumbers(wanted, cycle) < 0)
    ? { is: 'older', than: oldest }
    : { is: 'none' };
}

/** `v20.11.1` is 20.11.1; `1.8.0_392` and `8u392` are Java 8. */
function plain(version: string): string {
  const text = version
    .trim()
    .toLowerCase()
    .replace(/^v(?=\d)/, '');
  return text.replace(/^1\.([5-8])(?=\.0(_|$)|$)/, '$1').replace(/^(\d{1,2})u\d.*$/, '$1');
}

/** Whether a version is a cycle or a release of it. */
function isWithin(version: string, cycle: string): boolean {
  return version === cycle || (version.startsWith(cycle) && /^[.+_-]/.test(version.slice(cycle.length)));
}

function longestFirst(a: Cycle, b: Cycle): number {
  return b.cycle.length - a.cycle.length;
}
