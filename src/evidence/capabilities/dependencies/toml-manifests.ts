/** Reads pyproject.toml, Pipfile, Cargo.toml and Gradle's version catalogs. */
import { parse } from 'smol-toml';
import { list, record } from '../../plain-value.ts';
import { lineAt, type ManifestReading, type Named } from './manifest-reading.ts';

type Scope = Named['scope'];

const FOR_TESTS = /dev|test|lint|docs?|typing|ci/i;

/** pyproject.toml: PEP 621, dependency groups and Poetry. */
export function readPyproject(text: string): ManifestReading {
  const { project, tool, 'dependency-groups': groups } = record(parse(text));
  const poetry = record(record(tool).poetry);
  const optional = Object.entries(record(record(project)['optional-dependencies']));
  const found = [
    ...requirements(record(project).dependencies, 'run', text),
    ...optional.flatMap(([name, it]) => requirements(it, FOR_TESTS.test(name) ? 'test' : 'run', text)),
    ...Object.values(record(groups)).flatMap((it) => requirements(it, 'test', text)),
    ...keys(poetry.dependencies, 'run', text),
    ...keys(poetry['dev-dependencies'], 'test', text),
    ...Object.entries(record(poetry.group)).flatMap(([name, it]) =>
      keys(record(it).dependencies, FOR_TESTS.test(name) ? 'test' : 'run', text),
    ),
  ];
  return { ecosystem: 'pypi', dependencies: found, provides: [], uses: [] };
}

/** Pipfile. */
export function readPipfile(text: string): ManifestReading {
  const { packages, 'dev-packages': dev } = record(parse(text));
  return {
    ecosystem: 'pypi',
    dependencies: [...keys(packages, 'run', text), ...keys(dev, 'test', text)],
    provides: [],
    uses: [],
  };
}

/** Cargo.toml. A workspace's shared versions are not dependencies of anything yet. */
export function readCargo(text: string): ManifestReading {
  const value = record(parse(text));
  const targets = Object.values(record(value.target)).map(record);
  const own = [value, ...targets];
  const name = record(value.package).name;
  const paths = Object.values(record(value.dependencies)).flatMap((it) => {
    const { path } = record(it);
    return typeof path === 'string' ? [path] : [];
  });
  return {
    ecosystem: 'cargo',
    dependencies: own.flatMap((it) => [
      ...keys(it.dependencies, 'run', text, (crate) => crate),
      ...keys(it['dev-dependencies'], 'test', text, (crate) => crate),
    ]),
    provides: typeof name === 'string' ? [name] : [],
    uses: paths,
  };
}

/** Aliases of a version catalog, as build files write them after `libs.`. */
export function readVersionCatalog(text: string): ReadonlyMap<string, readonly string[]> {
  const { libraries, bundles } = record(parse(text));
  const aliases = new Map<string, readonly string[]>();
  for (const [alias, it] of Object.entries(record(libraries))) {
    const { module, group, name } = record(it);
    const coordinates = typeof it === 'string' ? it.split(':').slice(0, 2).join(':') : (module ?? `${group}:${name}`);
    aliases.set(dotted(alias), [String(coordinates)]);
  }
  for (const [bundle, members] of Object.entries(record(bundles))) {
    const inside = list(members).flatMap((it) => aliases.get(dotted(String(it))) ?? []);
    aliases.set(`bundles.${dotted(bundle)}`, inside);
  }
  return aliases;
}

function dotted(alias: string): string {
  return alias.replace(/[-_]/g, '.');
}

function requirements(value: unknown, scope: Scope, text: string): readonly Named[] {
  return list(value).flatMap((it) => {
    const name = typeof it === 'string' ? requirementName(it) : undefined;
    return name === undefined ? [] : [{ name, scope, line: lineAt(text, text.indexOf(String(it))) }];
  });
}

/** Name of a requirement as PyPI normalises it. */
export function requirementName(requirement: string): string | undefined {
  return /^\s*([A-Za-z0-9][\w.-]*)/.exec(requirement)?.[1]?.toLowerCase().replace(/[_.]+/g, '-');
}

function keys(
  value: unknown,
  scope: Scope,
  text: string,
  normalise: (name: string) => string | undefined = requirementName,
): readonly Named[] {
  return Object.keys(record(value)).flatMap((key) => {
    const line = text.split('\n').findIndex((it) => it.trimStart().replace(/^["']/, '').startsWith(key)) + 1;
    return [{ name: normalise(key) ?? key, scope, line: Math.max(line, 1) }];
  });
}
