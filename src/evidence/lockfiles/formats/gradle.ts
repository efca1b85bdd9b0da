/** gradle.lockfile and its kin: one line a module, with the configurations that resolved it. */
import { gapOver, notRead, ODD_LINES } from '../gaps.ts';
import { graver, SCOPES } from '../gravity.ts';
import type { LockedPackage, LockFormat, LockResult, TextAt } from '../locked.ts';
import { isWord, linesOf } from '../words.ts';

export const format: LockFormat = {
  name: 'gradle',
  ecosystem: 'Maven',
  // The last is how Gradle before 7 locked: a file for each configuration, named after it.
  files: /^(?:(?:buildscript-|settings-)?gradle|(?:buildscript-)?\w*[cC]lasspath)\.lockfile$/,
  manifests: /^build\.gradle(?:\.kts)?$/,
  read,
};

const LONGEST = 20_000;

function read(lock: TextAt, manifests: readonly TextAt[]): LockResult {
  const named = namedIn(lock, manifests);
  const odd: number[] = [];
  const found = new Map<string, LockedPackage>();
  let isGradles = false;
  for (const [index, text] of linesOf(lock.text).entries()) {
    const said = text.trim();
    if (/^# This is a Gradle generated file|^empty=/.test(said)) isGradles = true;
    if (said === '' || said.startsWith('#') || said.startsWith('empty=')) continue;
    const it = packageOf(said, lock.path, index + 1, named);
    if (!it) odd.push(index + 1);
    else found.set(`${it.name}:${it.version}`, stronger(found.get(`${it.name}:${it.version}`), it));
  }
  if (found.size === 0 && !isGradles) return notRead('no line of it is one that Gradle writes');
  return { packages: [...found.values()], gaps: gapOver('unparsed', odd, ODD_LINES) };
}

/** `group:artifact:version=configuration,configuration`; what is locked by a file a configuration names it by its file. */
function packageOf(
  said: string,
  path: string,
  line: number,
  named: ReadonlySet<string> | undefined,
): LockedPackage | undefined {
  if (said.length > LONGEST) return undefined;
  const [coordinates = '', configurations = path.slice(path.lastIndexOf('/') + 1).replace(/\.lockfile$/, '')] =
    said.split('=');
  const parts = coordinates.split(':');
  const [group, artifact, version] = parts;
  if (parts.length !== 3 || !isWord(group) || !isWord(artifact) || !isWord(version)) return undefined;
  const name = `${group}:${artifact}`;
  return {
    name,
    version,
    source: 'registry',
    scope: scopeOf(configurations.split(','), path),
    direct: named?.has(name) || undefined,
    requiredBy: [],
    line,
  };
}

function stronger(a: LockedPackage | undefined, b: LockedPackage): LockedPackage {
  return a && graver(a.scope, b.scope) === a.scope ? a : b;
}

/** What Gradle and its usual plugins resolve to build or test, and never ship. */
const DEVELOPMENT =
  /test|jmh|benchmark|detekt|ktlint|spotless|checkstyle|spotbugs|findbugs|pmd|jacoco|lint|errorprone|annotationProcessor|kapt|ksp|kotlin(?:Compiler|BuildTools|Klib|Native|Script)|developmentOnly|dokka|javadoc|asciidoctor|pitest|sonar|archunit|zinc|incrementalScalaAnalysis/i;
const PRODUCTION = /(?:^|[a-z])(?:runtime|compile)Classpath$|^(?:runtime|compile|default|implementation|api)$/i;

/** What builds run themselves is not shipped. */
function scopeOf(configurations: readonly string[], path: string): LockedPackage['scope'] {
  if (/(?:^|\/)(?:buildscript|settings)-[^/]*$/.test(path)) return 'development';
  const scopes = configurations.map((it): LockedPackage['scope'] =>
    DEVELOPMENT.test(it) ? 'development' : PRODUCTION.test(it) ? 'production' : 'unknown',
  );
  return SCOPES.find((it) => scopes.includes(it)) ?? 'unknown';
}

/** Coordinates written out in build files of the folder; others come from catalogues and plugins, so that absence tells nothing. */
function namedIn(lock: TextAt, manifests: readonly TextAt[]): ReadonlySet<string> | undefined {
  const folder = lock.path.slice(0, lock.path.lastIndexOf('/') + 1);
  const own = manifests.filter(({ path }) => path.slice(0, path.lastIndexOf('/') + 1) === folder);
  const named = own.flatMap(({ text }) =>
    linesOf(text)
      .filter((line) => !line.trimStart().startsWith('//'))
      .flatMap((line) => [...line.slice(0, LONGEST).matchAll(/["']([\w.-]{1,200}:[\w.-]{1,200})(?=[:"'])/g)])
      .flatMap(([, it]) => it ?? []),
  );
  return new Set(named);
}
