/** A list of repositories as text: one a line, with words about it behind. Pure. */
import { InputError } from '../input-error.ts';

/** One line of a list. */
export interface Listed {
  /** A path or an address, as written. */
  readonly word: string;
  /** Folder in the repository at which services are looked for. */
  readonly dir?: string;
  /** Branch, tag or commit to judge. */
  readonly ref?: string;
  /** Where it stands, e.g. `repos.txt:3`. */
  readonly at: string;
}

/** Most bytes of a list: a hundred thousand lines of 160. */
export const LIST_CAP = 16 * 1024 * 1024;
const LINES_CAP = 100_000;
const LINE_CAP = 4096;

/** Every repository that a list names; throws at the first line that cannot be understood. */
export function parseList(text: string, name: string): readonly Listed[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.length > LINES_CAP)
    throw new InputError(`the list is longer than ${LINES_CAP} lines`, name, 'divide it into several audits');
  const listed = lines.flatMap((line, index) => parseLine(line, `${name}:${index + 1}`));
  if (listed.length === 0)
    throw new InputError('the list names no repository', name, 'write a path or a git address on each line');
  return listed;
}

function parseLine(line: string, at: string): readonly Listed[] {
  if (line.length > LINE_CAP) throw bad(at, `is longer than ${LINE_CAP} characters`);
  const said = line.replace(/(?:^|\s)#.*$/, '').trim();
  if (said === '') return [];
  if (/[\p{Cc}\uFFFD]/u.test(said.replaceAll('\t', ' '))) throw bad(at, 'holds what is no text');
  const words = said.split(/\s+/);
  const first = words.findIndex((word, index) => index > 0 && /^[a-z]+=/.test(word));
  const about = first < 0 ? [] : words.slice(first);
  // A path may hold spaces; what is about it begins at the first word with an equals sign.
  const word = first < 0 ? said : said.slice(0, said.search(/\s[a-z]+=/)).trim();
  return [{ word, ...aboutIt(about, at), at }];
}

function aboutIt(words: readonly string[], at: string): Pick<Listed, 'dir' | 'ref'> {
  const said = new Map<string, string>();
  for (const word of words) {
    const [, key = '', value = ''] = /^([a-z]+)=(.*)$/.exec(word) ?? [];
    if (key !== 'path' && key !== 'ref')
      throw bad(at, 'has a word behind the repository that is neither path= nor ref=');
    if (said.has(key)) throw bad(at, `has ${key}= twice`);
    said.set(key, value);
  }
  const dir = said.get('path')?.replace(/^\.\//, '').replace(/\/+$/, '');
  const ref = said.get('ref');
  if (dir !== undefined && !isFolderInside(dir)) throw bad(at, 'has a path= that is no folder in the repository');
  if (ref !== undefined && !isRef(ref)) throw bad(at, 'has a ref= that is no name of a branch, tag or commit');
  return { ...(dir !== undefined && { dir }), ...(ref !== undefined && { ref }) };
}

function isFolderInside(path: string): boolean {
  return path !== '' && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function isRef(name: string): boolean {
  return /^[^-~^:?*[\\][^~^:?*[\\]*$/.test(name) && !name.includes('..');
}

function bad(at: string, what: string): InputError {
  return new InputError(
    `a line of the list ${what}`,
    at,
    'write e.g. `../payments`, `acme/mono path=services/shop` or `https://host/acme/orders ref=main`',
  );
}
