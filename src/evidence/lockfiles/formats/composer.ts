/** composer.lock: packages for production and for development, each with all that its own composer.json says. */
import { type Asked, compared } from '../compared.ts';
import { gapOver, notRead } from '../gaps.ts';
import type { Bare } from '../graph.ts';
import { itemsOf, type JsonAt, membersOf, readJson, textAt } from '../json-lines.ts';
import type { Agreement, Disagreement, LockedPackage, LockFormat, LockResult, TextAt } from '../locked.ts';
import { edgeTo, type NamedEdge, type NamedNode, settleNamed } from '../named-graph.ts';
import { contentHash } from '../php/content-hash.ts';
import { commitOf, hostOf, isWord, rangeOf, UNREADABLE } from '../words.ts';

export const format: LockFormat = {
  name: 'composer',
  ecosystem: 'Packagist',
  files: /^composer\.lock$/,
  manifests: /^composer\.json$/,
  read,
  agree,
};

const LISTS = [
  ['packages', 'production'],
  ['packages-dev', 'development'],
] as const;

function read(lock: TextAt, manifests: readonly TextAt[]): LockResult {
  const root = readJson(lock.text);
  if (root?.kind !== 'map') return notRead('it is not the JSON that Composer writes');
  if (!root.members.has('packages')) return notRead('it has no list of packages');
  const asked = manifestOf(lock, manifests);
  const instead = replacersIn(root);
  const edge = (name: string, range: string | undefined): NamedEdge => edgeTo(instead.get(name) ?? name, range);
  const odd: number[] = [];
  const nodes = LISTS.flatMap(([key, stated]) =>
    itemsOf(root.members.get(key)).map((node): NamedNode => {
      const bare = bareOf(node);
      if (!bare) odd.push(node.line);
      const edges = requirementsOf(node).map(([name, range]) => edge(name, range));
      return { ...(bare && { bare }), name: nameOf(node), edges, stated };
    }),
  );
  const edges = asked?.map(({ name, range }) => edge(name, range));
  const project: readonly NamedNode[] = edges ? [{ folder: '', name: '', edges }] : [];
  const named = asked && new Set(asked.map(({ name }) => name));
  return {
    // What replaces a package is not itself what was named.
    packages: settleNamed([...project, ...nodes]).packages.map((it) => ({ ...it, direct: named?.has(it.name) })),
    gaps: gapOver('unparsed', odd, 'packages are not understood'),
  };
}

function nameOf(node: JsonAt): string {
  return textAt(node, 'name')?.toLowerCase() ?? '';
}

function bareOf(node: JsonAt): Bare | undefined {
  const name = nameOf(node);
  const written = textAt(node, 'version');
  if (!isWord(name) || !isWord(written)) return undefined;
  const branch = /^dev-|-dev$/i.test(written);
  const [dist, source] = [membersOf(node).get('dist'), membersOf(node).get('source')];
  const registry = hostOf(textAt(node, 'notification-url'));
  const commit = commitOf(textAt(source, 'reference')) ?? commitOf(textAt(dist, 'reference'));
  const from = sourceOf(textAt(dist, 'type') ?? textAt(source, 'type'), branch, registry);
  const released = /^\d{4}-\d{2}-\d{2}(?=T)/.exec(textAt(node, 'time') ?? '')?.[0];
  const [deprecated, licence] = [
    abandonedOf(membersOf(node).get('abandoned')),
    licenceOf(membersOf(node).get('license')),
  ];
  return {
    name,
    ...(!branch && from !== 'path' && { version: written.replace(/^v(?=\d)/i, '') }),
    source: from,
    ...(registry && from === 'registry' && { registry }),
    ...(commit && from !== 'path' && { commit }),
    ...(deprecated && { deprecated }),
    ...(licence && { licence }),
    ...(released && { released }),
    line: node.line,
  };
}

/** Registries ask to be told of installs; what does not may be a fork or a mirror. */
function sourceOf(type: string | undefined, isBranch: boolean, registry: string | undefined): LockedPackage['source'] {
  if (type === 'path') return 'path';
  return isBranch ? 'git' : registry ? 'registry' : 'unknown';
}

