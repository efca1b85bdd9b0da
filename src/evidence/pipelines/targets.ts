/** What make, just and task have in common: the targets that are asked for, and lines that go on. */

/** Longest line that is read, and most commands that one call leads to. */
export const LONGEST_LINE = 5000;
export const MOST_TARGETS = 200;

/** Targets among the arguments: neither options, nor their values, nor variables. */
export function targetNames(args: readonly string[]): readonly string[] {
  return args.filter(
    (it, index) =>
      !it.startsWith('-') &&
      !it.includes('=') &&
      !/^\d+$/.test(it) &&
      !/^(?:-C|-f|-j|-I|-l|-o|-W|--directory|--file|--makefile)$/.test(args[index - 1] ?? ''),
  );
}

/** Lines with those that a backslash continues, under the number of the first. */
export function logicalLines(text: string): readonly (readonly [line: number, text: string])[] {
  const found: [number, string][] = [];
  let open = false;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const last = found.at(-1);
    if (open && last) last[1] += `\n${line}`;
    else found.push([index + 1, line]);
    open = line.endsWith('\\');
  }
  return found;
}
