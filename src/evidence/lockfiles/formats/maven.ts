/**
 * pom.xml, which is all that Maven has: what it names itself, with versions that the repository says. What that brings along, and
 * versions that parents and bills of materials elsewhere say, are gaps. Plugins are the build's and only counted.
 */
import { gap, gapOver, inDoubt, notRead } from '../gaps.ts';
import { graver } from '../gravity.ts';
import { type Dependency, type Pom, readPom } from '../jvm/pom.ts';
import { type Family, familyOf, managedBy, nameOf, resolved } from '../jvm/pom-family.ts';
import type { Gap, LockedPackage, LockFormat, LockResult, TextAt } from '../locked.ts';
import { isWord } from '../words.ts';

export const format: LockFormat = {
  name: 'maven',
  ecosystem: 'Maven',
  files: /^pom\.xml$/,
  also: /^pom\.xml$/,
  read,
};

/** What becomes of one dependency. */
type Outcome = LockedPackage | Exclude<Gap['kind'], 'incomplete' | 'no-lockfile'>;

function read(lock: TextAt, poms: readonly TextAt[]): LockResult {
  const pom = readPom(lock);
  if (!pom) return notRead('it is no project of Maven');
  const family = familyOf(pom, poms.some(({ path }) => path === lock.path) ? poms : [lock, ...poms]);
  const found = new Map<string, LockedPackage>();
  const lines = { unparsed: [] as number[], 'no-version': [] as number[], 'managed-elsewhere': [] as number[] };
  for (const it of namedIn(family)) {
    const outcome = outcomeOf(it, family);
    if (typeof outcome === 'string') lines[outcome].push(it.line);
    else {
      const key = `${outcome.name}\n${outcome.version}`;
      found.set(key, stronger(found.get(key), outcome));
    }
  }
  const gaps: readonly Gap[] = [
    ...gapOver('unparsed', lines.unparsed, 'dependencies have no name that is understood'),
    ...gapOver('no-version', lines['no-version'], 'dependencies have no one version'),
    ...gapOver('managed-elsewhere', lines['managed-elsewhere'], `versions come from ${originOf(family)}`),
    ...(pom.isBroken ? [inDoubt('not all of it is well-formed XML')] : []),
    ...(found.size > 0 || lines['managed-elsewhere'].length > 0 ? [transitives(pom)] : []),
  ];
  return { packages: [...found.values()], gaps };
}

function transitives({ plugins }: Pom): Gap {
  const builds = plugins > 0 ? `, nor are the ${plugins} plugins that build it` : '';
  return gap('incomplete', 0, `what dependencies bring along is not in a pom.xml${builds}`);
}

function originOf({ absent }: Family): string {
  return absent
    ? `the parent ${absent.group}:${absent.artifact}, which is not in the repository`
    : 'bills of materials that are not in the repository';
}

/** Its own dependencies, those that parents give to all below them, at the line that names the parent, and what its versions are from. */
function namedIn({ line: [own, ...parents], absent }: Family): readonly Dependency[] {
  if (!own) return [];
  const line = own.parent?.line ?? 1;
  const inherited = parents.flatMap(({ dependencies, imported }) => [...dependencies, ...imported]);
  return [
    ...(absent ? [{ ...absent, type: 'pom', line }] : []),
    ...own.imported,
    ...own.dependencies,
    ...inherited.map((it) => ({ ...it, line })),
  ];
}

function outcomeOf(it: Dependency, family: Family): Outcome {
  const name = nameOf(it, family);
  if (!isWord(name) || name.split(':').length !== 2) return 'unparsed';
  const own = it.type !== 'pom' && family.siblings.has(name);
  const managed = managedBy(it, family);
  const written = it.version ?? managed?.version;
  const scope = scopeOf(resolved(it.scope ?? managed?.scope, family));
  const base = { name, scope, direct: true, line: it.line };
  if (own || it.scope === 'system') return { ...base, source: 'path', requiredBy: [] };
  if (family.siblings.has(name) && it.scope === 'import') return { ...base, source: 'path', requiredBy: [] };
  const version = resolved(written, family);
  if (!version) return isOpen(family) ? 'managed-elsewhere' : 'no-version';
  // A range, or whatever is newest on the day.
  if (!isWord(version) || /^[[(]|,|^(?:LATEST|RELEASE)$/.test(version)) return 'no-version';
  return { ...base, version, source: 'registry', requiredBy: [{ name: '', range: version }] };
}

/** Whether something that is not at hand may say versions and properties. */
function isOpen({ absent, line }: Family): boolean {
  return absent !== undefined || line.some(({ imported }) => imported.length > 0);
}

/** What a container or the JDK provides is there in production. */
function scopeOf(scope: string | undefined): LockedPackage['scope'] {
  return scope === 'test' ? 'development' : 'production';
}

function stronger(a: LockedPackage | undefined, b: LockedPackage): LockedPackage {
  return a && graver(a.scope, b.scope) === a.scope ? a : b;
}
