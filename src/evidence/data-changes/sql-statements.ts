/** Splits SQL of any dialect into statements without its strings and comments. Lengths and line ends are kept, so that places stay right. Bounded; parses no grammar. */

/** One statement. */
export interface SqlStatement {
  /** Strings and comments are blank. */
  readonly text: string;
  /** Line of its first word. */
  readonly line: number;
}

const LONGEST = 2 * 1024 * 1024;

/** The statements of a text, split at semicolons and at lines that only say GO. */
export function sqlStatements(text: string, firstLine = 1): readonly SqlStatement[] {
  const bare = withoutStrings(text.slice(0, LONGEST)).replace(/^[ \t]*GO[ \t]*$/gim, (line) =>
    line.replace(/GO/i, '; '),
  );
  const statements: SqlStatement[] = [];
  let line = firstLine;
  for (const part of bare.split(';')) {
    const start = part.search(/\S/);
    if (start >= 0) statements.push({ text: part.trim(), line: line + count(part.slice(0, start)) });
    line += count(part);
  }
  return statements;
}

function count(text: string): number {
  return text.split('\n').length - 1;
}

/** Comments, quoted strings and dollar-quoted bodies; quoted names stay. */
const NOISE = /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|(\$[A-Za-z_]*\$)[\s\S]*?(?:\1|$)/g;

function withoutStrings(text: string): string {
  return text.replace(NOISE, (noise) => noise.replace(/[^\n]/g, ' '));
}

/** The comments of a text, for notes that people leave; `marks` begin one. */
export function commentsIn(text: string): readonly { readonly text: string; readonly line: number }[] {
  return text.split('\n', 5000).flatMap((line, index) => {
    const [, comment] = /(?:^|\s)(?:--|#|\/\/|\/?\*|<!--|""")\s?(\S.*)$/.exec(line.slice(0, 1000)) ?? [];
    return comment ? [{ text: comment, line: index + 1 }] : [];
  });
}
