/** Tables of words that untrusted text is looked up in. */

/** A frozen copy of `entries` without a prototype: a look-up of `constructor` or `__proto__` finds nothing, as of any other word that is not in it. */
export function table<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.freeze(Object.assign(Object.create(null) as Record<string, T>, entries));
}
