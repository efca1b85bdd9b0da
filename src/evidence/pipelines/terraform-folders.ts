/** Whether a folder of Terraform creates anything: configurations of values alone are applied to read their outputs. */
import { joined, type World } from './world.ts';

/** Most modules within modules. */
const DEEPEST = 4;

/** Whether `terraform apply` changes nothing, because no resource is in its folder or in the local modules that it uses. */
export function createsNothing(words: readonly string[], cwd: string | undefined, world: World): boolean {
  const folder = words.map((it) => /^-chdir=(.+)$/.exec(it)?.[1]).find(Boolean) ?? '.';
  const parts = [...(cwd ?? '').split('/'), ...folder.split('/')].filter((it) => it !== '' && it !== '.');
  if (cwd === undefined || parts.includes('..')) return false;
  const folders = new Set(
    [...world.paths].flatMap((path) => {
      const names = path.split('/');
      const matches =
        path.endsWith('.tf') &&
        names.length === parts.length + 1 &&
        parts.every((part, index) => isOpen(part) || part === names[index]);
      return matches ? [names.slice(0, -1).join('/')] : [];
    }),
  );
  return folders.size > 0 && [...folders].every((it) => isEmpty(it, world, 0));
}

/** An expression stands for any folder. */
function isOpen(part: string): boolean {
  return /[$*{]/.test(part);
}

function isEmpty(folder: string, world: World, depth: number): boolean {
  const files = [...world.paths].filter(
    (path) => path.endsWith('.tf') && path.slice(0, Math.max(path.lastIndexOf('/'), 0)) === folder,
  );
  if (files.length === 0 || depth > DEEPEST) return false;
  return files.every((path) => {
    const text = world.text(path);
    if (text === undefined || /^[ \t]*resource[ \t]+"/m.test(text)) return false;
    const modules = [...text.matchAll(/^[ \t]*source[ \t]*=[ \t]*"([^"\n]{1,300})"/gm)];
    const called = (text.match(/^[ \t]*module[ \t]+"/gm) ?? []).length;
    if (called === 0) return true;
    return (
      modules.length >= called &&
      modules.every(([, source = '']) => {
        const inner = source.startsWith('.') ? joined(folder, source) : undefined;
        return inner !== undefined && isEmpty(inner, world, depth + 1);
      })
    );
  });
}
