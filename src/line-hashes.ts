/** GitHub's fingerprint of a line, `primaryLocationLineHash`: the same as its upload action computes, so that an alert is followed when its line moves. Pure. */

/** How many characters from the start of a line count, whitespace left out. */
const WINDOW = 100;
/** Base of the polynomial. */
const BASE = 37;
/** 2 to the 32nd: the hash has 64 bits, kept in two halves, because a BigInt for each character takes many times as long. */
const HALF = 2 ** 32;
/** What stands for the end of the file. */
const END = 0xffff;

/** A file without what does not count, followed by its end and as many noughts as the last window needs. */
interface Significant {
  readonly codes: Uint16Array;
  /** Index of each line's first character that counts; a line of blanks begins with its line end. */
  readonly starts: readonly number[];
}

/** A hash of each line, in halves. */
interface Halves {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

/** Hash and occurrence, such as `a7f2ff13bc495cf2:2`, of the lines that are wanted; none for a line that the text does not have. */
export function lineHashes(text: string, wanted: ReadonlySet<number>): ReadonlyMap<number, string> {
  const { codes, starts } = significant(text);
  const last = [...wanted].reduce((most, line) => Math.max(most, line), 0);
  const { high, low } = rolled(codes, starts.slice(0, last));
  // Written out are only those that may equal a wanted one: a large file has many lines.
  const rivals = new Set([...wanted].map((line) => low[line - 1]));
  const occurrences = new Map<string, number>();
  const found = new Map<number, string>();
  for (const [index, half] of low.entries()) {
    if (!rivals.has(half)) continue;
    const hash = hexadecimal(high[index] ?? 0, half);
    const occurrence = (occurrences.get(hash) ?? 0) + 1;
    occurrences.set(hash, occurrence);
    if (wanted.has(index + 1)) found.set(index + 1, `${hash}:${occurrence}`);
  }
  return found;
}

/** Leaves out blanks, and makes every line end a line feed. */
function significant(text: string): Significant {
  const codes = new Uint16Array(text.length + 1 + WINDOW);
  const starts = [0];
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === ' ' || character === '\t') continue;
    if (character === '\n' && text[index - 1] === '\r') continue;
    const isEnd = character === '\n' || character === '\r';
    codes[length++] = isEnd ? 10 : text.charCodeAt(index);
    if (isEnd) starts.push(length);
  }
  codes[length] = END;
  return { codes: codes.subarray(0, length + 1 + WINDOW), starts };
}

/** Rolls over the text: each character enters times one and leaves times `BASE ** WINDOW`, all modulo 2 to the 64th. */
function rolled(codes: Uint16Array, starts: readonly number[]): Halves {
  const hashes = { high: new Uint32Array(starts.length), low: new Uint32Array(starts.length) };
  let [high, low, line] = [0, 0, 0];
  for (let end = 0; end < codes.length && line < starts.length; end++) {
    const leaving = codes[end - WINDOW] ?? 0;
    const sum = low * BASE + (codes[end] ?? 0) - OUT.low * leaving;
    high = (high * BASE + Math.floor(sum / HALF) - OUT.high * leaving) >>> 0;
    low = sum >>> 0;
    if (end - WINDOW + 1 !== starts[line]) continue;
    hashes.high[line] = high;
    hashes.low[line] = low;
    line++;
  }
  return hashes;
}

/** `BASE ** WINDOW` modulo 2 to the 64th, in halves. */
const OUT = power();

function power(): { readonly high: number; readonly low: number } {
  let [high, low] = [0, 1];
  for (let times = 0; times < WINDOW; times++) {
    high = (high * BASE + Math.floor((low * BASE) / HALF)) >>> 0;
    low = (low * BASE) >>> 0;
  }
  return { high, low };
}

function hexadecimal(high: number, low: number): string {
  return high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, '0');
}
