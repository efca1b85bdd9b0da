/** mix.lock of Elixir: one tuple a line, from Hex or from git. */
import { compared } from '../compared.ts';
import { type MixDep, type MixDeps, readMixDeps } from '../elixir/mix-deps.ts';
import { gapOver, notRead, ODD_LINES } from '../gaps.ts';
import type { Bare } from '../graph.ts';
import type { Agreement, LockedPackage, LockFormat, LockResult, TextAt } from '../locked.ts';
import { edgeTo, type NamedEdge, type NamedNode, settleNamed } from '../named-graph.ts';
import { commitOf, isWord, linesOf } from '../words.ts';

export const format: LockFormat = {
  name: 'mix',
  ecosystem: 'Hex',
  files: /^mix\.lock$/,
  manifests: /^mix\.exs$/,
  members,
  read,
  agree,
};

const LONGEST = 200_000;

/** One line of it. */
interface Entry {
  readonly name: string;
  /** The key, where the package is called otherwise. */
  readonly alias?: string;
  readonly version?: string;
  readonly commit?: string;
  /** `hexpm`, or an organisation's. */
  readonly repository?: string;
  readonly asks: readonly NamedEdge[];
  readonly line: number;
}

/** Apps of an umbrella, which share its lockfile. */
function members(lock: TextAt, manifests: readonly TextAt[]): readonly string[] {
  const folder = folderOf(lock.path);
  const root = manifests.find(({ path }) => path === `${folder}mix.exs`);
  const apps = /\bapps_path:\s*"([\w./-]{1,200})"/.exec(root?.text ?? '')?.[1]?.replace(/\/+$/, '');
  if (apps === undefined) return [];
  const folders = manifests.map(({ path }) => folderOf(path).slice(0, -1));
  return folders.filter((it) => it.slice(0, it.lastIndexOf('/')) === `${folder}${apps}`);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function read(lock: TextAt, manifests: readonly TextAt[]): LockResult {
  const { entries, odd, isMix } = parse(lock.text);
  if (!isMix) return notRead('it is not the map that Mix writes');
  const { deps, opaque } = depsOf(manifests);
  const named = deps.filter(({ isOwn }) => !isOwn);
  const edges = named.map((it) => edgeTo(it.name, it.range ?? ANY, scopeOf(it)));
  const nodes = entries.map((it): NamedNode => ({ bare: bareOf(it), name: it.name, edges: it.asks }));
  const { packages } = settleNamed([...nodes, { folder: '', name: '', edges }]);
  const isTold = manifests.length > 0 && opaque.length === 0;
  return {
    packages: packages.map((it) => ({ ...it, direct: it.direct || (isTold ? false : undefined) })),
    gaps: gapOver('unparsed', odd, ODD_LINES),
  };
}

const ANY = '>= 0.0.0';

function scopeOf({ only }: MixDep): LockedPackage['scope'] {
  if (only === undefined) return 'unknown';
  const isDevelopment = only.length > 0 && only.every((it) => /^(?:dev|test|docs?|ci|lint|bench)$/.test(it));
  return isDevelopment ? 'development' : 'production';
}

function depsOf(manifests: readonly TextAt[]): MixDeps {
  const all = manifests.map(readMixDeps);
  return { deps: all.flatMap(({ deps }) => deps), opaque: all.flatMap(({ opaque }) => opaque) };
}

function bareOf({ name, alias, version, commit, repository, line }: Entry): Bare {
  return {
    name,
    ...(version !== undefined && { version }),
    source: version === undefined ? 'git' : 'registry',
    ...(version !== undefined && repository && { registry: repository === 'hexpm' ? 'hex.pm' : repository }),
    ...(commit && { commit }),
    ...(alias && { alias }),
    line,
  };
}

function parse(text: string): { readonly entries: readonly Entry[]; odd: readonly number[]; isMix: boolean } {
  const entries: Entry[] = [];
  const odd: number[] = [];
  let isMix = false;
  for (const [index, raw] of linesOf(text).entries()) {
    isMix ||= raw.startsWith('%{');
    const said = raw.replace(/^%\{/, '').trim();
    if (said === '' || said === '}') continue;
    const it = said.length > LONGEST ? undefined : entryOf(said, index + 1);
    if (it) entries.push(it);
    else odd.push(index + 1);
  }
  return { entries, odd, isMix };
}

const KEY = /^:?"?([\w.-]{1,200})"?(?::|\s*=>)\s*\{:(hex|git),\s*/;

/** `"key": {:hex, :name, "1.0.0", "hash", [:mix], [{:other, "~> 1.0", [hex: :other, …]}], "hexpm", "hash"}` */
function entryOf(said: string, line: number): Entry | undefined {
  const [whole, key, kind] = KEY.exec(said) ?? [];
  if (whole === undefined || key === undefined || !/\}[,}]*$/.test(said)) return undefined;
  const rest = said.slice(whole.length);
  if (kind === 'git') {
    const commit = commitOf(/^"[^"]*",\s*"([^"]*)"/.exec(rest)?.[1]);
    return commit ? { name: key, commit, asks: [], line } : undefined;
  }
  const [, name, version] = /^:"?([\w.-]+)"?,\s*"([^"]*)"/.exec(rest) ?? [];
  if (!isWord(name) || !isWord(version)) return undefined;
  const repository = /^\],\s*"([\w:.-]{1,100})"/.exec(rest.slice(Math.max(rest.lastIndexOf('],'), 0)))?.[1];
  const asks = [...rest.matchAll(/\{:\w+, "([^"]{0,300})", \[hex: :(\w+)/g)].map(([, range = '', asked = '']) =>
    edgeTo(asked, range),
  );
  const alias = name === key ? undefined : key;
  return { name, version, asks, line, ...(alias && { alias }), ...(repository && { repository }) };
}

function agree(lock: TextAt, manifests: readonly TextAt[]): Agreement {
  if (manifests.length === 0)
    return { disagreements: [], compared: 0, untold: ['what it is asked for: no mix.exs is beside it'] };
  const { deps, opaque } = depsOf(manifests);
  const asked = deps.filter(({ isOwn }) => !isOwn);
  return compared('Hex', asked, read(lock, manifests).packages, opaque);
}
