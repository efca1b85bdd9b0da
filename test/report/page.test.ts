/** Whatever a runbook or an alert says: it reaches a terminal and a Markdown page as text. */
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import type { Card, CardItem, PassageBlock, Span } from '../../src/report/card.ts';
import { blockMarkdown, codeMarkdown, linkMarkdown, plainMarkdown } from '../../src/report/escape-markdown.ts';
import { visible } from '../../src/report/escape-terminal.ts';
import { markdownCard } from '../../src/report/page-markdown.ts';
import { renderCard } from '../../src/report/page-terminal.ts';
import { canvas } from './canvas.ts';
import { hostileText, offences } from './hostile.ts';

const MARKUP = [
  '<script>alert(1)</script>',
  '](x)',
  '![x](y)',
  '`',
  '```',
  '~~~',
  '# ',
  '1. ',
  '- ',
  '* ',
  '> ',
  '| ',
  '\\',
  '&amp;',
  '**',
  '__',
  '===',
  '<!--',
  ' ',
];
const text = fc
  .array(fc.oneof(hostileText, fc.constantFrom(...MARKUP), fc.string({ maxLength: 8 })), { maxLength: 6 })
  .map((parts) => parts.join(''));
const span: fc.Arbitrary<Span> = fc.record({
  kind: fc.constantFrom('text', 'strong', 'code', 'link'),
  text,
  target: text,
});
const block: fc.Arbitrary<PassageBlock> = fc.oneof(
  fc.record({
    kind: fc.constant('heading' as const),
    level: fc.integer({ min: 1, max: 6 }),
    spans: fc.array(span, { maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant('text' as const),
    indent: fc.nat(20),
    marker: fc.constantFrom('-', '1.', '12)'),
    spans: fc.array(span, { maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('code' as const), indent: fc.nat(20), language: text, text }),
  fc.record({ kind: fc.constant('row' as const), cells: fc.array(fc.array(span, { maxLength: 3 }), { maxLength: 3 }) }),
);
const at = fc.record({ path: text, line: fc.nat() });
const item: fc.Arbitrary<CardItem> = fc.oneof(
  fc.record({ kind: fc.constant('fact' as const), label: text, text, at }),
  fc.record({ kind: fc.constant('absent' as const), text, at }),
  fc.record({ kind: fc.constant('code' as const), language: text, text }),
  fc.record({ kind: fc.constant('passage' as const), blocks: fc.array(block, { maxLength: 5 }), at, left: fc.nat(3) }),
);
const card: fc.Arbitrary<Card> = fc.record({
  alert: text,
  service: text,
  taken: text,
  sections: fc.array(fc.record({ title: text, items: fc.array(item, { maxLength: 4 }) }), { maxLength: 3 }),
});

const markdown = new MarkdownIt({ html: true });

/** Text of all that is shown, and whether anything but a paragraph was made of it. */
function shown(source: string): { readonly words: string; readonly others: readonly string[] } {
  const tokens = markdown.parse(source, {});
  const children = tokens.flatMap((token) => token.children ?? []);
  return {
    words: children.map(({ content }) => content).join(''),
    others: [...tokens, ...children]
      .map(({ type }) => type)
      .filter((type) => !/^(paragraph_(open|close)|inline|text|text_special)$/.test(type)),
  };
}

describe('Markdown', () => {
  it('shows any text as it is, and as text', () => {
    fc.assert(
      fc.property(text, (it) => {
        const { words, others } = shown(plainMarkdown(it));
        expect(others).toEqual([]);
        expect(words.trim()).toBe(visible(it).trim());
      }),
      { numRuns: 500, examples: [[' 1. '], [' - x'], ['    x'], ['\t# x'], ['  + '], [' 7) x']] },
    );
  });

  it('shows any code as code', () => {
    fc.assert(
      fc.property(
        text.filter((it) => visible(it).trim() !== ''),
        (it) => {
          const tokens = markdown.parse(`x ${codeMarkdown(it)} y`, {}).flatMap((token) => token.children ?? []);
          expect(tokens.map(({ type }) => type)).toEqual(['text', 'code_inline', 'text']);
          expect(tokens[1]?.content.trim()).toBe(visible(it).trim());
          expect(markdown.parse(blockMarkdown(it, it), {}).map(({ type }) => type)).toEqual(['fence']);
        },
      ),
    );
  });

  it('links only addresses of the web', () => {
    expect(linkMarkdown('board', 'https://grafana.lumenpay.io/d/stock')).toBe(
      '[board](https://grafana.lumenpay.io/d/stock)',
    );
    expect(linkMarkdown('board', 'javascript:alert(1)')).toBe('board (`javascript:alert(1)`)');
    expect(linkMarkdown('a', 'https://a.io/)x](y')).toBe('a (`https://a.io/)x](y`)');
  });
});

describe('a card of any text', () => {
  it('never reaches the terminal raw', () => {
    fc.assert(
      fc.property(card, fc.constantFrom(0, 60), fc.boolean(), (it, width, hyperlinks) => {
        expect(offences(renderCard(it, canvas({ width, hyperlinks, colour: 1 })))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('makes a Markdown page without tags, images and links to anything but the web', () => {
    fc.assert(
      fc.property(card, (it) => {
        const page = markdownCard(it);
        expect(offences(page)).toEqual([]);
        const tokens = markdown.parse(page, {}).flatMap((token) => [token, ...(token.children ?? [])]);
        expect(tokens.filter(({ type }) => /html|image/.test(type))).toEqual([]);
        const targets = tokens.filter(({ type }) => type === 'link_open').map((token) => String(token.attrGet('href')));
        expect(targets.filter((target) => !/^https?:/.test(target))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
