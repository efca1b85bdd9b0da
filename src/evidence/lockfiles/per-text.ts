/** Lets what is made of a text be made once: a text is one object for all services and collectors of a run. */
import type { TextAt } from './locked.ts';

/** The same function, which answers what it answered before; what it makes must not be changed by those who get it. */
export function perText<T>(make: (text: TextAt) => T): (text: TextAt) => T {
  const known = new WeakMap<TextAt, { readonly made: T }>();
  return (text) => {
    const before = known.get(text);
    if (before) return before.made;
    const made = make(text);
    known.set(text, { made });
    return made;
  };
}

/** The same where other texts count, too: of each text, what was made of it with those that it came with last. */
export function perTexts<T>(
  make: (text: TextAt, others: readonly TextAt[]) => T,
): (text: TextAt, others: readonly TextAt[]) => T {
  const known = new WeakMap<TextAt, { readonly made: T; readonly others: readonly TextAt[] }>();
  return (text, others) => {
    const before = known.get(text);
    if (before?.others.length === others.length && before.others.every((it, at) => it === others[at]))
      return before.made;
    const made = make(text, others);
    known.set(text, { made, others });
    return made;
  };
}
