/** Scans one text for secrets by their format, and says of each only where it stands and why it may be none. Never gives a value away. Pure. */
import { literalPattern } from '../literal-pattern.ts';
import { FORMATS, type SecretFormat } from './formats.ts';
import { isPlaceholderSecret } from './placeholder-secret.ts';

/** Why a match is taken for no secret. */
export type Reason = 'placeholder' | 'checksum' | 'encrypted' | 'public' | 'published' | 'allowed';

/** A match. */
export interface Hit {
  readonly format: string;
  readonly line: number;
  readonly aside?: Reason;
}

/** Matches looked at in one text. */
const MOST = 50;
/** One look that tells most texts to hold nothing. */
const OCCASION = new RegExp([...new Set(FORMATS.map(({ sign }) => literalPattern(sign)))].join('|'));
/** Marks of other scanners by which a person says that it is none. */
const ALLOWED =
  /gitleaks:allow|pragma: ?(?:allowlist|whitelist) secret|trufflehog:ignore|nosec\b|ggignore|secretlint-disable/i;
/** Keys of local emulators, printed in their makers' documentation. */
const PUBLISHED = ['AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1', 'AccountKey=C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM'];
/** What surrounds a key that every browser or app gets to see. */
const PUBLIC = /firebase|authDomain|messagingSenderId|storageBucket|mobilesdk|maps\.googleapis|current_key/i;
const AROUND = 600;

/** All matches of a text, in order. */
export function secretsIn(text: string): readonly Hit[] {
  if (!OCCASION.test(text)) return [];
  const hits: { readonly index: number; readonly hit: Hit }[] = [];
  for (const format of FORMATS) {
    if (!text.includes(format.sign)) continue;
    for (const match of text.matchAll(format.pattern)) {
      if (hits.length >= MOST) return ordered(hits);
      const hit = hitAt(text, match.index, match[0], format);
      if (hit) hits.push({ index: match.index, hit });
    }
  }
  return ordered(hits);
}

function ordered(hits: readonly { readonly index: number; readonly hit: Hit }[]): readonly Hit[] {
  return [...hits].sort((a, b) => a.index - b.index).map(({ hit }) => hit);
}

function hitAt(text: string, index: number, secret: string, format: SecretFormat): Hit | undefined {
  const line = lineAround(text, index);
  if (format.beside && !format.beside.test(line)) return undefined;
  const aside = reasonAgainst(text, index, secret, line, format);
  return { format: format.name, line: lineNumber(text, index), ...(aside && { aside }) };
}

function reasonAgainst(
  text: string,
  index: number,
  secret: string,
  line: string,
  { name, sign, fits }: SecretFormat,
): Reason | undefined {
  if (ALLOWED.test(line)) return 'allowed';
  if (PUBLISHED.some((it) => secret.startsWith(it))) return 'published';
  if (name === 'private key') return againstKey(secret);
  // The sign is the same in every one, and may itself spell a word.
  if (isPlaceholderSecret(secret.replace(sign, ''))) return 'placeholder';
  if (fits && !fits(secret)) return 'checksum';
  const around = text.slice(Math.max(0, index - AROUND), index + AROUND);
  return name === 'Google API key' && PUBLIC.test(around) ? 'public' : undefined;
}

/** The first line of a key is shown everywhere; its body has to look like one. */
function againstKey(block: string): Reason | undefined {
  if (/ENCRYPTED|Proc-Type/.test(block)) return 'encrypted';
  const body =
    block
      .replace(/^-----[^-]*-----/, '')
      .replace(/\\[nr]|[\s"'|]/g, '')
      .split('-----')[0] ?? '';
  const base64 = body.replace(/[^A-Za-z0-9+/=]/g, '');
  if (base64.length < 60 || base64.length < body.length - 4) return 'placeholder';
  return isPlaceholderSecret(base64) ? 'placeholder' : undefined;
}

function lineAround(text: string, index: number): string {
  const end = text.indexOf('\n', index);
  return text.slice(
    Math.max(text.lastIndexOf('\n', index) + 1, index - 1000),
    Math.min(end === -1 ? text.length : end, index + 1000),
  );
}

function lineNumber(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
