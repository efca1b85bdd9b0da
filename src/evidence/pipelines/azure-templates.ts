/** Lists of stages, jobs and steps of Azure Pipelines with the templates of this repository put in, and `${{ if }}` taken as if it held. */
import { list, record, word } from '../plain-value.ts';
import type { YamlPath } from '../yaml/yaml.ts';
import { type Library, placeAt, type Source } from './github-steps.ts';
import { folderOf, joined } from './world.ts';

/** A value, where it is written, and the parameters that hold there. */
export interface Part {
  readonly source: Source;
  readonly path: YamlPath;
  readonly value: unknown;
  readonly parameters: ReadonlyMap<string, Part>;
}

/** An element of such a list: a member, or a template that is kept elsewhere. */
export type Item = { readonly part: Part } | { readonly elsewhere: string; readonly part: Part };

const MOST_ITEMS = 500;
const DEEPEST = 8;

/** The elements below a key of a part. */
export function itemsOf(part: Part, key: 'stages' | 'jobs' | 'steps', library: Library): readonly Item[] {
  const found: Item[] = [];
  walk({ ...part, path: [...part.path, key], value: record(part.value)[key] }, key, library, 0, found);
  return found;
}

function walk(part: Part, key: 'stages' | 'jobs' | 'steps', library: Library, depth: number, found: Item[]): void {
  if (depth > DEEPEST || !library.spend(placeAt(part.source, part.path))) return;
  for (const [index, value] of list(part.value).entries()) {
    if (found.length >= MOST_ITEMS) return;
    const here: Part = { ...part, path: [...part.path, index], value };
    const [first, inner] = Object.entries(record(value))[0] ?? [];
    const given = typeof value === 'string' ? parameterOf(value, part) : undefined;
    if (given) walk(given, key, library, depth + 1, found);
    else if (first !== undefined && /^\$\{\{/.test(first))
      walk({ ...here, path: [...here.path, first], value: inner }, key, library, depth + 1, found);
    else if (typeof record(value).template === 'string') put(here, key, library, depth, found);
    else if (typeof value === 'object' && value !== null) found.push({ part: here });
  }
}

function parameterOf(text: string, { parameters }: Part): Part | undefined {
  const [, name] = /^\$\{\{\s*parameters\.([\w-]+)\s*\}\}$/.exec(text) ?? [];
  return name === undefined ? undefined : parameters.get(name.toLowerCase());
}

function put(part: Part, key: 'stages' | 'jobs' | 'steps', library: Library, depth: number, found: Item[]): void {
  const written = filled(String(record(part.value).template), part);
  const inner = templateOf(written, part, library);
  if (inner) walk({ ...inner, path: [key], value: record(inner.value)[key] }, key, library, depth + 1, found);
  else found.push({ elsewhere: written, part });
}

/** A template of this repository, with what it is given; undefined for those of others. */
export function templateOf(written: string, part: Part, library: Library): Part | undefined {
  const [file = '', from] = written.split('@');
  if (from !== undefined && from !== 'self') return undefined;
  const path = file.startsWith('/') ? joined('', file.slice(1)) : joined(folderOf(part.source.path), file);
  const source = path === undefined ? undefined : library.source(path);
  if (!source) return undefined;
  const { parameters } = record(source.document.value);
  const all = new Map<string, Part>();
  const base = { source, parameters: new Map() };
  if (Array.isArray(parameters))
    for (const [index, it] of parameters.slice(0, MOST_ITEMS).entries())
      all.set(String(record(it).name).toLowerCase(), {
        ...base,
        path: ['parameters', index, 'default'],
        value: record(it).default,
      });
  else
    for (const [name, value] of Object.entries(record(parameters)))
      all.set(name.toLowerCase(), { ...base, path: ['parameters', name], value });
  for (const [name, value] of Object.entries(record(record(part.value).parameters)))
    all.set(name.toLowerCase(), {
      ...part,
      path: [...part.path, 'parameters', name],
      value: typeof value === 'string' ? filled(value, part) : value,
    });
  return { source, path: [], value: source.document.value, parameters: all };
}

/** A text with the parameters that are known. */
export function filled(text: string, { parameters }: Part): string {
  return text.replace(
    /\$\{\{\s*parameters\.([\w-]+)\s*\}\}/g,
    (whole, name: string) => word(parameters.get(name.toLowerCase())?.value)?.replace(/\n/g, ' ') ?? whole,
  );
}

/** Members as texts, by lower-case key, with the parameters that are known. */
export function toldIn(value: unknown, part: Part): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(record(value)).flatMap(([key, it]) => {
      const text = word(it);
      return text === undefined ? [] : [[key.toLowerCase(), filled(text, part)]];
    }),
  );
}

/** Place of a part. */
export function placeOfPart({ source, path }: Part): ReturnType<typeof placeAt> {
  return placeAt(source, path);
}

/** A template's own name; the folders around it promise nothing. */
export function fileName(target: string): string {
  const [path = ''] = target.split('@');
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.ya?ml$/, '');
}
