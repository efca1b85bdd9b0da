/** The hash by which Composer knows whether composer.json has changed, over the same bytes that PHP would encode. */
import { createHash } from 'node:crypto';
import { type JsonAt, membersOf, readJson } from '../json-lines.ts';

/** What decides on what is installed; the rest may change. Source: Composer\Package\Locker::getContentHash. */
const RELEVANT = [
  'conflict',
  'extra',
  'minimum-stability',
  'name',
  'prefer-stable',
  'provide',
  'replace',
  'repositories',
  'require',
  'require-dev',
  'version',
];

/** Undefined where the text is no JSON object, or holds a number that PHP may write otherwise. */
export function contentHash(manifest: string): string | undefined {
  const root = readJson(manifest);
  if (root?.kind !== 'map') return undefined;
  const relevant = new Map<string, JsonAt>();
  const platform = membersOf(root.members.get('config')).get('platform');
  // PHP's isset: null counts as not there.
  if (platform && !(platform.kind === 'word' && platform.text === 'null'))
    relevant.set('config', { kind: 'map', line: 0, members: new Map([['platform', platform]]) });
  for (const key of RELEVANT) {
    const value = root.members.get(key);
    if (value) relevant.set(key, value);
  }
  const members = new Map([...relevant].sort(([a], [b]) => (a < b ? -1 : 1)));
  const words = encoded({ kind: 'map', members, line: 0 });
  return words === undefined ? undefined : createHash('md5').update(words).digest('hex');
}

/** As PHP's json_encode writes what its json_decode read into arrays: an empty object is an empty list, and so is one with keys 0, 1, 2. */
function encoded(node: JsonAt): string | undefined {
  if (node.kind === 'list') return joined('[', node.items.map(encoded), ']');
  if (node.kind === 'map') return encodedMap([...node.members]);
  if (node.kind === 'text') return encodedText(node.text);
  if (node.kind === 'word') return node.text;
  return /^(?:0|-?[1-9]\d{0,14})$/.test(node.text) ? node.text : undefined;
}

function encodedMap(members: readonly (readonly [string, JsonAt])[]): string | undefined {
  if (members.every(([key], index) => key === String(index))) {
    const items = members.map(([, it]) => encoded(it));
    return joined('[', items, ']');
  }
  const pairs = members.map(([key, it]) => both(encodedText(key), encoded(it)));
  return joined('{', pairs, '}');
}

function both(key: string | undefined, value: string | undefined): string | undefined {
  return key === undefined || value === undefined ? undefined : `${key}:${value}`;
}

function joined(open: string, parts: readonly (string | undefined)[], close: string): string | undefined {
  return parts.includes(undefined) ? undefined : `${open}${parts.join(',')}${close}`;
}

/** Slashes and all beyond ASCII escaped. Half a character is what PHP refuses to read. */
function encodedText(text: string): string | undefined {
  if (/\p{Surrogate}/u.test(text)) return undefined;
  return JSON.stringify(text)
    .replaceAll('/', '\\/')
    .replace(/[^\0-\x7f]/g, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
