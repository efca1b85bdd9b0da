/** Whether two names may be one person's, in the ways that manifests, git and code owners write them. Pure; in doubt it says yes. */

/** The parts of a name in lower case, without accents: `Aisha Khan`, `a.khan`, `@akhan`, `user:a.khan` and `a.khan@lumenpay.io`. */
function partsOf(name: string): readonly string[] {
  return name
    .slice(0, 200)
    .trim()
    .replace(/^(user|lead|person):/i, '')
    .replace(/(?<=\S)@[^@\s]*$/, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** Whether two names may mean one person. A name without a letter or a digit is nobody's. */
export function mayBeSame(one: string, other: string): boolean {
  const [a, b] = [partsOf(one), partsOf(other)];
  if (a.length === 0 || b.length === 0) return false;
  if (a.length > 1 && b.length > 1) return sameFullName(a, b);
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short[0] !== undefined && handlesOf(long).has(short[0]);
}

/** The last parts are alike, and the first ones too, or one is the other's initial. */
function sameFullName(a: readonly string[], b: readonly string[]): boolean {
  const [first, other] = [a[0] ?? '', b[0] ?? ''];
  if ([...a].sort().join(' ') === [...b].sort().join(' ')) return true;
  const initial =
    first === other ||
    (first.length === 1 && other.startsWith(first)) ||
    (other.length === 1 && first.startsWith(other));
  return a.at(-1) === b.at(-1) && initial;
}

/** What somebody of that name may be called in one word. */
function handlesOf(parts: readonly string[]): ReadonlySet<string> {
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (parts.length === 1) return new Set([first]);
  const [f = '', l = ''] = [first[0], last[0]];
  return new Set(
    [...parts, parts.join(''), first + last, last + first, f + last, last + f, first + l, l + first].filter(
      (it) => it.length > 1,
    ),
  );
}

/** Names in groups, each of which may be one person, directly or by way of another name. */
export function people(names: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = [];
  for (const name of new Set(names)) {
    if (!mayBeSame(name, name)) continue;
    const its = groups.filter((group) => group.some((it) => mayBeSame(it, name)));
    for (const group of its) groups.splice(groups.indexOf(group), 1);
    groups.push([...its.flat(), name]);
  }
  return groups;
}
