/** Recognises text that only holds a place: nobody has filled it in yet. Pure; knows no manifest. */

interface Pattern {
  readonly pattern: RegExp;
  /** What a person sees: why this is no answer. */
  readonly meaning: string;
}

/** Somewhere in the text. Every pattern is bounded, so that a hostile text costs no more than its length. */
const WITHIN: readonly Pattern[] = [
  {
    pattern: /\b(TODO|FIXME)\b(?=\s*[:(]|$)|^(TODO|FIXME)\b(?!\s+(lists?|items?|apps?|service|api|tasks?)\b)/,
    meaning: 'is a note to fill it in later',
  },
  { pattern: /\b(TBD|TBC|TBA)\b/, meaning: 'says that it is not decided yet' },
  { pattern: /<[A-Za-z][A-Za-z0-9 _.-]*>/, meaning: 'is a template to fill in' },
  { pattern: /\{\{[^{}]*\}\}|\$\{[^{}$]*\}/, meaning: 'is a variable that nothing fills in here' },
  { pattern: /\bchange[-_ ]?me\b/i, meaning: 'is a template to fill in' },
  { pattern: /\blorem ipsum\b/i, meaning: 'is filler text' },
  {
    pattern: /[\w.-]{0,80}\bexample\.(com|org|net)\b|[\w-]{1,80}\.example\b(?![-.\w])/i,
    meaning: 'is a reserved example address that leads nowhere',
  },
];

/** The whole text and nothing else. */
const WHOLE: readonly Pattern[] = [
  {
    pattern: /^(todo|tbd|tbc|tba|fixme|xxx+|placeholder|fill (me )?in|replace[-_ ]?me)$/i,
    meaning: 'is a note to fill it in later',
  },
  { pattern: /^(n\/a|n\.a\.|not applicable)\.?$/i, meaning: 'gives no reason' },
  { pattern: /^(unknown|\?+|\.{3,}|…|-{2,})$/i, meaning: 'says that nobody knows' },
  {
    pattern: /^(your|my|some)[-_ ](team|name|service|org|company|channel|contact)([-_ ](name|here))?$/i,
    meaning: 'is a template to fill in',
  },
  { pattern: /^(foo|bar|baz|foobar|asdf|qwerty)$/i, meaning: 'is filler text' },
];

/** A placeholder in a text: the words themselves and what they mean. */
export interface Placeholder {
  readonly words: string;
  readonly meaning: string;
}

/** The placeholder in a text, or undefined. A text about to-do lists is not one: only a mark at the start, at the end or before a colon is. */
export function placeholderIn(text: string): Placeholder | undefined {
  const value = text.trim();
  for (const { pattern, meaning } of [...WHOLE, ...WITHIN]) {
    const words = pattern.exec(value)?.[0];
    if (words !== undefined) return { words, meaning };
  }
  return undefined;
}

/** Whether a claim says something: present, not blank and no placeholder. */
export function says(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '' && placeholderIn(text) === undefined;
}
