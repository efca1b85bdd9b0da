/** Finds the rule that a word on the command line means: an id, an alias, or the part after the area. */
import { InputError } from '../input-error.ts';
import { nearest } from '../nearest.ts';

/** The rule's id; `ids` maps every id and alias to it. A word that means none or several is the user's error. */
export function ruleNamed(word: string, ids: ReadonlyMap<string, string>, at: string): string {
  const id = ids.get(word);
  if (id !== undefined) return id;
  const tails = [...new Set([...ids].filter(([name]) => tailOf(name) === word).map(([, it]) => it))];
  const [only, ...more] = tails;
  if (only !== undefined && more.length === 0) return only;
  if (only !== undefined) throw new InputError(`"${word}" may mean ${tails.join(' or ')}`, at, 'give the whole id');
  const close = nearest(word, ids.keys()) ?? closeTail(word, ids);
  throw new InputError(
    `no rule is called "${word}"`,
    at,
    close
      ? `did you mean "${close}"?`
      : '`gonogo rules` lists them all; a rule of your organisation is there with --policy FILE or --checklist FILE, as for check',
  );
}

function closeTail(word: string, ids: ReadonlyMap<string, string>): string | undefined {
  const close = nearest(word, [...ids.keys()].map(tailOf));
  return [...ids].find(([name]) => tailOf(name) === close)?.[1];
}

function tailOf(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}
