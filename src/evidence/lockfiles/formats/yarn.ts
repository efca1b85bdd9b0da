/** yarn.lock, of yarn 1 and of all later versions. */
import { gapsOf } from '../gaps.ts';
import { type Bare, type Edge, type Node, settle, type Weight } from '../graph.ts';
import type { Agreement, Disagreement, Gap, LockFormat, LockResult, TextAt } from '../locked.ts';
import { joined, type PackageJson, parsePackageJson, workspaceFolders } from '../package-json.ts';
import { folderOf } from '../paths.ts';
import { perTexts } from '../per-text.ts';
import { compareWants } from '../wants.ts';
import { parseYarn, type YarnEntry, type YarnLock } from './yarn-lines.ts';
import { berryOrigin, classicOrigin, decoded, splitAt } from './yarn-origin.ts';

export const format: LockFormat = {
  name: 'yarn',
  ecosystem: 'npm',
  files: /^yarn\.lock$/,
  manifests: /^package\.json$/,
  members,
  read,
  agree,
};

function members(lock: TextAt, manifests: readonly TextAt[]): readonly string[] {
  const { isBerry, entries } = parseYarn(lock);
  if (isBerry) return entries.flatMap((entry) => memberFolder(lock, entry) ?? []);
  const root = manifests.find(({ path }) => folderOf(path) === folderOf(lock.path));
  const project = root && parsePackageJson(root);
  return project ? workspaceFolders(project, manifests) : [];
}

function read(lock: TextAt, manifests: readonly TextAt[], only?: readonly string[]): LockResult {
  const { nodes, gaps } = graphOf(lock, manifests);
  return { ...settle(nodes, only), gaps };
}

type Graph = { readonly nodes: readonly Node[]; readonly gaps: readonly Gap[] };

const graphOf = perTexts((lock, manifests): Graph => {
  const parsed = parseYarn(lock);
  const troubles = { ...parsed.troubles };
  const projects = manifests.flatMap((it) => parsePackageJson(it) ?? []);
  const byFolder = new Map(projects.map((it) => [it.folder, it]));
  const lookUp = finder(parsed, projects);
  const known = new Map<Need, readonly Edge[]>();
  const nodes: Node[] = parsed.entries.map((entry, index): Node => {
    const folder = parsed.isBerry ? memberFolder(lock, entry) : undefined;
    if (folder !== undefined) return { folder, edges: edgesOf(weighed(entry, byFolder.get(folder)), lookUp) };
    const bare = bareOf(entry, parsed.isBerry);
    if (!bare) troubles.noVersion += 1;
    return {
      edges: [...edgesOf(entry.needs, lookUp, known), ...patchedEdge(entry, index, lookUp)],
      ...(bare && { package: bare }),
    };
  });
  if (!parsed.isBerry) nodes.push(...projects.map(({ folder, wants }) => ({ folder, edges: edgesOf(wants, lookUp) })));
  return { nodes, gaps: gapsOf(troubles) };
});

/** Later versions list members among the packages. */
function memberFolder(lock: TextAt, { fields }: YarnEntry): string | undefined {
  const reference = splitAt(fields.get('resolution') ?? '')[1];
  return reference.startsWith('workspace:')
    ? joined(folderOf(lock.path), reference.slice('workspace:'.length))
    : undefined;
}

/** The lockfile does not tell what a member needs to run from what helps to build it; its manifest does. */
function weighed({ needs }: YarnEntry, project: PackageJson | undefined): YarnEntry['needs'] {
  const wants = new Map(project?.wants.map(({ name, weight }) => [name, weight]));
  return needs.map((need) => ({ ...need, weight: wants.get(need.name) ?? need.weight }));
}

function bareOf(entry: YarnEntry, isBerry: boolean): Bare | undefined {
  const origin = isBerry ? berryOrigin(entry) : classicOrigin(entry);
  if (!origin) return undefined;
  const names = entry.keys.map((key) => splitAt(key)[0]);
  const [alias] = names;
  return { ...origin, ...(alias !== undefined && !names.includes(origin.name) && { alias }), line: entry.line };
}

/** Indices of the entries that answer a requirement: the package, and a patched form of it. */
type LookUp = (name: string, range: string) => readonly number[];

/** Of one name. */
const MOST_OVERRIDES = 20;

