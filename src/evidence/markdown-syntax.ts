/**
 * The Markdown that is read: CommonMark, GFM and front matter, less what a text gives no occasion for. The parser tries each
 * construct wherever it might begin, an e-mail address at every letter, which is half of its time; leaving out those that
 * cannot occur changes no result.
 */
import type { Options } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';

/** What has to stand in a text for a construct to occur in it, by the construct's name; others are always tried. */
const OCCASIONS: Readonly<Record<string, RegExp>> = {
  emailAutolink: /[\w+.-]@[\w.-]/,
  wwwAutolink: /www/i,
  protocolAutolink: /https?:\/\//i,
  gfmFootnoteDefinition: /\[\^/,
  gfmFootnoteCall: /\[\^/,
  gfmPotentialFootnoteCall: /\[\^/,
  strikethrough: /~/,
  table: /\||:-|-:/,
  tasklistCheck: /\[[\sxX]\]/,
};
/** Links are also looked for in text whose character references are resolved. */
const LINK_IN_TEXT = /http|www|@|&[#a-z]/i;
const FRONT_MATTER = /^\uFEFF?(?:---|\+\+\+)/;
const KINDS: readonly ('yaml' | 'toml')[] = ['yaml', 'toml'];

/** Options under which a text is parsed. */
export function syntaxFor(text: string): Options {
  const idle = Object.entries(OCCASIONS).flatMap(([name, occasion]) => (occasion.test(text) ? [] : [name]));
  const transforms = LINK_IN_TEXT.test(text);
  const front = FRONT_MATTER.test(text);
  return {
    extensions: [without(idle, gfm()), ...(front ? [frontmatter([...KINDS])] : [])],
    mdastExtensions: [
      ...gfmFromMarkdown().map((it) => (transforms ? it : { ...it, transforms: [] })),
      ...(front ? [frontmatterFromMarkdown([...KINDS])] : []),
    ],
  };
}

type Extension = ReturnType<typeof gfm>;

/** An extension is lists of constructs, by where they occur and the character that they begin with. */
function without(idle: readonly string[], extension: Extension): Extension {
  const places = Object.entries(extension).map(
    ([place, lists]: readonly [string, Readonly<Record<string, unknown>>]) => {
      const left = Object.entries(lists).map(
        ([code, list]) => [code, Array.isArray(list) ? others(list, idle) : list] as const,
      );
      return [place, Object.fromEntries(left.filter(([, list]) => !Array.isArray(list) || list.length > 0))];
    },
  );
  return Object.fromEntries(places) as Extension;
}

function others(constructs: readonly unknown[], idle: readonly string[]): readonly unknown[] {
  return constructs.filter((it) => !idle.includes(nameOf(it)));
}

function nameOf(construct: unknown): string {
  return typeof construct === 'object' && construct !== null && 'name' in construct ? String(construct.name) : '';
}
