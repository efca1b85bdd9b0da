/** Providers that Terraform files require, by a small scan of their tokens; what is not literal is said to be untold. */
import type { Place } from '../../../model.ts';
import type { TextAt } from '../locked.ts';

/** One entry of `required_providers`. */
export interface RequiredProvider {
  /** `namespace/type`, lower-case; the registry's host is kept apart. */
  readonly name: string;
  readonly host?: string;
  readonly constraint?: string;
  readonly at: Place;
}

export interface RequiredProviders {
  readonly providers: readonly RequiredProvider[];
  readonly opaque: readonly string[];
}

interface Token {
  readonly text: string;
  readonly line: number;
}

/** Larger files hold data. */
const LONGEST = 2_000_000;
/** Texts, comments, names and marks; `${` within a text is told by the reader of the text. */
const TOKEN = /"(?:[^"\\\n]|\\.)*(?:"|(?=\n)|$)|\/\/[^\n]*|#[^\n]*|\/\*|<<-?[\w-]+|[\w.-]+|\n|[^\s\w]/g;

export function requiredProviders({ path, text }: TextAt): RequiredProviders {
  if (path.endsWith('.json') || text.length > LONGEST) return { providers: [], opaque: [`what ${path} requires`] };
  if (!text.includes('required_providers')) return { providers: [], opaque: [] };
  const tokens = tokensOf(text);
  const providers: RequiredProvider[] = [];
  const opaque: string[] = [];
  for (const [index, { text: said }] of tokens.entries()) {
    if (said !== 'required_providers' || tokens[index + 1]?.text !== '{') continue;
    let at = index + 2;
    while (at < tokens.length && tokens[at]?.text !== '}') {
      const entry = entryAt(tokens, at, path);
      if (!entry) {
        opaque.push(`what ${path} requires in line ${tokens[at]?.line}: it is not literal`);
        break;
      }
      if (entry.provider) providers.push(entry.provider);
      at = entry.next;
    }
  }
  return { providers, opaque };
}

/** `aws = { source = "hashicorp/aws", version = "~> 5.0" }`, or `aws = "~> 2.0"` as it once was. */
function entryAt(
  tokens: readonly Token[],
  from: number,
  path: string,
): { readonly provider?: RequiredProvider; readonly next: number } | undefined {
  const [key, equals, value] = tokens.slice(from, from + 3);
  if (!key || !value || !/^[\w-]+$/.test(key.text) || equals?.text !== '=') return undefined;
  const at = { path, line: key.line };
  if (value.text.startsWith('"'))
    return provided(key.text, undefined, literal(value.text), at, skipped(tokens, from + 3));
  if (value.text !== '{') return undefined;
  let [index, source, constraint]: [number, string | undefined, string | undefined] = [from + 3, undefined, undefined];
  while (tokens[index]?.text !== '}') {
    const [name, mark, said] = tokens.slice(index, index + 3);
    if (!name || !said || (mark?.text !== '=' && mark?.text !== ':')) return undefined;
    const words = literal(said.text);
    if (words === undefined && said.text !== '[') return undefined;
    if (name.text === 'source') source = words;
    if (name.text === 'version') constraint = words;
    index = said.text === '[' ? closing(tokens, index + 2) + 1 : index + 3;
    index = skipped(tokens, index);
  }
  return provided(key.text, source, constraint, at, skipped(tokens, index + 1));
}

function skipped(tokens: readonly Token[], index: number): number {
  return tokens[index]?.text === ',' ? index + 1 : index;
}

/** Index of the bracket that closes a list. */
function closing(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at < tokens.length && tokens[at]?.text !== ']') at += 1;
  return at;
}

function literal(token: string): string | undefined {
  return token.startsWith('"') && !/[$%]\{|\\/.test(token) ? token.slice(1, -1) : undefined;
}

/** Providers built into Terraform are locked nowhere. */
function provided(
  key: string,
  source: string | undefined,
  constraint: string | undefined,
  at: Place,
  next: number,
): { readonly provider?: RequiredProvider; readonly next: number } {
  const parts = (source ?? `hashicorp/${key}`).toLowerCase().split('/');
  const [type = '', namespace = 'hashicorp', host] = parts.reverse();
  if (host === 'terraform.io') return { next };
  const name = `${namespace}/${type}`;
  return { next, provider: { name, at, ...(host && { host }), ...(constraint && { constraint }) } };
}

/** Tokens without comments, ends of lines and the texts of here-documents. */
function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const [said] = match;
    if (said === '\n') line += 1;
    else if (said === '/*' || /^<<-?[A-Za-z_]/.test(said)) {
      const end = said === '/*' ? text.indexOf('*/', TOKEN.lastIndex) + 2 : afterHere(text, said, TOKEN.lastIndex);
      const to = end < TOKEN.lastIndex ? text.length : end;
      line += text.slice(TOKEN.lastIndex, to).split('\n').length - 1;
      TOKEN.lastIndex = to;
    } else if (!/^(?:\/\/|#)/.test(said)) tokens.push({ text: said, line });
  }
  return tokens;
}

/** Offset behind the line that holds nothing but the mark. */
function afterHere(text: string, opening: string, from: number): number {
  const mark = opening.replace(/^<<-?/, '');
  for (let at = text.indexOf('\n', from); at !== -1; at = text.indexOf('\n', at + 1)) {
    const end = text.indexOf('\n', at + 1);
    if (text.slice(at + 1, Math.min(end === -1 ? text.length : end, at + 300)).trim() === mark)
      return end === -1 ? text.length : end;
  }
  return -1;
}
