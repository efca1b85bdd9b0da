// Draws a line's trend and areas on its canvas, in the page's colours. What it shows is said by the cells in front of it.
import { RANKS } from './data.js';

/** @typedef {import('./data.js').Service} Service */
/** @typedef {import('./data.js').Estate} Estate */
/** @typedef {import('./columns.js').Column} Column */

const NAMES = /** @type {const} */ ([
  'contradicted',
  'waived',
  'stale',
  'declared',
  'verified',
  'soft',
  'paper',
  'on',
  'rule',
]);

/** @typedef {Record<(typeof NAMES)[number], string>} Colours */

/** @returns {Colours} */
export function coloursNow() {
  const style = getComputedStyle(document.documentElement);
  return /** @type {Colours} */ (
    Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]))
  );
}

/**
 * How each ruling looks: what blocks is the only solid one.
 * @type {Record<import('./data.js').Ruling, { colour: keyof Colours, tint: number, edge?: true }>}
 */
const LOOKS = {
  fail: { colour: 'contradicted', tint: 1 },
  waived: { colour: 'waived', tint: 0.16, edge: true },
  warn: { colour: 'stale', tint: 0.18 },
  trust: { colour: 'declared', tint: 0.08 },
  pass: { colour: 'verified', tint: 0.12 },
  skip: { colour: 'soft', tint: 0 },
};

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Service} service
 * @param {{ estate: Estate, columns: readonly Column[], colours: Colours, rem: number, height: number }} view `columns` are those that are drawn
 */
export function paint(canvas, service, { estate, columns, colours, rem, height }) {
  const ratio = window.devicePixelRatio || 1;
  const widths = columns.map(({ width }) => Number.parseFloat(width) * rem);
  const whole = widths.reduce((sum, it) => sum + it, 0);
  const [across, down] = [Math.round(whole * ratio), Math.round(height * ratio)];
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, whole, height);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = `600 ${0.82 * rem}px system-ui, "Segoe UI", "Liberation Sans", sans-serif`;
  let left = 0;
  for (const [at, { area = -1 }] of columns.entries()) {
    const width = widths[at] ?? 0;
    const box = { left, width, height };
    if (area < 0) spark(context, service, box, colours);
    else cell(context, estate.cellOf(service, area), box, { estate, colours });
    left += width;
  }
}

/** @typedef {{ left: number, width: number, height: number }} Box */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import('./data.js').Cell} what
 * @param {Box} box
 * @param {{ estate: Estate, colours: Colours }} view
 */
function cell(context, { rank, unmet }, { left, width, height }, { estate, colours }) {
  const ruling = RANKS[rank];
  if (ruling === undefined) return;
  const { colour, tint, edge } = LOOKS[ruling];
  const [x, y, w, h] = [left + 1.5, 2.5, width - 3, height - 6];
  context.globalAlpha = tint;
  context.fillStyle = colours[colour];
  context.fillRect(x, y, w, h);
  context.globalAlpha = 1;
  if (edge) {
    context.strokeStyle = colours[colour];
    context.strokeRect(x + 0.5, y + 0.5, w - 1, h - 1);
  }
  const [sign] = estate.data.words.rulings[ruling];
  context.fillStyle = tint === 1 ? colours.on : colours[colour];
  context.fillText(unmet > 0 ? `${sign} ${unmet}` : sign, left + width / 2, height / 2, width - 4);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Service} service
 * @param {Box} box
 * @param {Colours} colours
 */
function spark(context, { trend, change }, { left, width, height }, colours) {
  if (trend.length < 2) return;
  const [from, to] = [Math.min(...trend), Math.max(...trend)];
  const [pad, words] = [7, 34];
  const room = { x: width - pad - words, y: height - 2 * pad - 2 };
  const pointAt = (/** @type {number} */ value, /** @type {number} */ at) => ({
    x: left + pad + (at * room.x) / (trend.length - 1),
    y: pad + room.y * (to === from ? 0.5 : 1 - (value - from) / (to - from)),
  });
  const colour = change > 0 ? colours.verified : change < 0 ? colours.contradicted : colours.soft;
  context.strokeStyle = colours.soft;
  context.lineWidth = 1.4;
  context.beginPath();
  for (const [at, value] of trend.entries()) {
    const { x, y } = pointAt(value, at);
    if (at === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.stroke();
  context.lineWidth = 1;
  const end = pointAt(trend[trend.length - 1] ?? 0, trend.length - 1);
  context.fillStyle = colour;
  context.beginPath();
  context.arc(end.x, end.y, 2.4, 0, 2 * Math.PI);
  context.fill();
  context.textAlign = 'right';
  context.fillText(change === 0 ? '±0' : `${change > 0 ? '+' : '−'}${Math.abs(change)}`, left + width - 5, height / 2);
  context.textAlign = 'center';
}
