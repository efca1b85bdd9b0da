/** Follows make to the commands of its targets. Resolves variables that are written out; runs no functions. */

import { LONGEST_LINE, logicalLines, MOST_TARGETS, targetNames } from './targets.ts';
import { justified, tasked } from './task-runners.ts';
import { folderOf, joined, type Led, type Script, type World } from './world.ts';

const MAKEFILES = ['GNUmakefile', 'makefile', 'Makefile'];

/** Where a command of one of the three leads. */
export function targets(words: readonly string[], cwd: string | undefined, world: World): Led {
  const [program = '', ...args] = words;
  if (/^(?:make|gmake|mingw32-make)$/.test(program)) return made(args, cwd, world);
  if (program === 'just') return justified(args, cwd, world);
  if (program === 'task' || program === 'go-task') return tasked(args, cwd, world);
  return undefined;
}

function made(args: readonly string[], cwd: string | undefined, world: World): Led {
  const dir = optionValue(args, /^(?:-C|--directory)$/);
  const file = optionValue(args, /^(?:-f|--file|--makefile)$/);
  const from = dir === undefined ? cwd : joined(cwd, dir);
  const files = file !== undefined ? [joined(from, file) ?? ''] : MAKEFILES.flatMap((name) => joined(from, name) ?? []);
  const path =
    files.find((it) => world.paths.has(it)) ??
    (from === undefined ? world.named('Makefile').find((it) => !it.includes('/')) : undefined);
  if (path === undefined) return 'nowhere';
  const wanted = targetNames(args);
  const found = new Map<string, Script>();
  const makefile = readMakefile(path, world);
  const first = [...makefile.rules.keys()].find((it) => !it.startsWith('.'));
  for (const name of wanted.length > 0 ? wanted : first === undefined ? [] : [first]) collect(name, makefile, found, 0);
  return found.size > 0 ? [...found.values()] : 'nowhere';
}

function optionValue(args: readonly string[], option: RegExp): string | undefined {
  for (const [index, word] of args.entries()) {
    if (option.test(word)) return args[index + 1];
    const inline = /^(-[A-Za-z]|--[\w-]+)=?(.+)$/.exec(word);
    if (inline?.[1] && option.test(inline[1])) return inline[2];
  }
  return undefined;
}

interface Rule {
  readonly path: string;
  readonly needs: readonly string[];
  /** Recipe lines with their numbers. */
  readonly lines: readonly (readonly [line: number, text: string])[];
}

interface Makefile {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly variables: ReadonlyMap<string, string>;
  readonly pipefail: boolean;
  readonly dir: string;
}

const makefiles = new WeakMap<World, Map<string, Makefile>>();

/** A Makefile with the `.mk` files of the repository, any of which it may include. */
function readMakefile(path: string, world: World): Makefile {
  const known = makefiles.get(world) ?? new Map<string, Makefile>();
  makefiles.set(world, known);
  const before = known.get(path);
  if (before) return before;
  const text = world.text(path) ?? '';
  const includes = /^-?s?include\s/m.test(text)
    ? [...world.paths].filter((it) => /\.(?:mk|mak)$|\/Makefile\.[\w-]+$/.test(it)).slice(0, 100)
    : [];
  const rules = new Map<string, Rule>();
  const variables = new Map<string, string>();
  for (const file of [path, ...includes]) readRules(file, world.text(file) ?? '', rules, variables);
  const made = { rules, variables, pipefail: /pipefail/.test(variables.get('.SHELLFLAGS') ?? ''), dir: folderOf(path) };
  known.set(path, made);
  return made;
}

function readRules(path: string, text: string, rules: Map<string, Rule>, variables: Map<string, string>): void {
  let current: { needs: string[]; lines: [number, string][] } | undefined;
  for (const [number, line] of logicalLines(text)) {
    if (line.length > LONGEST_LINE) continue;
    if (line.startsWith('\t')) {
      current?.lines.push([number, line.slice(1)]);
      continue;
    }
    const [, name, value] = /^(?:export\s+|override\s+)?([\w.-]+)\s*(?:\?|:{1,3}|\+|!)?=\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) {
      if (!variables.has(name)) variables.set(name, value.trim());
      continue;
    }
    const colon = line.search(/:(?!=)/);
    if (colon < 1 || /^[\s#]/.test(line) || /^(?:if|else|endif|define|endef|include)/.test(line)) continue;
    current = {
      needs: line
        .slice(colon + 1)
        .replace(/^:/, '')
        .replace(/[#;|].*$/, '')
        .split(/\s+/)
        .filter(Boolean),
      lines: [],
    };
    for (const target of line.slice(0, colon).split(/\s+/).filter(Boolean)) {
      const earlier = rules.get(target);
      if (!earlier) rules.set(target, { path, ...current });
      else if (earlier.lines.length === 0)
        rules.set(target, { path, needs: [...earlier.needs, ...current.needs], lines: current.lines });
    }
  }
}

function collect(name: string, makefile: Makefile, found: Map<string, Script>, depth: number): void {
  const [rule, stem] = ruleFor(name, makefile);
  const key = `${rule?.path}:${name}`;
  if (!rule || found.has(key) || found.size > MOST_TARGETS || depth > 20) return;
  // Kept first, so that a circle ends; what it needs comes before it all the same.
  for (const need of rule.needs)
    if (need !== name) collect(expanded(need, makefile.variables).replace('%', stem), makefile, found, depth + 1);
  for (const [line, text] of rule.lines) {
    const [, marks = '', command = ''] = /^\s*([@+-]*)\s*([\s\S]*)$/.exec(text) ?? [];
    found.set(`${key}:${line}`, {
      text: expanded(command.replaceAll('$*', stem), makefile.variables),
      path: rule.path,
      line,
      options: { errexit: false, pipefail: makefile.pipefail },
      cwd: makefile.dir,
      ...(marks.includes('-') && { weakened: 'make ignores its failure' }),
    });
  }
}

/** The rule of a target, by its name or by a pattern with `%`, and what the pattern stands for. */
function ruleFor(name: string, { rules }: Makefile): readonly [rule: Rule | undefined, stem: string] {
  const exact = rules.get(name);
  if (exact) return [exact, ''];
  for (const [target, rule] of rules) {
    const [before, after, ...more] = target.split('%');
    if (before === undefined || after === undefined || more.length > 0 || rule.lines.length === 0) continue;
    if (name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after))
      return [rule, name.slice(before.length, name.length - after.length)];
  }
  return [undefined, ''];
}

/** Variables put in, as often as they nest; `$$` is a dollar of the shell. */
function expanded(text: string, variables: ReadonlyMap<string, string>): string {
  let result = text;
  for (let round = 0; round < 5 && result.length < LONGEST_LINE; round += 1) {
    const next = result.replace(/\$[({]([\w.-]+)[)}]/g, (whole, name: string) =>
      name === 'MAKE' ? 'make' : (variables.get(name) ?? whole),
    );
    if (next === result) break;
    result = next;
  }
  return result.replaceAll('$$', '$');
}
