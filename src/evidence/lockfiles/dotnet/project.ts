/** What a .NET project asks for by its own file and those that MSBuild reads along: literal items and properties, no conditions weighed. */
import type { Place } from '../../../model.ts';
import { childrenOf, type Element, everyElement, readXml, textOf } from '../../capabilities/xml-element.ts';
import type { TextAt } from '../locked.ts';
import { isWord, rangeOf } from '../words.ts';
import { interval } from './interval.ts';

/** One package that a project asks for. */
export interface Reference {
  /** Lower-case. */
  readonly name: string;
  /** As NuGet writes it to a lockfile: `[1.2.3, )`; undefined where it is not literal. */
  readonly interval?: string;
  readonly isConditional: boolean;
  /** It builds or checks the project, and nothing of it is shipped. */
  readonly isPrivate: boolean;
  readonly at: Place;
}

/** A project with all that is at hand of it. */
export interface Project {
  readonly references: readonly Reference[];
  readonly isTest: boolean;
  /** Why the references may not be all: a clause each. */
  readonly opaque: readonly string[];
}

/** Names of packages that only a project of tests asks for. */
export const TESTS = /^(?:microsoft\.net\.test\.sdk|xunit(?:\.v3|\.core)?|nunit|mstest(?:\.testframework)?|tunit)$/;

interface Source {
  readonly path: string;
  readonly root: Element;
}

/** The project that a lockfile is of: the only one beside it, or the one it is named after. */
export function projectOf(lock: TextAt, manifests: readonly TextAt[]): Project | undefined {
  const folder = folderOf(lock.path);
  const named = /(?:^|\/)packages\.([^/]+)\.lock\.json$/.exec(lock.path)?.[1];
  const beside = manifests.filter(({ path }) => folderOf(path) === folder && /\.[a-z]+proj$/.test(path));
  const [own, other] = named
    ? beside.filter(({ path }) => path.slice(folder.length).replace(/\.[a-z]+proj$/, '') === named)
    : beside;
  if (!own || other) return undefined;
  const around = ['Directory.Build.props', 'Directory.Packages.props', 'Directory.Build.targets'].flatMap(
    (name) => nearest(folder, name, manifests) ?? [],
  );
  const texts = [...around.slice(0, 2), own, ...around.slice(2)];
  const sources = texts.flatMap(({ path, text }) => {
    const { root, broken } = readXml(text);
    return root && !broken ? [{ path, root }] : [];
  });
  const unread = sources.length < texts.length ? ['what a project file that is no XML asks for'] : [];
  return { ...evaluated(sources), opaque: [...unread, ...imports(sources)] };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** MSBuild takes the first one on the way up. */
function nearest(folder: string, name: string, manifests: readonly TextAt[]): TextAt | undefined {
  return manifests
    .filter(({ path }) => path.endsWith(name) && folder.startsWith(folderOf(path)) && path === folderOf(path) + name)
    .sort((a, b) => b.path.length - a.path.length)[0];
}

function imports(sources: readonly Source[]): readonly string[] {
  return sources
    .filter(({ root }) => everyElement(root).some(({ name }) => name === 'Import'))
    .map(({ path }) => `what ${path} imports`);
}

function evaluated(sources: readonly Source[]): Omit<Project, 'opaque'> {
  const properties = propertiesIn(sources);
  const central = new Map<string, string | undefined>();
  for (const { element, isConditional } of itemsIn(sources, 'PackageVersion')) {
    const name = (element.attributes.Include ?? element.attributes.Update)?.toLowerCase();
    if (name === undefined) continue;
    // The same twice, or on a condition: which one holds is not told here.
    central.set(name, central.has(name) || isConditional ? undefined : versionIn(element, 'Version'));
  }
  const resolve = (words: string | undefined): string | undefined => resolved(words, properties);
  const references = ['PackageReference', 'GlobalPackageReference'].flatMap((kind) =>
    itemsIn(sources, kind).flatMap((it) => referenceOf(it, kind, central, resolve) ?? []),
  );
  const isTest =
    /^true$/i.test(properties.get('istestproject') ?? '') || references.some(({ name }) => TESTS.test(name));
  return { references: withUpdates(references, itemsIn(sources, 'PackageReference')), isTest };
}

/** `<PackageReference Update>` changes what another file asks for; to what is not followed. */
function withUpdates(references: readonly Reference[], items: readonly Item[]): readonly Reference[] {
  const updated = new Set(items.flatMap(({ element }) => element.attributes.Update?.toLowerCase() ?? []));
  return references.map(({ interval: asked, ...it }) =>
    asked === undefined || updated.has(it.name) ? it : { ...it, interval: asked },
  );
}

interface Item {
  readonly element: Element;
  readonly path: string;
  readonly isConditional: boolean;
}

function itemsIn(sources: readonly Source[], kind: string): readonly Item[] {
  return sources.flatMap(({ path, root }) => itemsBelow(root, path, kind, false));
}

/** Below `Choose` all is on a condition, whether or not it is written at the item. */
function itemsBelow(parent: Element, path: string, kind: string, isWithin: boolean): readonly Item[] {
  return parent.children.flatMap((element) => {
    const isConditional =
      isWithin || 'Condition' in element.attributes || /^(?:When|Otherwise|Target)$/.test(element.name);
    return element.name === kind ? [{ element, path, isConditional }] : itemsBelow(element, path, kind, isConditional);
  });
}

function referenceOf(
  { element, path, isConditional }: Item,
  kind: string,
  central: ReadonlyMap<string, string | undefined>,
  resolve: (words: string | undefined) => string | undefined,
): Reference | undefined {
  const name = resolve(element.attributes.Include)?.toLowerCase();
  if (!isWord(name)) return undefined;
  const written = versionIn(element, 'VersionOverride') ?? versionIn(element, 'Version') ?? central.get(name);
  const version = resolve(written);
  const asked = version === undefined ? undefined : interval(version);
  const assets = element.attributes.PrivateAssets ?? textOf(element, 'PrivateAssets') ?? '';
  return {
    name,
    ...(asked !== undefined && { interval: asked }),
    isConditional,
    isPrivate: kind === 'GlobalPackageReference' || /^\s*all\s*$/i.test(assets),
    at: { path, line: element.line },
  };
}

function versionIn(element: Element, key: string): string | undefined {
  return rangeOf(element.attributes[key] ?? textOf(element, key)) || undefined;
}

/** Properties by lower-case name; what is set on a condition is not told. */
function propertiesIn(sources: readonly Source[]): ReadonlyMap<string, string | undefined> {
  const properties = new Map<string, string | undefined>();
  for (const { root } of sources)
    for (const group of childrenOf(root, 'PropertyGroup'))
      for (const it of group.children) {
        const isSure = !('Condition' in group.attributes) && !('Condition' in it.attributes);
        properties.set(it.name.toLowerCase(), isSure ? resolved(it.text, properties) : undefined);
      }
  return properties;
}

/** Words with `$(Name)` put in; undefined where one is not known. */
function resolved(words: string | undefined, properties: ReadonlyMap<string, string | undefined>): string | undefined {
  if (words === undefined || words.length > 1000) return undefined;
  let isKnown = true;
  const put = words.replace(/\$\(([\w.-]+)\)/g, (_, name: string) => {
    const value = properties.get(name.toLowerCase());
    isKnown &&= value !== undefined;
    return value ?? '';
  });
  return isKnown && !/[$@%]\(/.test(put) && put.length <= 1000 ? put : undefined;
}
