/** Part of a page as blocks: what a runbook says is shown, tags and comments are not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passageOf } from '../../src/page/passage.ts';
import type { PassageBlock, Span } from '../../src/report/card.ts';
import { anyCharacter } from '../any-character.ts';

function words(spans: readonly Span[]): string {
  return spans.map(({ kind, text, target }) => (kind === 'link' ? `${text}<${target}>` : text)).join('');
}

function outline(blocks: readonly PassageBlock[] | undefined): readonly string[] {
  return (blocks ?? []).map((block) => {
    switch (block.kind) {
      case 'heading':
        return `h${block.level} ${words(block.spans)}`;
      case 'text':
        return `${' '.repeat(block.indent)}${block.marker ?? 'p'} ${words(block.spans)}`;
      case 'code':
        return `code ${block.language} ${block.text}`;
      case 'row':
        return `row ${block.cells.map(words).join('|')}`;
      default:
        return block.kind;
    }
  });
}

const PAGE = `---
title: Stock
---

# Stock

## StockUnreachable

Orders **wait**. See [the board](https://grafana.lumenpay.io/d/stock) or \`kubectl get pods\`.
<!-- for us only -->
<details><summary>More</summary>

1. Look:
   \`\`\`sh
   kubectl logs stock
   \`\`\`
   - nested

> quoted

</details>

| sign | cause |
| --- | --- |
| 503 | \`pool\` |

---

### Verification

Quiet again.

## OrdersSlow

Not this one.
`;

describe('a passage', () => {
  it('has the headings, lists, code, tables and links of its lines and no others', () => {
    expect(outline(passageOf('stock.md', PAGE, { from: 7, to: 32 }))).toEqual([
      'h2 StockUnreachable',
      'p Orders wait. See the board<https://grafana.lumenpay.io/d/stock> or kubectl get pods.',
      'p More',
      '1. Look:',
      'code sh kubectl logs stock',
      '   - nested',
      '  p quoted',
      'row sign|cause',
      'row 503|pool',
      'rule',
      'h3 Verification',
      'p Quiet again.',
    ]);
  });

  it('reads AsciiDoc and Windows line ends alike', () => {
    const page = '= Stock\r\n\r\n== StockUnreachable\r\n\r\n* look\r\n\r\n----\r\nkubectl get pods\r\n----\r\n';
    expect(outline(passageOf('stock.adoc', page, { from: 3 }))).toEqual([
      'h2 StockUnreachable',
      '- look',
      'code  kubectl get pods',
    ]);
  });

  it('is made of any text without a fault', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '# a\n',
        '> ',
        '- ',
        '1. ',
        '```\n',
        '| a | b |\n| - | - |\n',
        '<b>',
        '<!--',
        '**',
        '[a](',
        ')',
        '\n\n',
        '---\n',
      ),
      fc.string({ unit: anyCharacter, maxLength: 10 }),
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 40 }),
        fc.nat(5),
        fc.constantFrom('a.md', 'a.adoc', 'a.rst'),
        (parts, from, path) => {
          const blocks = passageOf(path, parts.join(''), { from, to: from + 10 });
          expect(JSON.parse(JSON.stringify(blocks ?? null))).toEqual(blocks ?? null);
        },
      ),
    );
  });
});
