/** A pom with its parents and siblings of the same repository: what properties and managed versions come to. Nothing is fetched. */
import type { TextAt } from '../locked.ts';
import { type Coordinates, type Dependency, type Pom, readPom } from './pom.ts';

/** A pom among its own. */
export interface Family {
  /** The pom itself, then its parent and so on, as far as they are in the repository. */
  readonly line: readonly Pom[];
  /** The first parent that is not in the repository. */
  readonly absent?: Coordinates;
  /** Poms of the repository by `group:artifact`. */
  readonly siblings: ReadonlyMap<string, Pom>;
}

const MOST_GENERATIONS = 20;
const DEEPEST_PROPERTY = 20;
const LONGEST_VALUE = 1_000;

/** `poms` are all that the repository has. */
export function familyOf(pom: Pom, poms: readonly TextAt[]): Family {
  const all = poms.flatMap((it) => readPom(it) ?? []);
  const byPath = new Map(all.map((it) => [it.path, it]));
  const line = [pom];
  let absent: Coordinates | undefined;
  for (let last = pom; last.parent; ) {
    const parent = parentIn(byPath, last);
    if (!parent || line.includes(parent) || line.length >= MOST_GENERATIONS) {
      absent = last.parent;
      break;
    }
    line.push(parent);
    last = parent;
  }
  const siblings = new Map(all.map((it) => [`${groupOf(it)}:${it.artifact}`, it]));
  return { line, siblings, ...(absent && { absent }) };
}

/** A file elsewhere that is called otherwise is not the parent, whatever the path says. */
function parentIn(byPath: ReadonlyMap<string, Pom>, { path, parent }: Pom): Pom | undefined {
  if (parent?.relativePath === undefined) return undefined;
  const folder = path.split('/').slice(0, -1);
  const at = joined(folder, parent.relativePath);
  const found = at === undefined ? undefined : (byPath.get(at) ?? byPath.get(at === '' ? 'pom.xml' : `${at}/pom.xml`));
  return found && found.artifact === parent.artifact && groupOf(found) === parent.group ? found : undefined;
}

/** Undefined for what is outside the repository. */
function joined(folder: readonly string[], relative: string): string | undefined {
  const parts = [...folder];
  for (const part of relative.slice(0, LONGEST_VALUE).split(/[\\/]/)) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function groupOf({ group, parent }: Pom): string | undefined {
  return group ?? parent?.group;
}

/** Words with `${name}` put in; undefined where one is not known here. */
export function resolved(words: string | undefined, family: Family, depth = 0): string | undefined {
  if (words === undefined || words.length > LONGEST_VALUE || depth > DEEPEST_PROPERTY) return undefined;
  if (!words.includes('${')) return words;
  let isKnown = true;
  const put = words.replace(/\$\{([^{}$]{1,200})\}/g, (_, name: string) => {
    const value = isKnown ? resolved(propertyOf(name.trim(), family), family, depth + 1) : undefined;
    isKnown &&= value !== undefined;
    return value ?? '';
  });
  return isKnown && put.length <= LONGEST_VALUE && !put.includes('${') ? put : undefined;
}

/** The nearest to say it wins. */
function propertyOf(name: string, { line }: Family): string | undefined {
  const [, about, field = ''] = /^(?:project|pom)\.(parent\.)?(groupId|artifactId|version)$/.exec(name) ?? [];
  if (field === '') return line.find(({ properties }) => properties.has(name))?.properties.get(name);
  const [own] = line;
  const key = field === 'groupId' ? 'group' : field === 'artifactId' ? 'artifact' : 'version';
  return about ? own?.parent?.[key] : (own?.[key] ?? (key === 'artifact' ? undefined : own?.parent?.[key]));
}

/** The entry that says a dependency's version where it does not. Undefined where nothing in the repository does, or it is not sure to. */
export function managedBy(dependency: Dependency, family: Family): Dependency | undefined {
  const wanted = keyOf(dependency, family);
  const explicit = family.line.flatMap(({ managed }) => managed).find((it) => keyOf(it, family) === wanted);
  // A parent's own entries go before anything imported; of one that is not at hand they are not known.
  if (explicit || family.absent) return explicit;
  for (const bill of family.line.flatMap(({ imported }) => imported)) {
    const pom = family.siblings.get(nameOf(bill, family) ?? '');
    if (!pom || pom.parent || pom.imported.length > 0) return undefined;
    const own: Family = { line: [pom], siblings: family.siblings };
    const found = pom.managed.find((it) => keyOf(it, own) === wanted);
    if (found) return { ...found, version: resolved(found.version, own) ?? '' };
  }
  return undefined;
}

/** `group:artifact`; undefined where a part is not known. */
export function nameOf({ group, artifact }: Coordinates, family: Family): string | undefined {
  const [one, other] = [resolved(group, family), resolved(artifact, family)];
  return one && other ? `${one}:${other}` : undefined;
}

function keyOf(dependency: Dependency, family: Family): string {
  const { type = 'jar', classifier = '' } = dependency;
  return [nameOf(dependency, family), resolved(type, family), resolved(classifier, family)].join(' ');
}
