/** Markdown that other markup is written as: fences, headings, links, and text that Markdown would take for something else. */

/** Longer than any fence that a block of code holds. */
export const FENCE = '`'.repeat(12);
/** A longer line is no prose; it stays as it is and is not looked into. */
export const LONGEST_LINE = 2000;

/** A link; words that are missing are its address. */
export function markdownLink(words: string, target: string): string {
  const address = /[\s()<>]/.test(target) ? `<${target.replace(/[<>]/g, '')}>` : target;
  return `[${words.replace(/[[\]]/g, '').trim() || target}](${address})`;
}

/** Prose that begins like a heading or a fence of Markdown's, or holds its comment, is still prose. */
export function plainLine(text: string): string {
  const line = text.trim().replaceAll('<!--', '< !--');
  return /^(?:#|`{3}|~{3})/.test(line) ? `\\${line}` : line;
}

/** Number of lines that a YAML block at the very top takes up; 0 where there is none. */
export function frontMatterLines(lines: readonly string[]): number {
  if (lines[0]?.trimEnd() !== '---') return 0;
  return lines.slice(0, 200).findIndex((line, index) => index > 0 && line.trimEnd() === '---') + 1;
}

/** Applies a translation to what stands outside a pattern's matches, and another to the matches. */
export function around(
  text: string,
  pattern: RegExp,
  outside: (text: string) => string,
  inside: (text: string) => string,
): string {
  let end = 0;
  let result = '';
  for (const match of text.matchAll(pattern)) {
    result += outside(text.slice(end, match.index)) + inside(match[0]);
    end = match.index + match[0].length;
  }
  return result + outside(text.slice(end));
}
