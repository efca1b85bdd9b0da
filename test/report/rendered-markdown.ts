/** What a reader of Markdown on a forge makes of a text: its elements, its own HTML, and what it would link or notify somebody by. */
import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt({ html: true, linkify: true });

/** Elements that our formats write. */
const OURS = new Set(
  ['heading', 'paragraph', 'bullet_list', 'list_item', 'strong', 'em', 'table', 'thead', 'tbody', 'tr', 'th', 'td']
    .flatMap((name) => [`${name}_open`, `${name}_close`])
    .concat(['inline', 'text', 'text_special', 'code_inline', 'html_block']),
);

/** All of the HTML that our formats write. */
const OUR_HTML =
  /^(?:<!-- gonogo:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)* -->|<details>\n<summary>[\w :,]+<\/summary>|<\/details>)\n$/;

/** What a forge makes links and mentions of, outside of code. */
const REFERENCES: readonly RegExp[] = [
  /@/,
  /#[\p{L}\p{N}_]/u,
  /\bGH-\d/i,
  /https?:|\/\/|www\.|mailto:/i,
  /(?<![\da-z])[\da-f]{7,40}(?![\da-z])/i,
  /:[\w+-]+:/,
];

/** One reading of a text. */
export interface Rendered {
  /** Types of all elements but text and code, in order. */
  readonly elements: readonly string[];
  /** Text outside of code, one for each paragraph, heading or cell. */
  readonly texts: readonly string[];
  /** What is not ours: foreign elements, foreign HTML, references. */
  readonly foreign: readonly string[];
  /** Folds that begin, and those that end. */
  readonly folds: readonly [opened: number, closed: number];
}

/** Reads it as GitHub would, and links more than GitHub does. */
export function readMarkdown(source: string): Rendered {
  const blocks = markdown.parse(source, {});
  const tokens = blocks.flatMap((token) => [token, ...(token.children ?? [])]);
  const html = tokens.filter(({ type }) => type === 'html_block').map(({ content }) => content);
  const texts = blocks
    .filter(({ type }) => type === 'inline')
    .map(({ children }) =>
      (children ?? []).map(({ type, content }) => (type === 'code_inline' ? '\0' : content)).join(''),
    );
  return {
    elements: tokens.map(({ type }) => type).filter((type) => !/^(text|text_special|code_inline|inline)$/.test(type)),
    texts,
    foreign: [
      ...tokens.filter(({ type }) => !OURS.has(type)).map(({ type, content }) => `${type} ${content}`),
      ...html.filter((it) => !OUR_HTML.test(it)),
      ...texts.filter((text) => REFERENCES.some((it) => it.test(text))),
    ],
    folds: [html.filter((it) => it.startsWith('<details>')).length, html.filter((it) => it === '</details>\n').length],
  };
}
