/** packages.lock.json of NuGet: per framework what is resolved, and what each brings along. */
import { listed } from '../compared.ts';
import { interval } from '../dotnet/interval.ts';
import { type Project, projectOf, type Reference, TESTS } from '../dotnet/project.ts';
import { gapOver, notRead } from '../gaps.ts';
import type { Bare } from '../graph.ts';
import { graver } from '../gravity.ts';
import { type JsonAt, membersOf, readJson, textAt } from '../json-lines.ts';
import type { Agreement, Disagreement, Gap, LockedPackage, LockFormat, LockResult, TextAt } from '../locked.ts';
import { edgeTo, type NamedEdge, type NamedNode, settleNamed } from '../named-graph.ts';
import { isWord, rangeOf } from '../words.ts';

export const format: LockFormat = {
  name: 'nuget',
  ecosystem: 'NuGet',
  files: /^packages(?:\.[\w.-]+)?\.lock\.json$/,
  manifests: /\.(?:cs|fs|vb)proj$/,
  also: /^Directory\.(?:Build|Packages)\.(?:props|targets)$/,
  read,
  agree,
};

/** A package in one framework's section. Names are lower-case: NuGet tells no difference. */
interface Entry {
  readonly name: string;
  readonly type: 'Direct' | 'Transitive' | 'CentralTransitive' | 'Project';
  readonly version?: string;
  readonly requested?: string;
  readonly asks: readonly NamedEdge[];
  readonly line: number;
}

interface Sections {
  readonly sections: readonly (readonly Entry[])[];
  readonly odd: readonly number[];
  readonly versionless: readonly number[];
}

function read(lock: TextAt, manifests: readonly TextAt[]): LockResult {
  const parsed = sectionsOf(lock.text);
  if (!parsed) return notRead('it is not the JSON that NuGet writes');
  const project = projectOf(lock, manifests);
  const isTest =
    project?.isTest || parsed.sections.flat().some(({ name, type }) => type === 'Direct' && TESTS.test(name));
  const found = new Map<string, LockedPackage>();
  for (const entries of parsed.sections)
    for (const it of packagesOf(entries, isTest ? 'test' : project)) {
      const key = `${it.name}\n${it.version}`;
      found.set(key, merged(found.get(key), it));
    }
  const gaps: readonly Gap[] = [
    ...gapOver('unparsed', parsed.odd, 'packages are not understood'),
    ...gapOver('no-version', parsed.versionless, 'packages have no resolved version'),
  ];
  return { packages: [...found.values()], gaps };
}

function sectionsOf(text: string): Sections | undefined {
  const root = readJson(text);
  const frameworks = membersOf(root).get('dependencies');
  if (frameworks?.kind !== 'map' || !membersOf(root).has('version')) return undefined;
  const odd: number[] = [];
  const versionless: number[] = [];
  const sections = [...frameworks.members.values()].map((section) =>
    [...membersOf(section)].flatMap(([key, node]) => {
      const it = entryOf(key, node);
      if (!it) odd.push(node.line);
      else if (it.version === undefined && it.type !== 'Project') versionless.push(node.line);
      else return it;
      return [];
    }),
  );
  return { sections, odd, versionless };
}

function entryOf(key: string, node: JsonAt): Entry | undefined {
  const type = textAt(node, 'type');
  const name = key.toLowerCase();
  if (!isWord(name) || !isType(type)) return undefined;
  const version = textAt(node, 'resolved');
  const requested = rangeOf(textAt(node, 'requested'));
  if (version !== undefined && !isWord(version)) return undefined;
  const asks = [...membersOf(membersOf(node).get('dependencies'))].map(([asked, range]) =>
    edgeTo(asked.toLowerCase(), range.kind === 'text' ? range.text : undefined),
  );
  return { name, type, ...(version && { version }), ...(requested && { requested }), asks, line: node.line };
}

function isType(type: string | undefined): type is Entry['type'] {
  return /^(?:Direct|Transitive|CentralTransitive|Project)$/.test(type ?? '');
}

