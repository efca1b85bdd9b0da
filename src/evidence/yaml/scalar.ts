/** What a word without quotes means: the core schema of YAML 1.2, exactly as the `yaml` package applies it. */

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);
const LONGEST_WORD = 5;

const INTEGER = /^(?:0o([0-7]+)|0x([0-9a-fA-F]+)|[-+]?[0-9]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INFINITE = /^([-+])?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;

/** The value of a plain scalar: null, a boolean, a number (also infinite and NaN), or the text itself. */
export function plainScalar(text: string): string | number | boolean | null {
  const word = text.length <= LONGEST_WORD ? WORDS.get(text) : undefined;
  if (word !== undefined) return word;
  return beginsNumber(text.charCodeAt(0)) ? (numberIn(text) ?? text) : text;
}

/** A digit, `+`, `-` or `.`. */
function beginsNumber(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46;
}

function numberIn(text: string): number | undefined {
  const [integer, octal, hexadecimal] = INTEGER.exec(text) ?? [];
  if (octal !== undefined) return Number.parseInt(octal, 8);
  if (hexadecimal !== undefined) return Number.parseInt(hexadecimal, 16);
  if (integer !== undefined) return Number.parseInt(integer, 10);
  if (FLOAT.test(text)) return Number.parseFloat(text);
  const infinite = INFINITE.exec(text);
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return NOT_A_NUMBER.test(text) ? Number.NaN : undefined;
}
