/** The badge as a picture of its own: nothing is fetched for it, and a screen reader says what it shows. */
import type { Report } from '../model.ts';
import { badgeFace, type Tone } from './badge-face.ts';
import type { Format } from './format.ts';
import { type Xml, xml } from './xml.ts';

/** The picture's format. */
export const format: Format = {
  summary: 'the badge as a picture (SVG)',
  extension: 'svg',
  render,
};

/** Each reads at 4.5 to 1 or better under white text (WCAG 2 AA). */
const COLOURS: Readonly<Record<Tone, string>> = {
  green: '#1a7f37',
  amber: '#9a6700',
  red: '#b42318',
  grey: '#57606a',
};
const LABEL_COLOUR = '#3d444d';

/** Pixels: the picture's height, the text's size, the room on both sides of a text. */
const HEIGHT = 20;
const SIZE = 11;
const MARGIN = 7;

/** Widths at that size in the fonts asked for; `textLength` makes others fit. */
const NARROW = /[ilj.,:;|!' ·]/;
const WIDE = /[mwMWOGNCD]/;

function render(report: Report): string {
  const { label, message, tone } = badgeFace(report);
  const [left, right] = [widthOf(label) + 2 * MARGIN, widthOf(message) + 2 * MARGIN];
  const words = `${label}: ${message}`;
  return xml`<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${HEIGHT}" role="img" aria-label="${words}">
<title>${words}</title>
<rect width="${left + right}" height="${HEIGHT}" rx="3" fill="${COLOURS[tone]}"/>
<path d="M3 0H${left}V${HEIGHT}H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="${LABEL_COLOUR}"/>
<g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="${SIZE}">
${textAt(MARGIN, label)}${textAt(left + MARGIN, message)}</g>
</svg>
`.markup;
}

function textAt(x: number, text: string): Xml {
  return xml`<text x="${x}" y="14" textLength="${widthOf(text)}" lengthAdjust="spacingAndGlyphs">${text}</text>\n`;
}

function widthOf(text: string): number {
  const widths = [...text].map((character) => (NARROW.test(character) ? 4 : WIDE.test(character) ? 9 : 7));
  return widths.reduce((sum, width) => sum + width, 0);
}