/** True, or the name of what to use instead. */
function abandonedOf(node: JsonAt | undefined): string | undefined {
  if (node?.kind === 'text' && isWord(node.text)) return `abandoned; use ${node.text} instead`;
  return node?.kind === 'word' && node.text === 'true' ? 'abandoned' : undefined;
}

/** Any of a list may be chosen. */
function licenceOf(node: JsonAt | undefined): string | undefined {
  const all = itemsOf(node).flatMap((it) => (it.kind === 'text' ? (rangeOf(it.text) ?? []) : []));
  const words = all.map((it) => (all.length > 1 && it.includes(' ') ? `(${it})` : it)).join(' OR ');
  return words === '' ? undefined : words;
}

/** A requirement of what a package replaces by its own version holds for the package. */
function replacersIn(root: JsonAt): ReadonlyMap<string, string> {
  const replacing = new Map<string, string>();
  for (const node of LISTS.flatMap(([key]) => itemsOf(membersOf(root).get(key))))
    for (const [name, version] of membersOf(membersOf(node).get('replace')))
      if (version.kind === 'text' && version.text === 'self.version') replacing.set(name.toLowerCase(), nameOf(node));
  return replacing;
}

function requirementsOf(node: JsonAt): readonly (readonly [name: string, range: string | undefined])[] {
  if (nameOf(node) === '') return [];
  return [...membersOf(membersOf(node).get('require'))].flatMap(([name, range]) =>
    isPackage(name) ? [[name.toLowerCase(), range.kind === 'text' ? range.text : undefined] as const] : [],
  );
}

/** Without `php`, extensions and Composer itself. */
function isPackage(name: string): boolean {
  return name.includes('/');
}

/** What composer.json asks for; undefined where it is not at hand. */
function manifestOf(lock: TextAt, manifests: readonly TextAt[]): readonly Asked[] | undefined {
  const manifest = beside(lock, manifests);
  const root = manifest && readJson(manifest.text);
  if (!manifest || root?.kind !== 'map') return undefined;
  return ['require', 'require-dev'].flatMap((key) =>
    [...membersOf(root.members.get(key))]
      .filter(([name]) => isPackage(name))
      .map(([name, range]) => {
        const words = (range.kind === 'text' ? rangeOf(range.text) : undefined) ?? UNREADABLE;
        const at = { path: manifest.path, line: range.line };
        return { name: name.toLowerCase(), at, range: words };
      }),
  );
}

function beside(lock: TextAt, manifests: readonly TextAt[]): TextAt | undefined {
  return manifests.find(({ path }) => path === lock.path.replace(/composer\.lock$/, 'composer.json'));
}

function agree(lock: TextAt, manifests: readonly TextAt[]): Agreement {
  const manifest = beside(lock, manifests);
  const asked = manifestOf(lock, manifests);
  const root = readJson(lock.text);
  if (!manifest || !asked || root?.kind !== 'map')
    return {
      disagreements: [],
      compared: 0,
      untold: ['what it is asked for: no composer.json that can be read is beside it'],
    };
  const packages = read(lock, manifests).packages;
  const provided = new Set(
    LISTS.flatMap(([key]) => itemsOf(root.members.get(key))).flatMap((node) =>
      ['replace', 'provide'].flatMap((it) =>
        [...membersOf(membersOf(node).get(it)).keys()].map((name) => name.toLowerCase()),
      ),
    ),
  );
  const isLocked = new Set(packages.map(({ name }) => name));
  const names = compared(
    'Packagist',
    asked.filter(({ name }) => isLocked.has(name) || !provided.has(name)),
    packages,
    [],
  );
  const known = membersOf(root).get('content-hash');
  const now = contentHash(manifest.text);
  if (known?.kind !== 'text' || now === undefined)
    return {
      ...names,
      untold: [...names.untold, 'whether anything else of composer.json has changed: no content-hash can be compared'],
    };
  // Equal hashes say that it was locked from just these words; what they mean needs no second opinion.
  if (known.text === now) return { ...names, untold: [] };
  return { ...names, disagreements: [...names.disagreements, changed(lock, known, now)] };
}

function changed({ path }: TextAt, known: JsonAt & { readonly text: string }, now: string): Disagreement {
  const say = `has changed since it was locked: its content-hash is ${now}, and ${known.text.slice(0, 40)} was locked`;
  return { name: 'composer.json', say, at: { path, line: known.line } };
}
