/** Follows just and task to the commands of their recipes and tasks. */
import { list, record } from '../plain-value.ts';
import { LONGEST_LINE, logicalLines, MOST_TARGETS, targetNames } from './targets.ts';
import { folderOf, joined, type Led, type Script, type World } from './world.ts';

const JUSTFILES = ['justfile', 'Justfile', '.justfile'];
const TASKFILES = [
  'Taskfile.yml',
  'Taskfile.yaml',
  'taskfile.yml',
  'taskfile.yaml',
  'Taskfile.dist.yml',
  'Taskfile.dist.yaml',
];

/** Recipes of a justfile. */
export function justified(args: readonly string[], cwd: string | undefined, world: World): Led {
  const path = JUSTFILES.flatMap((name) => joined(cwd, name) ?? []).find((it) => world.paths.has(it));
  if (path === undefined) return 'nowhere';
  const recipes = new Map<string, { needs: string[]; lines: [number, string][] }>();
  let current: { needs: string[]; lines: [number, string][] } | undefined;
  for (const [number, line] of logicalLines(world.text(path) ?? '')) {
    const [, name, needs] = /^@?([A-Za-z_][\w-]*)(?:\s[^:=]*)?:(?!=)\s*([^#]*)/.exec(line.slice(0, LONGEST_LINE)) ?? [];
    if (name !== undefined) {
      current = { needs: (needs ?? '').split(/[\s()&]+/).filter(Boolean), lines: [] };
      recipes.set(name, current);
    } else if (/^\s+\S/.test(line)) current?.lines.push([number, line]);
  }
  const wanted = targetNames(args);
  const [first] = recipes.keys();
  const found = new Map<string, Script>();
  const visit = (name: string, depth: number): void => {
    const recipe = recipes.get(name);
    if (!recipe || depth > 20) return;
    for (const need of recipe.needs) if (need !== name) visit(need, depth + 1);
    const shebang = recipe.lines[0]?.[1].trim().startsWith('#!');
    const blocks: readonly [number, string][] = shebang
      ? [[recipe.lines[0]?.[0] ?? 1, recipe.lines.map(([, it]) => it.trim()).join('\n')]]
      : recipe.lines;
    for (const [line, text] of blocks) {
      const [, marks = '', command = ''] = /^\s*([@-]*)([\s\S]*)$/.exec(text) ?? [];
      found.set(`${line}`, {
        text: command,
        path,
        line,
        options: { errexit: false, pipefail: false },
        cwd: folderOf(path),
        ...(marks.includes('-') && { weakened: 'just ignores its failure' }),
      });
    }
  };
  for (const name of wanted.length > 0 ? wanted : [first ?? '']) visit(name, 0);
  return found.size > 0 ? [...found.values()] : 'nowhere';
}

/** Tasks of a Taskfile. */
export function tasked(args: readonly string[], cwd: string | undefined, world: World): Led {
  const path = TASKFILES.flatMap((name) => joined(cwd, name) ?? []).find((it) => world.paths.has(it));
  if (path === undefined) return 'nowhere';
  const tasks = record(record(world.yaml(path)).tasks);
  const found = new Map<string, Script>();
  const visit = (name: string, depth: number): void => {
    const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
    if (task === undefined || depth > 20 || found.size > MOST_TARGETS) return;
    const { deps, cmds, cmd } = record(task);
    for (const dep of list(deps)) visit(typeof dep === 'string' ? dep : String(record(dep).task), depth + 1);
    const commands = Array.isArray(task)
      ? task
      : typeof task === 'string'
        ? [task]
        : [...list(cmds), ...(cmd === undefined ? [] : [cmd])];
    for (const [index, command] of commands.entries()) {
      const { task: other, cmd: inner, ignore_error: ignored } = record(command);
      if (typeof other === 'string') visit(other, depth + 1);
      const text = typeof command === 'string' ? command : typeof inner === 'string' ? inner : undefined;
      if (text === undefined) continue;
      const line = lineOfTask(name, world.text(path) ?? '');
      found.set(`${name}:${index}`, {
        text,
        path,
        line,
        options: { errexit: true, pipefail: false },
        cwd: folderOf(path),
        ...(ignored === true && { weakened: 'task ignores its failure' }),
      });
    }
  };
  const wanted = targetNames(args);
  for (const name of wanted.length > 0 ? wanted : ['default']) visit(name, 0);
  return found.size > 0 ? [...found.values()] : 'nowhere';
}

function lineOfTask(name: string, text: string): number {
  return (
    Math.max(
      text.split('\n').findIndex((line) => line.trim().replace(/["']/g, '').startsWith(`${name}:`)),
      0,
    ) + 1
  );
}
