/** Whether a version of a product is still maintained on a day, by the table. Pure; what the table does not say is unknown. */
import { addDays } from '../dates.ts';
import { cycleOf, productNamed } from './cycle.ts';
import type { Cycle, Product } from './product.ts';

/** What the table says of one version. */
export type Lifecycle =
  /** By its maker, until `end` where one is named. */
  | (Dated & { readonly state: 'supported' })
  /** By its maker no longer, and by longer support that is free for everybody until `extendedEnd`. */
  | (Dated & { readonly state: 'extended' })
  | (Dated & { readonly state: 'ended' })
  | { readonly state: 'unknown'; readonly because: string };

interface Dated {
  /** Product and cycle as people write them, e.g. `Node.js 20`. */
  readonly title: string;
  /** ISO day of the maker's last support. */
  readonly end?: string;
  /** ISO day on which longer support ends. */
  readonly extendedEnd?: string;
  /** Whether that is for everybody or for those who pay. */
  readonly extended?: 'free' | 'paid';
  /** ISO day as of which the table says so. */
  readonly checked: string;
}

/** The lifecycle of a version, or a codename, of a product by its key. */
export function lifecycleOf(key: string, version: string, asOf: string): Lifecycle {
  const product = productNamed(key);
  if (!product) return { state: 'unknown', because: `the table of lifecycles does not know ${key}` };
  if (product.rolling)
    return {
      state: 'unknown',
      because: `of ${product.name} only the newest release is maintained, which no table can follow`,
    };
  const placed = cycleOf(product, version);
  switch (placed.is) {
    case 'one':
      return ofCycle(product, placed.cycle, asOf);
    case 'several':
      return ofSeveral(product, version, placed.cycles, asOf);
    case 'older':
      return ofOlder(product, version, placed.than, asOf);
    case 'none':
      return {
        state: 'unknown',
        because: `${product.name} ${version} is not among the releases known on ${product.checked}`,
      };
  }
}

function ofCycle(product: Product, cycle: Cycle, asOf: string): Lifecycle {
  const title = `${product.name} ${cycle.cycle}`;
  const { checked, holds, extended } = product;
  const longer =
    cycle.extendedEnd === undefined ? {} : { extendedEnd: cycle.extendedEnd, ...(extended && { extended }) };
  if (cycle.end === false) {
    return asOf <= addDays(checked, holds)
      ? { state: 'supported', title, checked, ...longer }
      : { state: 'unknown', because: `${title} was supported on ${checked}, which is too long ago to rely on` };
  }
  const dated = { title, end: cycle.end, checked, ...longer };
  if (asOf <= cycle.end) return { state: 'supported', ...dated };
  const isOpen = extended === 'free' && cycle.extendedEnd !== undefined && asOf <= cycle.extendedEnd;
  return { state: isOpen ? 'extended' : 'ended', ...dated };
}

/** A name for several cycles moves to the newest of them: that is told only where all of them have ended. */
function ofSeveral(product: Product, version: string, cycles: readonly Cycle[], asOf: string): Lifecycle {
  const all = cycles.map((cycle) => ofCycle(product, cycle, asOf));
  const ended = all.flatMap((it) => (it.state === 'ended' ? [it] : []));
  const last = ended.sort((a, b) => ((a.end ?? '') < (b.end ?? '') ? 1 : -1))[0];
  if (last && ended.length === all.length) return { ...last, title: `${product.name} ${version}` };
  return { state: 'unknown', because: `${product.name} ${version} may be any of ${cycles.length} releases` };
}

function ofOlder(product: Product, version: string, than: Cycle, asOf: string): Lifecycle {
  const oldest = ofCycle(product, than, asOf);
  return oldest.state === 'ended'
    ? { state: 'ended', title: `${product.name} ${version}`, checked: product.checked }
    : { state: 'unknown', because: `${product.name} ${version} is older than the releases that are known` };
}
