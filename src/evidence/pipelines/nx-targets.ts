/** Follows Nx to what its executors run: targets of project.json, and those that a plugin adds to projects with a tool's configuration. */
import { list, record, word } from '../plain-value.ts';
import { folderOf, lineAt, type Script, type World } from './world.ts';

/** What the executors that run tests start, by their names without the scope of their publisher. */
const EXECUTORS: readonly (readonly [executor: RegExp, command: string])[] = [
  [/jest:jest$/, 'jest'],
  [/(?:vite|vitest):test$/, 'vitest run'],
  [/playwright:playwright$/, 'playwright test'],
  [/cypress:cypress$/, 'cypress run'],
  [/(?:build-angular:karma|build:unit-test|build-angular:jest)$/, 'ng test'],
  [/go:test$/, 'go test ./...'],
  [/python:pytest$/, 'pytest'],
];
/** The tool of a plugin, the files that a project has to have for it, and the target it adds. */
const PLUGINS: readonly (readonly [plugin: RegExp, files: RegExp, target: string, command: string])[] = [
  [/jest\/plugin$/, /(?:^|\/)jest\.config\.[cm]?[jt]s$/, 'test', 'jest'],
  [/(?:vite|vitest)\/plugin$/, /(?:^|\/)(?:vite|vitest)\.config\.[cm]?[jt]s$/, 'test', 'vitest run'],
  [/playwright\/plugin$/, /(?:^|\/)playwright\.config\.[cm]?[jt]s$/, 'e2e', 'playwright test'],
  [/cypress\/plugin$/, /(?:^|\/)cypress\.config\.[cm]?[jt]s$/, 'e2e', 'cypress run'],
];

/** What targets of these names run, of every project. */
export function nxTargets(names: readonly string[], world: World): readonly Script[] {
  const written = world.named('project.json').flatMap((path) => names.flatMap((name) => targetIn(path, name, world)));
  return [...written, ...names.flatMap((name) => addedByPlugins(name, world))];
}

function targetIn(path: string, name: string, world: World): readonly Script[] {
  const text = world.text(path) ?? '';
  const targets = record(parsed(text).targets);
  if (!Object.hasOwn(targets, name)) return [];
  const { executor = '', options, command } = record(targets[name]);
  const its = record(options);
  const commands = [command, its.command, ...list(its.commands).map((it) => record(it).command ?? it)];
  const started =
    EXECUTORS.find(([pattern]) => pattern.test(String(executor)))?.[1] ??
    commands.flatMap((it) => word(it) ?? []).join('\n');
  const at = text.indexOf(JSON.stringify(name), Math.max(text.indexOf('"targets"'), 0));
  return started === '' ? [] : [script(path, started, lineAt(text, Math.max(at, 0)), word(its.cwd))];
}

function addedByPlugins(name: string, world: World): readonly Script[] {
  const text = world.text('nx.json') ?? '';
  return list(parsed(text).plugins).flatMap((entry) => {
    const plugin = word(entry) ?? word(record(entry).plugin) ?? '';
    const known = PLUGINS.find(([pattern]) => pattern.test(plugin));
    if (!known || ![...world.paths].some((path) => known[1].test(path))) return [];
    const target = word(record(record(entry).options).targetName) ?? known[2];
    return target === name ? [script('nx.json', known[3], lineAt(text, text.indexOf(JSON.stringify(plugin))))] : [];
  });
}

function script(path: string, text: string, line: number, cwd?: string): Script {
  return { text, path, line, options: { errexit: true, pipefail: false }, cwd: cwd ?? folderOf(path) };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(text));
  } catch {
    return {};
  }
}
