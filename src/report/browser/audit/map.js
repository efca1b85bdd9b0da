// The heat map: a grid of which only the lines in view exist, worked by mouse and by arrow keys.
import { element } from './element.js';
import { coloursNow, paint } from './paint.js';

/** @typedef {import('./data.js').Service} Service */
/** @typedef {import('./data.js').Estate} Estate */
/** @typedef {import('./columns.js').Column} Column */
/** @typedef {{ row: HTMLElement, cells: readonly HTMLElement[], canvas: HTMLCanvasElement | undefined }} Line */
/** @typedef {{ id: string, down: boolean }} Sort */

/** Lines beyond the view that are there already when one scrolls. */
const BEYOND = 3;

/**
 * @param {HTMLElement} root
 * @param {Estate} estate
 * @param {readonly Column[]} columns
 * @param {{ open: (service: Service, area?: number) => void, sort: (id: string) => void }} on
 */
export function createMap(root, estate, columns, on) {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const height = 2 * rem;
  const drawn = columns.filter(({ style }) => style === 'drawn');
  let colours = coloursNow();
  /** @type {readonly Service[]} */
  let list = [];
  /** What is in view, kept because asking for it would have the page laid out. */
  const view = { top: 0, height: 0 };
  /** Where the keyboard is; the head's row is -1. */
  let active = { row: -1, column: 0 };
  /** @type {Map<number, Line>} */
  const lines = new Map();
  /** @type {Line[]} */
  const free = [];

  root.style.setProperty('--columns', columns.map(({ width }) => width).join(' '));
  const head = headLine(columns);
  const body = element('div', { class: 'grid-body', role: 'rowgroup' });
  const grid = element(
    'div',
    { role: 'grid', 'aria-label': 'Services by area', 'aria-colcount': String(columns.length) },
    head.row,
    body,
  );
  root.append(grid);

  /** @param {number} row */
  const lineAt = (row) => (row < 0 ? head : lines.get(row));
  const activeCell = () => lineAt(active.row)?.cells[active.column];

  /**
   * @param {Line} line
   * @param {number} index
   */
  const fill = ({ row, cells, canvas }, index) => {
    const service = list[index];
    if (!service) return;
    row.hidden = false;
    row.style.transform = `translateY(${index * height}px)`;
    row.setAttribute('aria-rowindex', String(index + 2));
    for (const [at, cell] of cells.entries()) fillCell(cell, columns[at], service, estate);
    if (canvas) paint(canvas, service, { estate, columns: drawn, colours, rem, height });
  };

  const render = () => {
    const first = Math.max(0, Math.floor(view.top / height) - BEYOND);
    const last = Math.min(list.length - 1, Math.ceil((view.top + view.height) / height) + BEYOND);
    for (const [index, line] of lines) {
      if ((index >= first && index <= last) || index === active.row) continue;
      lines.delete(index);
      line.row.hidden = true;
      free.push(line);
    }
    for (let index = first; index <= last; index += 1) ensure(index);
    if (active.row >= 0) ensure(active.row);
  };

  /** @param {number} index */
  const ensure = (index) => {
    if (lines.has(index)) return;
    const line = free.pop() ?? bodyLine(columns, drawn.length);
    if (!line.row.parentNode) body.append(line.row);
    lines.set(index, line);
    fill(line, index);
  };

  /**
   * @param {number} row
   * @param {number} column
   * @param {boolean} focus
   */
  const moveTo = (row, column, focus) => {
    const before = activeCell();
    if (before) before.tabIndex = -1;
    active = { row: clamp(row, -1, list.length - 1), column: clamp(column, 0, columns.length - 1) };
    render();
    const cell = activeCell();
    if (!cell) return;
    cell.tabIndex = 0;
    if (!focus) return;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };

  const act = () => {
    const column = columns[active.column];
    const service = list[active.row];
    if (active.row < 0) on.sort(column?.id ?? '');
    else if (service) on.open(service, areaOf(column));
  };

  grid.addEventListener('keydown', (event) => {
    const page = Math.max(1, Math.floor(view.height / height) - 2);
    const to = step(event, active, { rows: list.length, columns: columns.length, page });
    if (to) moveTo(to.row, to.column, true);
    else if ((event.key === 'Enter' || event.key === ' ') && !event.altKey && !event.metaKey) act();
    else return;
    event.preventDefault();
  });
  grid.addEventListener('click', ({ target }) => {
    const cell = target instanceof Element ? target.closest('.cell') : null;
    const row = cell?.parentElement;
    if (!(cell instanceof HTMLElement) || !row) return;
    moveTo(Number(row.getAttribute('aria-rowindex')) - 2, Number(cell.getAttribute('aria-colindex')) - 1, true);
    act();
  });
  root.addEventListener('scroll', () => {
    view.top = root.scrollTop;
    render();
  });
  new ResizeObserver(() => {
    view.height = root.clientHeight;
    root.style.scrollPaddingTop = `${head.row.offsetHeight}px`;
    render();
  }).observe(root);
  const again = () => {
    colours = coloursNow();
    for (const [index, line] of lines) fill(line, index);
    render();
  };
  for (const query of ['(prefers-color-scheme: dark)', 'print']) matchMedia(query).addEventListener('change', again);
  window.addEventListener('resize', again);

  return {
    /**
     * @param {readonly Service[]} services
     * @param {Sort} sort
     */
    show(services, sort) {
      list = services;
      grid.setAttribute('aria-rowcount', String(list.length + 1));
      body.style.height = `${list.length * height}px`;
      if (view.top > 0) root.scrollTop = 0;
      view.top = 0;
      for (const [at, cell] of head.cells.entries()) {
        const way = columns[at]?.id === sort.id ? (sort.down ? 'descending' : 'ascending') : 'none';
        cell.setAttribute('aria-sort', way);
      }
      const focused = grid.contains(document.activeElement);
      const before = activeCell();
      if (before) before.tabIndex = -1;
      for (const line of lines.values()) {
        line.row.hidden = true;
        free.push(line);
      }
      lines.clear();
      moveTo(active.row < 0 ? -1 : Math.min(active.row, 0), active.column, focused);
    },
  };
}

