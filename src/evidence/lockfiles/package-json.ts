/** What a package.json asks for. */
import { globFits } from '../glob.ts';
import { list, record } from '../plain-value.ts';
import { isBelow } from '../sources.ts';
import type { Weight } from './graph.ts';
import { lineOfKey } from './key-lines.ts';
import type { TextAt } from './locked.ts';
import { perText } from './per-text.ts';

/** One requirement. */
export interface Wanted {
  readonly name: string;
  readonly range: string;
  readonly weight: Weight;
  /** The map that it stands in, e.g. `devDependencies`. */
  readonly map: string;
}

/** A version that is decided whatever others ask for. */
interface Override {
  readonly name: string;
  readonly range: string;
  /** Only below certain packages, or only in place of certain ranges. */
  readonly isPartial: boolean;
}

/** A manifest of JavaScript. */
export interface PackageJson {
  readonly path: string;
  /** From the repository's root. */
  readonly folder: string;
  readonly name?: string;
  readonly wants: readonly Wanted[];
  /** What it expects whoever installs it to install, too. */
  readonly peers: readonly Wanted[];
  /** Globs of folders from its own. */
  readonly workspaces: readonly string[];
  /** Names whose versions it decides for everybody or for some, with what it decides. */
  readonly overrides: readonly Override[];
  /** Line of a requirement, from 1. */
  lineOf(wanted: Pick<Wanted, 'name' | 'map'>): number;
}

const MAPS: readonly (readonly [string, Weight])[] = [
  ['optionalDependencies', 'optional'],
  ['dependencies', 'production'],
  ['devDependencies', 'development'],
];

/** Reads one; undefined where it is no JSON object. */
export function parsePackageJson(manifest: TextAt): PackageJson | undefined {
  const known = read(manifest);
  return known && { ...known, lineOf: lineFinder(manifest.text) };
}

const read = perText(({ path, text }): Omit<PackageJson, 'lineOf'> | undefined => {
  const value = parseJson(text);
  if (value === undefined) return undefined;
  const { name, workspaces } = value;
  return {
    path,
    folder: path.slice(0, Math.max(path.lastIndexOf('/'), 0)),
    ...(typeof name === 'string' && { name }),
    wants: wantsOf(value, MAPS),
    peers: wantsOf(value, [['peerDependencies', 'production']]),
    workspaces: workspaceGlobs(workspaces),
    overrides: overridesOf(value),
  };
});

/** Lines that are sought in one manifest, each by a walk through it; for further ones it is the first. */
const MOST_LINES = 200;

function lineFinder(text: string): PackageJson['lineOf'] {
  let sought = 0;
  return ({ map, name }) => {
    sought += 1;
    return sought > MOST_LINES ? 1 : lineOfKey(text, map, name);
  };
}

/** A JSON object; undefined for anything else. */
export function parseJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Requirements of an object that has maps like package.json's, each name once: the first map that has it counts. */
export function wantsOf(
  value: Readonly<Record<string, unknown>>,
  maps: readonly (readonly [string, Weight])[] = MAPS,
): readonly Wanted[] {
  const wants = new Map<string, Wanted>();
  for (const [map, weight] of maps)
    for (const [name, range] of Object.entries(record(value[map])))
      if (typeof range === 'string' && !wants.has(name)) wants.set(name, { name, range, weight, map });
  return [...wants.values()];
}

/** Folders of manifests that the globs of a workspace take in. */
export function workspaceFolders(
  root: Pick<PackageJson, 'folder' | 'workspaces'>,
  manifests: readonly TextAt[],
): readonly string[] {
  const folders = manifests.map(({ path }) => path.slice(0, Math.max(path.lastIndexOf('/'), 0)));
  return folders.filter(
    (folder) =>
      folder !== root.folder &&
      isBelow(folder, root.folder) &&
      isWorkspace(root.workspaces, root.folder === '' ? folder : folder.slice(root.folder.length + 1)),
  );
}

/** Whether globs take in a folder, written from where they stand; one with `!` leaves out. */
export function isWorkspace(globs: readonly string[], folder: string): boolean {
  const plain = globs.map((glob) => glob.replace(/^(!?)\.?\/+/, '$1').replace(/\/+$/, ''));
  const isIn = plain.some((glob) => !glob.startsWith('!') && globFits(glob, folder));
  return isIn && !plain.some((glob) => glob.startsWith('!') && globFits(glob.slice(1), folder));
}

const MOST_GLOBS = 100;

/** Globs of a workspace, in either of the two ways to write them. */
export function workspaceGlobs(workspaces: unknown): readonly string[] {
  return list(Array.isArray(workspaces) ? workspaces : record(workspaces).packages)
    .filter(isText)
    .slice(0, MOST_GLOBS);
}

/** A path from a folder, as from the repository's root; undefined where it leads out. */
export function joined(folder: string, path: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** The host of an address, without what stands before `@`. */
export function hostOf(address: string): string | undefined {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]{1,300})/i.exec(address)?.[1];
  return authority
    ?.slice(authority.lastIndexOf('@') + 1)
    .replace(/:\d+$/, '')
    .toLowerCase();
}

/** npm's `overrides`, yarn's `resolutions` and pnpm's. */
function overridesOf(value: Readonly<Record<string, unknown>>): readonly Override[] {
  const maps = [value.overrides, value.resolutions, record(value.pnpm).overrides].map(record);
  return maps
    .flatMap((map) => Object.entries(map))
    .flatMap(([pattern, range]) => (isText(range) ? [{ ...patternOf(pattern), range }] : []));
}

/** `b`, `a/b`, `a>b`, `b@^1`: the name stands last, behind those that it is nested in. */
function patternOf(pattern: string): Pick<Override, 'name' | 'isPartial'> {
  const parts = pattern.split(/(?<!@)>|\//);
  const last = parts.pop() ?? '';
  const scope = parts.at(-1)?.startsWith('@') ? `${parts.pop()}/` : '';
  const version = last.indexOf('@', 1);
  return {
    name: scope + (version < 0 ? last : last.slice(0, version)),
    isPartial: version > 0 || parts.some((part) => part !== '**'),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
