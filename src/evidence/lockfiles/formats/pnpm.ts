/** pnpm-lock.yaml, versions 5 to 9. */
import { gapsOf } from '../gaps.ts';
import { type Bare, type Edge, type Node, settle } from '../graph.ts';
import type { Agreement, Gap, LockedPackage, LockFormat, LockResult, TextAt } from '../locked.ts';
import { joined, type Wanted } from '../package-json.ts';
import { folderOf } from '../paths.ts';
import { perText } from '../per-text.ts';
import { compareWants } from '../wants.ts';
import { type PnpmEntry, type PnpmLock, type PnpmNeed, parsePnpm, withoutPeers } from './pnpm-lines.ts';
import { pnpmOrigin } from './pnpm-origin.ts';

export const format: LockFormat = {
  name: 'pnpm',
  ecosystem: 'npm',
  files: /^pnpm-lock\.yaml$/,
  manifests: /^package\.json$/,
  members: (lock) => [...parsePnpm(lock).members.keys()].flatMap((it) => joined(folderOf(lock.path), it) ?? []),
  read: (lock, _manifests, only) => read(lock, only),
  agree,
};

function read(lock: TextAt, only?: readonly string[]): LockResult {
  const { nodes, gaps } = graphOf(lock);
  return { ...settle(nodes, only), gaps };
}

/** All that a lockfile says. */
const graphOf = perText((lock): { readonly nodes: readonly Node[]; readonly gaps: readonly Gap[] } => {
  const parsed = parsePnpm(lock);
  const { version, entries, members, troubles } = parsed;
  const counts = { ...troubles, whole: [...troubles.whole] };
  if (version === undefined) counts.whole.push('it does not say which version of the format it has');
  else if (version < 5 || version >= 10) counts.whole.push(`version ${version} of the format is not known`);
  const resolve = resolver(parsed);
  const names = new Map<number, string>();
  function edgeOf(need: PnpmNeed, folder: string, range: string): Edge | undefined {
    const to = resolve(need, folder);
    if (to === undefined) return undefined;
    names.set(to, need.name);
    return { to, range, weight: need.weight };
  }
  // What many packages need in the same words is resolved once, where no peer has a range of its own.
  const known = new Map<PnpmNeed, Edge | undefined>();
  function sharedEdge(need: PnpmNeed): Edge | undefined {
    const before = known.get(need);
    if (before || known.has(need)) return before;
    const edge = edgeOf(need, '.', '');
    known.set(need, edge);
    return edge;
  }
  const listed = [...entries.values()];
  const projects = [...members].map(
    ([folder, needs]): Node => ({
      folder: joined(folderOf(lock.path), folder) ?? folder,
      edges: edgesOf(needs, (need) => edgeOf(need, folder, need.range ?? '')),
    }),
  );
  const edges = listed.map(({ needs, peers }) =>
    edgesOf(needs, (need) => {
      const range = peers?.get(need.name) ?? '';
      return range === '' ? sharedEdge(need) : edgeOf(need, '.', range);
    }),
  );
  const packages = listed.map((entry, index): Node => {
    const bare = bareOf(entry, parsed, names.get(index));
    if (!bare) counts.unparsed += 1;
    return { edges: edges[index] ?? [], flagged: flagsOf(entry), ...(bare && { package: bare }) };
  });
  return { nodes: [...packages, ...projects], gaps: gapsOf(counts) };
});

function edgesOf(needs: readonly PnpmNeed[], edgeOf: (need: PnpmNeed) => Edge | undefined): readonly Edge[] {
  const edges: Edge[] = [];
  for (const need of needs) {
    const edge = edgeOf(need);
    if (edge) edges.push(edge);
  }
  return edges;
}

type Resolve = (need: PnpmNeed, folder: string) => number | undefined;

/** A version beside the name, or a key of its own where it is an alias, an address or a folder. */
function resolver({ version, entries, members }: PnpmLock): Resolve {
  const indices = new Map([...entries.keys()].map((key, index) => [key, index]));
  const folders = new Map(
    [...members.keys()].map((folder, index) => [joined('', folder) ?? folder, entries.size + index]),
  );
  return ({ name, resolved }, folder) => {
    if (resolved.startsWith('link:')) {
      const target = joined(folder === '.' ? '' : folder, resolved.slice('link:'.length));
      return target === undefined ? undefined : folders.get(target);
    }
    const short = withoutPeers(resolved, version);
    const beside = version === undefined || version < 6 ? `/${name}/` : `/${name}@`;
    return indices.get(`${name}@${short}`) ?? indices.get(beside + short) ?? indices.get(short);
  };
}

function flagsOf({ said }: PnpmEntry): LockedPackage['scope'] {
  if (said.dev === 'true') return 'development';
  if (said.optional === 'true') return 'optional';
  return said.dev === 'false' ? 'production' : 'unknown';
}

function bareOf(entry: PnpmEntry, { times, version }: PnpmLock, installed: string | undefined): Bare | undefined {
  const origin = entry.described ? pnpmOrigin(entry, version) : undefined;
  if (!origin) return undefined;
  const deprecated = entry.said.deprecated;
  const released = /^\d{4}-\d{2}-\d{2}/.exec(times.get(entry.key) ?? '')?.[0];
  return {
    ...origin,
    ...(installed !== undefined && installed !== origin.name && { alias: installed }),
    ...(deprecated !== undefined && { deprecated }),
    ...(released !== undefined && { released }),
    line: entry.line,
  };
}

/** What each member asked for when the lockfile was written. Overrides are written in the place of what they override. */
function agree(lock: TextAt, manifests: readonly TextAt[]): Agreement {
  const { members, overrides, settings } = parsePnpm(lock);
  const known = new Map(
    [...members].map(([folder, needs]) => [
      joined(folderOf(lock.path), folder) ?? folder,
      { ranges: new Map(needs.filter(({ range }) => range !== '').map(({ name, range = '' }) => [name, range])) },
    ]),
  );
  const names = new Set([...overrides.keys()].map((key) => key.replace(/^.*>/, '').replace(/(.)@.*$/, '$1')));
  const withoutLinks = settings.get('excludeLinksFromLockfile') === 'true';
  const excuses = ({ name, range }: Wanted, locked: string | undefined): boolean =>
    locked === undefined ? withoutLinks && /^(?:link|workspace|file):/.test(range) : names.has(name);
  return compareWants(manifests, { of: ({ folder }) => known.get(folder), peers: false, flat: true, excuses });
}
