/** Follows npm, yarn, pnpm, bun and task runners over workspaces to the scripts of package.json. */
import { record } from '../plain-value.ts';
import { nxTargets } from './nx-targets.ts';
import { folderOf, joined, type Led, lineAt, nearest, type Script, type World } from './world.ts';

/** Which scripts are asked for, and of which packages. */
interface Asked {
  readonly scripts: readonly string[];
  readonly dir?: string | undefined;
  readonly workspace?: string;
  /** Of all packages that have them. */
  readonly all?: boolean;
}

/** Words that a package manager takes for itself. */
const OWN =
  /^(?:install|i|ci|add|remove|rm|uninstall|update|upgrade|up|audit|pack|publish|link|unlink|init|create|config|set|get|cache|why|outdated|list|ls|info|view|login|whoami|dedupe|prune|rebuild|version|versions|help|store|import|fetch|exec|dlx|x|npm|plugin|patch|node|bin|root|prefix|team|owner|dist-tag|access|docs|repo|pkg|approve-builds|setup|env|self-update|global|licenses|policies|constraints|unplug|check|autoclean|generate-lock-entry)$/;

/** Where a command of a package manager leads. */
export function packageScripts(words: readonly string[], cwd: string | undefined, world: World): Led {
  const asked = askedOf(words);
  if (!asked || asked.scripts.length === 0) return undefined;
  const from = asked.dir === undefined ? cwd : joined(cwd, asked.dir);
  const packages = packagesOf(asked, from, world);
  const scripts = packages.flatMap((path) => asked.scripts.flatMap((name) => scriptsIn(path, name, world)));
  const found = words[0] === 'nx' ? [...scripts, ...nxTargets(asked.scripts, world)] : scripts;
  return found.length > 0 ? found : 'nowhere';
}

function askedOf(words: readonly string[]): Asked | undefined {
  const [program = '', ...args] = words;
  if (/^(?:npm-run-all|npm-run-all2|run-s|run-p)$/.test(program)) return { scripts: plain(args) };
  if (program === 'lerna') return { scripts: plain(args).slice(plain(args)[0] === 'run' ? 1 : args.length), all: true };
  if (program === 'turbo')
    return {
      scripts: plain(args)
        .filter((it) => it !== 'run')
        .map(withoutPackage),
      all: true,
    };
  if (program === 'nx' || program === 'wsrun') return { scripts: targetsOf(args), all: true };
  if (program === 'node') return nodeRun(args);
  if (program === 'ember-try') return undefined;
  return /^(?:npm|yarn|pnpm|bun)$/.test(program) ? managed(program, args) : undefined;
}

function nodeRun(args: readonly string[]): Asked | undefined {
  const at = args.indexOf('--run');
  return at < 0 ? undefined : { scripts: args.slice(at + 1, at + 2) };
}

function plain(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).filter((it) => !it.startsWith('-'));
}

function withoutPackage(task: string): string {
  return task.slice(task.indexOf('#') + 1);
}

/** `nx run app:test`, `nx run-many -t test lint`, `nx affected --target=test`, `nx test app`. */
function targetsOf(args: readonly string[]): readonly string[] {
  const given = args.flatMap((it, index) => {
    if (/^(?:-t|--targets?)$/.test(it))
      return args
        .slice(index + 1)
        .slice(0, Math.max(0, args.slice(index + 1).findIndex((next) => next.startsWith('-')) + 1 || 9));
    const value = /^(?:-t|--targets?)=(.*)$/.exec(it)?.[1];
    return value?.split(',') ?? [];
  });
  if (given.length > 0) return given.filter((it) => !it.startsWith('-'));
  const [first = '', second = ''] = plain(args);
  if (first === 'run') return second.split(':').slice(1, 2);
  return /^(?:run-many|affected|affected:\w+)$/.test(first) ? first.split(':').slice(1) : [first];
}

const VALUED =
  /^(?:-C|--dir|--prefix|--cwd|-w|--workspace|-F|--filter|--from|--include|--exclude|-j|--jobs|--concurrency|--loglevel)$/;

function managed(program: string, args: readonly string[]): Asked | undefined {
  const rest: string[] = [];
  let dir: string | undefined;
  let workspace: string | undefined;
  let all = false;
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (word === '--') break;
    const [, option = word, inline] = /^(--?[\w-]+)=(.*)$/.exec(word) ?? [];
    const value = inline ?? args[at + 1];
    if (/^(?:-C|--dir|--prefix|--cwd)$/.test(option)) dir = value;
    else if (/^(?:-w|--workspace|-F|--filter)$/.test(option) && program !== 'yarn') workspace = value;
    if (/^(?:-r|--recursive|-ws|--workspaces)$/.test(word)) all = true;
    if (VALUED.test(option) && inline === undefined) at += 1;
    else if (!word.startsWith('-')) rest.push(word);
  }
  if (program === 'yarn' && rest[0] === 'workspace') workspace = rest.splice(0, 2)[1];
  if (program === 'yarn' && rest[0] === 'workspaces') {
    all = true;
    rest.splice(0, rest.includes('run') ? rest.indexOf('run') : 1);
  }
  const scripts = scriptNames(program, rest);
  return scripts && { scripts, dir, all, ...(workspace !== undefined && { workspace }) };
}

function scriptNames(program: string, [first = '', second]: readonly string[]): readonly string[] | undefined {
  if (/^(?:run|run-script|rum)$/.test(first)) return second === undefined ? undefined : [second];
  if (/^(?:test|t|tst)$/.test(first)) return program === 'bun' ? undefined : ['test'];
  if (program === 'npm') return first === 'start' ? ['start'] : undefined;
  return first === '' || OWN.test(first) ? undefined : [first];
}

function packagesOf({ workspace, all }: Asked, cwd: string | undefined, world: World): readonly string[] {
  const every = world.named('package.json');
  if (workspace !== undefined) {
    const wanted = workspace.replace(/^[.{]*\/?|\.\.\.|[}*]|\/$/g, '');
    return every.filter((path) => {
      const folder = folderOf(path);
      const name = nameOf(path, world);
      return name === wanted || name?.endsWith(`/${wanted}`) || folder === wanted || folder.endsWith(`/${wanted}`);
    });
  }
  if (all || cwd === undefined) return every;
  const path = nearest(world, cwd, ['package.json']);
  return path === undefined ? [] : [path];
}

function nameOf(path: string, world: World): string | undefined {
  const { name } = contentOf(path, world);
  return typeof name === 'string' ? name : undefined;
}

function contentOf(path: string, world: World): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(world.text(path) ?? ''));
  } catch {
    return {};
  }
}

/** A script with those that run before and after it; a name may end in `*`. */
function scriptsIn(path: string, name: string, world: World): readonly Script[] {
  const scripts = record(contentOf(path, world).scripts);
  const wanted = name.includes('*')
    ? Object.keys(scripts).filter((it) => it.startsWith(name.replace(/\*.*$/, '')))
    : [`pre${name}`, name, `post${name}`];
  if (!name.includes('*') && typeof scripts[name] !== 'string') return [];
  const text = world.text(path) ?? '';
  const start = Math.max(text.indexOf('"scripts"'), 0);
  return wanted.flatMap((it) => {
    const script = Object.hasOwn(scripts, it) ? scripts[it] : undefined;
    if (typeof script !== 'string') return [];
    const at = text.indexOf(`${JSON.stringify(it)}`, start);
    const line = lineAt(text, at < 0 ? start : at);
    return { text: script, path, line, options: { errexit: false, pipefail: false }, cwd: folderOf(path) };
  });
}