/** By what was asked for; where an override or a catalog replaced that, by the name, if only one entry or member has it. */
function finder({ isBerry, entries }: YarnLock, projects: readonly PackageJson[]): LookUp {
  const byKey = new Map<string, number>();
  const byName = new Map<string, number | undefined>();
  const patches = new Map<string, number>();
  for (const [index, { keys }] of entries.entries())
    for (const key of keys) {
      const [name, range] = splitAt(key);
      byKey.set(`${name}@${plainRange(range)}`, index);
      const patched = patchedBy(range);
      if (patched) patches.set(`${patched.name}@${plainRange(patched.range)}`, index);
      else byName.set(name, byName.has(name) && byName.get(name) !== index ? undefined : index);
    }
  const siblings = new Map(
    projects.flatMap(({ name }, index) => (name === undefined ? [] : [[name, entries.length + index]])),
  );
  const overrides = new Map<string, string[]>();
  for (const { name, range } of projects.flatMap((it) => it.overrides)) {
    const known = overrides.get(name) ?? [];
    if (known.length < MOST_OVERRIDES) known.push(`${name}@${plainRange(range)}`);
    overrides.set(name, known);
  }
  return (name, range) => {
    const asked = `${name}@${plainRange(range)}`;
    const key = byKey.has(asked) ? asked : (overrides.get(name)?.find((it) => byKey.has(it)) ?? '');
    const found = byKey.get(key) ?? (isBerry ? undefined : siblings.get(name)) ?? byName.get(name);
    const patched = patches.get(key);
    return [...(found === undefined ? [] : [found]), ...(patched === undefined ? [] : [patched])];
  };
}

interface Need {
  readonly name: string;
  readonly range: string;
  readonly weight: Weight;
}

/** What many need in the same words is looked up once. */
function edgesOf(
  needs: readonly Need[],
  lookUp: LookUp,
  known: Map<Need, readonly Edge[]> = new Map(),
): readonly Edge[] {
  const edges: Edge[] = [];
  for (const need of needs) {
    const its = known.get(need) ?? edgesOfNeed(need, lookUp);
    known.set(need, its);
    for (const it of its) edges.push(it);
  }
  return edges;
}

function edgesOfNeed({ name, range, weight }: Need, lookUp: LookUp): readonly Edge[] {
  return lookUp(name, range).map((to) => ({ to, range: plainRange(range), weight }));
}

/** A patched package leads to the one that it patches. */
function patchedEdge({ fields }: YarnEntry, index: number, lookUp: LookUp): readonly Edge[] {
  const patched = patchedBy(splitAt(fields.get('resolution') ?? '')[1]);
  if (!patched) return [];
  return edgesOf([{ ...patched, weight: 'production' }], lookUp).filter(({ to }) => to !== index);
}

/** What `patch:name@range#file` patches. */
function patchedBy(reference: string): { readonly name: string; readonly range: string } | undefined {
  if (!reference.startsWith('patch:')) return undefined;
  const whole = decoded(reference.slice('patch:'.length));
  const [name, range] = splitAt(whole.includes('#') ? whole.slice(0, whole.indexOf('#')) : whole);
  return { name, range };
}

/** As a manifest writes it. */
function plainRange(range: string): string {
  return range.startsWith('npm:') && !range.includes('@') ? range.slice('npm:'.length) : range;
}

/** Yarn 1 keeps every range that it answers; later versions keep what each member asks for. */
function agree(lock: TextAt, manifests: readonly TextAt[], all: readonly TextAt[] = manifests): Agreement {
  const { isBerry, entries } = parseYarn(lock);
  if (!isBerry) return agreeClassic(entries, manifests, all);
  const known = new Map(
    entries.flatMap((entry) => {
      const folder = memberFolder(lock, entry);
      const ranges = new Map(entry.needs.map(({ name, range }) => [name, plainRange(range)]));
      return folder === undefined ? [] : [[folder, { ranges }] as const];
    }),
  );
  const overridden = new Set(all.flatMap((it) => (parsePackageJson(it)?.overrides ?? []).map(({ name }) => name)));
  return compareWants(manifests, {
    of: ({ folder }) => known.get(folder),
    peers: false,
    flat: true,
    excuses: ({ name, range }, locked) =>
      locked !== undefined && (overridden.has(name) || range.startsWith('catalog:') || plainRange(range) === locked),
  });
}

/** Members and folders are linked without an entry, and what is overridden for everybody keeps the override's. */
function agreeClassic(entries: readonly YarnEntry[], manifests: readonly TextAt[], all: readonly TextAt[]): Agreement {
  const keys = new Set(entries.flatMap((entry) => entry.keys));
  const everyone = all.flatMap((it) => parsePackageJson(it) ?? []);
  const members = new Set(everyone.flatMap(({ name }) => name ?? []));
  const overrides = new Map(everyone.flatMap((it) => it.overrides).map((it) => [it.name, it]));
  const projects = manifests.flatMap((it) => parsePackageJson(it) ?? []);
  const compared = projects.flatMap(({ wants, path, lineOf }) =>
    wants
      .filter(({ name, range }) => !members.has(name) && !/^(?:link|workspace):/.test(range))
      .filter(({ name }) => overrides.get(name)?.isPartial !== true)
      .map((wanted) => ({ wanted, path, lineOf })),
  );
  const disagreements = compared.flatMap(({ wanted, path, lineOf }): readonly Disagreement[] => {
    const range = overrides.get(wanted.name)?.range ?? wanted.range;
    if ([range, wanted.range].some((it) => keys.has(`${wanted.name}@${it}`))) return [];
    const say = `asks for ${range}, and the lockfile answers no such range`;
    return [{ name: wanted.name, say, at: { path, line: lineOf(wanted) } }];
  });
  const untold = manifests.length > projects.length ? ['a manifest is not valid JSON'] : [];
  return { disagreements, compared: compared.length, untold };
}
