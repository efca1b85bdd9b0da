/** Versions of Maven as its `ComparableVersion` orders them from 3.8.7 on. */
import { defineOrder } from './define-order.ts';
import { compareDigits, compareText, isDigits, withoutLeadingZeros } from './digits.ts';
import { meetsMavenSpec } from './maven-ranges.ts';

/** A number, a qualifier, or a list: `1.2-alpha-3` is 1, 2, and a list of alpha and a list of 3. */
type Item = string | readonly Item[];

/** What Maven refuses in the version of a project. */
const REFUSED = /[\\/:"<>|?*[\](){},\s]/;
/** From the oldest; the empty one is the release. Any other qualifier comes after these, in the order of its text. */
const QUALIFIERS = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['ga', ''],
  ['final', ''],
  ['release', ''],
  ['cr', 'rc'],
]);
const BEFORE_DIGIT: ReadonlyMap<string, string> = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
]);

/** A prerelease is what comes before its own numbers: `1.0-rc1`, and not `1.0-jre`. */
export const maven = defineOrder<Item>({
  parse: readItems,
  accepts: (_, text) => text !== '' && !REFUSED.test(text),
  compare: compareItems,
  isPrerelease(version, text) {
    const numbers = /^[0-9]+(?:\.[0-9]+)*/.exec(text)?.[0];
    return numbers !== undefined && compareItems(version, readItems(numbers)) < 0;
  },
  satisfies: (_, requirement, text) =>
    meetsMavenSpec(text, requirement, (a, b) => compareItems(readItems(a), readItems(b))),
});

/** `-`, and every change between digits and letters, opens a list inside the one before. */
function readItems(version: string): Item {
  const root: Item[] = [];
  const lists = [root];
  let list = root;
  function open(): void {
    const inner: Item[] = [];
    list.push(inner);
    lists.push(inner);
    list = inner;
  }
  const tokens = version.toLowerCase().match(/[0-9]+|[.-]|[^0-9.-]+/g) ?? [];
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1];
    if (isSeparator(token)) {
      if (i === 0 || isSeparator(tokens[i - 1])) list.push('0');
      if (token === '-') open();
    } else if (isDigits(token)) {
      list.push(withoutLeadingZeros(token));
      if (next !== undefined && !isSeparator(next)) open();
    } else {
      if (list.length > 0 && !isSeparator(next)) open();
      list.push(qualifier(token, next));
      if (next !== undefined && !isSeparator(next)) open();
    }
  }
  for (const inner of lists.reverse()) dropTrailingNulls(inner);
  return root;
}

function isSeparator(token: string | undefined): boolean {
  return token === '.' || token === '-';
}

function qualifier(word: string, next: string | undefined): string {
  const full = next !== undefined && !isSeparator(next) ? (BEFORE_DIGIT.get(word) ?? word) : word;
  return ALIASES.get(full) ?? full;
}

/** Zeros, releases and empty lists at the end say nothing, nor do those before the lists at the end. */
function dropTrailingNulls(list: Item[]): void {
  for (let i = list.length - 1; i >= 0; i--) {
    const item = list[i];
    if (item === '0' || item === '' || item?.length === 0) list.splice(i, 1);
    else if (!Array.isArray(item)) return;
  }
}

/** A qualifier is before a list, and a list before a number; what is missing is nothing of its kind. */
function compareItems(a: Item | undefined, b: Item | undefined): number {
  if (a === undefined) return b === undefined ? 0 : -compareItems(b, undefined);
  if (b === undefined) return compareToNothing(a);
  if (typeof a === 'string' && typeof b === 'string' && isDigits(a) === isDigits(b)) {
    return isDigits(a) ? compareDigits(a, b) : compareText(rank(a), rank(b));
  }
  if (typeof a === 'string' || typeof b === 'string') return kind(a) - kind(b);
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const order = compareItems(a[i], b[i]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareToNothing(item: Item): number {
  if (typeof item !== 'string') return item.map(compareToNothing).find((order) => order !== 0) ?? 0;
  return isDigits(item) ? compareDigits(item, '0') : compareText(rank(item), rank(''));
}

function kind(item: Item): number {
  if (typeof item !== 'string') return 1;
  return isDigits(item) ? 2 : 0;
}

function rank(word: string): string {
  const known = QUALIFIERS.indexOf(word);
  return known < 0 ? `${QUALIFIERS.length}-${word}` : String(known);
}
