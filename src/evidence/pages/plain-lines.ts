/** Lines of configuration and code without their comments, each with the lines it is nested in. Judges by indentation and section headers, in any language; parses none. */

/** A line that says something. */
export interface PlainLine {
  /** Counted from 1. */
  readonly line: number;
  /** Without comments and indentation. */
  readonly text: string;
  /** The lines it is nested in, outermost first. */
  readonly around: readonly string[];
}

/** Lines looked at; a configuration is rarely longer. */
const MAX_LINES = 5000;
/** Characters of a line looked at. */
const MAX_WIDTH = 2000;

/** The lines of a text. */
export function plainLines(text: string): readonly PlainLine[] {
  const lines: PlainLine[] = [];
  let open: readonly { readonly indent: number; readonly text: string }[] = [];
  let section: readonly string[] = [];
  const source = withoutBlockComments(text).split(/\r?\n/, MAX_LINES);
  for (const [index, whole] of source.entries()) {
    const content = withoutComment(whole.slice(0, MAX_WIDTH));
    if (content.trim() === '') continue;
    const indent = content.length - content.trimStart().length;
    open = open.filter((it) => it.indent < indent);
    const trimmed = content.trim();
    if (/^\[{1,2}[\w."' -]+\]{1,2}$/.test(trimmed)) section = [trimmed.replace(/["'[\]]/g, '')];
    lines.push({ line: index + 1, text: trimmed, around: [...section, ...open.map((it) => it.text)] });
    open = [...open, { indent, text: trimmed }];
  }
  return lines;
}

/** Line ends are kept, so that lines keep their numbers. */
function withoutBlockComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ''));
}

function withoutComment(line: string): string {
  // `#[` begins an attribute in Rust.
  if (/^\s*(#(?!\[)|\/\/|--\s|;|\*|%)/.test(line)) return '';
  return line.replace(/\s(#|\/\/|--)\s.*$/, '');
}
