/** One pom.xml as it is written: no version looked up, no parent followed. */
import { childrenOf, type Element, everyElement, readXml, textOf } from '../../capabilities/xml-element.ts';
import type { TextAt } from '../locked.ts';

/** Coordinates as written, properties not put in. */
export interface Coordinates {
  readonly group?: string;
  readonly artifact?: string;
  readonly version?: string;
}

/** A parent, and where its file is said to be; undefined where it is said to be nowhere. */
interface Parent extends Coordinates {
  readonly relativePath?: string;
  readonly line: number;
}

/** An entry of `dependencies`. */
export interface Dependency extends Coordinates {
  readonly type?: string;
  readonly classifier?: string;
  readonly scope?: string;
  readonly line: number;
}

export interface Pom extends Coordinates {
  readonly path: string;
  readonly parent?: Parent;
  readonly properties: ReadonlyMap<string, string>;
  readonly dependencies: readonly Dependency[];
  /** Versions for those who do not say one, without what is imported. */
  readonly managed: readonly Dependency[];
  /** Bills of materials that say more versions, in order. */
  readonly imported: readonly Dependency[];
  /** Plugins that build it. */
  readonly plugins: number;
  /** Not all of it could be read. */
  readonly isBroken: boolean;
}

/** More than this is not kept by the reader of XML. */
const MOST_ELEMENTS = 20_000;

const KNOWN = new WeakMap<TextAt, { readonly pom: Pom | undefined }>();

/** Undefined where the text is no pom. Remembered, as every module asks for its parents. */
export function readPom(text: TextAt): Pom | undefined {
  const known = KNOWN.get(text) ?? { pom: parsed(text) };
  KNOWN.set(text, known);
  return known.pom;
}

function parsed({ path, text }: TextAt): Pom | undefined {
  const { root, broken } = readXml(text);
  if (root?.name !== 'project') return undefined;
  const parent = childrenOf(root, 'parent')[0];
  // What a profile asks for counts; which versions it manages holds only where it is active, and is not taken for told.
  const parts = [root, ...childrenOf(childrenOf(root, 'profiles')[0], 'profile')];
  const [managed = [], ...perhaps] = parts.map((it) => dependenciesOf(childrenOf(it, 'dependencyManagement')[0]));
  return {
    path,
    ...coordinatesOf(root),
    ...(parent && { parent: parentOf(parent) }),
    properties: new Map(
      (childrenOf(root, 'properties')[0]?.children ?? []).map(({ name, text: value }) => [name, value]),
    ),
    dependencies: parts.flatMap(dependenciesOf),
    managed: managed.filter(({ scope }) => scope !== 'import'),
    imported: [managed, ...perhaps].flat().filter(({ scope }) => scope === 'import'),
    plugins: parts.flatMap((it) => childrenOf(childrenOf(childrenOf(it, 'build')[0], 'plugins')[0], 'plugin')).length,
    isBroken: broken || everyElement(root).length >= MOST_ELEMENTS,
  };
}

function coordinatesOf(element: Element): Coordinates {
  const [group, artifact, version] = ['groupId', 'artifactId', 'version'].map((it) => textOf(element, it));
  return { ...(group && { group }), ...(artifact && { artifact }), ...(version && { version }) };
}

function parentOf(element: Element): Parent {
  const relativePath = textOf(element, 'relativePath') ?? '../pom.xml';
  return { ...coordinatesOf(element), line: element.line, ...(relativePath && { relativePath }) };
}

function dependenciesOf(element: Element | undefined): readonly Dependency[] {
  return childrenOf(childrenOf(element, 'dependencies')[0], 'dependency').map((it) => {
    const [type, classifier, scope] = ['type', 'classifier', 'scope'].map((key) => textOf(it, key));
    return {
      ...coordinatesOf(it),
      ...(type && { type }),
      ...(classifier && { classifier }),
      ...(scope && { scope }),
      line: it.line,
    };
  });
}
