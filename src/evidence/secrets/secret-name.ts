/** Tells by its name whether a setting holds a secret. Pure. */

const SECRET =
  /(?:^|[_.-])(?:password|passwd|passphrase|pwd|secrets?|tokens?|credentials?|(?:api|private|access|secret|signing|encryption|master|auth|account|storage)[_.-]?keys?)(?:$|[_.-])/;
/** What is said about a secret rather than the secret itself. */
const ABOUT =
  /(?:^|[_.-])(?:names?|ids?|urls?|uris?|paths?|files?|dirs?|hosts?|ports?|ttl|expir\w*|expiration|lifetime|duration|seconds|minutes|hours|days|max|min|length|size|limits?|count|headers?|enabled?|disabled?|required|types?|prefix|suffix|algorithms?|alg|format|version|issuers?|audience|endpoints?|regions?|policy|rotation|refresh|field|label|location|provider|mounts?|store|manager|reference|ref|arn|public|pub|usage|strategy|encoding|spec|scopes?|created?|creation|regex|pattern|keys?[_.-]in)(?:$|[_.-])/;

/** Whether a name promises a secret: `DB_PASSWORD`, `apiKey`, `auth.token`; not `TOKEN_TTL` or `secretName`. */
export function promisesSecret(name: string): boolean {
  // Annotations are named by addresses.
  if (name.includes('/')) return false;
  const plain = name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();
  if (!SECRET.test(plain)) return false;
  const last = SECRET.exec(plain);
  const rest = plain.slice((last?.index ?? 0) + (last?.[0].replace(/[_.-]$/, '').length ?? 0));
  const before = plain.slice(0, last?.index ?? 0);
  if (/^[_.-]keys?$/.test(rest) && !/secret/.test(last?.[0] ?? '')) return false;
  return (
    !ABOUT.test(rest) &&
    !/(?:^|[_.-])(?:public|pub|use|enable|require|max|min|number|existing|pull)(?:$|[_.-])/.test(`${before}_`)
  );
}
