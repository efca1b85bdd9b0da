// The columns of the heat map: what stands in each, and which order it sorts by.
import { RANKS } from './data.js';

/** @typedef {import('./data.js').Service} Service */
/** @typedef {import('./data.js').Estate} Estate */

/**
 * @typedef {object} Column
 * @property {string} id as the page's address names it
 * @property {string} title
 * @property {string} width as a track of a CSS grid
 * @property {string} style class of its cells
 * @property {number} [area] index of the area it is; its cell is drawn
 * @property {(service: Service) => string} text what is read in it
 * @property {(a: Service, b: Service) => number} order the first of which a reader asks for
 */

/**
 * @param {Estate} estate
 * @returns {readonly Column[]}
 */
export function columnsOf(estate) {
  const { data, services } = estate;
  const known = services.some(({ trend }) => trend.length > 0);
  return [
    {
      ...{ id: 'name', title: 'service', width: 'var(--name)', style: 'name' },
      text: ({ name }) => name,
      order: (a, b) => byText(a.name, b.name),
    },
    {
      ...{ id: 'tier', title: 'tier', width: '2.9rem', style: 'number' },
      text: ({ tier }) => String(tier),
      order: (a, b) => a.tier - b.tier,
    },
    {
      ...{ id: 'owner', title: 'owner', width: '9rem', style: '' },
      text: ({ owner }) => owner || '–',
      order: (a, b) => byText(a.owner || '\uFFFF', b.owner || '\uFFFF'),
    },
    {
      ...{ id: 'verdict', title: 'verdict', width: '9.8rem', style: 'verdict-cell' },
      text: ({ verdict }) => data.words.verdicts[verdict]?.[2] ?? '',
      order: (a, b) => a.verdict - b.verdict || a.percent - b.percent,
    },
    {
      ...{ id: 'met', title: 'met', width: '4rem', style: 'number' },
      text: ({ percent }) => (percent < 0 ? '–' : `${percent} %`),
      order: (a, b) => a.percent - b.percent,
    },
    ...(known ? [trend] : []),
    ...data.areas.map((title, area) => areaColumn(estate, title, area)),
  ];
}

/** @type {Column} */
const trend = {
  ...{ id: 'trend', title: 'trend', width: '6.5rem', style: 'drawn', area: -1 },
  text: ({ trend: its, change }) =>
    its.length === 0
      ? 'no earlier run'
      : `from ${its[0]} to ${its[its.length - 1]} %, ${change < 0 ? '−' : '+'}${Math.abs(change)}`,
  order: (a, b) => b.change - a.change,
};

/**
 * @param {Estate} estate
 * @param {string} title
 * @param {number} area
 * @returns {Column}
 */
function areaColumn({ cellOf, data }, title, area) {
  return {
    ...{ id: title, title, width: '2.5rem', style: 'drawn', area },
    text: (service) => cellWords(cellOf(service, area), data.words.rulings),
    order: (a, b) => {
      const [first, second] = [cellOf(a, area), cellOf(b, area)];
      return second.rank - first.rank || second.unmet - first.unmet;
    },
  };
}

/**
 * What a drawn cell says.
 * @param {import('./data.js').Cell} cell
 * @param {Estate['data']['words']['rulings']} rulings
 */
export function cellWords({ rank, unmet, judged }, rulings) {
  const ruling = RANKS[rank];
  if (ruling === undefined) return 'not judged';
  const [, word] = rulings[ruling];
  return unmet > 0 ? `${word}, ${unmet} of ${judged} not met` : word;
}

/**
 * By code units, so that the order is the same everywhere.
 * @param {string} a
 * @param {string} b
 */
function byText(a, b) {
  return a < b ? -1 : Number(a > b);
}
