// Who depends on whom: drawn as a whole where it is small, else around one service; and as a table either way.
import { byId, element, table } from './element.js';
import { layered } from './layout.js';

/** @typedef {import('./data.js').Service} Service */
/** @typedef {import('./data.js').Estate} Estate */
/** @typedef {import('../../audit/page-data.ts').PageEdge} PageEdge */

/** @typedef {{ service: Service | undefined, name: string }} Node `service` is absent for what is not audited */

/** Most nodes that are drawn, most rows of the table, and most with which it is open from the start. */
const MOST = { nodes: 300, rows: 300, open: 20 };

/** Pixels of a node. */
const NODE = { width: 180, height: 26, margin: 16 };

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {Estate} estate
 * @param {(service: Service) => void} open
 */
export function createGraph(estate, open) {
  const { edges } = estate.data;
  if (edges.length === 0) return;
  const root = byId('graph-view', HTMLElement);
  const { nodes, links } = graphOf(estate);
  const risky = links.filter(({ edge }) => edge[4].length > 0);
  const input = element('input', { type: 'search', id: 'around', list: 'around-names', autocomplete: 'off' });
  const names = element('datalist', { id: 'around-names' });
  const only = element('input', { type: 'checkbox', id: 'only-risky' });
  only.checked = risky.length > 0;
  only.disabled = risky.length === 0;
  const status = element('p', { class: 'soft', role: 'status' });
  const picture = element('div', {
    class: 'canvas',
    tabindex: '0',
    role: 'region',
    'aria-label': 'Graph of dependencies',
  });
  const list = element('div');
  root.replaceChildren(
    element(
      'div',
      { class: 'tools' },
      element('label', { for: 'around' }, 'Around'),
      input,
      names,
      element('label', { class: 'choice' }, only, 'only dependencies with a problem'),
    ),
    status,
    picture,
    list,
  );
  root.hidden = false;
  const titles = nodes.map(({ service, name }) => service?.key ?? name);
  input.placeholder = titles[0] ?? '';
  input.addEventListener('focus', () => names.replaceChildren(...titles.map((value) => element('option', { value }))), {
    once: true,
  });
  const draw = () => {
    const its = only.checked ? risky : links;
    const { part, centre } = chosenPart(nodes.length, its, titles.indexOf(input.value));
    const inside = new Set(part);
    const inner = its.filter(({ from, to }) => inside.has(from) && inside.has(to));
    const whole = new Set(its.flatMap(({ from, to }) => [from, to])).size;
    const where =
      centre < 0 ? '' : ` around ${titles[centre]}${input.value === '' ? ', which has the most; name another' : ''}`;
    status.textContent = `${part.length} of ${whole} services${only.checked ? ' with such a dependency' : ''}${where}.`;
    picture.replaceChildren(drawing(nodes, part, inner, { centre, estate, open }));
    list.replaceChildren(edgeTable(nodes, inner));
  };
  input.addEventListener('input', () => (input.value === '' || titles.includes(input.value)) && draw());
  only.addEventListener('change', draw);
  draw();
}

/**
 * All nodes with edges where they are few, else those around one: the one asked for, or the one with the most edges.
 * @param {number} count
 * @param {readonly Link[]} links
 * @param {number} asked -1 where none was
 */
function chosenPart(count, links, asked) {
  const all = [...new Set(links.flatMap(({ from, to }) => [from, to]))];
  if (asked < 0 && all.length <= MOST.nodes) return { part: all, centre: -1 };
  const centre = asked >= 0 ? asked : busiest(count, links);
  return { part: around(centre, count, links), centre };
}

/** @typedef {{ from: number, to: number, edge: PageEdge }} Link */

/**
 * @param {Estate} estate
 * @returns {{ nodes: readonly Node[], links: readonly Link[] }}
 */
