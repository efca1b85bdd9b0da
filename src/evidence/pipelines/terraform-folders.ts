/** Whether a folder of Terraform creates anything: configurations of values alone are applied to read their outputs. */
import { folderOf, joined, type World } from './world.ts';

/** Most modules within modules. */
const DEEPEST = 4;

/** Whether `terraform apply` changes nothing, because no resource is in its folder or in the local modules that it uses. */
export function createsNothing(words: readonly string[], cwd: string | undefined, world: World): boolean {
  const folder = words.map((it) => /^-chdir=(.+)$/.exec(it)?.[1]).find(Boolean) ?? '.';
  const parts = [...(cwd ?? '').split('/'), ...folder.split('/')].filter((it) => it !== '' && it !== '.');
  if (cwd === undefined || parts.includes('..')) return false;
  const atlas = atlasOf(world);
  const folders = [...atlas.files.keys()].filter((it) => {
    const names = it === '' ? [] : it.split('/');
    return names.length === parts.length && parts.every((part, index) => isOpen(part) || part === names[index]);
  });
  return folders.length > 0 && folders.every((it) => isEmpty(it, world, 0));
}

/** Folders with their files, and those that were found empty or not. */
interface Atlas {
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly empty: Map<string, boolean>;
}

const atlases = new WeakMap<World, Atlas>();

function atlasOf(world: World): Atlas {
  const known = atlases.get(world);
  if (known) return known;
  const files = new Map<string, string[]>();
  for (const path of world.paths) {
    if (!path.endsWith('.tf')) continue;
    const folder = folderOf(path);
    files.set(folder, [...(files.get(folder) ?? []), path]);
  }
  const made = { files, empty: new Map<string, boolean>() };
  atlases.set(world, made);
  return made;
}

/** An expression stands for any folder. */
function isOpen(part: string): boolean {
  return /[$*{]/.test(part);
}

function isEmpty(folder: string, world: World, depth: number): boolean {
  const { files, empty } = atlasOf(world);
  const known = empty.get(folder);
  if (known !== undefined) return known;
  const own = files.get(folder) ?? [];
  // A circle of modules is not empty as long as nothing says so.
  empty.set(folder, false);
  const result = own.length > 0 && depth <= DEEPEST && own.every((path) => holdsNothing(path, world, depth));
  empty.set(folder, result);
  return result;
}

function holdsNothing(path: string, world: World, depth: number): boolean {
  const text = world.text(path);
  if (text === undefined || /^[ \t]*resource[ \t]+"/m.test(text)) return false;
  const called = (text.match(/^[ \t]*module[ \t]+"/gm) ?? []).length;
  if (called === 0) return true;
  const sources = [...text.matchAll(/^[ \t]*source[ \t]*=[ \t]*"([^"\n]{1,300})"/gm)].map(([, source = '']) => source);
  return (
    sources.length >= called &&
    sources.every((source) => {
      const inner = source.startsWith('.') ? joined(folderOf(path), source) : undefined;
      return inner !== undefined && isEmpty(inner, world, depth + 1);
    })
  );
}
