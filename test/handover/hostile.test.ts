/** Whatever a repository says: a handover keeps its own structure in HTML and in Markdown, and shows nothing that hides or reorders. */
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { compileHandover } from '../../src/handover/compile.ts';
import type { Handover } from '../../src/handover/handover.ts';
import { handoverHtml } from '../../src/report/handover-html.ts';
import { handoverMarkdown } from '../../src/report/handover-markdown.ts';
import { placeAddress } from '../../src/report/place-link.ts';
import { hostileText, offences } from '../report/hostile.ts';
import { judgedFiles } from './judged.ts';

const FRAGMENTS = [
  '<script>alert(1)</script>',
  '</dd></dl></section>',
  '" onfocus="alert(1)',
  "' autofocus '",
  '</style><script>',
  '&lt;b&gt;',
  '<!--',
  ']]>',
  '](javascript:alert(1))',
  '[x](https://attacker.lumenpay.io)',
  '![x](https://attacker.lumenpay.io/pixel.png)',
  '[a]: https://attacker.lumenpay.io',
  '<https://attacker.lumenpay.io>',
  '**bold** _it_ ~~gone~~ `code`',
  '``` \n# heading',
  '\n\n# heading\n\n- item',
  '1. one',
  '- two',
  '> quote',
  '---',
  '===',
  '| a | b |',
  '\\',
  '\\\\*',
  '*',
  '`',
  '$x$',
  '#',
];

const text = fc
  .array(fc.oneof(hostileText, fc.constantFrom(...FRAGMENTS)), { maxLength: 4 })
  .map((parts) => parts.join(''));

/** Fields that hold a word of ours. */
const CLOSED = ['id', 'mark', 'verdict', 'stage', 'profile', 'asOf'];

function filled(page: Handover, words: readonly string[]): Handover {
  let turn = 0;
  const replace = (value: unknown, key: string): unknown => {
    if (typeof value === 'string' && CLOSED.includes(key)) return value;
    // A lead is a sentence of ours with a name in it.
    if (typeof value === 'string') return `${key === 'lead' ? 'Nothing in ' : ''}${words[turn++ % words.length]}`;
    if (Array.isArray(value)) return value.map((item) => replace(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replace(item, name)]));
  };
  return replace(page, '') as Handover;
}

/** Tags and attributes' names, in order. */
function tags(html: string): readonly string[] {
  const body = html.replace(/<style>[\s\S]*?<\/style>/, '');
  return (body.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""'));
}

/** What a reader of Markdown makes of it, but for plain text. */
function blocks(markdown: string): readonly string[] {
  const tokens = new MarkdownIt({ html: true }).parse(markdown, {});
  return tokens
    .flatMap((token) => [token.type, ...(token.children ?? []).map(({ type }) => type)])
    .filter((type) => type !== 'text');
}

const FILES = {
  'gonogo.yaml': [
    'apiVersion: gonogo/v1',
    'kind: Service',
    'name: basket',
    'tier: 3',
    'description: Keeps baskets.',
    'owner: team-market',
    'dependencies: [{ id: redis, impact: Baskets are lost., contact: "#help" }]',
    'release: { rollback: { max: 10m, runbook: docs/runbooks/basket.md#rollback } }',
    'data: { stores: [{ id: redis, restore_runbook: docs/runbooks/basket.md#rollback }] }',
  ].join('\n'),
  'docs/runbooks/basket.md':
    '# Basket\n\n## Rollback\n\n1. Run `make undo` and look at the dashboard until it is green.\n',
};

const page = compileHandover(await judgedFiles(FILES));

describe('hostile text in a handover', () => {
  it('has passages to poison', () => {
    expect(JSON.stringify(page)).toContain('"quote":["Run make undo');
  });

  it('changes no tag and no attribute of the HTML', () => {
    const plain = tags(handoverHtml(filled(page, ['x']), ''));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (words) => {
        const html = handoverHtml(filled(page, words), '');
        expect(tags(html)).toEqual(plain);
        expect(offences(html.replace(/<style>[\s\S]*?<\/style>/, ''))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('changes no block, link or emphasis of the Markdown', () => {
    const plain = blocks(handoverMarkdown(filled(page, ['x']), ''));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (words) => {
        const markdown = handoverMarkdown(filled(page, words), '');
        expect(blocks(markdown)).toEqual(plain);
        expect(offences(markdown)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('gives no address with a scheme, and none that ends its grammar', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('', '..', '../../a b'), (path, base) => {
        expect(placeAddress({ path, line: 3 }, base)).toMatch(/^\.(\/[\w.%-]+)*#L3$/);
      }),
    );
  });
});
