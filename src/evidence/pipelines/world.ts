/** What following a command through the repository needs: which files there are, what they say, and where a path leads. Types and paths only. */
import type { Intent } from './pipeline.ts';
import type { ShellOptions } from './shell.ts';

/** The repository as far as commands may lead into it. */
export interface World {
  readonly paths: ReadonlySet<string>;
  /** Text of a file; undefined where there is none or it cannot be read. */
  text(path: string): string | undefined;
  /** First document of a YAML file as plain data. */
  yaml(path: string): unknown;
  /** Paths that end with a file name, e.g. package.json; those of vendored code are left out. */
  named(name: string): readonly string[];
}

/** Commands kept in a file, to which another command leads. */
export interface Script {
  readonly text: string;
  readonly path: string;
  /** Line of the file in which the text begins. */
  readonly line: number;
  readonly options: ShellOptions;
  /** Folder it runs in; undefined where that is not known. */
  readonly cwd: string | undefined;
  /** The only intents that count, where the others do not happen outside, e.g. within an image's build. */
  readonly only?: readonly Intent[];
  /** Its failure is ignored where it is called. */
  readonly weakened?: string;
}

/** Where a command leads: scripts, or somewhere that was not found. Undefined: nowhere, it is what it is. */
export type Led = readonly Script[] | 'nowhere' | undefined;

/** A path below a folder, without `.` and `..`; undefined where it leaves the repository or is not fixed. */
export function joined(cwd: string | undefined, path: string): string | undefined {
  if (/[$*{}\ue000-\ue0ff]/.test(path)) return undefined;
  if (path.startsWith('/') || path.startsWith('~')) return undefined;
  if (cwd === undefined) return undefined;
  const parts: string[] = cwd === '' ? [] : cwd.split('/');
  for (const part of path.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '' && part !== '.' && part !== '..') parts.push(part);
  }
  return parts.join('/');
}

/** The folder of a path; empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** Line of an offset, from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** A file below a folder, or in the nearest folder above it. */
export function nearest(world: World, cwd: string, names: readonly string[]): string | undefined {
  for (let dir = cwd; ; dir = folderOf(dir)) {
    const found = names.map((name) => (dir === '' ? name : `${dir}/${name}`)).find((path) => world.paths.has(path));
    if (found !== undefined || dir === '') return found;
  }
}