function packagesOf(entries: readonly Entry[], project: Project | 'test' | undefined): readonly LockedPackage[] {
  const types = new Map(entries.map(({ name, type }) => [name, type]));
  const roots = entries.flatMap(({ name, type, requested }) => {
    if (type === 'Project') return [edgeTo(name, '', scopeOf(project))];
    return type === 'Direct' ? [edgeTo(name, requested, scopeIn(project, name))] : [];
  });
  // Asked for in a version, should others bring it along.
  const central = entries.flatMap(({ name, type, requested }) =>
    type === 'CentralTransitive' && requested ? [edgeTo(name, requested)] : [],
  );
  const nodes = entries.map((it): NamedNode => ({ bare: bareOf(it), name: it.name, edges: it.asks }));
  const askers: readonly NamedNode[] = [
    { folder: '', name: '', edges: roots },
    { name: '', edges: central },
  ];
  return settleNamed([...askers, ...nodes]).packages.map((it) =>
    types.get(it.name) === 'Project'
      ? { ...it, direct: undefined, requiredBy: it.requiredBy.filter(({ name }) => name !== '') }
      : { ...it, direct: types.get(it.name) === 'Direct' },
  );
}

function bareOf({ name, type, version, line }: Entry): Bare {
  if (type === 'Project') return { name, source: 'path', line };
  return { name, ...(version && { version }), source: 'registry', line };
}

/** Scope of the project itself and of those it refers to. */
function scopeOf(project: Project | 'test' | undefined): LockedPackage['scope'] {
  return project === 'test' ? 'development' : project ? 'production' : 'unknown';
}

function scopeIn(project: Project | 'test' | undefined, name: string): LockedPackage['scope'] {
  if (project === 'test' || !project) return scopeOf(project);
  const references = project.references.filter((it) => it.name === name);
  if (references.length === 0) return 'unknown';
  return references.every(({ isPrivate }) => isPrivate) ? 'development' : 'production';
}

/** The same version for another framework. */
function merged(a: LockedPackage | undefined, b: LockedPackage): LockedPackage {
  if (!a) return b;
  const requiredBy = new Map([...a.requiredBy, ...b.requiredBy].map((it) => [`${it.name}\n${it.range}`, it]));
  return {
    ...a,
    scope: graver(a.scope, b.scope),
    direct: a.direct || b.direct,
    requiredBy: [...requiredBy.values()],
  };
}

function agree(lock: TextAt, manifests: readonly TextAt[]): Agreement {
  const parsed = sectionsOf(lock.text);
  const project = projectOf(lock, manifests);
  if (!parsed || !project)
    return { disagreements: [], compared: 0, untold: ['what it is asked for: no single project file is beside it'] };
  const direct = new Map<string, Entry>();
  for (const it of parsed.sections.flat()) if (it.type === 'Direct') direct.set(it.name, it);
  const sure = project.references.filter(({ isConditional }) => !isConditional);
  const loose = sure.filter((it) => it.interval === undefined && direct.has(it.name)).map(({ name }) => name);
  const doubted = project.references
    .filter((it) => it.isConditional && (!direct.has(it.name) || differs(it, direct.get(it.name))))
    .map(({ name }) => name);
  const named = new Set(project.references.map(({ name }) => name));
  const unnamed = [...direct.keys()].filter((name) => !named.has(name));
  return {
    disagreements: sure.flatMap((it) => differs(it, direct.get(it.name)) ?? []),
    compared: sure.length,
    untold: [
      ...project.opaque,
      ...clause(loose, (names) => `which version of ${names} is asked for: it is not literal`),
      ...clause(doubted, (names) => `whether ${names} is asked for: a condition decides`),
      ...clause(unnamed, (names) => `what asks for ${names}, which is locked as if the project named it`),
    ],
  };
}

function clause(names: readonly string[], say: (names: string) => string): readonly string[] {
  return names.length > 0 ? [say(listed(names))] : [];
}

/** The lockfile repeats what was asked for. */
function differs({ name, interval: asked, at }: Reference, entry: Entry | undefined): Disagreement | undefined {
  if (!entry) return { name, say: 'is asked for by the project and not locked as that', at };
  const locked = entry.requested === undefined ? undefined : interval(entry.requested);
  if (asked === undefined || locked === undefined || asked === locked) return undefined;
  return { name, say: `asks for ${asked}, and ${locked} was asked for when it was locked`, at };
}
