/** Leaving out what a text gives no occasion for changes no tree. */
import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { syntaxFor } from '../../src/evidence/markdown-syntax.ts';

/** With every construct, whether or not it can occur. */
function whole(text: string): unknown {
  return fromMarkdown(text, {
    extensions: [gfm(), frontmatter(['yaml', 'toml'])],
    mdastExtensions: [gfmFromMarkdown(), frontmatterFromMarkdown(['yaml', 'toml'])],
  });
}

function read(text: string): unknown {
  return fromMarkdown(text, syntaxFor(text));
}

const PARTS =
  '\n|\n\n| |  |\t|a|b1|Ops|*|**|_|__|~|~~|`|```|#|##|- |1. |> |[|]|(|)|!|^|[^a]|[^a]: |[x]|[ ]|[\n]|:|:-|-:|---|+++|\\||://|http|https|HTTP://x.io|www|www.x.io|WWW.|@|ops@x.io|mailto:|xmpp:|.|+|-|&|&#64;|&commat;|&#x77;ww.|&amp;|\\|\\@|\\.|<|>|<a@b.co>|<!--|-->|é|½|\uFEFF|\r\n|{#id}|/'.split(
    /(?<!\\)\|(?!\|)/,
  );
const text = fc.array(fc.constantFrom(...PARTS, '|'), { maxLength: 24 }).map((parts) => parts.join(''));

describe('a text', () => {
  it.each([
    'plain words, and *some* **bold** with `code`\n\n- one\n- two\n',
    '---\nowner: payments\n---\n# Title\n',
    '+++\nowner = "payments"\n+++\n# Title\n',
    '\uFEFF---\nowner: payments\n---\n# Title\n',
    'Ask ops@lumenpay.io or see www.lumenpay.io and https://runbooks.lumenpay.io/a.\n',
    'Ask ops&#64;lumenpay.io, ops&commat;lumenpay.io or &#x77;ww.lumenpay.io.\n',
    'Ask ops\\@lumenpay.io at https\\://lumenpay.io or www\\.lumenpay.io.\n',
    'Step\n:-\nrestart\n',
    'Step\n-:\nrestart\n',
    'A | B\n--|--\n1 | 2\n',
    '~~old~~ and ~older~\n',
    'See[^1] and ![^1].\n\n[^1]: the note\n',
    '- [ ] open\n- [x] done\n- [\n] neither\n',
  ])('is read as with every construct: %j', (given) => {
    expect(read(given)).toEqual(whole(given));
  });

  it('of any parts is', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(read(given)).toEqual(whole(given));
      }),
      { numRuns: 2000 },
    );
  });

  it('without occasion has fewer constructs', () => {
    expect(syntaxFor('plain words').extensions).toEqual([
      { attentionMarkers: { null: [126] }, document: {}, flow: {}, insideSpan: {}, text: {} },
    ]);
  });
});
