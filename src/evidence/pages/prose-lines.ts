/** Leaves code and comments out of Markdown text without moving a line. */

/** The lines of a text; those in fenced code and comments are blank, so that numbers stay right. */
export function proseLines(text: string): readonly string[] {
  const visible = text.replace(/<!--[\s\S]*?(?:-->|$)/g, (comment) => comment.replace(/[^\n]/g, ''));
  let fence = '';
  return visible.split('\n').map((line) => {
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence === '' && mark === '') return line;
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence)) fence = '';
    return '';
  });
}

/** The text without code, front matter and addresses: what is written in a language. */
export function proseOf(text: string): string {
  const body = text.replace(/^---\n[\s\S]*?\n---\n/, '');
  return proseLines(body)
    .join('\n')
    .replace(/`[^`\n]*`|https?:\/\/\S+|\]\([^()\n]*\)|<[^<>\n]*>/g, ' ');
}
