/** The units of a repository: folders with their own dependencies, what they need, what they use of each other, and which are run. */
import { posix } from 'node:path';
import type { Unread } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { isBelow, isDocumentation, placeIn } from '../sources.ts';
import { settingOf } from '../workloads/environment.ts';
import type { Dependency, Unit } from './capability.ts';
import { readProject } from './dependencies/dotnet-manifests.ts';
import { readComposerJson, readPackageJson } from './dependencies/json-manifests.ts';
import { readGradle, readPom } from './dependencies/jvm-manifests.ts';
import { readGemfile, readGoMod, readMix, readRequirements } from './dependencies/line-manifests.ts';
import type { ManifestReading, ReadManifest } from './dependencies/manifest-reading.ts';
import { readCargo, readPipfile, readPyproject, readVersionCatalog } from './dependencies/toml-manifests.ts';

/** A dependency and the unit that has it. */
export interface UnitDependency extends Dependency {
  readonly unit: string;
}

/** What the manifests say. */
export interface UnitReading {
  readonly units: readonly Unit[];
  readonly dependencies: readonly UnitDependency[];
  readonly files: number;
}

const CATALOG = /(^|\/)[\w.-]*versions\.toml$/;
const READERS: readonly (readonly [RegExp, ReadManifest])[] = [
  [/(^|\/)package\.json$/, readPackageJson],
  [/(^|\/)composer\.json$/, readComposerJson],
  [/(^|\/)requirements[\w.-]*\.(txt|in)$|(^|\/)requirements\/([\w.-]+\/)?[\w.-]+\.(txt|in)$/, readRequirements],
  [/(^|\/)pyproject\.toml$/, readPyproject],
  [/(^|\/)Pipfile$/, readPipfile],
  [/(^|\/)pom\.xml$/, readPom],
  [/(^|\/)go\.mod$/, readGoMod],
  [/(^|\/)Gemfile$/, readGemfile],
  [/(^|\/)Cargo\.toml$/, readCargo],
  [/(^|\/)mix\.exs$/, readMix],
  [/\.(cs|fs)proj$|(^|\/)Directory\.Build\.props$/, readProject],
];
const GRADLE = /(^|\/)[\w.-]*\.gradle(\.kts)?$/;

