/** Bars of shares as inline SVG. What a bar says stands beside it in words: it is for the eye alone. */
import { type Html, html } from './escape-html.ts';

/** One part of a bar. */
export interface Segment {
  /** Class that fills it. */
  readonly fill: string;
  readonly size: number;
  /** A few characters on it, where they fit. */
  readonly text?: string;
}

/** Percent of a bar below which no text fits. */
const ROOM = 5;

/** The parts side by side; they make up the whole of the bar. A mark stands at a size from the left. */
export function bar(segments: readonly Segment[], mark?: number): Html {
  const whole = segments.reduce((sum, { size }) => sum + size, 0);
  if (!(whole > 0)) return html``;
  const share = (size: number): number => Number(((100 * size) / whole).toFixed(3));
  let used = 0;
  const parts = segments.map(({ fill, size, text }) => {
    const [x, width] = [share(used), share(size)];
    used += size;
    if (width === 0) return html``;
    const words =
      text !== undefined &&
      width >= ROOM &&
      html`<text x="${x + width / 2}%" y="50%" dy=".36em" class="on-${fill}">${text}</text>`;
    return html`<rect x="${x}%" y="0" width="${width}%" height="100%" class="${fill}"/>${words}`;
  });
  const line = mark !== undefined && html`<line x1="${share(mark)}%" x2="${share(mark)}%" y1="0" y2="100%"/>`;
  return html`<svg class="bar" aria-hidden="true">${parts}${line}</svg>`;
}

/** A small piece of a bar, for its legend. */
export function swatch(fill: string): Html {
  return html`<svg class="swatch" aria-hidden="true"><rect width="100%" height="100%" class="${fill}"/></svg>`;
}

/** Patterns that the fills use, once for a page: what is only said or not known is never as solid as what is shown. */
export function patterns(): Html {
  return html`<svg class="patterns" aria-hidden="true"><defs>
<pattern id="hatched" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" class="empty"/><rect width="3" height="6" class="said"/></pattern>
<pattern id="dotted" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" class="empty"/><circle cx="3" cy="3" r="1.4" class="unseen"/></pattern>
<pattern id="crossed" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="6" height="6" class="empty"/><rect width="3" height="6" class="over"/></pattern>
</defs></svg>
`;
}
