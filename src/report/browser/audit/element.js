// Makes elements. Text is only ever set as text, and addresses only where they are https: nothing is read as markup.

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | undefined>} [attributes] those that are undefined are left out
 * @param {...(Node | string | undefined)} content
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  for (const part of content) if (part !== undefined) made.append(part);
  return made;
}

/**
 * A sign for the eye before its word.
 * @param {string} sign
 */
export function sign(sign) {
  return element('span', { 'aria-hidden': 'true' }, `${sign} `);
}

/**
 * An address that a person wrote, as a link where it may be one.
 * @param {string} text
 */
export function address(text) {
  return /^https:\/\/[\x21-\x7E]+$/.test(text) ? element('a', { href: text, rel: 'noreferrer' }, text) : text;
}

/**
 * A table whose first column names its rows.
 * @param {string} label
 * @param {readonly string[]} heads
 * @param {readonly (readonly (Node | string)[])[]} rows
 */
export function table(label, heads, rows) {
  const head = element('tr', {}, ...heads.map((it) => element('th', { scope: 'col' }, it)));
  const body = rows.map((cells) =>
    element(
      'tr',
      {},
      ...cells.map((it, at) => (at === 0 ? element('th', { scope: 'row' }, it) : element('td', {}, it))),
    ),
  );
  return element(
    'div',
    { class: 'wide', role: 'region', 'aria-label': label, tabindex: '0' },
    element('table', { class: 'grid' }, element('thead', {}, head), element('tbody', {}, ...body)),
  );
}

/**
 * The element with that id, which the page has.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function byId(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page has no ${id}`);
  return found;
}
