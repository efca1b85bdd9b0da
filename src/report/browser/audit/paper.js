// What is printed in the place of the heat map: a table of the services that are not ready, as they are filtered.
import { RANKS } from './data.js';
import { byId, element, sign, table } from './element.js';

/** @typedef {import('./data.js').Service} Service */
/** @typedef {import('./data.js').Estate} Estate */

/**
 * @param {Estate} estate
 * @param {() => readonly Service[]} shown
 */
export function preparePaper(estate, shown) {
  const fill = () => {
    // A drawing is not printed: its table stands for it.
    for (const it of document.querySelectorAll('#graph-view details')) it.setAttribute('open', '');
    const { verdicts, rulings } = estate.data.words;
    const its = shown();
    const blocked = its.filter(({ verdict }) => verdicts[verdict]?.[0] === 'fail');
    const words = `${blocked.length} of ${its.length} services ${blocked.length === 1 ? 'is' : 'are'} not ready.`;
    const rows = blocked.map((it) => [
      it.name,
      it.key,
      String(it.tier),
      it.owner || '–',
      it.percent < 0 ? '–' : `${it.percent}\u00A0%`,
      element('span', {}, sign(rulings.fail[0]), blockedAreas(estate, it)),
    ]);
    const heads = ['service', 'repository', 'tier', 'owner', 'met', 'blocked in'];
    byId('paper', HTMLElement).replaceChildren(
      element('p', {}, words),
      ...(rows.length > 0 ? [table('Table of services that are not ready', heads, rows)] : []),
    );
  };
  window.addEventListener('beforeprint', fill);
  matchMedia('print').addEventListener('change', ({ matches }) => matches && fill());
}

/**
 * @param {Estate} estate
 * @param {Service} service
 */
function blockedAreas({ data, cellOf }, service) {
  return data.areas
    .flatMap((area, at) => {
      const { rank, unmet } = cellOf(service, at);
      return RANKS[rank] === 'fail' ? [`${area} ${unmet}`] : [];
    })
    .join(', ');
}
