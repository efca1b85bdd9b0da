/** The page of a report as a strict parser of XML reads it: tags in order, attributes, and text. Throws on anything that is not well-formed. */
import { SaxesParser } from 'saxes';

/** One element, as its start tag says. */
interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A page, taken apart. */
export interface Markup {
  readonly elements: readonly Element[];
  readonly text: string;
  /** What stands in the only style and the only script, which are no markup. */
  readonly style: string;
  readonly script: string;
}

/** Reads a page. */
export function markupOf(page: string): Markup {
  const [style, script] = ['style', 'script'].map((name) => onlyRaw(page, name));
  const elements: Element[] = [];
  const text: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) =>
    elements.push({ name, attributes: attributes as Element['attributes'] }),
  );
  parser.on('text', (words) => text.push(words));
  parser.write(page.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '<$1></$1>')).close();
  return { elements, text: text.join(''), style: style ?? '', script: script ?? '' };
}

/** Whoever ends such an element early begins another one. */
function onlyRaw(page: string, name: string): string {
  const parts = page.split(new RegExp(`</?${name}>`));
  if (parts.length !== 3) throw new Error(`there are ${(parts.length - 1) / 2} elements ${name}`);
  return parts[1] ?? '';
}
