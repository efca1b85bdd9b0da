/** HTML by a typed template: every value is escaped, unless a template made it. The one escaper of HTML. */

import { table } from '../table.ts';
import { visible } from './escape-terminal.ts';

/** Markup that a template made. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a template; nothing is written for what is absent. */
type Value = string | number | Html | readonly Html[] | undefined | false;

/** Markup with escaped values. Attributes have to be quoted. */
export function html(texts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { markup: texts.map((text, index) => `${text}${markupOf(values[index])}`).join('') };
}

/** Markup that is ours word for word, such as a style sheet. */
export function ours(markup: string): Html {
  return { markup };
}

function markupOf(value: Value): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return isMany(value) ? value.map(({ markup }) => markup).join('') : value.markup;
}

function isMany(value: Html | readonly Html[]): value is readonly Html[] {
  return Array.isArray(value);
}

const NAMED: Readonly<Record<string, string>> = table({
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
});

function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => NAMED[character] ?? '');
}
