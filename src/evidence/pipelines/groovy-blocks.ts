/** A Jenkinsfile as a tree of calls with the blocks they carry. Reads text; knows the shape of Groovy and nothing of its meaning. */

/** One call, definition or assignment. */
export interface Call {
  /** The name as written, e.g. sh, stage, docker.image.inside; `=` after the name of what is assigned is in `assigns`. */
  readonly name: string;
  readonly assigns?: string;
  /** Raw text of what it is given, without the block. */
  readonly given: string;
  /** Texts among what it is given. */
  readonly texts: readonly GroovyText[];
  readonly line: number;
  readonly body?: readonly Call[];
  /** Raw text of the block. */
  readonly raw?: string;
}

/** A text, as it is after escapes; expressions within it are variables of the shell. */
interface GroovyText {
  readonly text: string;
  readonly line: number;
}

/** Longest file that is read, most calls of it, and deepest nesting. */
const LONGEST = 300_000;
const MOST_CALLS = 20_000;
const DEEPEST = 60;

/** The calls of a text at the outermost level. */
export function groovyCalls(text: string): readonly Call[] {
  if (text.length > LONGEST) return [];
  return calls({ text, at: 0, line: 1, left: MOST_CALLS }, 0);
}

interface Scanner {
  readonly text: string;
  at: number;
  line: number;
  left: number;
}

function calls(scanner: Scanner, depth: number): readonly Call[] {
  const found: Call[] = [];
  while (scanner.at < scanner.text.length && scanner.left > 0) {
    gap(scanner, true);
    const char = scanner.text[scanner.at];
    if (char === '}') break;
    const word = taken(scanner, /@?[A-Za-z_][\w.]*/y);
    if (word !== undefined) found.push(...call(word, scanner, depth));
    else if (quoteAt(scanner) !== undefined) quoted(scanner);
    else if (char === '{') found.push(...block(scanner, depth).calls);
    else step(scanner);
  }
  return found;
}

function call(name: string, scanner: Scanner, depth: number): readonly Call[] {
  scanner.left -= 1;
  if (depth > DEEPEST) return [];
  const { line } = scanner;
  gap(scanner, false);
  if (
    /^(?:def|final|String|return|else|static|void|boolean|int)$/.test(name) &&
    /[A-Za-z_]/.test(scanner.text[scanner.at] ?? '')
  ) {
    const next = taken(scanner, /[A-Za-z_][\w.]*/y) ?? '';
    const inner = call(next, scanner, depth + 1);
    const [first, ...rest] = inner;
    // A definition is a call with a body that nothing has called yet.
    return name !== 'return' && name !== 'else' && first?.body && first.assigns === undefined
      ? [{ ...first, name: `def ${next}` }, ...rest]
      : inner;
  }
  if (taken(scanner, /=(?![=~])/y)) return assigned(name, line, scanner, depth);
  const start = scanner.at;
  const texts: GroovyText[] = [];
  arguments_(scanner, texts);
  const given = scanner.text.slice(start, scanner.at).trim();
  // What a call with parentheses gives back may be called itself: docker.image('x').inside { }.
  const chained = taken(scanner, /\s*\.[A-Za-z_]\w*/y);
  if (chained !== undefined) {
    const [first, ...rest] = call(`${name}${chained.trim()}`, scanner, depth + 1);
    // Without a block it only turns the result into something else: sh(...).trim().
    const whole = first?.body ? { ...first, texts: [...texts, ...first.texts] } : { name, given, texts, line };
    return [whole, ...rest];
  }
  gap(scanner, true);
  if (scanner.text[scanner.at] !== '{') return [{ name, given, texts, line }];
  const { calls: body, raw } = block(scanner, depth);
  return [{ name, given, texts, line, body, raw }];
}

/** `X = 'y'` and `x = sh(...)`. */
function assigned(name: string, line: number, scanner: Scanner, depth: number): readonly Call[] {
  gap(scanner, false);
  if (quoteAt(scanner) !== undefined) {
    const value = quoted(scanner);
    return [{ name: '=', assigns: name, given: '', texts: [value], line }];
  }
  const word = taken(scanner, /[A-Za-z_][\w.]*/y);
  return word === undefined
    ? [{ name: '=', assigns: name, given: '', texts: [], line }]
    : call(word, scanner, depth + 1);
}

