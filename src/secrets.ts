/** What must not be shown anywhere: the operator's tokens, as whoever writes, prints or quotes asks for them to be taken out. */

/** What stands in the place of a secret. */
const PLACEHOLDER = '[secret]';
/** A shorter one would be found within ordinary words. */
const SHORTEST = 8;

const kept = new Set<string>();

/** Registers a secret in the forms in which it travels; it is never forgotten. */
export function keepSecret(secret: string, ...forms: readonly string[]): void {
  const quoted = JSON.stringify(secret).slice(1, -1);
  for (const form of [secret, encodeURIComponent(secret), quoted, ...forms])
    if (form.length >= SHORTEST) kept.add(form);
}

/** The same text without any registered secret. */
export function withoutSecrets(text: string): string {
  let clean = text;
  for (const secret of kept) if (clean.includes(secret)) clean = clean.replaceAll(secret, PLACEHOLDER);
  return clean;
}
