/** Shares over time as one short line. Pure. */
import type { Share } from '../model-trend.ts';

const BLOCKS = '▁▂▃▄▅▆▇█';
const DIGITS = '0123456789';

/** A sign a share, from none to all whatever the others are, so that lines may be compared: blocks, or tenths as digits without Unicode. */
export function sparkline(shares: readonly Share[], { unicode }: { readonly unicode: boolean }): string {
  const signs = unicode ? BLOCKS : DIGITS;
  return shares
    .map(({ met, applicable }) => {
      const ratio = applicable === 0 ? 0 : met / applicable;
      return signs.charAt(Math.min(signs.length - 1, Math.floor(ratio * signs.length)));
    })
    .join('');
}
