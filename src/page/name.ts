/** Finds the alert that somebody means who was just woken: by its name, a part of it, a mistyped one, or the line of a notification. Pure. */
import { allNearest, nearest } from '../nearest.ts';

/** What a word may mean. */
export type Meant =
  | { readonly kind: 'one'; readonly name: string; readonly how: 'exact' | 'spelling' | 'within' | 'part' | 'near' }
  | { readonly kind: 'several'; readonly names: readonly string[] }
  /** `like` is the nearest name, which is too different to be taken for the one that is meant. */
  | { readonly kind: 'none'; readonly like?: string };

/** Fewer letters are part of too many names. */
const SHORTEST_PART = 3;
/** One slip in as many letters: another alert's runbook at night is worse than none. */
const LETTERS_FOR_A_SLIP = 6;
/** A notification's subject is shorter. */
const LONGEST = 500;

/** Exact, then whatever the case and the separators, then a name within the words, then a part of a name, then the nearest. */
export function alertMeant(given: string, known: readonly string[]): Meant {
  const word = given.trim().slice(0, LONGEST);
  const names = [...new Set(known)].sort();
  if (names.includes(word)) return { kind: 'one', name: word, how: 'exact' };
  const wanted = letters(word);
  if (wanted === '') return { kind: 'none' };
  return (
    meant(
      names.filter((name) => letters(name) === wanted),
      'spelling',
    ) ??
    meant(longest(names.filter((name) => standsIn(name, word))), 'within') ??
    meant(
      names.filter((name) => wanted.length >= SHORTEST_PART && letters(name).includes(wanted)),
      'part',
    ) ??
    meant(
      allNearest(
        word,
        names.filter((name) => digits(name) === digits(word)),
        LETTERS_FOR_A_SLIP,
      ),
      'near',
    ) ??
    none(nearest(word, names))
  );
}

/** `error-5-minutes` is no slip of the pen for `error-10-minutes`. */
function digits(name: string): string {
  return name.replace(/\D+/g, ' ').trim();
}

function none(like: string | undefined): Meant {
  return { kind: 'none', ...(like !== undefined && { like }) };
}

function meant(names: readonly string[], how: 'spelling' | 'within' | 'part' | 'near'): Meant | undefined {
  const [name] = names;
  if (name === undefined) return undefined;
  return names.length === 1 ? { kind: 'one', name, how } : { kind: 'several', names };
}

/** `[FIRING:1] StockUnreachable (orders critical)` names the alert among other words. */
function standsIn(name: string, words: string): boolean {
  const at = words.toLowerCase().indexOf(name.toLowerCase());
  const around = [words[at - 1] ?? ' ', words[at + name.length] ?? ' '];
  return at !== -1 && name.length > SHORTEST_PART && !around.some((it) => /[\p{L}\p{N}_]/u.test(it));
}

function longest(names: readonly string[]): readonly string[] {
  return names.filter((name) => !names.some((other) => other !== name && other.includes(name)));
}

/** A name without case and separators. */
export function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
