/** Reads pom.xml, and Gradle's build files line by line: they are programs, so only what is written plainly is seen. */
import { bareCode } from '../bare-code.ts';
import { childrenOf, everyElement, readXml, textOf } from '../xml-element.ts';
import { lineAt, type ManifestReading, type Named } from './manifest-reading.ts';

/** pom.xml. */
export function readPom(text: string): ManifestReading {
  const { root } = readXml(text);
  if (root?.name !== 'project') throw new Error('no project is in it');
  const entries = childrenOf(childrenOf(root, 'dependencies')[0], 'dependency');
  const artifact = textOf(root, 'artifactId');
  const plugins = everyElement(childrenOf(root, 'build')[0]).filter(({ name }) => name === 'plugin');
  const runner = plugins.find((it) =>
    /^(spring-boot|quarkus|micronaut|jib)-maven-plugin$/.test(textOf(it, 'artifactId') ?? ''),
  );
  return {
    ecosystem: 'jvm',
    dependencies: entries.map((it) => ({
      name: `${textOf(it, 'groupId')}:${textOf(it, 'artifactId')}`,
      scope: textOf(it, 'scope') === 'test' ? 'test' : 'run',
      line: childrenOf(it, 'artifactId')[0]?.line ?? it.line,
    })),
    provides: artifact === undefined ? [] : [artifact],
    uses: [],
    ...(runner && { runs: runner.line }),
  };
}

/** Configurations that end up in the running program; `classpath` is Gradle's own. */
const RUN =
  /^(?:implementation|api|compile|runtime|runtimeOnly|compileOnly|developmentOnly|bundle\w*|providedRuntime)$/;
const COORDINATES =
  /\b(\w+)[ \t]*\(?\s{0,40}(?:(?:enforcedP|p)latform[ \t]*\(\s{0,40})?["']([\w.-]+:[\w.-]+)(?::[^"'\n]*)?["']/g;
const PARTS = /\b(\w+)[ \t]*\(?\s{0,40}group\s?[:=]\s?["']([\w.-]+)["']\s*,\s*name\s?[:=]\s?["']([\w.-]+)["']/g;
const CATALOG = /\b(\w+)[ \t]*\(?\s{0,40}(?:(?:enforcedP|p)latform[ \t]*\(\s{0,40})?libs\.([\w.]+)/g;
const PROJECT = /\bproject\s*\(\s*(?:path\s*[:=]\s*)?["']:([\w:.-]+)["']/g;
const PLUGIN =
  /\b(?:id|apply plugin:)[ \t(]*["'](?:org\.springframework\.boot|io\.quarkus|io\.micronaut\.application|application)["']|^\s*application\s*$|com\.google\.cloud\.tools\.jib/m;

/** build.gradle and build.gradle.kts. `catalog` says what the aliases after `libs.` stand for. */
export function readGradle(
  text: string,
  path: string,
  catalog: ReadonlyMap<string, readonly string[]> = new Map(),
): ManifestReading {
  const { code } = bareCode(text, 'build.kt');
  const plain = [...code.matchAll(COORDINATES)].map(({ 1: where = '', 2: name = '', index }) =>
    named(where, name, lineAt(code, index)),
  );
  const aliased = [...code.matchAll(CATALOG)].flatMap(({ 1: where = '', 2: alias = '', index }) =>
    (catalog.get(alias) ?? []).map((name) => named(where, name, lineAt(code, index))),
  );
  const inParts = [...code.matchAll(PARTS)].map(({ 1: where = '', 2: group, 3: name, index }) =>
    named(where, `${group}:${name}`, lineAt(code, index)),
  );
  const up = path
    .split('/')
    .slice(0, -1)
    .map(() => '..')
    .join('/');
  const plugin = PLUGIN.exec(code);
  return {
    ecosystem: 'jvm',
    dependencies: [...plain, ...inParts, ...aliased].sort((a, b) => a.line - b.line),
    provides: [],
    uses: [...code.matchAll(PROJECT)].map(({ 1: name = '' }) => `${up ? `${up}/` : ''}${name.replaceAll(':', '/')}`),
    ...(plugin && { runs: lineAt(code, plugin.index) }),
  };
}

function named(where: string, name: string, line: number): Named {
  return { name, scope: RUN.test(where) ? 'run' : 'test', line };
}