function block(scanner: Scanner, depth: number): { calls: readonly Call[]; raw: string } {
  const start = scanner.at + 1;
  step(scanner);
  const found = depth < DEEPEST ? calls(scanner, depth + 1) : [];
  const raw = scanner.text.slice(start, scanner.at);
  if (scanner.text[scanner.at] === '}') step(scanner);
  return { calls: found, raw };
}

/** Within parentheses, or up to the end of the line, the block or the statement. */
function arguments_(scanner: Scanner, texts: GroovyText[]): void {
  const inParentheses = scanner.text[scanner.at] === '(';
  let open = 0;
  while (scanner.at < scanner.text.length) {
    if (comment(scanner)) continue;
    const char = scanner.text[scanner.at] ?? '';
    if (quoteAt(scanner) !== undefined) {
      texts.push(quoted(scanner));
      continue;
    }
    if (/[([]/.test(char)) open += 1;
    if (/[)\]]/.test(char)) {
      open -= 1;
      if (open < 0) return;
    }
    if (open === 0 && /[\n;{}]/.test(char)) return;
    step(scanner);
    if (inParentheses && open === 0) return;
  }
}

/** Space and comments; line breaks too where they mean nothing. */
function gap(scanner: Scanner, breaks: boolean): void {
  const space = breaks ? /[\s;]/ : /[ \t]/;
  while (scanner.at < scanner.text.length) {
    if (comment(scanner)) continue;
    if (!space.test(scanner.text[scanner.at] ?? '')) return;
    step(scanner);
  }
}

function comment(scanner: Scanner): boolean {
  const { text, at } = scanner;
  if (text.startsWith('//', at) || (at === 0 && text.startsWith('#!'))) {
    const end = text.indexOf('\n', at);
    scanner.at = end < 0 ? text.length : end;
    return true;
  }
  if (!text.startsWith('/*', at)) return false;
  const end = text.indexOf('*/', at + 2);
  move(scanner, end < 0 ? text.length : end + 2);
  return true;
}

function step(scanner: Scanner): void {
  move(scanner, scanner.at + 1);
}

function move(scanner: Scanner, to: number): void {
  for (let at = scanner.at; at < to; at += 1) if (scanner.text[at] === '\n') scanner.line += 1;
  scanner.at = to;
}

function taken(scanner: Scanner, pattern: RegExp): string | undefined {
  pattern.lastIndex = scanner.at;
  const [found] = pattern.exec(scanner.text) ?? [];
  if (found === undefined || found === '') return undefined;
  move(scanner, scanner.at + found.length);
  return found;
}

function quoteAt({ text, at }: Scanner): string | undefined {
  return ['"""', "'''", '"', "'"].find((it) => text.startsWith(it, at));
}

function quoted(scanner: Scanner): GroovyText {
  const quote = quoteAt(scanner) ?? '"';
  const { line } = scanner;
  move(scanner, scanner.at + quote.length);
  const start = scanner.at;
  let at = start;
  while (at < scanner.text.length && !scanner.text.startsWith(quote, at)) at += scanner.text[at] === '\\' ? 2 : 1;
  const raw = scanner.text.slice(start, at);
  move(scanner, Math.min(at + quote.length, scanner.text.length));
  return { text: meant(raw, quote.startsWith('"')), line };
}

/** Escapes undone; `${env.X}` as the shell's `${X}`. Line breaks stay where they are. */
function meant(raw: string, expands: boolean): string {
  const plain = expands
    ? raw.replace(/(\\?)\$\{([^{}]*)\}/g, (whole, escaped: string, inner: string) =>
        escaped === ''
          ? `\${${inner.replace(/^(?:env|params|BUILD|currentBuild)\./, '').replace(/\W+/g, '_') || 'X'}}`
          : whole,
      )
    : raw;
  return plain.replace(/\\([\\'"$])/g, '$1');
}