/** A file that builds an image which is run; images for development, tests and builds are not. */
export function isDockerfile(path: string): boolean {
  const name = path.split('/').pop() ?? '';
  if (!/^(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?$|\.Dockerfile$/i.test(name) || /\.dockerignore$/.test(name))
    return false;
  return (
    !/dev|test|local|debug|(?:^|[._-])ci(?:[._-]|$)|builder|lint/i.test(name) && !/(^|\/)\.devcontainer\//.test(path)
  );
}

/** Units of the service's own files. Manifests that cannot be read are noted. */
export function readUnits(sources: Sources, unread: Unread[]): UnitReading {
  const own = sources.files.filter((it) => it.class === 'source' && !isDocumentation(it.path));
  const catalog = catalogIn(own, sources);
  const read = own.flatMap((file) => {
    const reader = readerOf(file.path, catalog);
    const reading = reader && readingOf(file, reader, sources, unread);
    return reading ? [{ file, dir: unitFolder(file.path), reading }] : [];
  });
  const built = own.filter(({ path }) => isDockerfile(path));
  const dirs = withWorkspaces([...new Set(read.map(({ dir }) => dir))], built);
  const images = new Map(built.map((file) => [unitAt(file.path, dirs) ?? '', file] as const));
  const units = dirs.map((dir) => unitOf(dir, read, dirs, images, sources));
  const dependencies = read.flatMap(({ file, dir, reading }) =>
    reading.dependencies.map(({ name, scope, line }) => ({
      ecosystem: reading.ecosystem,
      name,
      scope,
      at: placeIn(file, line),
      unit: dir,
    })),
  );
  return { units, dependencies, files: read.length };
}

interface Read {
  readonly file: SourceFile;
  readonly dir: string;
  readonly reading: ManifestReading;
}

function unitOf(
  dir: string,
  read: readonly Read[],
  dirs: readonly string[],
  images: ReadonlyMap<string, SourceFile>,
  { manifest }: Sources,
): Unit {
  const own = read.filter((it) => it.dir === dir);
  const [first] = own;
  const image = images.get(dir);
  const program = own.find(({ reading }) => reading.runs !== undefined);
  const aside = first && settingOf(first.file, manifest).aside?.because;
  const runs = image ? placeIn(image) : program && placeIn(program.file, program.reading.runs);
  return {
    dir,
    ecosystems: [...new Set(own.map(({ reading }) => reading.ecosystem))].sort(),
    ...(runs && { runs }),
    ...(aside !== undefined && { aside }),
    browser: own.length > 0 && own.every(({ reading }) => reading.browser === true),
    uses: [...new Set(own.flatMap((it) => usedBy(it, read, dirs)))].filter((it) => it !== dir).sort(),
    at: first ? placeIn(first.file) : (runs ?? { path: dir }),
  };
}

function usedBy({ dir, reading }: Read, read: readonly Read[], dirs: readonly string[]): readonly string[] {
  const byPath = reading.uses.map((it) => posix.normalize(posix.join(dir, it)).replace(/\/$/, ''));
  const names = new Set(reading.dependencies.map(({ name }) => name.split(':').pop() ?? name));
  const byName = read.filter(
    (it) => it.reading.ecosystem === reading.ecosystem && it.reading.provides.some((name) => names.has(name)),
  );
  return [
    ...byPath.map((it) => (it === '.' ? '' : it)).filter((it) => dirs.includes(it)),
    ...byName.map((it) => it.dir),
  ];
}

/** Folders of units, and those around several of them that one image is built from. */
function withWorkspaces(dirs: readonly string[], images: readonly SourceFile[]): readonly string[] {
  const around = images
    .filter(({ path }) => unitAt(path, dirs) === undefined)
    .map(({ path }) => path.split('/').slice(0, -1).join('/'))
    .filter((folder) => dirs.some((dir) => isBelow(dir, folder)));
  return [...new Set([...dirs, ...around])].sort();
}

/** The innermost unit that a path is in. */
export function unitAt(path: string, dirs: readonly string[]): string | undefined {
  return dirs.reduce<string | undefined>(
    (best, dir) => (isBelow(path, dir) && (best === undefined || dir.length > best.length) ? dir : best),
    undefined,
  );
}

function readerOf(path: string, catalog: ReadonlyMap<string, readonly string[]>): ReadManifest | undefined {
  if (GRADLE.test(path)) return (text, at) => readGradle(text, at, catalog);
  return READERS.find(([pattern]) => pattern.test(path))?.[1];
}

function readingOf(
  file: SourceFile,
  reader: ReadManifest,
  sources: Sources,
  unread: Unread[],
): ManifestReading | undefined {
  const text = sources.text(file, unread);
  if (text === undefined) return undefined;
  try {
    const reading = reader(text, file.path);
    return reading.dependencies.length + reading.uses.length > 0 || reading.runs !== undefined ? reading : undefined;
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    unread.push({ at: placeIn(file), reason: 'invalid-syntax', detail: `its dependencies cannot be read: ${why}` });
    return undefined;
  }
}

function catalogIn(files: readonly SourceFile[], sources: Sources): ReadonlyMap<string, readonly string[]> {
  const entries = files.flatMap((file) => {
    const text = CATALOG.test(file.path) ? sources.text(file, []) : undefined;
    try {
      return text === undefined ? [] : [...readVersionCatalog(text)];
    } catch {
      return [];
    }
  });
  return new Map(entries);
}

/** Folder of a manifest; a folder `requirements` holds those of the one around it. */
function unitFolder(path: string): string {
  const folder = path.split('/').slice(0, -1).join('/');
  return folder.replace(/(^|\/)requirements(\/.*)?$/, '');
}
