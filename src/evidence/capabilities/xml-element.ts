/** XML as a small tree with lines, for build files and settings of loggers. Follows no entity and no link; what is broken gives what stood before it. */
import { SaxesParser } from 'saxes';

/** An element. Names are without their prefix. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** Text directly in it, trimmed. */
  readonly text: string;
  readonly line: number;
}

interface Growing extends Element {
  readonly children: Growing[];
  text: string;
}

/** Elements that are kept, and how deep; what is larger is data. */
const MOST_ELEMENTS = 20_000;
const DEEPEST = 100;

/** The root element, or undefined where there is none. `broken` says that the text is not well formed. */
export function readXml(text: string): { readonly root?: Element; readonly broken: boolean } {
  const parser = new SaxesParser();
  const open: Growing[] = [];
  let root: Growing | undefined;
  let broken = false;
  let count = 0;
  let line = 1;
  parser.on('error', () => {
    broken = true;
  });
  parser.on('opentagstart', () => {
    line = parser.line;
  });
  parser.on('opentag', ({ name, attributes }) => {
    count += 1;
    const element: Growing = { name: bareName(name), attributes: { ...attributes }, children: [], text: '', line };
    if (count <= MOST_ELEMENTS && open.length < DEEPEST) open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('text', (piece) => {
    const parent = open.at(-1);
    if (parent) parent.text = `${parent.text}${piece}`.trim();
  });
  parser.on('closetag', () => {
    open.pop();
  });
  try {
    parser.write(text).close();
  } catch {
    broken = true;
  }
  return { ...(root && { root }), broken };
}

function bareName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Children with a name. */
export function childrenOf(element: Element | undefined, name: string): readonly Element[] {
  return (element?.children ?? []).filter((it) => it.name === name);
}

/** Text of the first child with a name. */
export function textOf(element: Element | undefined, name: string): string | undefined {
  return childrenOf(element, name)[0]?.text;
}

/** The element and all below it. */
export function everyElement(element: Element | undefined): readonly Element[] {
  return element ? [element, ...element.children.flatMap(everyElement)] : [];
}
