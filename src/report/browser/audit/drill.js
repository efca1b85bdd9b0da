// What opens from the heat map: one service with its findings, at the side of the page.
import { cellWords } from './columns.js';
import { UNMET } from './data.js';
import { byId, element, sign } from './element.js';
import { findingElement, metList } from './finding.js';
import { findingsOf } from './unpack.js';

/** @typedef {import('./data.js').Service} Service */
/** @typedef {import('./data.js').Estate} Estate */
/** @typedef {import('../../audit/page-data.ts').PageFinding} PageFinding */

/**
 * @param {Estate} estate
 * @param {{ neighbour: (service: Service, by: number) => Service | undefined, changed: (service?: Service, area?: number) => void }} on
 */
export function createDrill(estate, on) {
  const dialog = byId('drill', HTMLDialogElement);
  /** @type {Service | undefined} */
  let shown;

  /**
   * @param {Service} service
   * @param {number} [area]
   */
  const open = async (service, area) => {
    shown = service;
    on.changed(service, area);
    const body = element('div', { class: 'drill-body' }, element('p', { class: 'soft' }, 'Unpacking…'));
    dialog.replaceChildren(head(service, area), body);
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    const content = await findingsOf(service.index, estate.data.perPack).then(
      (findings) => findingList(estate, service, findings, area),
      () => [element('p', {}, 'This browser cannot unpack the findings. A newer one can, and so does `gonogo check`.')],
    );
    if (shown === service) body.replaceChildren(...content);
  };

  /**
   * @param {Service} service
   * @param {number | undefined} area
   */
  const head = (service, area) => {
    const { data } = estate;
    const [ruling = 'skip', mark = '', word = ''] = data.words.verdicts[service.verdict] ?? [];
    const button = (/** @type {string} */ text, /** @type {Service | undefined} */ to) => {
      const made = element('button', { type: 'button', ...(to ? {} : { disabled: '' }) }, text);
      if (to) made.addEventListener('click', () => void open(to, area).then(() => focusOn(text)));
      return made;
    };
    const close = element('button', { type: 'button', id: 'close-drill' }, 'Close');
    close.addEventListener('click', () => dialog.close());
    const { name, tier, stage, owner, key, commit } = service;
    return element(
      'div',
      { class: 'drill-head' },
      element(
        'p',
        { class: 'buttons' },
        button('Previous', on.neighbour(service, -1)),
        button('Next', on.neighbour(service, 1)),
        close,
      ),
      element('span', { class: `verdict ${ruling}` }, sign(mark), word),
      element('h2', { id: 'drill-name', tabindex: '-1', autofocus: '' }, name),
      element(
        'p',
        { class: 'soft' },
        `tier ${tier}, ${stage}, ${owner === '' ? 'nobody declared as owner' : `owned by ${owner}`} · ${key}${commit === '' ? '' : ` at ${commit}`}`,
      ),
      element('p', {}, scoreWords(service)),
      chips(service, area),
    );
  };

  /**
   * One button for each area in which something is not met.
   * @param {Service} service
   * @param {number | undefined} chosen
   */
  const chips = (service, chosen) => {
    const { areas, words } = estate.data;
    const its = areas.flatMap((area, at) => {
      const cell = estate.cellOf(service, at);
      return cell.rank >= UNMET || at === chosen
        ? [{ at, text: `${area} ${cell.unmet}`, title: `${area}: ${cellWords(cell, words.rulings)}` }]
        : [];
    });
    if (its.length === 0) return undefined;
    const all = [{ at: undefined, text: 'all areas', title: 'all areas' }, ...its];
    return element(
      'ul',
      { class: 'chips', 'aria-label': 'Areas' },
      ...all.map(({ at, text, title }) => {
        const button = element('button', { type: 'button', title, 'aria-pressed': String(at === chosen) }, text);
        button.addEventListener('click', () => void open(service, at).then(() => focusOn(text)));
        return element('li', {}, button);
      }),
    );
  };

  /**
   * The button of that text has been made anew.
   * @param {string} text
   */
  const focusOn = (text) => {
    const again = [...dialog.querySelectorAll('button')].find((it) => it.textContent === text && !it.disabled);
    (again ?? dialog.querySelector('h2'))?.focus();
  };

  dialog.addEventListener('close', () => {
    shown = undefined;
    on.changed();
  });
  dialog.addEventListener('click', ({ target, clientX }) => {
    if (target === dialog && clientX < dialog.getBoundingClientRect().left) dialog.close();
  });
  return { open, close: () => dialog.open && dialog.close() };
}

/** @param {Service} service */
function scoreWords({ met, applicable, verified, percent, trend }) {
  if (applicable === 0) return 'No rule applies, so nothing was judged.';
  const earlier = trend.length > 1 ? `; ${trend[0]} % ${trend.length - 1} runs ago, best ${Math.max(...trend)} %` : '';
  return `${met} of ${applicable} applicable rules met = ${percent} %, ${verified} verified${earlier}.`;
}

/**
 * @param {Estate} estate
 * @param {Service} service
 * @param {readonly PageFinding[]} findings
 * @param {number | undefined} area
 * @returns {HTMLElement[]}
 */
function findingList(estate, service, findings, area) {
  const { data, rankOf } = estate;
  const inArea = (/** @type {number} */ rule) => area === undefined || data.rules[rule]?.[1] === area;
  const rank = (/** @type {PageFinding} */ it) => rankOf(service.letters.charCodeAt(it.rule));
  const unmet = findings.filter(({ rule }) => inArea(rule)).sort((a, b) => rank(b) - rank(a));
  const parts = data.areas.flatMap((title, at) => {
    const its = unmet.filter(({ rule }) => data.rules[rule]?.[1] === at);
    if (its.length === 0) return [];
    return [element('h3', {}, title), ...its.map((it) => findingElement(estate, service, it))];
  });
  const nothing = element('p', {}, service.applicable === 0 ? 'No rule applies.' : 'Everything that applies is met.');
  return [...(parts.length > 0 ? parts : [nothing]), ...metList(estate, service, inArea)];
}
