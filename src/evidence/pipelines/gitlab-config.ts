/** The configuration of GitLab CI put together: what is included from this repository, what jobs extend, and where each key is written. */
import type { Place } from '../../model.ts';
import { globFits } from '../glob.ts';
import { list, record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import { type Library, placeAt, type Source } from './github-steps.ts';
import type { Intent } from './pipeline.ts';
import { type Lines, linesAt } from './shell-step.ts';

/** A key's value and where it is written. */
interface Written {
  readonly value: unknown;
  readonly source: Source;
  readonly path: YamlPath;
}

type Keys = Readonly<Record<string, Written>>;

/** A job with everything it extends. */
export interface Entry {
  readonly name: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly keys: Keys;
  readonly at: Place;
  /** What it extends and nobody here defines. */
  readonly unresolved: readonly string[];
}

/** All of the configuration. */
export interface GitlabConfig {
  readonly globals: Keys;
  /** Jobs and hidden jobs as written, by name. */
  readonly jobs: ReadonlyMap<string, { readonly keys: Keys; readonly at: Place }>;
  /** Text of all files, for the branches they mention. */
  readonly text: string;
  readonly library: Library;
}

const GLOBAL =
  /^(?:default|include|stages|types|variables|workflow|image|services|cache|before_script|after_script|spec|pages:deploy)$/;
const MOST_FILES = 50;
const DEEPEST = 10;

/** Templates of GitLab's own that are one known scanner. */
const TEMPLATES: readonly (readonly [RegExp, Intent, string])[] = [
  [/(?:^|\/)SAST-IaC(?:\.latest)?\./, 'iac-scan', 'GitLab IaC scanning'],
  [/(?:^|\/)SAST(?:\.latest)?\./, 'sast', 'GitLab SAST'],
  [/(?:^|\/)Secret-Detection(?:\.latest)?\./, 'secret-scan', 'GitLab secret detection'],
  [/(?:^|\/)Dependency-Scanning(?:[.-]\w+)*\./, 'dependency-scan', 'GitLab dependency scanning'],
  [/(?:^|\/)Container-Scanning(?:\.latest)?\./, 'image-scan', 'GitLab container scanning'],
  [/(?:^|\/)DAST(?:\.latest)?\./, 'dast', 'GitLab DAST'],
];

/** What a template of GitLab's own runs, where it is a known scanner. */
export function scannerOf(template: string): { readonly intent: Intent; readonly tool: string } | undefined {
  const [, intent, tool] = TEMPLATES.find(([pattern]) => pattern.test(template)) ?? [];
  return intent && tool !== undefined ? { intent, tool } : undefined;
}

interface Assembly {
  readonly library: Library;
  readonly globals: Record<string, Written>;
  readonly jobs: Map<string, { keys: Record<string, Written>; at: Place }>;
  readonly seen: Set<string>;
  text: string;
}

/** The configuration that begins in a file; undefined where it cannot be read. */
export function configOf(path: string, library: Library): GitlabConfig | undefined {
  const assembly: Assembly = { library, globals: {}, jobs: new Map(), seen: new Set(), text: '' };
  take(path, assembly);
  return assembly.text === '' ? undefined : assembly;
}

function take(path: string, assembly: Assembly): void {
  const { library, seen } = assembly;
  if (seen.has(path) || seen.size >= MOST_FILES) return;
  seen.add(path);
  // A header with inputs comes in a document of its own, before.
  const source = library.documents(path).at(-1);
  if (!source) return;
  assembly.text += `${library.world.text(path) ?? ''}\n`;
  const members = record(source.document.value);
  const includes = Array.isArray(members.include) ? members.include : [members.include];
  for (const [index, it] of includes.entries())
    if (it !== undefined && it !== null)
      included(it, placeAt(source, Array.isArray(members.include) ? ['include', index] : ['include']), assembly, path);
  for (const [name, value] of Object.entries(members)) {
    if (GLOBAL.test(name)) merged(name, { value, source, path: [name] }, assembly);
    else if (typeof value === 'object' && value !== null && !Array.isArray(value))
      defined(name, record(value), source, assembly);
  }
}

function merged(name: string, written: Written, { globals }: Assembly): void {
  const before = globals[name];
  const value = name === 'variables' && before ? { ...record(before.value), ...record(written.value) } : written.value;
  globals[name] = { ...written, value };
}

function defined(name: string, members: Readonly<Record<string, unknown>>, source: Source, { jobs }: Assembly): void {
  const known = jobs.get(name) ?? { keys: {}, at: placeAt(source, [name]) };
  for (const [key, value] of Object.entries(members)) known.keys[key] = { value, source, path: [name, key] };
  jobs.set(name, known);
}

function included(it: unknown, at: Place, assembly: Assembly, from: string): void {
  const { library, jobs } = assembly;
  const written = record(it);
  const local = typeof it === 'string' ? (/^https?:/.test(it) ? undefined : it) : word(written.local);
  if (local !== undefined) {
    const paths = localPaths(local, library);
    if (paths.length === 0) library.delegate(at, local);
    for (const path of paths) take(path, assembly);
    return;
  }
  const template = word(written.template);
  const scanner = template === undefined ? undefined : scannerOf(template);
  if (template !== undefined && scanner) {
    const source = library.documents(from).at(-1);
    if (source)
      jobs.set(`template ${template}`, { keys: { template: { value: template, source, path: ['include'] } }, at });
    return;
  }
  const project = word(written.project);
  library.delegate(
    at,
    word(it) ??
      template ??
      word(written.remote) ??
      word(written.component) ??
      (project === undefined
        ? 'an include'
        : `${project} ${[written.file]
            .flat()
            .flatMap((file) => word(file) ?? [])
            .join(', ')}`),
  );
}

function localPaths(written: string, { world }: Library): readonly string[] {
  const plain = written.replace(/^\/+/, '').replace(/^\.\//, '');
  if (!plain.includes('*')) return world.paths.has(plain) ? [plain] : [];
  return [...world.paths].filter((path) => globFits(plain, path)).slice(0, MOST_FILES);
}

/** The jobs that run, hidden ones left out, each with what it extends. */
export function jobEntries(config: GitlabConfig): readonly Entry[] {
  return [...config.jobs].flatMap(([name, { keys, at }]) => {
    if (name.startsWith('.')) return [];
    const unresolved: string[] = [];
    const all = extended(keys, config, unresolved, at, 0);
    const value = Object.fromEntries(Object.entries(all).map(([key, written]) => [key, written.value]));
    const runs = ['script', 'trigger', 'template', 'run', 'extends'].some((key) => key in all);
    return runs ? { name, value, keys: all, at, unresolved } : [];
  });
}

function extended(keys: Keys, config: GitlabConfig, unresolved: string[], at: Place, depth: number): Keys {
  const bases = [keys.extends?.value].flat().flatMap((it) => word(it) ?? []);
  let all: Keys = {};
  if (!config.library.spend(at)) return keys;
  for (const base of depth < DEEPEST ? bases : []) {
    const found = config.jobs.get(base);
    if (found) all = over(all, extended(found.keys, config, unresolved, at, depth + 1));
    else {
      unresolved.push(base);
      config.library.delegate(at, base);
    }
  }
  return over(all, keys);
}

/** Maps are merged, everything else is replaced. */
function over(base: Keys, own: Keys): Keys {
  const all: Record<string, Written> = { ...base };
  for (const [key, written] of Object.entries(own)) {
    const before = all[key];
    const maps =
      before && Object.keys(record(before.value)).length > 0 && Object.keys(record(written.value)).length > 0;
    all[key] = maps ? { ...written, value: { ...record(before.value), ...record(written.value) } } : written;
  }
  return all;
}

/** The commands of a key of a job, else of `default` or of the whole file; `!reference` and aliases are followed. */
export function scriptOf(
  entry: Entry,
  key: 'before_script' | 'script' | 'after_script',
  config: GitlabConfig,
): readonly Lines[] {
  const fallback = key === 'script' ? undefined : (inDefault(key, config) ?? config.globals[key]);
  const written = entry.keys[key] ?? fallback;
  return written ? resolved(written, config, 0) : [];
}

function inDefault(key: string, { globals }: GitlabConfig): Written | undefined {
  const value = record(globals.default?.value)[key];
  return globals.default && value !== undefined ? { ...globals.default, value, path: ['default', key] } : undefined;
}

function resolved({ value, source, path }: Written, config: GitlabConfig, depth: number): readonly Lines[] {
  const reference = depth > 0 ? referred(value, config) : undefined;
  if (reference) return resolved(reference, config, depth + 1);
  if (typeof value === 'string') return [linesAt(source, path, value)];
  if (depth > DEEPEST || !config.library.spend(placeAt(source, path))) return [];
  return list(value).flatMap((it, index) => resolved({ value: it, source, path: [...path, index] }, config, depth + 1));
}

/** `!reference [.setup, script]`: a list that names a job and a key of it. */
function referred(value: unknown, config: GitlabConfig): Written | undefined {
  const [job, key] = list(value).map(word);
  return job === undefined || key === undefined || list(value).length !== 2
    ? undefined
    : config.jobs.get(job)?.keys[key];
}

/** Rules with those that `!reference` brings in. */
export function rulesOf(value: unknown, config: GitlabConfig): readonly unknown[] {
  return list(value)
    .slice(0, 200)
    .flatMap((it) => (Array.isArray(it) ? list(referred(it, config)?.value ?? it) : [it]));
}