/** @param {Column | undefined} column */
function areaOf(column) {
  return column?.area !== undefined && column.area >= 0 ? column.area : undefined;
}

/**
 * @param {HTMLElement} cell
 * @param {Column | undefined} column
 * @param {Service} service
 * @param {Estate} estate
 */
function fillCell(cell, column, service, { data }) {
  if (!column) return;
  const text = column.text(service);
  if (column.style === 'drawn') {
    cell.setAttribute('aria-label', `${column.title}: ${text}`);
    cell.title = `${column.title}: ${text}`;
    return;
  }
  if (column.id === 'name') {
    const same = service.key === service.name || service.key.endsWith(`/${service.name}`);
    cell.replaceChildren(
      text,
      element('small', {}, same ? service.key.slice(0, -service.name.length - 1) : service.key),
    );
    cell.title = `${text} (${service.key})`;
    return;
  }
  if (column.id === 'verdict') {
    const [ruling = 'skip', mark = ''] = data.words.verdicts[service.verdict] ?? [];
    cell.className = `cell ${column.style} ${ruling}`;
    cell.replaceChildren(element('span', { 'aria-hidden': 'true' }, `${mark} `), text);
    return;
  }
  cell.textContent = text;
  cell.title = text;
}

/**
 * @param {readonly Column[]} columns
 * @returns {Line}
 */
function headLine(columns) {
  const cells = columns.map(({ title, style, area = -1 }, at) =>
    element(
      'div',
      {
        ...{
          class: `cell ${area >= 0 ? 'area-head' : style}`,
          role: 'columnheader',
          tabindex: '-1',
          title: `sort by ${title}`,
        },
        'aria-colindex': String(at + 1),
      },
      title,
    ),
  );
  return {
    row: element('div', { class: 'head', role: 'row', 'aria-rowindex': '1' }, ...cells),
    cells,
    canvas: undefined,
  };
}

/**
 * @param {readonly Column[]} columns
 * @param {number} drawn how many of them are drawn; they are the last
 * @returns {Line}
 */
function bodyLine(columns, drawn) {
  const cells = columns.map(({ style }, at) => {
    const cell = element('div', {
      ...{ class: `cell ${style}`, role: at === 0 ? 'rowheader' : 'gridcell', tabindex: '-1' },
      'aria-colindex': String(at + 1),
    });
    cell.style.gridColumn = String(at + 1);
    return cell;
  });
  const canvas = drawn > 0 ? element('canvas', { 'aria-hidden': 'true' }) : undefined;
  if (canvas) canvas.style.gridColumn = `${columns.length - drawn + 1} / -1`;
  return { row: element('div', { class: 'line-of', role: 'row' }, canvas, ...cells), cells, canvas };
}

/**
 * Where a key leads; nothing for keys that move nothing.
 * @param {KeyboardEvent} event
 * @param {{ row: number, column: number }} from
 * @param {{ rows: number, columns: number, page: number }} size
 */
function step({ key, ctrlKey }, { row, column }, { rows, columns, page }) {
  switch (key) {
    case 'ArrowDown':
      return { row: row + 1, column };
    case 'ArrowUp':
      return { row: row - 1, column };
    case 'ArrowRight':
      return { row, column: column + 1 };
    case 'ArrowLeft':
      return { row, column: column - 1 };
    case 'PageDown':
      return { row: row + page, column };
    case 'PageUp':
      return { row: Math.max(row - page, Math.min(row, 0)), column };
    case 'Home':
      return { row: ctrlKey ? Math.min(row, 0) : row, column: 0 };
    case 'End':
      return { row: ctrlKey ? rows - 1 : row, column: columns - 1 };
    default:
      return undefined;
  }
}

/**
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
function clamp(value, least, most) {
  return Math.max(least, Math.min(most, value));
}
