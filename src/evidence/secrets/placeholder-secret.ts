/** Tells a text that stands where a secret belongs from a secret: words, runs, sequences, too little disorder. Pure. */

/** Words that random characters do not spell. */
const WORDS =
  /example|sample|dummy|fake|placeholder|change[-_ ]?(?:me|it|this)|replace|redacted|insert|your[-_ ]|todo|secret[-_]?(?:here|key|value|name)|x{4,}|\*{3,}|\.{3,}|-{6,}|_{6,}|0{6,}|1{6,}|a{6,}|abcdef|qwerty|asdf|1234567|0123456|deadbeef/i;
/** Something fills it in later. */
const FILLED_IN = /\$\{|\$\(|\{\{|\}\}|<[^>]*>|%\(|%[A-Z_]+%|\[\[|@@|^__\w+__$|^\$[A-Z_]/;

/** Whether a match of a format is plainly none. */
export function isPlaceholderSecret(secret: string): boolean {
  return WORDS.test(secret) || FILLED_IN.test(secret) || disorder(secret) < 3;
}

/** Whether a value only holds the place of a secret: filled in later, or a word that says so. A weak password is a password. */
export function isPlaceholderValue(value: string): boolean {
  const plain = value.trim();
  return (
    plain === '' ||
    FILLED_IN.test(plain) ||
    /^(?:null|nil|none|undefined|n\/a|true|false|tbd|todo|unset|empty|dummy|example|placeholder|redacted|changeit|replace(?:d)?|xx+|\*+|\.+|-+|_+)$/i.test(
      plain,
    ) ||
    /change[-_ ]?me|replace[-_ ]?(?:me|with|this)|placeholder|your[-_ ]|insert[-_ ]|fill[-_ ]?in|<.*>|x{4,}|\*{3,}|to[-_ ]?be[-_ ]|set[-_ ]?(?:me|by|in|via)[-_ ]|overrid/i.test(
      plain,
    )
  );
}

/** Passwords that people really use. */
const WEAK = /^(?:password|passwd|secret|admin|root|guest|postgres|mysql|test)$/i;
/** Settings and what every browser gets to see. */
const NO_SECRET =
  /^(?:required|optional|enabled|disabled|always|never|auto|default|pub[0-9a-f]{32}|pk_(?:live|test)_\w+)$/i;

/** Whether what stands beside a name that promises a secret is none: a place to fill in, the name itself once more, a setting. */
export function isNoSecret(name: string, value: string): boolean {
  if (isPlaceholderValue(value) || NO_SECRET.test(value.trim())) return true;
  const [own, other] = [lettersOf(name), lettersOf(value).replace(/^(?:your|my|the)|val(?:ue)?$/g, '')];
  return !WEAK.test(value.trim()) && other.length >= 4 && (own.includes(other) || other.includes(own));
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Shannon's entropy in bits for each character. */
export function disorder(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