function graphOf({ data, services }) {
  /** @type {Map<string, number>} */
  const numbers = new Map();
  /** @type {Node[]} */
  const nodes = [];
  const numberOf = (/** @type {number} */ index, /** @type {string} */ name) => {
    const key = index < 0 ? `outside ${name}` : `service ${index}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, nodes.length);
    const service = services[index];
    return nodes.push({ service, name: service?.name ?? name }) - 1;
  };
  const links = data.edges.map((edge) => ({ from: numberOf(edge[0], ''), to: numberOf(edge[1], edge[2]), edge }));
  return { nodes, links };
}

/**
 * The node with the most edges; the first of several.
 * @param {number} count
 * @param {readonly Link[]} links
 */
function busiest(count, links) {
  const edges = new Array(count).fill(0);
  for (const { from, to } of links) for (const node of [from, to]) edges[node] += 1;
  return edges.indexOf(Math.max(...edges));
}

/**
 * The nearest ones.
 * @param {number} centre
 * @param {number} count
 * @param {readonly Link[]} links
 */
function around(centre, count, links) {
  /** @type {number[][]} */
  const neighbours = Array.from({ length: count }, () => []);
  for (const { from, to } of links) {
    neighbours[from]?.push(to);
    neighbours[to]?.push(from);
  }
  const found = [centre];
  const seen = new Set(found);
  for (const node of found) {
    for (const next of neighbours[node] ?? []) {
      if (seen.has(next) || found.length >= MOST.nodes) continue;
      seen.add(next);
      found.push(next);
    }
  }
  return found;
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {...(Node | globalThis.Node | string)} content
 */
function svg(name, attributes, ...content) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  for (const part of content) if (part instanceof globalThis.Node || typeof part === 'string') made.append(part);
  return made;
}

/**
 * @param {readonly Node[]} nodes
 * @param {readonly number[]} part
 * @param {readonly Link[]} links
 * @param {{ centre: number, estate: Estate, open: (service: Service) => void }} view
 */
function drawing(nodes, part, links, { centre, estate, open }) {
  const at = new Map(part.map((node, index) => [node, index]));
  const inner = links.map(({ from, to }) => ({ from: at.get(from) ?? 0, to: at.get(to) ?? 0 }));
  const { places, width, height } = layered(part.length, inner);
  const [across, down] = [width + 2 * NODE.margin, height + 2 * NODE.margin];
  const lines = links.map(({ edge }, index) => {
    const { from = 0, to = 0 } = inner[index] ?? {};
    return line(places[from], places[to], edge);
  });
  const boxes = part.map((node, index) => box(nodes[node], places[index], node === centre, { estate, open }));
  return svg(
    'svg',
    {
      width: across,
      height: down,
      viewBox: `${-NODE.margin} ${-NODE.margin} ${across} ${down}`,
      role: 'group',
      'aria-label': 'Services; the table below says the same',
    },
    ...lines.sort((a, b) => Number(a.risky) - Number(b.risky)).map(({ drawn }) => drawn),
    ...boxes,
  );
}

/**
 * @param {{ x: number, y: number } | undefined} from
 * @param {{ x: number, y: number } | undefined} to
 * @param {PageEdge} edge
 */
function line(from = { x: 0, y: 0 }, to = { x: 0, y: 0 }, [, , , criticality, rules]) {
  const [x1, y1, x2, y2] = [from.x + NODE.width, from.y + NODE.height / 2, to.x, to.y + NODE.height / 2];
  const bend = Math.max(40, Math.abs(x2 - x1) / 2);
  const risky = rules.length > 0;
  const path = svg('path', {
    class: `edge${risky ? ' risky' : ''}${criticality === 'soft' ? ' soft-edge' : ''}`,
    d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`,
  });
  const mark = risky ? [svg('text', { class: 'risk', x: (x1 + x2) / 2 - 5, y: (y1 + y2) / 2 + 5 }, '✖')] : [];
  return { risky, drawn: svg('g', { 'aria-hidden': 'true' }, path, ...mark) };
}

/**
 * @param {Node | undefined} node
 * @param {{ x: number, y: number } | undefined} place
 * @param {boolean} chosen
 * @param {{ estate: Estate, open: (service: Service) => void }} view
 */
function box(node, { x, y } = { x: 0, y: 0 }, chosen, { estate, open }) {
  const { service, name = '' } = node ?? {};
  const [ruling = 'skip', mark = '', word = ''] = service ? (estate.data.words.verdicts[service.verdict] ?? []) : [];
  const words = service ? `${name}: ${word}` : `${name}: not audited`;
  const content = [
    svg('title', {}, words),
    svg('rect', { width: NODE.width, height: NODE.height, rx: 4 }),
    svg('text', { x: 8, y: 17 }, `${mark === '' ? '' : `${mark} `}${shortened(name)}`),
  ];
  const style = `node ${ruling}${service ? '' : ' outside'}${chosen ? ' chosen' : ''}`;
  const where = { class: style, transform: `translate(${x} ${y})` };
  if (!service) return svg('g', where, ...content);
  const link = svg('a', { href: `#service=${encodeURIComponent(service.key)}`, 'aria-label': words }, ...content);
  link.addEventListener('click', (event) => {
    event.preventDefault();
    open(service);
  });
  return svg('g', where, link);
}

/** @param {string} name */
function shortened(name) {
  const letters = [...name];
  return letters.length > 23 ? `${letters.slice(0, 22).join('')}…` : name;
}

/**
 * What has a problem comes first.
 * @param {readonly Node[]} nodes
 * @param {readonly Link[]} links
 */
function edgeTable(nodes, links) {
  const sorted = [...links].sort((a, b) => b.edge[4].length - a.edge[4].length);
  const rows = sorted
    .slice(0, MOST.rows)
    .map(({ from, to, edge: [, , name, criticality, rules] }) => [
      nodes[from]?.name ?? '',
      nodes[to]?.service ? name : `${name} (not audited)`,
      criticality || '–',
      rules.length > 0 ? element('span', { class: 'worse' }, '✖ ', rules.join(', ')) : '–',
    ]);
  const rest = sorted.length - rows.length;
  return element(
    'details',
    { open: sorted.length <= MOST.open ? '' : undefined },
    element('summary', {}, `The same as a table: ${sorted.length} dependencies`),
    table('Table of dependencies', ['service', 'depends on', 'how', 'problems'], rows),
    rest > 0 ? element('p', { class: 'soft' }, `And ${rest} more, none with more problems than the last.`) : undefined,
  );
}
