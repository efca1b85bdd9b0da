/** NuGet's requirements in the one spelling that its lockfiles use, so that two can be compared without knowing what they mean. */

/** `1.2` gives `[1.2.0, )`, `[1.0]` gives `[1.0.0, 1.0.0]`; undefined where it is none. */
export function interval(words: string): string | undefined {
  const text = words.trim();
  const [, open, inside, close] = /^([[(])([^[\]()]*)([\])])$/.exec(text) ?? [];
  if (inside === undefined) {
    const lower = versionOf(text);
    return lower === undefined || lower === '' ? undefined : `[${lower}, )`;
  }
  const ends = inside.split(',').map(versionOf);
  const [from, to = from] = ends;
  return from === undefined || to === undefined || ends.length > 2 ? undefined : `${open}${from}, ${to}${close}`;
}

/** Three parts at least, a fourth only where it is not zero, no leading zeros, lower-case, without build metadata. */
function versionOf(text: string): string | undefined {
  const word = text.trim().toLowerCase().replace(/\+.*$/, '');
  if (word === '' || /^[\d.]*\*$/.test(word)) return word;
  const [, numbers = '', label = ''] = /^(\d[\d.]*)(-[0-9a-z.*-]+)?$/.exec(word) ?? [];
  const parts = numbers.split('.').map((it) => it.replace(/^0+(?=\d)/, ''));
  if (parts.length > 4 || parts.includes('')) return undefined;
  while (parts.length < 3) parts.push('0');
  return `${(parts[3] === '0' ? parts.slice(0, 3) : parts).join('.')}${label}`;
}
