/** Finds an installed package and the policy in it as Node would find a module: by reading `package.json` files, running nothing. */
import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readPlain } from './read-file.ts';
import { diskShelf, type Shelf } from './shelf.ts';

/** A policy in an installed package. */
export interface PackagedPolicy {
  readonly shelf: Shelf;
  /** Path of the policy from the package's folder, as its description or we say; not looked at yet. */
  readonly path: string;
}

const DESCRIPTION_CAP = 1024 * 1024;
/** Folders looked through on the way up. */
const HIGHEST = 100;

/** Names as the registry takes them, so that none can lead anywhere else. */
export function isPackageName(name: string): boolean {
  return name.length <= 214 && /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/.test(name);
}

/** The package as seen from a folder; undefined where no folder above has it installed. */
export function installedPolicy(name: string, from: string, fallback: string): PackagedPolicy | undefined {
  let folder = from;
  for (let height = 0; height < HIGHEST; height += 1) {
    const via = join(folder, 'node_modules', name);
    if (basename(folder) !== 'node_modules' && isFolder(via)) {
      const shelf = diskShelf('package', via, (path) => `npm:${name}/${path}`);
      return { shelf, path: policyIn(shelf.disk?.folder ?? via) ?? fallback };
    }
    if (dirname(folder) === folder) return undefined;
    folder = dirname(folder);
  }
  return undefined;
}

/** The file that a package's description names: its `gonogo` field, else the main one of `exports` where that is YAML or JSON. */
function policyIn(folder: string): string | undefined {
  const description = parsed(readPlain(folder, join(folder, 'package.json'), DESCRIPTION_CAP) ?? '');
  const { gonogo, exports } = record(description);
  const main = typeof exports === 'string' ? exports : record(exports)['.'];
  const named = typeof gonogo === 'string' ? gonogo : isPolicyFile(main) ? main : undefined;
  return named?.replace(/^\.\//, '');
}

function isPolicyFile(target: unknown): target is string {
  return typeof target === 'string' && /\.(ya?ml|json)$/.test(target);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
