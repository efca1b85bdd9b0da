/**
 * Globs in references: `*`, `?`, `[a-z]` and `{a,b}` within a part of a path, `**` for any number of parts.
 * A glob library would compile them to a regular expression that backtracks, and a judged repository chooses both the
 * pattern and the file names: three `**` kept one busy for minutes. Here the work is at most pattern times path.
 */

/** Whether a path is written as a glob. */
export function isGlob(path: string): boolean {
  return /[*?]|\[[^\]/]+\]|\{[^{}]*,[^{}]*\}/.test(path);
}

/** Alternatives that braces may multiply to. */
const ALTERNATIVES_CAP = 64;

/** A test for paths; undefined when braces are nested or multiply to more alternatives than anyone would write. */
export function globMatcher(pattern: string): ((path: string) => boolean) | undefined {
  const alternatives = withoutBraces(pattern);
  if (!alternatives) return undefined;
  const globs = alternatives.map((it) => it.split('/').map((part) => (part === '**' ? 'any-parts' : tokensOf(part))));
  return (path) => {
    const parts = path.split('/').map((part) => [...part]);
    return globs.some((glob) => matchesParts(glob, parts));
  };
}

function withoutBraces(pattern: string): readonly string[] | undefined {
  if (/\{[^{}]*\{/.test(pattern)) return undefined;
  let alternatives = [pattern];
  for (;;) {
    const opened = alternatives.map((it) => /^([^{]*)\{([^{},]*(?:,[^{},]*)+)\}(.*)$/s.exec(it));
    if (opened.every((it) => it === null)) return alternatives;
    alternatives = opened.flatMap((it, index) =>
      it ? (it[2] ?? '').split(',').map((choice) => `${it[1]}${choice}${it[3]}`) : [alternatives[index] ?? ''],
    );
    if (alternatives.length > ALTERNATIVES_CAP) return undefined;
  }
}

/** One character of a part: any run of them, or a test for a single one. */
type Token = 'any-run' | ((character: string) => boolean);

function tokensOf(part: string): readonly Token[] {
  return [...part.matchAll(/\*+|\?|\[([!^]?)([^\]]+)\]|./gsu)].map(([text, negation, members]) => {
    if (text.startsWith('*')) return 'any-run';
    if (text === '?') return () => true;
    if (members === undefined) return (character) => character === text;
    return (character) => isAmong(character, members) === (negation === '');
  });
}

/** `a-z` is a range, everything else stands for itself. */
function isAmong(character: string, members: string): boolean {
  return [...members.matchAll(/(.)-(.)|./gsu)].some(([text, from, to]) =>
    from !== undefined && to !== undefined ? character >= from && character <= to : character === text,
  );
}

function matchesParts(
  glob: readonly ('any-parts' | readonly Token[])[],
  parts: readonly (readonly string[])[],
): boolean {
  return matches(glob.length, parts.length, {
    isRun: (at) => glob[at] === 'any-parts',
    fits: (at, part) => {
      const tokens = glob[at];
      return tokens !== undefined && tokens !== 'any-parts' && matchesPart(tokens, parts[part] ?? []);
    },
  });
}

function matchesPart(tokens: readonly Token[], characters: readonly string[]): boolean {
  return matches(tokens.length, characters.length, {
    isRun: (at) => tokens[at] === 'any-run',
    fits: (at, character) => {
      const token = tokens[at];
      return token !== undefined && token !== 'any-run' && token(characters[character] ?? '');
    },
  });
}

interface Wildcards {
  /** Whether the pattern's item stands for any number of things. */
  isRun(at: number): boolean;
  /** Whether the pattern's item is the one thing. */
  fits(at: number, thing: number): boolean;
}

/** Only the latest run can need to grow, so one place to go back to is enough. */
function matches(pattern: number, things: number, { isRun, fits }: Wildcards): boolean {
  let [at, thing, run, taken] = [0, 0, -1, 0];
  while (thing < things) {
    if (at < pattern && isRun(at)) [run, taken, at] = [at, thing, at + 1];
    else if (at < pattern && fits(at, thing)) [at, thing] = [at + 1, thing + 1];
    else if (run !== -1) [at, thing, taken] = [run + 1, taken + 1, taken + 1];
    else return false;
  }
  while (at < pattern && isRun(at)) at++;
  return at === pattern;
}
