// What an audit's page does in a browser: the heat map with its filters, what opens from it, the graph, CSV and paper.
// Plain script, bundled and embedded by `npm run generate`; only text and attributes are set, nothing is ever read as markup.
import { columnsOf } from './columns.js';
import { download, findingsCsv, servicesCsv } from './csv.js';
import { readEstate } from './data.js';
import { createDrill } from './drill.js';
import { byId } from './element.js';
import { FIELDS, filtered } from './filter.js';
import { createGraph } from './graph.js';
import { createMap } from './map.js';
import { preparePaper } from './paper.js';

/** @typedef {import('./data.js').Service} Service */
/** @typedef {import('./data.js').Estate} Estate */

const FIRST = { id: 'verdict', down: false };

/** @param {Estate} estate */
function start(estate) {
  const { services, data } = estate;
  const form = byId('filters', HTMLFormElement);
  const columns = columnsOf(estate);
  let sort = FIRST;
  /** @type {readonly Service[]} */
  let shown = [];
  /** @type {{ service?: Service | undefined, area?: number | undefined }} */
  let opened = {};

  const wanted = () => {
    const values = new FormData(form);
    const value = (/** @type {string} */ name) => String(values.get(name) ?? '');
    return {
      text: value('text'),
      owner: value('owner'),
      tier: value('tier'),
      stage: value('stage'),
      verdict: value('verdict'),
    };
  };

  const apply = () => {
    const order = columns.find(({ id }) => id === sort.id)?.order ?? (() => 0);
    const found = filtered(estate, wanted()).sort(
      (a, b) => (sort.down ? order(b, a) : order(a, b)) || a.index - b.index,
    );
    shown = found;
    map.show(found, sort);
    byId('map', HTMLElement).hidden = found.length === 0;
    byId('none', HTMLElement).hidden = found.length > 0;
    byId('shown', HTMLElement).textContent = `${found.length} of ${services.length} services`;
    remember();
  };

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  /** Browsers take their time to change an address, and allow it only so often: once one has stopped typing. */
  const remember = () => {
    clearTimeout(waiting);
    waiting = setTimeout(write, 200);
  };

  /** The page's address says what is shown, so that it can be sent to somebody. */
  const write = () => {
    const values = new URLSearchParams(Object.entries(wanted()).filter(([, value]) => value !== ''));
    if (sort.id !== FIRST.id || sort.down) values.set('sort', `${sort.down ? '-' : ''}${sort.id}`);
    if (opened.service) values.set('service', opened.service.key);
    if (opened.area !== undefined) values.set('area', data.areas[opened.area] ?? '');
    const hash = `#${values}`;
    byId('permalink', HTMLAnchorElement).href = hash;
    if (location.hash.includes('=') || hash !== '#') history.replaceState(null, '', hash === '#' ? '#services' : hash);
  };

  const drill = createDrill(estate, {
    neighbour: (service, by) => shown[shown.indexOf(service) + by],
    changed: (service, area) => {
      opened = { service, area };
      remember();
    },
  });
  const map = createMap(byId('map', HTMLElement), estate, columns, {
    open: (service, area) => void drill.open(service, area),
    sort: (id) => {
      sort = { id, down: sort.id === id && !sort.down };
      apply();
    },
  });

  const recall = () => {
    if (!location.hash.includes('=')) return false;
    const values = new URLSearchParams(location.hash.slice(1));
    const service = services.find(({ key }) => key === values.get('service'));
    const area = data.areas.indexOf(values.get('area') ?? '');
    if ([...FIELDS, 'sort'].some((name) => values.has(name))) {
      for (const name of FIELDS) setField(form, name, values.get(name) ?? '');
      const [, minus = '', id = ''] = /^(-?)(.*)$/s.exec(values.get('sort') ?? '') ?? [];
      sort = columns.some((it) => it.id === id) ? { id, down: minus !== '' } : FIRST;
      apply();
    }
    if (service) void drill.open(service, area < 0 ? undefined : area);
    else drill.close();
    return !service;
  };

  const clear = () => {
    form.reset();
    sort = FIRST;
    apply();
  };
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  for (const id of ['clear', 'clear-too']) byId(id, HTMLElement).addEventListener('click', clear);
  byId('csv-services', HTMLElement).addEventListener('click', () =>
    download('services.csv', servicesCsv(estate, shown)),
  );
  byId('csv-findings', HTMLElement).addEventListener('click', async () =>
    download('findings.csv', await findingsCsv(estate, shown)),
  );
  window.addEventListener('hashchange', () => {
    if (recall()) byId('services', HTMLElement).scrollIntoView();
  });
  preparePaper(estate, () => shown);
  byId('live', HTMLElement).hidden = false;
  apply();
  recall();
  // The first lines are painted by then.
  requestAnimationFrame(() =>
    setTimeout(() => {
      performance.mark('gonogo-ready');
      createGraph(estate, (service) => void drill.open(service));
    }),
  );
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string} value
 */
function setField(form, name, value) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
}

const estate = readEstate();
if (estate.services.length > 0) start(estate);
